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
import { barChart, lineChart, polygon, squares } from './pictures.ts'

/** Numeracy for grade 6, our own, in Latvian: a form of thirty items. Drafts until they are reviewed. */
const item = itemsOf('RP6', 'numeracy', 6)

const party = dataText(
  'PICAS',
  'Klases vakars',
  ['6. klase rīko klases vakaru. Būs 25 bērni. Tabulā ir picērijas piedāvājums.'],
  [
    'Picērijas piedāvājums',
    ['Pica', 'Gabali', 'Cena, eiro'],
    [
      ['Mazā', '6', '7,20'],
      ['Vidējā', '8', '8,80'],
      ['Lielā', '12', '12,00'],
    ],
  ],
  ['Piegāde maksā 3,50 eiro. Ja pasūtījums ir vismaz 60 eiro, piegāde ir bez maksas.'],
)

const ride = dataText(
  'VELOBRAUCIENS',
  'Velobrauciens gar jūru',
  [
    'Ozolu ģimene ar velosipēdiem brauca gar jūru. Tabulā ir katras stundas beigās nobrauktais ceļš no mājām.',
  ],
  [
    'Nobrauktais ceļš',
    ['Laiks', 'Ceļš no mājām, km'],
    [
      ['9.00', '0'],
      ['10.00', '14'],
      ['11.00', '26'],
      ['12.00', '26'],
      ['13.00', '36'],
      ['14.00', '48'],
    ],
  ],
)

export const numeracy6: readonly ShippedItem[] = [
  item(1, ['numbers', 'know', 'R6-S1'], 'Decimāldaļas pēc kārtas', [
    inOrder('Sakārto skaitļus, sākot ar mazāko!', ['0,07', '0,45', '0,5', '0,608']),
  ]),
  item(2, ['numbers', 'know', 'R6-S1'], 'Vienādi pieraksti', [
    match('Savieno vienādus skaitļus!', { '1/2': '0,5', '1/4': '25 %', '3/4': '0,75', '1/10': '10 %' }, [
      '0,2',
    ]),
  ]),
  item(
    3,
    ['numbers', 'apply', 'R6-S1'],
    'Vieta starp nulli un divi',
    [onLine('Atzīmē uz skaitļu taisnes skaitli 1,4!', { from: 0, to: 2, step: 0.2, labelEvery: 5 }, 1.4)],
    { note: 'Katru iedaļu var nosaukt skaļi; vieta ir izvēlama ar bultiņām.' },
  ),
  item(4, ['numbers', 'apply', 'R6-S2'], 'Darbības ar decimāldaļām', [
    fill('3,6 + 0,75 = {#4,35}'),
    fill('5 − 1,28 = {#3,72}'),
    fill('0,4 · 6 = {#2,4}'),
  ]),
  item(5, ['numbers', 'apply', 'R6-S2'], 'Daļa no skaitļa', [
    fill('Divas trešdaļas no 24 ir {#16}.'),
    fill('15 % no 200 ir {#30}.'),
  ]),
  item(6, ['numbers', 'apply', 'R6-S2'], 'Daļu saskaitīšana', [
    fill('1/2 + 1/3 ir {*mazāk nekā / tieši / vairāk nekā} 1.'),
    pick('Cik ir 1/2 + 1/3?', ['2/5', '1/5', '*5/6', '2/6']),
  ]),
  item(7, ['numbers', 'know', 'R6-S1'], 'Iekrāsotie procenti', [
    picture(
      squares('procenti', 5, 4, 6),
      'Taisnstūris ir sadalīts 20 vienādos kvadrātos, 6 no tiem ir iekrāsoti.',
      'Taisnstūris',
      'Taisnstūris ir sadalīts divdesmit vienādos kvadrātos. Seši kvadrāti ir iekrāsoti.',
    ),
    pick('Cik procentu taisnstūra ir iekrāsoti?', ['6 %', '14 %', '20 %', '*30 %']),
  ]),
  item(8, ['numbers', 'apply', 'R6-S2'], 'Darbību secība', [
    fill('18 − 2 · (3 + 4) = {#4}'),
    pick('Kur jāliek iekavas, lai 6 + 4 · 5 − 2 būtu 48?', [
      '*(6 + 4) · 5 − 2',
      '6 + (4 · 5) − 2',
      '6 + 4 · (5 − 2)',
      '(6 + 4 · 5) − 2',
    ]),
  ]),
  item(9, ['numbers', 'know', 'R6-S2'], 'Noapaļošana', [
    fill('Noapaļojot 48 651 līdz tūkstošiem, iegūst {#49000}.'),
    fill('Noapaļojot 7,346 līdz desmitdaļām, iegūst {#7,3}.'),
  ]),
  item(10, ['numbers', 'reason', 'R6-S2'], 'Atlaide un vēl atlaide', [
    text('Jaka maksāja 40 eiro. Vispirms to nocenoja par 50 %, pēc nedēļas jauno cenu vēl par 50 %.'),
    explain(
      'Matīss saka: „Tagad jaka ir par velti, jo 50 % un 50 % ir 100 %.” Vai Matīsam ir taisnība? Pamato!',
      {
        2: 'Nepiekrīt un parāda, ka pēc pirmās atlaides cena ir 20 eiro, pēc otrās 10 eiro, jo otro atlaidi rēķina no jaunās cenas.',
        1: 'Nepiekrīt un nosauc tikai gala cenu (10 eiro), vai paskaidro bez aprēķina.',
        0: 'Piekrīt, vai nepiekrīt bez pamatojuma.',
      },
    ),
  ]),
  item(11, ['measures', 'know', 'R6-M1'], 'Mērvienības', [
    fill('2,5 km = {#2500} m'),
    fill('1,2 t = {#1200} kg'),
    fill('3 m² = {#30000} cm²'),
  ]),
  item(12, ['measures', 'apply', 'R6-M1'], 'Vilciena laiks', [
    text('Vilciens izbrauc no Rīgas 16.48 un pienāk Cēsīs 18.25.'),
    fill('Brauciens ilgst {#97} minūtes.'),
  ]),
  item(13, ['measures', 'apply', 'R6-M2'], 'Istabas laukums', [
    picture(
      polygon(
        'istaba',
        [
          [0, 0],
          [8, 0],
          [8, 3],
          [4, 3],
          [4, 6],
          [0, 6],
        ],
        ['8 m', '3 m', '4 m', '3 m', '4 m', '6 m'],
      ),
      'Figūra ar sešām malām: 8, 3, 4, 3, 4 un 6 metri; visi leņķi ir taisni.',
      'Istabas plāns',
      'Istabas plāns burta L formā. Malas pēc kārtas ir astoņi, trīs, četri, trīs, četri un seši metri. Visi leņķi ir taisni.',
    ),
    fill('Istabas grīdas laukums ir {#36} m².', { points: 2 }),
  ]),
  item(14, ['measures', 'apply', 'R6-M2'], 'Akvārijs', [
    text('Akvārijs ir 50 cm garš, 30 cm plats un 40 cm augsts. 1 litrs ir 1000 cm³.'),
    fill('Akvārijā līdz malām var ieliet {#60} litrus ūdens.'),
  ]),
  item(15, ['measures', 'know', 'R6-M2'], 'Leņķu veidi', [
    match('Kāds ir katrs leņķis?', { '35°': 'šaurs', '90°': 'taisns', '128°': 'plats', '180°': 'izstiepts' }),
  ]),
  item(16, ['measures', 'apply', 'R6-M2'], 'Trešais leņķis', [
    fill('Trijstūrī divi leņķi ir 48° un 67°. Trešais leņķis ir {#65} grādi.'),
  ]),
  item(17, ['measures', 'apply', 'R6-M2'], 'Kartes mērogs', [
    text('Kartes mērogs ir 1 : 50 000. Kartē no ezera līdz pilskalnam ir 6 cm.'),
    fill('Dabā no ezera līdz pilskalnam ir {#3} km.'),
  ]),
  item(18, ['measures', 'reason', 'R6-M2'], 'Lielāks laukums', [
    explain(
      'Taisnstūra visas malas palielina divas reizes. Cik reižu palielinās tā laukums? Pamato ar piemēru vai zīmējuma aprakstu!',
      {
        2: 'Atbild „četras reizes” un pamato, piemēram, 2 · 3 = 6, bet 4 · 6 = 24, un 24 : 6 = 4.',
        1: 'Atbild „četras reizes” bez pamatojuma, vai piemērs ir pareizs, bet secinājums nav izteikts.',
        0: 'Cita atbilde (piemēram, divas reizes).',
      },
    ),
  ]),
  item(19, ['measures', 'know', 'R6-M1'], 'Kas te neder?', [
    find('Atzīmē mērvienību, kas tekstā noteikti ir nepareiza!', [
      'Rīta skrējienā Kristaps noskrēja [3 km] un izdzēra [250 ml] ūdens. Viņa soma svēra [*4 g], un mājās viņš bija pēc [25 min].',
    ]),
  ]),
  item(20, ['data', 'know', 'R6-D1'], 'Temperatūra dienā', [
    picture(
      lineChart(
        'temperatura',
        [
          ['6.00', -4],
          ['9.00', -2],
          ['12.00', 2],
          ['15.00', 4],
          ['18.00', 0],
        ],
        [-6, 6],
        2,
      ),
      'Līniju diagramma. Temperatūra: 6.00 −4, 9.00 −2, 12.00 2, 15.00 4, 18.00 0 grādi.',
      'Gaisa temperatūra 3. martā, °C',
      'Temperatūra pulksten sešos bija mīnus četri, deviņos mīnus divi, divpadsmitos divi, piecpadsmitos četri, astoņpadsmitos nulle grādu.',
    ),
    fill('No 6.00 līdz 15.00 kļuva siltāks par {#8} grādiem.'),
    pick('Starp kuriem mērījumiem temperatūra kritās?', [
      '6.00 un 9.00',
      '9.00 un 12.00',
      '12.00 un 15.00',
      '*15.00 un 18.00',
    ]),
  ]),
  item(21, ['data', 'apply', 'R6-D1'], 'Vidējais', [
    text('Komandas spēlētāji ir 142, 150, 155, 149 un 154 cm gari.'),
    fill('Vidējais augums ir {#150} cm.'),
  ]),
  item(
    22,
    ['data', 'know', 'R6-D1'],
    'Brauciens pa stundām',
    [
      pick('Kurā stundā ģimene atpūtās?', ['9.00–10.00', '10.00–11.00', '*11.00–12.00', '13.00–14.00']),
      pick('Kurā stundā ģimene nobrauca visvairāk?', [
        '*9.00–10.00',
        '10.00–11.00',
        '12.00–13.00',
        '13.00–14.00',
      ]),
    ],
    { stimulus: ride },
  ),
  item(
    23,
    ['data', 'apply', 'R6-D1'],
    'Cik katrā stundā?',
    [
      text('Ieraksti, cik kilometru ģimene nobrauca katrā stundā!'),
      table(
        'Nobraukts stundā',
        ['Stunda', 'Nobraukts, km'],
        [
          ['10.00–11.00', '{#12}'],
          ['12.00–13.00', '{#10}'],
          ['13.00–14.00', '{#12}'],
        ],
      ),
    ],
    { stimulus: ride },
  ),
  item(24, ['data', 'reason', 'R6-D1'], 'Kura diagramma maldina?', [
    text(
      'Veikala reklāmā ir divi stabiņi: „Pērn” un „Šogad”. Otrais stabiņš ir četras reizes garāks. Zem diagrammas sīki rakstīts: pērn pārdoti 960 velosipēdi, šogad 990. Skaitļu ass sākas ar 950.',
    ),
    explain('Kāpēc diagramma maldina? Kā to uzzīmēt godīgi?', {
      2: 'Pasaka, ka ass nesākas ar nulli, tāpēc neliela starpība (30) izskatās milzīga, un piedāvā sākt asi ar nulli vai rakstīt skaitļus.',
      1: 'Pasaka tikai, kāpēc maldina, vai tikai, kā labot.',
      0: 'Neredz, ka diagramma maldina.',
    }),
  ]),
  item(25, ['data', 'apply', 'R6-D1'], 'Iespēja', [
    text('Maisiņā ir 3 sarkanas, 5 zilas un 2 baltas bumbiņas. Neskatoties izņem vienu.'),
    pick('Kura iespēja ir 1 no 2?', [
      'izņemt sarkanu',
      '*izņemt zilu',
      'izņemt baltu',
      'izņemt sarkanu vai zilu',
    ]),
  ]),
  item(
    26,
    ['problems', 'apply', 'R6-P1'],
    'Cena par gabalu',
    [
      table(
        'Cik maksā viens gabals',
        ['Pica', 'Cena par gabalu, eiro'],
        [
          ['Mazā', '{#1,2}'],
          ['Vidējā', '{#1,1}'],
          ['Lielā', '{#1}'],
        ],
      ),
    ],
    { stimulus: party },
  ),
  item(
    27,
    ['problems', 'apply', 'R6-P1'],
    'Piecas lielās',
    [
      text('Klase pasūta 5 lielās picas.'),
      pickAll(
        'Kas ir patiess?',
        [
          '*Piegāde ir bez maksas.',
          'Katram bērnam pietiek pa 3 gabaliem.',
          '*Pasūtījums maksā 60 eiro.',
          'Picas maksā vairāk nekā 7 vidējās picas.',
        ],
        2,
      ),
    ],
    { stimulus: party },
  ),
  item(
    28,
    ['problems', 'reason', 'R6-P1'],
    'Lētākais pasūtījums',
    [
      explain(
        'Katram no 25 bērniem jāsaņem 2 gabali. Kādu pasūtījumu tu ieteiktu, lai maksātu pēc iespējas mazāk? Parādi aprēķinu!',
        {
          3: 'Nosaka, ka vajag vismaz 50 gabalus, un pamato lētāko: 3 lielās, 1 vidējā un 1 mazā (50 gabali, 52,00 + 3,50 = 55,50 eiro), salīdzinot ar vismaz vienu citu pasūtījumu.',
          2: 'Nosaka 50 gabalus un parāda derīgu pasūtījumu ar pareizu kopējo cenu, bet tas nav lētākais vai nav salīdzināts.',
          1: 'Nosaka, ka vajag 50 gabalus, bet cena ir nepareiza vai aizmirsta piegāde.',
          0: 'Nav derīga pasūtījuma.',
        },
        8,
      ),
    ],
    { stimulus: party },
  ),
  item(29, ['problems', 'apply', 'R6-P1'], 'Divi krāni', [
    picture(
      barChart(
        'krani',
        [
          ['Krāns A', 12],
          ['Krāns B', 8],
        ],
        12,
        2,
      ),
      'Stabiņu diagramma. Krāns A 12 litri minūtē, krāns B 8 litri minūtē.',
      'Cik litru ūdens iztek minūtē',
      'No krāna A minūtē iztek divpadsmit litri, no krāna B astoņi litri.',
    ),
    fill('Ja abi krāni ir atvērti, 300 litru baseins piepildās {#15} minūtēs.'),
  ]),
  item(30, ['problems', 'reason', 'R6-P1'], 'Noteikums', [
    text('Skaitļu virkne: 3, 7, 11, 15, …'),
    fill('Desmitais skaitlis ir {#39}.'),
    pickEach('Kuri skaitļi būs šajā virknē? Atzīmē visus!', ['*47', '60', '*83', '101']),
  ]),
]
