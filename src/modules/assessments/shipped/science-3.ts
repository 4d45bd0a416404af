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

/** Science for grade 3, our own, in Latvian: a form of thirty items. Drafts until they are reviewed. */
const item = itemsOf('DP3', 'science', 3)

const beans = dataText(
  'PUPAS',
  'Pupu audzēšana',
  ['Bērni iestādīja pupas trijos vienādos podiņos ar vienādu zemi. Pēc divām nedēļām viņi izmērīja augus.'],
  [
    'Pupas pēc divām nedēļām',
    ['Podiņš', 'Kur stāvēja', 'Ūdens', 'Auga garums, cm'],
    [
      ['A', 'uz palodzes', 'katru otro dienu', '16'],
      ['B', 'skapī', 'katru otro dienu', '22, dzeltens'],
      ['C', 'uz palodzes', 'nelēja', 'nav izdīdzis'],
    ],
  ],
)

export const science3: readonly ShippedItem[] = [
  item(1, ['living', 'know', 'D3-D1'], 'Auga daļas', [
    match('Ko dara katra auga daļa?', {
      Sakne: 'uzņem ūdeni no zemes',
      Stublājs: 'nes ūdeni augšup un tur augu',
      Lapa: 'gaismā gatavo barību',
      Zieds: 'no tā veidojas auglis ar sēklām',
    }),
  ]),
  item(2, ['living', 'know', 'D3-D1'], 'Zīdītājs', [
    pick('Kurš no dzīvniekiem ir zīdītājs?', ['stārķis', 'zalktis', '*sikspārnis', 'līdaka']),
  ]),
  item(3, ['living', 'apply', 'D3-D1'], 'Taureņa dzīve', [
    inOrder('Sakārto, kā attīstās taurenis!', ['ola', 'kāpurs', 'kūniņa', 'taurenis']),
  ]),
  item(4, ['living', 'know', 'D3-D1'], 'Kas aizlido?', [
    pickEach('Kuri putni ziemu pavada siltajās zemēs? Atzīmē visus!', [
      '*bezdelīga',
      'zīlīte',
      '*dzeguze',
      'zvirbulis',
      '*lakstīgala',
    ]),
  ]),
  item(5, ['living', 'apply', 'D3-D1'], 'Barības ķēde', [
    inOrder('Sakārto barības ķēdi: kurš ko ēd! Sāc ar augu.', ['āboliņš', 'zaķis', 'lapsa']),
  ]),
  item(6, ['living', 'know', 'D3-D1'], 'Latvijas koki', [
    match('Kā pazīt koku?', {
      Bērzs: 'balta miza',
      Ozols: 'zīles',
      Priede: 'garas skujas pa divām kopā',
      Kļava: 'lapas kā plauksta',
    }),
  ]),
  item(
    7,
    ['living', 'reason', 'D3-D1'],
    'Kuru divu salīdzināt?',
    [
      pick('Kuri divi podiņi jāsalīdzina, lai uzzinātu, vai augam vajag gaismu?', [
        '*A un B',
        'A un C',
        'B un C',
        'visi trīs',
      ]),
    ],
    { stimulus: beans },
  ),
  item(
    8,
    ['living', 'apply', 'D3-D1'],
    'Ko pierāda C?',
    [fill('A un C podiņš kopā parāda, ka sēklai, lai tā izdīgtu, vajag {gaismu / *ūdeni / siltumu / zemi}.')],
    { stimulus: beans },
  ),
  item(
    9,
    ['living', 'reason', 'D3-D1'],
    'Kāpēc skapī?',
    [
      explain(
        'Augs skapī ir garāks, bet dzeltens un vārgs. Vai tas nozīmē, ka pupām labāk tumsā? Paskaidro!',
        {
          2: 'Atbild „nē” un paskaidro, ka tumsā augs stiepjas, meklējot gaismu, bet nespēj gatavot barību (dzeltens = vārgs).',
          1: 'Atbild „nē”, bet paskaidrojums ir nepilnīgs (piemēram, tikai „tas ir dzeltens”).',
          0: 'Atbild „jā” vai bez paskaidrojuma.',
        },
      ),
    ],
    { stimulus: beans },
  ),
  item(10, ['living', 'apply', 'D3-D2'], 'Veselīga diena', [
    pickAll(
      'Kas palīdz tavam ķermenim būt veselam?',
      [
        '*Gulēt vismaz 9 stundas',
        'Ēst saldumus brokastu vietā',
        '*Katru dienu kustēties ārā',
        '*Mazgāt rokas pirms ēšanas',
      ],
      2,
    ),
  ]),
  item(11, ['living', 'apply', 'D3-D2'], 'Pulss', [
    picture(
      barChart(
        'pulss',
        [
          ['sēžot', 80],
          ['ejot', 100],
          ['skrienot', 140],
        ],
        160,
        20,
      ),
      'Stabiņu diagramma. Sēžot 80, ejot 100, skrienot 140 sitieni minūtē.',
      'Ilzes sirdspuksti minūtē',
      'Sēžot Ilzes sirds sitas astoņdesmit reižu minūtē, ejot simt, skrienot simt četrdesmit.',
    ),
    fill('Skrienot Ilzes sirds minūtē sitas par {#60} reizēm vairāk nekā sēžot.'),
  ]),
  item(12, ['living', 'know', 'D3-D2'], 'Maņas', [
    match('Ar ko to uztver?', { skaņa: 'ausis', smarža: 'deguns', garša: 'mēle', gaisma: 'acis' }),
  ]),
  item(13, ['physical', 'know', 'D3-F1'], 'Trīs stāvokļi', [
    table(
      'Kādā stāvoklī tas ir?',
      ['Viela', 'Istabā tā ir'],
      [
        ['Piens', '{cieta / *šķidra / gāzveida}'],
        ['Sāls', '{*cieta / šķidra / gāzveida}'],
        ['Gaiss', '{cieta / šķidra / *gāzveida}'],
      ],
    ),
  ]),
  item(14, ['physical', 'know', 'D3-F1'], 'Ūdens sasalst', [
    onLine(
      'Atzīmē temperatūru, pie kuras tīrs ūdens sāk sasalt!',
      { from: -20, to: 100, step: 10, labelEvery: 2 },
      0,
    ),
  ]),
  item(15, ['physical', 'apply', 'D3-F1'], 'Peļķe', [
    pick('Pēc lietus peļķe saulē pazuda. Kur palika ūdens?', [
      'Tas sadega.',
      '*Tas iztvaikoja gaisā.',
      'Tas pārvērtās smiltīs.',
      'To apēda augi naktī.',
    ]),
  ]),
  item(16, ['physical', 'apply', 'D3-F1'], 'Kas peld?', [
    text('Bērni lika ūdenī dažādus priekšmetus un pierakstīja, kas notika.'),
    table(
      'Kas notika ūdenī',
      ['Priekšmets', 'Iznākums'],
      [
        ['Korķis', 'peld'],
        ['Akmens', 'grimst'],
        ['Koka lineāls', 'peld'],
        ['Metāla karote', 'grimst'],
      ],
    ),
    fill('Vairāk priekšmetu {peldēja / nogrima / *peldēja un nogrima vienādi}.'),
  ]),
  item(17, ['physical', 'reason', 'D3-F1'], 'Godīgs mēģinājums', [
    text(
      'Rūta grib uzzināt, vai cukurs ātrāk šķīst siltā ūdenī. Vienā glāzē viņa ielej aukstu, otrā siltu ūdeni.',
    ),
    pickAll(
      'Kam abās glāzēs jābūt vienādam?',
      ['*Ūdens daudzumam', 'Ūdens temperatūrai', '*Cukura daudzumam', '*Maisīšanai'],
      2,
    ),
  ]),
  item(18, ['physical', 'know', 'D3-F1'], 'Magnēts', [
    pickEach('Ko pievilks magnēts? Atzīmē visu!', [
      '*dzelzs naglu',
      'koka zīmuli',
      '*tērauda saspraudi',
      'zelta gredzenu',
      'stikla bumbiņu',
    ]),
  ]),
  item(19, ['physical', 'apply', 'D3-F2'], 'Ēna', [
    fill('Dienas vidū, kad Saule ir visaugstāk, ēna ir {*visīsākā / visgarākā / nekāda}.'),
    pick('Kas jādara, lai spīdošas lampas priekšā ēna uz sienas kļūtu lielāka?', [
      'Jāiet tuvāk sienai',
      '*Jāiet tuvāk lampai',
      'Jāaizver acis',
      'Jānoliek otra lampa blakus',
    ]),
  ]),
  item(20, ['physical', 'know', 'D3-F2'], 'Skaņa', [
    find('Atzīmē vārdu, kas pasaka, kāpēc rodas skaņa!', [
      'Kad [Jānis] uzsita pa [bungām], to āda sāka [*vibrēt], un pa [gaisu] skaņa nonāca līdz [ausīm].',
    ]),
  ]),
  item(21, ['physical', 'apply', 'D3-F2'], 'Ragavas', [
    pick('Ragavas kalnā jānovelk pa smiltīm un pa sniegu. Kāpēc pa sniegu ir vieglāk?', [
      'Sniegs ir balts.',
      'Smiltis ir siltākas.',
      '*Pa sniegu ir mazāka berze.',
      'Sniegā ragavas kļūst vieglākas.',
    ]),
  ]),
  item(22, ['physical', 'apply', 'D3-F2'], 'Droša elektrība', [
    pickAll(
      'Kas jāievēro mājās?',
      [
        '*Neaiztikt slēdzi ar slapjām rokām',
        'Labot saplīsušu vadu ar papīru',
        '*Kontaktligzdā nebāzt priekšmetus',
        'Vilkt kontaktdakšu aiz vada',
      ],
      2,
    ),
  ]),
  item(23, ['earth', 'know', 'D3-Z1'], 'Diena un nakts', [
    pick('Kāpēc ir diena un nakts?', [
      'Saule naktī nodziest.',
      'Mēness aizsedz Sauli.',
      '*Zeme griežas ap savu asi.',
      'Mākoņi aizsedz gaismu.',
    ]),
  ]),
  item(24, ['earth', 'know', 'D3-Z1'], 'Gadalaiki', [
    match('Kad tas Latvijā notiek?', {
      'Koki met lapas': 'rudenī',
      'Ezeri aizsalst': 'ziemā',
      'Zied vizbulītes': 'pavasarī',
      'Nogatavojas zemenes': 'vasarā',
    }),
  ]),
  item(25, ['earth', 'apply', 'D3-Z1'], 'Ūdens riņķo', [
    inOrder('Sakārto, kā ūdens ceļo, sākot no jūras!', [
      'Ūdens no jūras iztvaiko.',
      'Gaisā veidojas mākoņi.',
      'Līst lietus.',
      'Pa upēm ūdens ietek jūrā.',
    ]),
  ]),
  item(26, ['earth', 'apply', 'D3-Z1'], 'Laikapstākļu dienasgrāmata', [
    picture(
      lineChart(
        'laiks',
        [
          ['P', 6],
          ['O', 8],
          ['T', 10],
          ['C', 4],
          ['Pk', 6],
        ],
        [0, 12],
        2,
      ),
      'Līniju diagramma. Pirmdien 6, otrdien 8, trešdien 10, ceturtdien 4, piektdien 6 grādi.',
      'Temperatūra plkst. 12, °C',
      'Pirmdien bija seši, otrdien astoņi, trešdien desmit, ceturtdien četri, piektdien seši grādi.',
    ),
    pick('Kurā dienā, visticamāk, pie mums ieplūda auksts gaiss?', [
      'Otrdien',
      'Trešdien',
      '*Ceturtdien',
      'Piektdien',
    ]),
  ]),
  item(27, ['earth', 'know', 'D3-Z1'], 'Debespuses', [
    fill('Saule lec {*austrumos / rietumos / ziemeļos} un riet {austrumos / *rietumos / dienvidos}.'),
  ]),
  item(28, ['earth', 'apply', 'D3-Z2'], 'Šķiro atkritumus', [
    match('Kur liksi?', {
      'Stikla burka': 'stiklam',
      Avīze: 'papīram',
      'Ābola serde': 'kompostam',
      'Vecas baterijas': 'bīstamajiem atkritumiem',
    }),
  ]),
  item(29, ['earth', 'apply', 'D3-Z2'], 'Mazāk ūdens', [
    text('Krāns, ko aizmirsa aizgriezt, pilinot piepilda 1 litra burku 2 stundās.'),
    fill('Dienā un naktī kopā (24 stundās) iztek {#12} litri ūdens.'),
  ]),
  item(30, ['earth', 'reason', 'D3-Z2'], 'Vēstule no meža', [
    explain(
      'Pārgājienā kāds saka: „Vienu papīrīti mežā neviens nepamanīs.” Nosauc divus iemeslus, kāpēc tā nedrīkst darīt!',
      {
        2: 'Divi dažādi pamatoti iemesli (piemēram, dzīvnieki var savainoties vai apēst; papīrs ilgi nesadalās; ja visi tā darīs, mežs būs netīrs).',
        1: 'Viens pamatots iemesls.',
        0: 'Nav pamatota iemesla.',
      },
    ),
  ]),
]
