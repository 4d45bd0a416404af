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
  picture,
  reading,
  type ShippedItem,
  table,
  text,
} from './compose.ts'
import { barChart } from './pictures.ts'

/** Reading for grade 6, our own, in Latvian: three texts and thirty items. Drafts until they are reviewed. */
const item = itemsOf('TP6', 'reading', 6)

const ferry = reading('PARCELTUVE', 'Pārceltuve', [
  'Vectēvs pārceltuvi pār Lielupi vadīja jau trīsdesmit gadu. Kad uzcēla jauno tiltu, cilvēki brauca pa to, un pie pārceltuves tauvas sāka augt zāle.',
  '„Pārdod to dēļos,” teica tēvs. „Neviens vairs nebrauks pa upi, ja var braukt pāri tai.” Vectēvs neatbildēja. Viņš, kā katru rītu, ar roku pārbrauca margai, it kā glaudītu zirgu.',
  'Alise tajā vasarā dzīvoja pie vectēva. Sākumā viņai likās, ka vectēvs ir vienkārši spītīgs. Bet tad viņa ievēroja, ka katru piektdienu no otra krasta kāds pasvilpj trīs reizes. Tā bija Zelma kundze, kurai bija astoņdesmit divi gadi un kura pa tiltu, četrus kilometrus apkārt, vairs nevarēja aiziet. Vectēvs cēla viņu pāri uz aptieku un atpakaļ. Naudu viņš neņēma; Zelma kundze atnesa ābolus vai klusēja.',
  'Augustā upē iekrita tilta balsts, un tiltu uz mēnesi slēdza. Pie pārceltuves izauga rinda. Kāds pircējs no pilsētas nolika uz margas banknoti: „Es maksāju dubultā, ja tiekam pirmie.” Vectēvs paskatījās uz krastu, no kura trīs reizes nosvilpās, un teica: „Pirmie ir tie, kas brauca arī tad, kad tilts bija vesels.”',
  'Kad tiltu atkal atvēra, tēvs atbrauca ar dēļiem un jaunu tauvu. „Te jānomaina apakša,” viņš sacīja, neskatoties vectēvam acīs, „citādi Zelma kundze samirks kājas.”',
])

const sleep = dataText(
  'MIEGS',
  'Cik daudz jāguļ?',
  [
    'Miegs nav tukša stunda. Kamēr guļam, smadzenes sakārto dienā redzēto, bet ķermenis aug un atjaunojas. Pusaudžiem no 6 līdz 13 gadiem ieteicams gulēt 9 līdz 11 stundas naktī.',
    'Kādā skolā 6. klases skolēni nedēļu rakstīja miega dienasgrāmatu. Skolas māsa secināja: jo ilgāk vakarā ekrāns bija rokās, jo mazāk bērni gulēja. Tas gan nepierāda, ka vainīgs ir tikai ekrāns: varbūt vēlu vakarā pie ekrāna sēž tie, kam ir daudz mājasdarbu.',
  ],
  [
    'Miegs un ekrāns 6. klasē (vidēji naktī)',
    ['Ekrāns pēc 20.00', 'Skolēnu skaits', 'Miegs, stundas'],
    [
      ['neviena stunda', '6', '9,5'],
      ['līdz 1 stundai', '10', '9'],
      ['1–2 stundas', '7', '8'],
      ['vairāk nekā 2 stundas', '3', '7'],
    ],
  ],
)

const forum = reading('FORUMS', 'Vai skolā vajag dzīvnieku?', [
  'Skolas mājaslapā direktore jautāja: „Vai mūsu klasēs varētu dzīvot dzīvnieki?” Lūk, trīs atbildes.',
  'Ralfs, 6.b: Jā! Pētījumā, ko publicēja 2019. gadā, 24 klasēs bērni, kuru klasē dzīvoja jūrascūciņa, retāk strīdējās. Turklāt mēs varētu dežurēt un iemācīties rūpēties.',
  'Aptiekāre Dace: Man pašai ir kaķis, un visi zina, ka dzīvnieki ir jauki. Tomēr Jūsu skolā ir bērni ar alerģiju. Vai kāds ir padomājis par viņiem?',
  'zvērudraugs77: Visi normāli bērni grib dzīvnieku!!! Kas ir pret, tas neko nesaprot. Mana drauga māsīca teica, ka ar suni klasē visiem uzreiz ir labākas atzīmes.',
])

export const reading6: readonly ShippedItem[] = [
  item(1, ['locate', 'know', 'T6-A1'], 'Pārceltuves gadi', [fill('Vectēvs pārceltuvi vadīja {#30} gadus.')], {
    stimulus: ferry,
  }),
  item(
    2,
    ['locate', 'know', 'T6-A1'],
    'Zelmas kundzes zīme',
    [
      pick('Kā Zelma kundze deva ziņu, ka grib tikt pāri?', [
        'Iededza uguni',
        'Pasauca vectēvu vārdā',
        '*Trīs reizes pasvilpa',
        'Atsūtīja ābolus',
      ]),
    ],
    { stimulus: ferry },
  ),
  item(
    3,
    ['understand', 'apply', 'T6-I1'],
    'Notikumu secība',
    [
      inOrder('Sakārto notikumus tā, kā tie notika!', [
        'Pār upi uzceļ tiltu.',
        'Alise ievēro, kas notiek piektdienās.',
        'Tiltu uz mēnesi slēdz.',
        'Pircējs piedāvā dubultu maksu.',
        'Tēvs atbrauc ar dēļiem.',
      ]),
    ],
    { stimulus: ferry },
  ),
  item(
    4,
    ['understand', 'know', 'T6-I1'],
    '„Sāka augt zāle”',
    [
      pick('Ko nozīmē teikums „pie pārceltuves tauvas sāka augt zāle”?', [
        'Vectēvs iestādīja zāli.',
        '*Pārceltuvi vairs gandrīz nelietoja.',
        'Bija pienācis pavasaris.',
        'Upe bija izžuvusi.',
      ]),
    ],
    { stimulus: ferry },
  ),
  item(
    5,
    ['understand', 'reason', 'T6-I2'],
    'Vectēva atbilde',
    [
      explain('Ko vectēvs domāja, sakot: „Pirmie ir tie, kas brauca arī tad, kad tilts bija vesels”?', {
        2: 'Paskaidro, ka pirmā brauks Zelma kundze (uzticīgie braucēji), un ka naudai tas nav nozīmes.',
        1: 'Nosauc tikai Zelmu kundzi vai tikai to, ka vectēvs nav pērkams.',
        0: 'Atkārto teikumu vai skaidro aplam.',
      }),
    ],
    { stimulus: ferry },
  ),
  item(
    6,
    ['understand', 'reason', 'T6-I2'],
    'Tēvs mainās',
    [
      explain(
        'Kā mainījās tēva attieksme pret pārceltuvi? Nosauc pa vienam piemēram no stāsta sākuma un beigām!',
        {
          2: 'Sākumā grib to pārdot dēļos, beigās pats atved dēļus un tauvu, lai to salabotu.',
          1: 'Nosauc tikai vienu no piemēriem vai tikai pārmaiņu bez piemēra.',
          0: 'Pārmaiņu nepamana.',
        },
      ),
    ],
    { stimulus: ferry },
  ),
  item(
    7,
    ['understand', 'apply', 'T6-I1'],
    'Salīdzinājums',
    [
      find('Atzīmē salīdzinājumu!', [
        'Vectēvs [neatbildēja]. Viņš, [kā katru rītu], ar roku [pārbrauca margai], [*it kā glaudītu zirgu].',
      ]),
    ],
    { stimulus: ferry },
  ),
  item(
    8,
    ['understand', 'apply', 'T6-I2'],
    'Kāds tēls?',
    [
      match(
        'Kura īpašība vislabāk raksturo katru?',
        {
          Vectēvs: 'uzticīgs',
          Alise: 'vērīga',
          'Pircējs no pilsētas': 'iedomīgs',
        },
        ['bailīgs'],
      ),
    ],
    { stimulus: ferry },
  ),
  item(
    9,
    ['evaluate', 'reason', 'T6-V1'],
    'Kāpēc neskatoties acīs?',
    [
      pick('Kāpēc autors raksta, ka tēvs runāja, „neskatoties vectēvam acīs”?', [
        'Tēvs ir dusmīgs.',
        '*Tēvam ir neērti atzīt, ka kļūdījies.',
        'Tēvs skatās uz upi.',
        'Tēvs steidzas uz pilsētu.',
      ]),
    ],
    { stimulus: ferry },
  ),
  item(
    10,
    ['evaluate', 'reason', 'T6-V1'],
    'Vai vectēvs rīkojās pareizi?',
    [
      explain(
        'Vai vectēvam vajadzēja pieņemt dubulto maksu? Nosauc argumentu par vai pret un pamato to ar tekstu!',
        {
          2: 'Skaidrs viedoklis ar argumentu, kas balstās stāstā (piemēram, uzticība pastāvīgajiem braucējiem; nauda ļautu salabot pārceltuvi).',
          1: 'Viedoklis ar vispārīgu argumentu bez saistības ar tekstu.',
          0: 'Viedoklis bez argumenta.',
        },
      ),
    ],
    { stimulus: ferry },
  ),
  item(
    11,
    ['locate', 'know', 'T6-A1'],
    'Cik ieteicams gulēt?',
    [fill('Sestklasniekam ieteicams gulēt vismaz {#9} stundas naktī.')],
    { stimulus: sleep },
  ),
  item(
    12,
    ['locate', 'apply', 'T6-A1'],
    'Tabula',
    [
      fill('Ekrānu pēc 20.00 vairāk nekā stundu lietoja {#10} skolēni.'),
      fill(
        'Tie, kas ekrānu nelietoja, gulēja par {#2,5} stundām ilgāk nekā tie, kas to lietoja vairāk nekā 2 stundas.',
      ),
    ],
    { stimulus: sleep },
  ),
  item(
    13,
    ['locate', 'apply', 'T6-A1'],
    'Cik guļ mazāk par ieteikto?',
    [fill('Grupās, kuras vidēji guļ mazāk, nekā ieteikts, ir {#10} skolēni no {#26}.')],
    { stimulus: sleep },
  ),
  item(
    14,
    ['understand', 'reason', 'T6-I2'],
    'Pierāda vai nepierāda?',
    [
      explain(
        'Kāpēc māsas novērojums nepierāda, ka pie īsāka miega vainīgs ekrāns? Atbildi saviem vārdiem!',
        {
          2: 'Paskaidro, ka var būt cits iemesls (piemēram, mājasdarbi), kas rada gan ekrāna laiku, gan īsu miegu.',
          1: 'Pasaka, ka var būt arī citi iemesli, bet nenosauc vai nesaista.',
          0: 'Apgalvo, ka pierāda, vai pārraksta teikumu bez skaidrojuma.',
        },
      ),
    ],
    { stimulus: sleep },
  ),
  item(
    15,
    ['understand', 'know', 'T6-I1'],
    '„Tukša stunda”',
    [
      pick('Ko autors grib teikt ar vārdiem „Miegs nav tukša stunda”?', [
        'Jāguļ tieši stundu.',
        '*Miega laikā notiek kas svarīgs.',
        'Naktī nevar neko izdarīt.',
        'Gulēt ir garlaicīgi.',
      ]),
    ],
    { stimulus: sleep },
  ),
  item(
    16,
    ['understand', 'apply', 'T6-I1'],
    'Teksta uzbūve',
    [
      inOrder('Kādā secībā tekstā parādās domas?', [
        'Ko miegs dod ķermenim',
        'Cik ieteicams gulēt',
        'Ko novēroja skolas māsa',
        'Kāpēc jāsecina uzmanīgi',
        'Skaitļi par klasi',
      ]),
    ],
    { stimulus: sleep },
  ),
  item(
    17,
    ['evaluate', 'reason', 'T6-V1'],
    'Vai var attiecināt uz visiem?',
    [
      pick('Kāpēc šos skaitļus nevar attiecināt uz visiem Latvijas sestklasniekiem?', [
        'Skolēni dienasgrāmatu rakstīja ar roku.',
        '*Jautāja tikai vienā skolā 26 skolēniem.',
        'Tabulā nav zēnu un meiteņu.',
        'Skolas māsa nav skolotāja.',
      ]),
    ],
    { stimulus: sleep },
  ),
  item(
    18,
    ['evaluate', 'apply', 'T6-V1'],
    'Fakts vai viedoklis?',
    [
      table(
        'Kas tas ir?',
        ['Teikums', 'Tas ir'],
        [
          ['„2019. gadā publicēja pētījumu 24 klasēs.”', '{*fakts / viedoklis}'],
          ['„Visi zina, ka dzīvnieki ir jauki.”', '{fakts / *viedoklis}'],
          ['„Kas ir pret, tas neko nesaprot.”', '{fakts / *viedoklis}'],
        ],
      ),
    ],
    { stimulus: forum },
  ),
  item(
    19,
    ['locate', 'know', 'T6-A1'],
    'Kas ir pret?',
    [pick('Kurš rakstītājs atgādina par kādu grūtību?', ['Ralfs', '*Dace', 'zvērudraugs77', 'Direktore'])],
    { stimulus: forum },
  ),
  item(
    20,
    ['evaluate', 'reason', 'T6-V1'],
    'Uzticamākais arguments',
    [
      explain('Kura rakstītāja arguments ir visuzticamākais? Pamato!', {
        2: 'Izvēlas Ralfu (nosauc pētījumu, ko var pārbaudīt) vai Daci (nosauc pārbaudāmu grūtību) un pasaka, kāpēc to var pārbaudīt; var salīdzināt ar zvērudraugu77.',
        1: 'Izvēlas derīgu rakstītāju, bet pamatojums ir vispārīgs.',
        0: 'Izvēlas zvērudraugu77 vai nepamato.',
      }),
    ],
    { stimulus: forum },
  ),
  item(
    21,
    ['evaluate', 'reason', 'T6-V1'],
    'Ko trūkst Ralfa argumentam?',
    [
      pickAll(
        'Kas vēl būtu jāzina, lai ticētu Ralfa nosauktajam pētījumam?',
        [
          '*Kas pētījumu veica',
          'Kā sauca jūrascūciņas',
          '*Kā mērīja, cik bieži bērni strīdas',
          '*Vai salīdzināja ar klasēm bez dzīvnieka',
          'Vai Ralfam ir savs dzīvnieks',
        ],
        2,
      ),
    ],
    { stimulus: forum },
  ),
  item(
    22,
    ['understand', 'know', 'T6-I1'],
    'Valodas stils',
    [
      match('Kā rakstīts katrs teksts?', {
        'Ralfa atbilde': 'nosauc piemēru un ieguvumu',
        'Daces atbilde': 'pieklājīgi jautā',
        'zvērudrauga77 atbilde': 'pārspīlē un apvaino',
      }),
    ],
    { stimulus: forum },
  ),
  item(
    23,
    ['understand', 'apply', 'T6-I2'],
    'Kopīga doma',
    [
      pick('Kam piekristu gan Ralfs, gan Dace?', [
        'Klasē noteikti jābūt sunim.',
        '*Dzīvnieki var būt patīkami un noderīgi.',
        'Alerģija nav svarīga.',
        'Pētījumiem nevar ticēt.',
      ]),
    ],
    { stimulus: forum },
  ),
  item(24, ['locate', 'apply', 'T6-A1'], 'Balsojums', [
    picture(
      barChart(
        'balsojums',
        [
          ['jā', 120],
          ['nē', 60],
          ['nezinu', 40],
        ],
        120,
        20,
      ),
      'Stabiņu diagramma. Jā 120, nē 60, nezinu 40.',
      'Kā atbildēja skolēni: „Vai klasē vajag dzīvnieku?”',
      'Jā atbildēja simt divdesmit, nē sešdesmit, nezinu četrdesmit skolēnu.',
    ),
    fill('Balsoja {#220} skolēnu, un „jā” bija {#2} reizes vairāk nekā „nē”.'),
  ]),
  item(25, ['locate', 'apply', 'T6-A1'], 'Laika līnija', [
    text(
      '„Tiltu atklāja 1965. gadā. Pēc divdesmit gadiem to paplašināja, bet vēl pēc desmit gadiem pārbūvēja.”',
    ),
    onLine('Atzīmē gadu, kurā tiltu pārbūvēja!', { from: 1960, to: 2000, step: 5, labelEvery: 2 }, 1995),
  ]),
  item(
    26,
    ['write', 'know', 'T6-R1'],
    'Vārdu pareizrakstība',
    [
      text('Ieraksti vārdu iekavās pareizā formā!'),
      fill('Skolēni runāja ar {"direktori"} (direktore).', { isSpelling: true }),
      fill('Uz galda bija divas {"upenes"} (upene).', { isSpelling: true }),
      fill('Mēs braucām pa {"jauno"} tiltu (jauns).', { isSpelling: true }),
    ],
    { note: 'Šeit vērtē pareizrakstību, arī garumzīmes.' },
  ),
  item(27, ['write', 'apply', 'T6-R1'], 'Komats', [
    find(
      'Atzīmē vārdus, pēc kuriem jāliek komats!',
      [
        'Kad tiltu [*slēdza] pie pārceltuves [izauga] gara [rinda]. Vectēvs [*teica] ka pirmie [brauks] [*tie] kas brauca vienmēr.',
      ],
      2,
    ),
  ]),
  item(28, ['write', 'apply', 'T6-R1'], 'Saistvārds', [
    fill('Zelma kundze nevarēja iet pa tiltu, {bet / *jo / lai / ja} tas bija pārāk tālu.'),
    fill('Vectēvs neņēma naudu, {jo / kad / *lai gan / tā kā} darba bija daudz.'),
  ]),
  item(29, ['write', 'apply', 'T6-R1'], 'Vēstules uzbūve', [
    inOrder('Sakārto iesnieguma daļas!', [
      'Kam un no kā',
      'Nosaukums „Iesniegums”',
      'Lūgums un tā pamatojums',
      'Datums un paraksts',
    ]),
  ]),
  item(
    30,
    ['write', 'reason', 'T6-R1'],
    'Atbilde direktorei',
    [
      explain(
        'Uzraksti direktorei savu atbildi (80–120 vārdu), vai klasē vajag dzīvnieku! Nosauc divus argumentus un atbildi uz vienu pretargumentu.',
        {
          6: 'Skaidrs viedoklis, divi pamatoti argumenti, atbilde uz pretargumentu, ievads un nobeigums, pieklājīgs stils; ne vairāk kā 4 kļūdas.',
          5: 'Visi satura elementi, bet uzbūvē vai valodā neliela nepilnība.',
          4: 'Divi argumenti, bet pretargumentam nav atbildes.',
          3: 'Viens pamatots arguments un skaidrs viedoklis.',
          2: 'Viedoklis ar vāju pamatojumu; tekstu var saprast.',
          1: 'Tikai viedoklis vai grūti saprotams teksts.',
          0: 'Nav atbildes uz jautājumu.',
        },
        14,
      ),
    ],
    { stimulus: forum },
  ),
]
