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
  reading,
  type ShippedItem,
  table,
  text,
} from './compose.ts'
import { barChart } from './pictures.ts'

/** Reading for grade 3, our own, in Latvian: three texts and thirty items. Drafts until they are reviewed. */
const item = itemsOf('TP3', 'reading', 3)

const story = reading('LAPSA-UN-ZVANS', 'Zvaniņš mežā', [
  'Kādu rītu lapsēns Ruds atrada mežā mazu sudraba zvaniņu. Tas bija iekritis sūnās pie vecā ozola. Ruds to pakustināja, un zvaniņš iešķindējās tik skaidri, ka no zara pacēlās sīlis.',
  '„Tagad tas ir mans!” nopriecājās lapsēns. Visu dienu viņš skraidīja pa mežu un šķindināja. Zaķi nevarēja pusdienās pasnaust, stirnas mazulis raudāja, bet vecā pūce Baiba aiztaisīja acis un teica: „Kas par troksni! Pa dienu man jāguļ.”',
  'Vakarā Ruds gribēja ar kādu parotaļāties, bet neviens nenāca. Viņš apsēdās pie ozola un pirmo reizi zvaniņu nešķindināja. Klusumā viņš izdzirdēja kādu šņukstam. Aiz saknēm sēdēja ezēns Adis. „Es pazaudēju zvaniņu,” viņš teica. „Mana mamma slikti redz. Kad es šķindinu, viņa zina, kur es esmu.”',
  'Ruda ausis kļuva karstas. Viņš brīdi klusēja, tad izņēma zvaniņu no ķepas un pasniedza Adim. „Es domāju, ka zvaniņš ir tam, kurš atrod,” viņš čukstēja.',
  'Nākamajā rītā mežs bija kluss. Pie Ruda alas stāvēja zaķi, stirnas mazulis un ezēns Adis. „Nāc,” viņi teica, „mēs spēlēsim paslēpes. Tikai Adim būs zvaniņš, citādi viņu nekad neatradīs.”',
])

const bees = reading('BITES', 'Kā dzīvo bites?', [
  'Medus bites dzīvo lielā saimē. Vienā stropā vasarā ir ap 50 tūkstošiem bišu. Katrā saimē ir viena bišu māte, daudz darba bišu un daži simti tranu.',
  'Bišu māte dēj olas. Vasarā viņa vienā dienā var izdēt līdz pat 2000 olu. Darba bites dara visu pārējo: tīra stropu, baro mazuļus, sargā ieeju un lido pēc nektāra. Trani medu nevāc.',
  'Lai savāktu nektāru vienai karotei medus, bitēm jāapmeklē tūkstošiem ziedu. Kad bite atrod labu pļavu, viņa stropā „dejo”. Deja citām bitēm pasaka, kurā virzienā un cik tālu jālido.',
  'Ziemā bites neguļ. Tās saspiežas ciešā kamolā un kustina muskuļus, tā sildot cita citu. Kamola vidū ir silti kā vasarā. Ziemā bites ēd medu, ko savākušas vasarā, tāpēc labs biškopis visu medu nekad neizņem.',
])

const notice = dataText(
  'BIBLIOTEKA',
  'Lasītāju pēcpusdiena bibliotēkā',
  ['Aicinām 2.–4. klases bērnus uz lasītāju pēcpusdienām! Katru nedēļu būs kas cits.'],
  [
    'Oktobra pēcpusdienas',
    ['Diena', 'Laiks', 'Kas notiks', 'Kas jāņem līdzi'],
    [
      ['6. oktobris', '15.00', 'Lasām pasakas ar lomām', 'nekas'],
      ['13. oktobris', '15.30', 'Zīmējam grāmatas vāku', 'krāsas, otas'],
      ['20. oktobris', '15.00', 'Rakstnieces Lienes Egles viesošanās', 'savs jautājums'],
      ['27. oktobris', '15.30', 'Galda spēles par grāmatām', 'maiņas apavi'],
    ],
  ],
  [
    'Vietu skaits ir ierobežots: ne vairāk kā 15 bērnu. Pieteikties var pie bibliotekāres vai pa tālruni līdz katras pēcpusdienas iepriekšējai dienai. Nodarbības ir bez maksas.',
  ],
)

export const reading3: readonly ShippedItem[] = [
  item(
    1,
    ['locate', 'know', 'T3-A1'],
    'Kur bija zvaniņš?',
    [pick('Kur Ruds atrada zvaniņu?', ['Lapsas alā', '*Sūnās pie ozola', 'Sīļa ligzdā', 'Aiz saknēm'])],
    { stimulus: story },
  ),
  item(
    2,
    ['locate', 'know', 'T3-A1'],
    'Kam vajadzēja gulēt dienā?',
    [fill('Dienā bija jāguļ {"pūcei|pūcei Baibai|Baibai"}.')],
    { stimulus: story, note: 'Pareizrakstību šeit nevērtē: garumzīmes drīkst trūkt.' },
  ),
  item(
    3,
    ['understand', 'apply', 'T3-I1'],
    'Notikumi pēc kārtas',
    [
      inOrder('Sakārto notikumus tā, kā tie notika stāstā!', [
        'Ruds atrod zvaniņu.',
        'Zvaniņa dēļ stirnas mazulis raud.',
        'Ruds izdzird ezēnu šņukstam.',
        'Ruds atdod zvaniņu.',
        'Zvēri aicina Rudu spēlēt paslēpes.',
      ]),
    ],
    { stimulus: story },
  ),
  item(
    4,
    ['understand', 'know', 'T3-I1'],
    'Kāpēc zvaniņš bija svarīgs?',
    [
      pick('Kāpēc ezēnam vajadzēja zvaniņu?', [
        'Lai modinātu pūci',
        'Lai spēlētu paslēpes',
        '*Lai mamma zinātu, kur viņš ir',
        'Lai aizbiedētu sīli',
      ]),
    ],
    { stimulus: story },
  ),
  item(
    5,
    ['understand', 'reason', 'T3-I2'],
    '„Ausis kļuva karstas”',
    [
      pick('Ko nozīmē vārdi „Ruda ausis kļuva karstas”?', [
        'Ruds bija slims.',
        'Bija karsta diena.',
        '*Rudam bija kauns.',
        'Ruds bija dusmīgs uz ezēnu.',
      ]),
    ],
    { stimulus: story },
  ),
  item(
    6,
    ['understand', 'reason', 'T3-I2'],
    'Kāpēc neviens nenāca?',
    [
      explain(
        'Kāpēc vakarā neviens nenāca ar Rudu spēlēties?',
        {
          1: 'Pasaka, ka Ruds visu dienu trokšņoja un traucēja citiem (zvēri bija noguruši vai dusmīgi).',
          0: 'Cita atbilde vai pārrakstīts teikums, kas neatbild uz jautājumu.',
        },
        3,
      ),
    ],
    { stimulus: story },
  ),
  item(
    7,
    ['understand', 'apply', 'T3-I2'],
    'Kāds ir Ruds?',
    [
      match(
        'Kāds Ruds ir katrā stāsta vietā?',
        {
          'Viņš visu dienu šķindina zvaniņu.': 'bezrūpīgs',
          'Viņš vakarā sēž pie ozola viens.': 'vientuļš',
          'Viņš atdod zvaniņu Adim.': 'godīgs',
        },
        ['skaudīgs'],
      ),
    ],
    { stimulus: story },
  ),
  item(
    8,
    ['locate', 'know', 'T3-A1'],
    'Kas runā?',
    [
      find('Atzīmē teikumu, ko saka Ruds!', [
        '[„Kas par troksni! Pa dienu man jāguļ.”] [„Es pazaudēju zvaniņu.”] [*„Es domāju, ka zvaniņš ir tam, kurš atrod.”] [„Mana mamma slikti redz.”]',
      ]),
    ],
    { stimulus: story },
  ),
  item(
    9,
    ['evaluate', 'reason', 'T3-V1'],
    'Vai Ruds rīkojās pareizi?',
    [
      explain('Vai, tavuprāt, Ruds beigās rīkojās pareizi? Pamato ar vienu piemēru no teksta!', {
        2: 'Izsaka vērtējumu un pamato to ar notikumu no teksta (piemēram, ezēna mamma slikti redz; nākamajā dienā zvēri nāk spēlēties).',
        1: 'Izsaka vērtējumu un pamato to tikai ar savu domu, bez teksta.',
        0: 'Vērtējums bez pamatojuma vai atbilde nav par stāstu.',
      }),
    ],
    { stimulus: story },
  ),
  item(
    10,
    ['evaluate', 'reason', 'T3-V1'],
    'Labākais nosaukums',
    [
      pick('Kurš nosaukums vislabāk izsaka stāsta galveno domu?', [
        'Skaļā diena',
        '*Kas atrod, tas vēl nav saimnieks',
        'Kā lapsēns iemācījās spēlēt paslēpes',
        'Pūce, kas negulēja',
      ]),
    ],
    { stimulus: story },
  ),
  item(
    11,
    ['locate', 'know', 'T3-A1'],
    'Cik olu?',
    [fill('Vasarā bišu māte vienā dienā var izdēt līdz {#2000} olu.')],
    { stimulus: bees },
  ),
  item(
    12,
    ['locate', 'know', 'T3-A1'],
    'Ko dara darba bites?',
    [
      pickEach('Kurus darbus dara darba bites? Atzīmē visus!', [
        '*Tīra stropu',
        'Dēj olas',
        '*Sargā ieeju',
        '*Baro mazuļus',
        'Būvē ligzdu kokā',
      ]),
    ],
    { stimulus: bees },
  ),
  item(
    13,
    ['understand', 'know', 'T3-I1'],
    'Vārda nozīme',
    [
      pick('Ko tekstā nozīmē vārds „kamols”?', [
        'satīta dzija',
        '*cieši kopā saspiedušās bites',
        'medus kāre',
        'bišu māja',
      ]),
    ],
    { stimulus: bees },
  ),
  item(
    14,
    ['understand', 'apply', 'T3-I1'],
    'Bites deja',
    [
      fill(
        'Bite dejo, lai citām pastāstītu, {cik medus ir stropā / *kur ir laba pļava / kad nāks ziema / kas sargās ieeju}.',
      ),
    ],
    { stimulus: bees },
  ),
  item(
    15,
    ['understand', 'reason', 'T3-I2'],
    'Labs biškopis',
    [
      explain(
        'Kāpēc labs biškopis neizņem visu medu?',
        {
          1: 'Pasaka, ka ziemā bites medu ēd (bez medus tās aizietu bojā, nosaltu vai nomirtu badā).',
          0: 'Cita atbilde.',
        },
        3,
      ),
    ],
    { stimulus: bees },
  ),
  item(
    16,
    ['understand', 'apply', 'T3-I1'],
    'Kura rindkopa?',
    [
      match(
        'Par ko stāsta katra rindkopa?',
        {
          '1. rindkopa': 'Kas dzīvo saimē',
          '2. rindkopa': 'Kurš ko dara',
          '3. rindkopa': 'Kā vāc nektāru',
          '4. rindkopa': 'Kā pārziemo',
        },
        ['Kā izvēlas stropu'],
      ),
    ],
    { stimulus: bees },
  ),
  item(
    17,
    ['locate', 'apply', 'T3-A1'],
    'Patiess vai aplams?',
    [
      table(
        'Ko saka teksts?',
        ['Teikums', 'Tas ir'],
        [
          ['Ziemā bites guļ.', '{patiesi / *aplami}'],
          ['Trani nevāc medu.', '{*patiesi / aplami}'],
          ['Saimē ir viena bišu māte.', '{*patiesi / aplami}'],
        ],
      ),
    ],
    { stimulus: bees },
  ),
  item(
    18,
    ['evaluate', 'reason', 'T3-V1'],
    'Kāpēc pēdiņās?',
    [
      pick('Kāpēc vārds „dejo” tekstā ir pēdiņās?', [
        'Tas ir svešs vārds.',
        '*Bite nedejo kā cilvēki, tā tikai izskatās.',
        'Kāds bites vietā runā.',
        'Tas ir grāmatas nosaukums.',
      ]),
    ],
    { stimulus: bees },
  ),
  item(
    19,
    ['evaluate', 'reason', 'T3-V1'],
    'Kam domāts teksts?',
    [
      pick('Kāpēc autors šo tekstu ir rakstījis?', [
        'Lai pārdotu medu',
        '*Lai pastāstītu, kā bites dzīvo',
        'Lai sasmīdinātu lasītāju',
        'Lai brīdinātu no bitēm',
      ]),
    ],
    { stimulus: bees },
  ),
  item(
    20,
    ['locate', 'know', 'T3-A1'],
    'Ko ņemt līdzi?',
    [pick('Kas jāņem līdzi 13. oktobrī?', ['Nekas', '*Krāsas un otas', 'Savs jautājums', 'Maiņas apavi'])],
    { stimulus: notice },
  ),
  item(
    21,
    ['locate', 'apply', 'T3-A1'],
    'Kad ies Kārlis?',
    [
      text('Kārlis var ierasties tikai pēc pulksten 15.15 un zīmēt viņam nepatīk.'),
      fill('Kārlis var iet uz pēcpusdienu {#27}. oktobrī.'),
    ],
    { stimulus: notice },
  ),
  item(
    22,
    ['understand', 'apply', 'T3-I1'],
    'Līdz kurai dienai?',
    [
      pick('Līdz kurai dienai jāpiesakās, lai satiktu rakstnieci?', [
        'Līdz 6. oktobrim',
        '*Līdz 19. oktobrim',
        'Līdz 20. oktobrim',
        'Pieteikties nevajag',
      ]),
    ],
    { stimulus: notice },
  ),
  item(
    23,
    ['understand', 'reason', 'T3-I2'],
    'Kas drīkst nākt?',
    [
      pickAll('Kurš drīkst nākt uz pēcpusdienām?', [
        'Anna no 1. klases',
        '*Jēkabs no 2. klases',
        '*Marta no 4. klases',
        'Reinis no 5. klases',
      ]),
    ],
    { stimulus: notice },
  ),
  item(
    24,
    ['evaluate', 'reason', 'T3-V1'],
    'Kas vēl būtu jāzina?',
    [
      explain(
        'Nosauc vienu lietu, kas vecākiem būtu jāzina par pēcpusdienām, bet sludinājumā nav uzrakstīta!',
        {
          1: 'Nosauc derīgu trūkstošo ziņu (piemēram, cikos beidzas, kur tieši bibliotēka ir, tālruņa numurs).',
          0: 'Nosauc to, kas sludinājumā ir, vai kaut ko nesvarīgu.',
        },
        2,
      ),
    ],
    { stimulus: notice },
  ),
  item(25, ['locate', 'know', 'T3-A1'], 'Ko bērni lasa?', [
    picture(
      barChart(
        'lasa',
        [
          ['pasakas', 10],
          ['komiksi', 8],
          ['stāsti', 6],
          ['dzeja', 2],
        ],
        10,
      ),
      'Stabiņu diagramma. Pasakas 10, komiksi 8, stāsti 6, dzeja 2.',
      'Ko 3. klases bērniem visvairāk patīk lasīt',
      'Pasakas nosauca desmit bērni, komiksus astoņi, stāstus seši, dzeju divi.',
    ),
    fill('Stāsti patīk {#6} bērniem, bet vismazāk bērnu nosauca {"dzeju|dzeja|dzejoļus"}.'),
  ]),
  item(26, ['locate', 'apply', 'T3-A1'], 'Gadi uz laika līnijas', [
    text('„Rakstniece Liene Egle dzimusi 1980. gadā. Pirmo grāmatu viņa izdeva, kad viņai bija 30 gadu.”'),
    onLine(
      'Atzīmē gadu, kurā iznāca pirmā grāmata!',
      { from: 1970, to: 2030, step: 10, labelEvery: 1 },
      2010,
    ),
  ]),
  item(
    27,
    ['write', 'know', 'T3-R1'],
    'Pareizrakstība',
    [
      text('Ieraksti trūkstošo vārdu pareizi! Skaties vārdu iekavās.'),
      fill('Mežā aug {"sēnes"} (sēne, daudzskaitlī).', { isSpelling: true }),
      fill('Es dzīvoju {"Rīgā"} (Rīga, kur?).', { isSpelling: true }),
    ],
    { note: 'Šeit vērtē pareizrakstību, arī garumzīmes un lielo burtu.' },
  ),
  item(28, ['write', 'apply', 'T3-R1'], 'Kur beidzas teikums?', [
    find(
      'Atzīmē vārdus, pēc kuriem jāliek punkts!',
      [
        'Rīts bija [auksts] un [*skaidrs] Bērni skrēja uz [*skolu] Pie durvīm stāvēja [skolotāja] ar [*zvanu]',
      ],
      2,
    ),
  ]),
  item(29, ['write', 'apply', 'T3-R1'], 'Saliec vēstuli', [
    inOrder('Sakārto teikumus tā, lai iznāktu vēstule!', [
      'Sveika, Anna!',
      'Ceturtdien mēs ar klasi gājām pārgājienā uz mežu.',
      'Tur pie strauta redzējām stirnu ar mazuli.',
      'Gaidu tavu atbildi!',
      'Tava Elza',
    ]),
  ]),
  item(
    30,
    ['write', 'reason', 'T3-R1'],
    'Vēstule draugam',
    [
      text('Tavs draugs slimo un nebija klasē, kad runājāt par lasītāju pēcpusdienām.'),
      explain(
        'Uzraksti draugam vēstuli (4–6 teikumus)! Pastāsti, kas notiks, kad tas būs un kāpēc vērts iet!',
        {
          4: 'Visas trīs ziņas (kas, kad, kāpēc), uzruna un nobeigums; teikumi saprotami; ne vairāk kā 3 pareizrakstības kļūdas.',
          3: 'Visas trīs ziņas, bet trūkst uzrunas vai nobeiguma, vai kļūdu ir vairāk, taču tekstu var viegli saprast.',
          2: 'Divas no trim ziņām; teksts saprotams.',
          1: 'Viena ziņa vai grūti saprotams teksts.',
          0: 'Nav vēstules par šo tematu.',
        },
        10,
      ),
    ],
    { stimulus: notice },
  ),
]
