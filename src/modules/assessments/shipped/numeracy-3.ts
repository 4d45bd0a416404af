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
import { barChart, clock, polygon, squares } from './pictures.ts'

/** Numeracy for grade 3, our own, in Latvian: a form of thirty items. Drafts until they are reviewed. */
const item = itemsOf('RP3', 'numeracy', 3)

const market = dataText(
  'TIRDZINS',
  'Skolas tirdziņš',
  ['3. klase piedalījās skolas tirdziņā. Tabulā redzams, cik preces maksāja un cik to pārdeva.'],
  [
    'Tirdziņa preces',
    ['Prece', 'Cena, eiro', 'Pārdots, gab.'],
    [
      ['Medus burka', '6', '14'],
      ['Ābolu maisiņš', '2', '35'],
      ['Adīti cimdi', '8', '9'],
      ['Apsveikuma kartīte', '1', '28'],
    ],
  ],
)

const trip = dataText(
  'EKSKURSIJA',
  'Ekskursija uz dabas parku',
  ['3. klase brauc ekskursijā uz dabas parku. Brauc 24 skolēni, 2 skolotājas un 4 vecāki.'],
  [
    'Ieejas maksa un laiki',
    ['Kas', 'Cik'],
    [
      ['Bērna biļete', '3 eiro'],
      ['Pieaugušā biļete', '5 eiro'],
      ['Autobuss izbrauc no skolas', '8.40'],
      ['Autobuss ir parkā', '9.25'],
      ['Autobuss izbrauc no parka', '13.30'],
    ],
  ],
)

export const numeracy3: readonly ShippedItem[] = [
  item(1, ['numbers', 'know', 'R3-S1'], 'Lielākais skaitlis', [
    pick('Kurš skaitlis ir vislielākais?', ['478', '748', '*784', '487']),
  ]),
  item(
    2,
    ['numbers', 'apply', 'R3-S1'],
    'Vieta uz skaitļu taisnes',
    [onLine('Atzīmē uz skaitļu taisnes skaitli 350!', { from: 0, to: 500, step: 50, labelEvery: 2 }, 350)],
    { note: 'Katru iedaļu var nosaukt skaļi; vieta ir izvēlama ar bultiņām.' },
  ),
  item(3, ['measures', 'apply', 'R3-M1'], 'Garumi pēc kārtas', [
    inOrder('Sakārto garumus, sākot ar īsāko!', ['90 cm', '1 m 5 cm', '150 cm', '2 m']),
  ]),
  item(4, ['measures', 'know', 'R3-M1'], 'Piemērota mērvienība', [
    match(
      'Kurā mērvienībā to ir visērtāk izteikt?',
      {
        'Pildspalvas garums': 'centimetri',
        'Ābola masa': 'grami',
        'Ūdens daudzums spainī': 'litri',
        'Ceļš no Rīgas līdz Liepājai': 'kilometri',
      },
      ['stundas'],
    ),
  ]),
  item(5, ['numbers', 'apply', 'R3-S2'], 'Darbības ar vienādu rezultātu', [
    pickEach('Kurām darbībām rezultāts ir 24? Atzīmē visas!', [
      '*3 · 8',
      '*48 : 2',
      '30 − 8',
      '4 · 7',
      '*12 + 12',
    ]),
  ]),
  item(6, ['numbers', 'know', 'R3-S1'], 'Salīdzini skaitļus', [
    text('Izvēlies zīmi, lai salīdzinājums būtu patiess!'),
    fill('346 {*< (ir mazāks nekā) / > (ir lielāks nekā) / = (ir vienāds ar)} 364'),
    fill('5 · 9 {< (ir mazāks nekā) / > (ir lielāks nekā) / *= (ir vienāds ar)} 45'),
  ]),
  item(7, ['measures', 'know', 'R3-M1'], 'Skaitļi ceļojumā', [
    find(
      'Atzīmē visas vietas, kurās nosaukts garums vai attālums!',
      [
        'Anna no rīta brauca [35 minūtes] līdz mežam, kas ir [*20 kilometrus] no mājām. Mežā viņa atrada [12 bekas]. Lielākās bekas kāts bija [*11 centimetrus] garš, un tā svēra [400 gramus].',
      ],
      2,
    ),
  ]),
  item(
    8,
    ['problems', 'apply', 'R3-P1'],
    'Divas medus burkas',
    [fill('Mamma nopirka 2 medus burkas un 3 ābolu maisiņus. Viņa samaksāja {#18} eiro.', { points: 2 })],
    { stimulus: market },
  ),
  item(
    9,
    ['data', 'apply', 'R3-D1'],
    'Tirdziņa ieņēmumi',
    [
      text('Aprēķini, cik eiro ieņēma par katru preci, un ieraksti tabulā!'),
      table(
        'Ieņemtā nauda',
        ['Prece', 'Ieņemts, eiro'],
        [
          ['Ābolu maisiņi', '{#70}'],
          ['Adīti cimdi', '{#72}'],
          ['Apsveikuma kartītes', '{#28}'],
        ],
      ),
    ],
    { stimulus: market },
  ),
  item(
    10,
    ['measures', 'know', 'R3-M2'],
    'Kā sauc figūru?',
    [
      fill(
        'Figūru, kurai ir četri taisni leņķi un četras vienādi garas malas, sauc par {"kvadrātu|kvadrāts"}.',
      ),
    ],
    { note: 'Pareizrakstību šeit nevērtē: garumzīmes drīkst trūkt.' },
  ),
  item(
    11,
    ['problems', 'reason', 'R3-P1'],
    'Kas izdevīgāk?',
    [
      text('Jānis grib nopirkt tieši 10 kartītes. Pie galda viņam piedāvā 10 kartītes kopā par 9 eiro.'),
      explain('Vai Jānim ir izdevīgāk pirkt visas kartītes kopā? Paskaidro, kā tu to noskaidroji!', {
        2: 'Atbild, ka ir izdevīgāk, un salīdzina 10 eiro (10 · 1) ar 9 eiro vai nosauc starpību, 1 eiro.',
        1: 'Atbild pareizi, bet salīdzinājums nav pilns vai tajā ir kļūda aprēķinā.',
        0: 'Atbilde nav pareiza, vai tā ir pareiza bez jebkāda paskaidrojuma.',
      }),
    ],
    { stimulus: market },
  ),
  item(12, ['data', 'know', 'R3-D1'], 'Izlasītās grāmatas', [
    picture(
      barChart(
        'gramatas',
        [
          ['Elza', 6],
          ['Toms', 3],
          ['Marta', 8],
          ['Rihards', 5],
        ],
        8,
      ),
      'Stabiņu diagramma. Izlasītās grāmatas: Elza 6, Toms 3, Marta 8, Rihards 5.',
      'Cik grāmatu bērni izlasīja vasarā',
      'Diagrammā ir četri stabiņi. Elza izlasīja sešas, Toms trīs, Marta astoņas un Rihards piecas grāmatas.',
    ),
    pick('Par cik grāmatām vairāk nekā Toms izlasīja Marta?', ['3', '*5', '8', '11']),
  ]),
  item(13, ['numbers', 'know', 'R3-S1'], 'Simti, desmiti, vieni', [
    fill('Skaitlī 607 ir {#6} simti, {#0} desmiti un {#7} vieni.'),
  ]),
  item(14, ['numbers', 'know', 'R3-S1'], 'Skaitļi pēc kārtas', [
    inOrder('Sakārto skaitļus, sākot ar mazāko!', ['209', '290', '902', '920']),
  ]),
  item(15, ['numbers', 'apply', 'R3-S2'], 'Saskaiti un atņem', [
    fill('358 + 267 = {#625}'),
    fill('700 − 284 = {#416}'),
  ]),
  item(16, ['numbers', 'apply', 'R3-S2'], 'Trūkstošais skaitlis', [
    fill('6 · {#9} = 54'),
    fill('{#56} : 7 = 8'),
  ]),
  item(17, ['numbers', 'apply', 'R3-S2'], 'Dalīšana ar atlikumu', [
    text('Rūdim ir 29 uzlīmes. Viņš tās līdzīgi sadala 4 draugiem, un pāri palikušās patur sev.'),
    fill('Katrs draugs saņem {#7} uzlīmes, un Rūdim paliek {#1} uzlīme.'),
  ]),
  item(18, ['numbers', 'reason', 'R3-S2'], 'Kur kļūda?', [
    text('Elīna rēķināja: 403 − 178 = 335. Viņas brālis saka, ka rezultātu var pārbaudīt ar saskaitīšanu.'),
    explain('Pārbaudi Elīnas rezultātu! Uzraksti pareizo rezultātu un paskaidro, kā tu pārbaudīji!', {
      2: 'Nosauc 225 un parāda pārbaudi, piemēram, 335 + 178 = 513, nevis 403, vai 225 + 178 = 403.',
      1: 'Nosauc 225 bez paskaidrojuma, vai pārbaude ir pareiza, bet jaunais rezultāts aplams.',
      0: 'Ne rezultāts, ne pārbaude nav pareiza.',
    }),
  ]),
  item(19, ['numbers', 'know', 'R3-S1'], 'Iekrāsotā daļa', [
    picture(
      squares('dala', 4, 2, 2),
      'Taisnstūris ir sadalīts 8 vienādos kvadrātos, 2 no tiem ir iekrāsoti.',
      'Taisnstūris',
      'Taisnstūris ir sadalīts astoņos vienādos kvadrātos. Divi kvadrāti ir iekrāsoti.',
    ),
    pick('Kura daļa taisnstūra ir iekrāsota?', [
      'viena puse',
      '*viena ceturtdaļa',
      'viena trešdaļa',
      'viena astotdaļa',
    ]),
  ]),
  item(20, ['measures', 'apply', 'R3-M1'], 'Cik rāda pulkstenis?', [
    picture(
      clock('pulkstenis', 3, 40),
      'Pulksteņa īsākais rādītājs ir starp 3 un 4, garākais pie 8.',
      'Pulkstenis pēcpusdienā',
      'Īsākais rādītājs ir starp trīs un četri, garākais rāda uz astoņi.',
    ),
    pick('Cik ir pulkstenis?', ['3.08', '*3.40', '4.40', '8.15']),
  ]),
  item(21, ['measures', 'apply', 'R3-M1'], 'Pārej uz citu mērvienību', [
    fill('3 m 20 cm = {#320} cm'),
    fill('2 kg 50 g = {#2050} g'),
    fill('2 stundas 15 minūtes = {#135} minūtes'),
  ]),
  item(22, ['measures', 'apply', 'R3-M2'], 'Žogs ap dārzu', [
    picture(
      polygon(
        'darzs',
        [
          [0, 0],
          [8, 0],
          [8, 4],
          [0, 4],
        ],
        ['8 m', '4 m', '8 m', '4 m'],
      ),
      'Taisnstūris, kura malas ir 8 metri un 4 metri.',
      'Dārza plāns',
      'Dārzs ir taisnstūris. Garākā mala ir astoņi metri, īsākā četri metri.',
    ),
    fill('Žogs ap visu dārzu ir {#24} metrus garš.'),
  ]),
  item(23, ['measures', 'know', 'R3-M2'], 'Figūru īpašības', [
    match('Cik malu ir katrai figūrai?', {
      Trijstūris: '3',
      Taisnstūris: '4',
      Piecstūris: '5',
      Sešstūris: '6',
    }),
  ]),
  item(24, ['measures', 'reason', 'R3-M2'], 'Viens un tas pats perimetrs', [
    pickAll(
      'Kuriem taisnstūriem perimetrs ir 20 cm? Atzīmē visus!',
      ['*malas 6 cm un 4 cm', 'malas 10 cm un 2 cm', '*malas 7 cm un 3 cm', 'malas 5 cm un 4 cm'],
      2,
    ),
  ]),
  item(
    25,
    ['data', 'know', 'R3-D1'],
    'Kuru preci pārdeva visvairāk?',
    [
      pick('Kuru preci pārdeva visvairāk?', [
        'Medus burkas',
        '*Ābolu maisiņus',
        'Adītos cimdus',
        'Apsveikuma kartītes',
      ]),
    ],
    { stimulus: market },
  ),
  item(26, ['data', 'apply', 'R3-D1'], 'Laiks nedēļā', [
    text(
      'Bērni piecas dienas mērīja gaisa temperatūru: pirmdien 12 grādi, otrdien 15, trešdien 9, ceturtdien 11, piektdien 18.',
    ),
    fill('Siltākajā dienā bija par {#9} grādiem siltāks nekā aukstākajā.'),
    pick('Kurā dienā bija vēsāks nekā iepriekšējā?', ['Otrdien', '*Trešdien', 'Ceturtdien', 'Piektdien']),
  ]),
  item(27, ['data', 'reason', 'R3-D1'], 'Ko var secināt?', [
    picture(
      barChart(
        'majdzivnieki',
        [
          ['suns', 8],
          ['kaķis', 12],
          ['jūrascūciņa', 2],
          ['nav', 4],
        ],
        12,
      ),
      'Stabiņu diagramma. Mājdzīvnieki: suns 8, kaķis 12, jūrascūciņa 2, nav 4.',
      'Kāds mājdzīvnieks ir 3. klases skolēniem (katrs nosauca vienu)',
      'Suns ir astoņiem skolēniem, kaķis divpadsmit, jūrascūciņa diviem, mājdzīvnieka nav četriem.',
    ),
    pickEach('Ko var secināt no diagrammas? Atzīmē visu, kas ir patiess!', [
      '*Klasē jautāja 26 skolēniem.',
      '*Kaķis ir biežāk nekā suns.',
      'Vairāk nekā pusei skolēnu ir kaķis.',
      'Suņi skolēniem patīk mazāk nekā kaķi.',
    ]),
  ]),
  item(
    28,
    ['problems', 'apply', 'R3-P1'],
    'Biļetes uz parku',
    [fill('Par visu bērnu biļetēm samaksā {#72} eiro, par visu pieaugušo biļetēm {#30} eiro.')],
    { stimulus: trip },
  ),
  item(
    29,
    ['problems', 'apply', 'R3-P1'],
    'Cik ilgi?',
    [
      fill('No skolas līdz parkam autobuss brauc {#45} minūtes.'),
      pick('Cik ilgi bērni ir parkā?', [
        '3 stundas 55 minūtes',
        '*4 stundas 5 minūtes',
        '4 stundas 50 minūtes',
        '5 stundas',
      ]),
    ],
    { stimulus: trip },
  ),
  item(
    30,
    ['problems', 'reason', 'R3-P1'],
    'Vai naudas pietiks?',
    [
      text('Ekskursijai ir 150 eiro. Autobuss maksā 60 eiro.'),
      explain(
        'Vai naudas pietiks autobusam un visām biļetēm? Parādi aprēķinu!',
        {
          3: 'Aprēķina biļetes (72 + 30 = 102), pieskaita autobusu (162) un secina, ka nepietiek, trūkst 12 eiro.',
          2: 'Gaita ir pareiza, bet vienā darbībā ir kļūda, un secinājums no tās izriet.',
          1: 'Pareizi aprēķina tikai daļu, piemēram, visas biļetes.',
          0: 'Atbild bez aprēķina vai aprēķins neattiecas uz uzdevumu.',
        },
        6,
      ),
    ],
    { stimulus: trip },
  ),
]
