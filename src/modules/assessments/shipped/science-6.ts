import {
  dataText,
  explain,
  fill,
  find,
  inOrder,
  itemsOf,
  match,
  onLine,
  pick,
  pickAll,
  pickEach,
  picture,
  type ShippedItem,
  table,
  text,
} from './compose.ts'
import { barChart, lineChart } from './pictures.ts'

/** Science for grade 6, our own, in Latvian: a form of thirty items. Drafts until they are reviewed. */
const item = itemsOf('DP6', 'science', 6)

const cooling = dataText(
  'TEJA',
  'Kurā krūzē tēja paliek siltāka?',
  [
    'Nora četrās vienādās krūzēs ielēja pa 200 ml tējas, kuras temperatūra bija 80 °C. Katru krūzi viņa ietina citā materiālā un pēc 20 minūtēm izmērīja temperatūru.',
  ],
  [
    'Temperatūra pēc 20 minūtēm',
    ['Krūze ietīta', 'Temperatūra, °C'],
    [
      ['nav ietīta', '52'],
      ['papīrā', '56'],
      ['vilnas šallē', '64'],
      ['folijā', '58'],
    ],
  ],
)

const lake = dataText(
  'EZERS',
  'Kas notiek ezerā?',
  [
    'Ezerā dzīvo aļģes, ūdensblusas, raudas un līdakas. Ūdensblusas ēd aļģes, raudas ēd ūdensblusas, līdakas ēd raudas. Pēc stipriem lietiem no tīrumiem ezerā ieplūda mēslojums. Zaļo aļģu kļuva tik daudz, ka ūdens kļuva duļķains.',
  ],
  [
    'Ezera mērījumi',
    ['Gads', 'Redzamība ūdenī, m', 'Skābeklis pie dibena, mg/l'],
    [
      ['2021', '3,2', '8'],
      ['2022', '2,9', '7'],
      ['2023', '1,4', '4'],
      ['2024', '1,1', '2'],
    ],
  ],
)

export const science6: readonly ShippedItem[] = [
  item(1, ['living', 'know', 'D6-D1'], 'Augu barība', [
    fill(
      'Fotosintēzē augs no ūdens un {skābekļa / *ogļskābās gāzes / slāpekļa} gaismā veido cukuru un izdala {*skābekli / ogļskābo gāzi / ūdeņradi}.',
    ),
  ]),
  item(
    2,
    ['living', 'apply', 'D6-D1'],
    'Barības ķēde ezerā',
    [
      inOrder('Sakārto ezera barības ķēdi, sākot ar ražotāju!', [
        'aļģes',
        'ūdensblusas',
        'raudas',
        'līdakas',
      ]),
    ],
    { stimulus: lake },
  ),
  item(
    3,
    ['living', 'reason', 'D6-D1'],
    'Ja izzvejotu līdakas',
    [
      fill(
        'Ja no ezera izzvejotu visas līdakas, raudu sākumā kļūtu {*vairāk / mazāk}, ūdensblusu {vairāk / *mazāk} un aļģu {*vairāk / mazāk}.',
      ),
    ],
    { stimulus: lake },
  ),
  item(
    4,
    ['earth', 'apply', 'D6-Z2'],
    'Redzamība',
    [
      fill('No 2021. līdz 2024. gadam redzamība samazinājās par {#2,1} m.'),
      pick('Starp kuriem gadiem tā samazinājās visvairāk?', [
        '2021 un 2022',
        '*2022 un 2023',
        '2023 un 2024',
        'visos vienādi',
      ]),
    ],
    { stimulus: lake },
  ),
  item(
    5,
    ['earth', 'reason', 'D6-Z2'],
    'Kāpēc trūkst skābekļa?',
    [
      explain('Kāpēc ezerā, kurā ir ļoti daudz aļģu, pie dibena sāk trūkt skābekļa?', {
        2: 'Paskaidro, ka atmirušās aļģes nogrimst un tās sadala baktērijas, kuras patērē skābekli (vai: aļģes aizēno dziļumu, augi tur gaismas trūkumā skābekli neražo).',
        1: 'Nosauc tikai daļu (piemēram, „aļģes pūst” vai „gaisma netiek klāt”).',
        0: 'Cita atbilde.',
      }),
    ],
    { stimulus: lake },
  ),
  item(
    6,
    ['earth', 'reason', 'D6-Z2'],
    'Ko ieteikt lauksaimniekam?',
    [
      pickEach('Kas palīdzētu, lai ezerā ieplūstu mazāk mēslojuma? Atzīmē visu!', [
        '*Starp tīrumu un ezeru atstāt zāles un krūmu joslu',
        'Mēslot pirms stipra lietus',
        '*Dot tikai tik daudz mēslojuma, cik augiem vajag',
        'Izzvejot visas zivis',
      ]),
    ],
    { stimulus: lake },
  ),
  item(7, ['living', 'know', 'D6-D1'], 'Pielāgošanās', [
    match('Kam noder katra īpašība?', {
      'Kurmja lāpstveida ķepas': 'rakt alas',
      'Dzeņa stiprais knābis': 'izkalt dobumus',
      'Pīles peldplēves': 'peldēt',
      'Zaķa baltā ziemas spalva': 'paslēpties sniegā',
    }),
  ]),
  item(8, ['living', 'know', 'D6-D1'], 'Mugurkaulnieku grupas', [
    table(
      'Kurai grupai pieder dzīvnieks?',
      ['Dzīvnieks', 'Grupa'],
      [
        ['Varde', '{zivis / *abinieki / rāpuļi}'],
        ['Ķirzaka', '{abinieki / *rāpuļi / zīdītāji}'],
        ['Delfīns', '{zivis / rāpuļi / *zīdītāji}'],
      ],
    ),
  ]),
  item(9, ['living', 'apply', 'D6-D1'], 'Šūna', [
    pick('Kas ir augu šūnā, bet nav dzīvnieku šūnā?', [
      'kodols',
      '*hloroplasti',
      'citoplazma',
      'šūnas membrāna',
    ]),
  ]),
  item(10, ['living', 'know', 'D6-D2'], 'Orgāni un darbs', [
    match('Ko dara orgāns?', {
      Sirds: 'sūknē asinis',
      Plaušas: 'uzņem skābekli',
      Nieres: 'attīra asinis',
      Kuņģis: 'sāk sagremot barību',
    }),
  ]),
  item(11, ['living', 'apply', 'D6-D2'], 'Gaisa ceļš', [
    inOrder('Sakārto, kādā secībā ieelpotais gaiss nonāk plaušās!', [
      'deguns',
      'rīkle',
      'balsene',
      'traheja',
      'bronhi',
    ]),
  ]),
  item(12, ['living', 'reason', 'D6-D2'], 'Pulss pēc skriešanas', [
    picture(
      lineChart(
        'pulss6',
        [
          ['0', 80],
          ['1', 140],
          ['2', 120],
          ['3', 100],
          ['4', 90],
        ],
        [60, 160],
        20,
      ),
      'Līniju diagramma. Pulss: sākumā 80, pēc minūtes 140, tad 120, 100 un 90.',
      'Sitieni minūtē; skrēja pirmo minūti',
      'Sākumā astoņdesmit, pēc skriešanas minūtes simt četrdesmit, pēc tam simt divdesmit, simts un deviņdesmit sitieni.',
    ),
    explain(
      'Kāpēc skrienot sirds sitas ātrāk?',
      {
        2: 'Paskaidro, ka muskuļiem vajag vairāk skābekļa (un barības vielu), ko piegādā asinis.',
        1: 'Pasaka tikai „vajag vairāk gaisa/asiņu/enerģijas”.',
        0: 'Cita atbilde (piemēram, „jo nogurst”).',
      },
      3,
    ),
  ]),
  item(
    13,
    ['physical', 'apply', 'D6-F1'],
    'Ko Nora mainīja?',
    [
      table(
        'Noras pētījums',
        ['Lielums', 'Nora to'],
        [
          ['Materiāls ap krūzi', '{*mainīja / turēja nemainīgu / mērīja}'],
          ['Tējas daudzums', '{mainīja / *turēja nemainīgu / mērīja}'],
          ['Temperatūra pēc 20 minūtēm', '{mainīja / turēja nemainīgu / *mērīja}'],
        ],
      ),
    ],
    { stimulus: cooling },
  ),
  item(
    14,
    ['physical', 'apply', 'D6-F1'],
    'Par cik atdzisa?',
    [fill('Vilnas šallē ietītā tēja atdzisa par {#16} grādiem, neietītā par {#28} grādiem.')],
    { stimulus: cooling },
  ),
  item(
    15,
    ['physical', 'reason', 'D6-F1'],
    'Ko var secināt?',
    [
      pickAll(
        'Ko Nora drīkst secināt no sava pētījuma?',
        [
          '*Vilnas šalle siltumu saglabāja vislabāk no šiem materiāliem.',
          'Vilna saglabā siltumu labāk nekā jebkurš cits materiāls.',
          '*Ietīta tēja pēc 20 minūtēm bija siltāka nekā neietīta.',
          'Folija silda tēju.',
        ],
        2,
      ),
    ],
    { stimulus: cooling },
  ),
  item(
    16,
    ['physical', 'reason', 'D6-F1'],
    'Kāpēc četras krūzes?',
    [
      explain(
        'Kāpēc Norai bija vajadzīga arī neietīta krūze?',
        {
          1: 'Paskaidro, ka ar to salīdzina pārējās (kontrole), lai redzētu, cik daudz dod ietīšana.',
          0: 'Cita atbilde.',
        },
        3,
      ),
    ],
    { stimulus: cooling },
  ),
  item(17, ['physical', 'know', 'D6-F2'], 'Maisījumu atdalīšana', [
    match(
      'Kā atdalīsi?',
      {
        'Smiltis no ūdens': 'filtrējot',
        'Sāli no sālsūdens': 'iztvaicējot ūdeni',
        'Dzelzs skaidas no smiltīm': 'ar magnētu',
      },
      ['sasaldējot'],
    ),
  ]),
  item(18, ['physical', 'apply', 'D6-F2'], 'Elektriskā ķēde', [
    pick('Spuldzīte nedeg, lai gan baterija ir jauna un spuldze vesela. Kāpēc?', [
      'Vads ir par garu.',
      '*Ķēde kaut kur ir pārtraukta.',
      'Baterija ir par vieglu.',
      'Istabā ir gaišs.',
    ]),
    pickEach('Kuri materiāli vada elektrisko strāvu? Atzīmē visus!', [
      '*varš',
      'stikls',
      '*alumīnijs',
      'koks',
      'gumija',
    ]),
  ]),
  item(19, ['physical', 'know', 'D6-F2'], 'Enerģijas pārvērtības', [
    match('Par ko galvenokārt pārvēršas elektriskā enerģija?', {
      Tējkanna: 'par siltumu',
      Ventilators: 'par kustību',
      Lampa: 'par gaismu',
      Radio: 'par skaņu',
    }),
  ]),
  item(20, ['physical', 'apply', 'D6-F2'], 'Ātrums', [
    text('Skrējējs 100 metrus noskrēja 20 sekundēs.'),
    fill('Viņa vidējais ātrums bija {#5} metri sekundē.'),
  ]),
  item(21, ['physical', 'know', 'D6-F2'], 'Termometra rādījums', [
    onLine(
      'Atzīmē temperatūru, pie kuras jūras līmenī vārās ūdens!',
      { from: 0, to: 120, step: 10, labelEvery: 2 },
      100,
    ),
  ]),
  item(22, ['physical', 'know', 'D6-F2'], 'Masa un svars', [
    find('Atzīmē kļūdaino apgalvojumu!', [
      'Kosmonauts aizlidoja uz Mēness. [Viņa svars kļuva mazāks.] [*Viņa masa kļuva mazāka.] [Uz Mēness pievilkšanas spēks ir mazāks.] [Viņš varēja uzlēkt augstāk.]',
    ]),
  ]),
  item(23, ['earth', 'know', 'D6-Z1'], 'Zemes slāņi', [
    inOrder('Sakārto Zemes slāņus no virspuses uz centru!', [
      'garoza',
      'mantija',
      'ārējais kodols',
      'iekšējais kodols',
    ]),
  ]),
  item(24, ['earth', 'know', 'D6-Z1'], 'Gadalaiki', [
    pick('Kāpēc Latvijā ir gadalaiki?', [
      'Vasarā Zeme ir tuvāk Saulei.',
      '*Zemes ass ir slīpa, un Zeme riņķo ap Sauli.',
      'Ziemā Saule spīd vājāk.',
      'Mākoņi ziemā aizsedz Sauli.',
    ]),
  ]),
  item(25, ['earth', 'apply', 'D6-Z1'], 'Laika joslas', [
    text(
      'Kad Rīgā ir pulksten 12.00, Londonā ir 10.00. Lidmašīna no Rīgas izlido 14.30 pēc Rīgas laika un lido 3 stundas.',
    ),
    fill('Londonā tā nolaižas pulksten {"15.30|15:30"} pēc Londonas laika.'),
  ]),
  item(26, ['earth', 'know', 'D6-Z1'], 'Nokrišņi', [
    picture(
      barChart(
        'nokrisni',
        [
          ['janv.', 45],
          ['apr.', 40],
          ['jūl.', 80],
          ['okt.', 70],
        ],
        80,
        20,
      ),
      'Stabiņu diagramma. Janvāris 45, aprīlis 40, jūlijs 80, oktobris 70 mm.',
      'Nokrišņi mēnesī, mm',
      'Janvārī četrdesmit pieci, aprīlī četrdesmit, jūlijā astoņdesmit, oktobrī septiņdesmit milimetru.',
    ),
    fill('Jūlijā nokrišņu ir {#2} reizes vairāk nekā aprīlī.'),
  ]),
  item(27, ['earth', 'know', 'D6-Z1'], 'Klimats vai laikapstākļi?', [
    table(
      'Kas tas ir?',
      ['Teikums', 'Tas raksturo'],
      [
        ['„Rīt Liepājā līs.”', '{*laikapstākļus / klimatu}'],
        ['„Latvijā janvāris parasti ir aukstāks nekā aprīlis.”', '{laikapstākļus / *klimatu}'],
        ['„Vakar Rēzeknē bija −12 °C.”', '{*laikapstākļus / klimatu}'],
      ],
    ),
  ]),
  item(28, ['earth', 'apply', 'D6-Z1'], 'Augsne', [
    pick('Kāpēc sliekas lauksaimniekam ir noderīgas?', [
      'Tās ēd augu saknes.',
      '*Tās irdina augsni un palīdz veidoties trūdvielām.',
      'Tās padara augsni sausāku.',
      'Tās izdzen kurmjus.',
    ]),
  ]),
  item(29, ['earth', 'apply', 'D6-Z2'], 'Ceļš uz skolu', [
    text('Automašīna uz kilometru izdala 150 g ogļskābās gāzes. Skola ir 4 km no mājām.'),
    fill('Aizvedot bērnu uz skolu un atgriežoties mājās, automašīna izdala {#1200} g ogļskābās gāzes.'),
  ]),
  item(30, ['earth', 'reason', 'D6-Z2'], 'Tukšā pudele', [
    explain(
      'Veikalā ūdens ir stikla pudelē, ko nodod atpakaļ un lieto no jauna, un plastmasas pudelē, ko pārstrādā. Nosauc katrai vienu priekšrocību un pamato, kuru tu izvēlētos!',
      {
        3: 'Pa vienai derīgai priekšrocībai katrai un izvēle ar pamatojumu, kas tās salīdzina.',
        2: 'Divas priekšrocības bez pamatotas izvēles, vai viena priekšrocība un pamatota izvēle.',
        1: 'Viena derīga priekšrocība.',
        0: 'Izvēle bez pamatojuma.',
      },
      6,
    ),
  ]),
]
