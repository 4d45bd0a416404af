import { both, level, type WrittenLevels } from '../write-level.ts'

/** What the levels of science in grade 6 mean. */
export const science6: WrittenLevels = {
  grade: 6,
  domain: 'science',
  summaries: [
    both(
      'Bērns atceras atsevišķus faktus par dabu un nolasa mērījumu; sasaistīt tos skaidrojumā noderēs shēmas un mēģinājumi soli pa solim.',
      'The child recalls single facts about nature and reads a measurement; diagrams and trials step by step will help to connect them into an explanation.',
    ),
    both(
      'Bērns saprot pazīstamas norises un pētījuma gaitu; cēloņus un secinājumu robežas vēl palīdz pamanīt jautājumi.',
      'The child understands familiar processes and the course of an inquiry; questions still help to notice causes and how far a conclusion goes.',
    ),
    both(
      'Bērns skaidro dabas norises ar cēloņiem, saprot godīga pētījuma nosacījumus un droši lieto datus.',
      'The child explains natural processes by causes, understands what makes an inquiry fair and uses data with confidence.',
    ),
    both(
      'Bērns paredz sekas, kritiski vērtē pētījumu un pamato izvēli, salīdzinot ieguvumus un zaudējumus.',
      'The child foresees consequences, judges an inquiry critically and justifies a choice by comparing gains and losses.',
    ),
  ],
  strands: {
    living: [
      level(
        [
          'Bērns zina svarīgākos orgānus un saista dzīvnieka uzbūvi ar to, ko tas dara, piemēram, pīles peldplēves. Vienkāršā barības ķēdē parāda, kurš ko ēd. Fotosintēzi izstāstīt palīdz shēma.',
          'The child knows the main organs and connects the build of an animal with what it does, such as the webbed feet of a duck. In a simple food chain it is shown who eats whom. A diagram helps to tell about photosynthesis.',
        ],
        [
          'Uz liela papīra apvelciet bērna augumu un kopā iezīmējiet, kur atrodas sirds, plaušas un kuņģis.',
          'Trace your child on a large sheet and draw in together where heart, lungs and stomach are.',
        ],
        [
          'Skolā noder modeļi un kartītes „orgāns – darbs”, ko savieno un paskaidro pārī.',
          'Models and cards of “organ and work”, matched and explained in pairs, help at school.',
        ],
      ),
      level(
        [
          'Bērns sakārto ezera barības ķēdi un pasaka, kur nonāk ieelpotais gaiss. Atšķir abinieku no rāpuļa. Ja ķēdē kaut kas mainās, nosauc pirmās sekas, tālākās – ar palīdzību.',
          'The child orders the food chain of a lake and tells where inhaled air goes. An amphibian is told from a reptile. When something changes in a chain, the first effect is named, further ones with help.',
        ],
        [
          'Izmēriet pulsu sēžot, pēc kāpnēm un pēc minūtes atpūtas; pārrunājiet, kāpēc tas mainās.',
          'Take the pulse sitting, after stairs and after a minute’s rest; talk about why it changes.',
        ],
        [
          'Palīdz domino „ja …, tad …” par barības ķēdi, kurā katra kartīte turpina iepriekšējo.',
          'A domino of “if …, then …” on the food chain, each card continuing the one before, helps.',
        ],
      ),
      level(
        [
          'Bērns skaidro, ko augs fotosintēzē uzņem un izdala, un zina, ka hloroplasti ir tikai augu šūnā. Paredz, kas notiks ar raudām, ja pazudīs līdakas. Saista ātrāku pulsu ar muskuļu vajadzību pēc skābekļa.',
          'The child explains what a plant takes in and gives off in photosynthesis and knows that only plant cells have chloroplasts. What happens to roach when pike disappear is foreseen. A faster pulse is connected with muscles that need oxygen.',
        ],
        [
          'Noskatieties dabas filmu un kopā uzzīmējiet, kā tajā redzētie dzīvnieki ir atkarīgi cits no cita.',
          'Watch a film on nature and draw together how the animals in it depend on each other.',
        ],
        [
          'Skolotājs var piedāvāt mikroskopa darbu: salīdzināt sīpola un vaiga šūnas un paskaidrot atšķirības.',
          'The teacher can offer the microscope: compare cells of an onion and of the cheek and explain the difference.',
        ],
      ),
      level(
        [
          'Bērns izseko pārmaiņām vairākus soļus tālu: mazāk līdaku, vairāk raudu, mazāk ūdensblusu, vairāk aļģu. Precīzi pamato, kādu darbu paveic asinis slodzes laikā. Lieto zināšanas nepazīstamā piemērā.',
          'The child follows a change several steps on: fewer pike, more roach, fewer water fleas, more algae. What blood does under strain is justified exactly. Knowledge is used in an unknown example.',
        ],
        [
          'Izvēlieties kādu invazīvu sugu, piemēram, latvāni, un kopā noskaidrojiet, ko tā maina dabā.',
          'Choose an invasive species, such as hogweed, and find out together what it changes in nature.',
        ],
        [
          'Klasē der ilgāks pētījums par skolas apkārtnes sugām ar datiem, ko salīdzina pa gadiem.',
          'In class a longer study of species around the school suits, with data compared over years.',
        ],
      ),
    ],
    physical: [
      level(
        [
          'Bērns nolasa termometru un tabulu un zina, ka varš vada strāvu. Pastāsta, kā ar magnētu atdalīt dzelzi. Kas pētījumā tika mainīts un kas mērīts, atšķir ar skolotāja palīdzību.',
          'The child reads a thermometer and a table and knows that copper conducts. How to separate iron with a magnet is told. With the teacher’s help it is told apart what an inquiry changed and what it measured.',
        ],
        [
          'Ietiniet divas krūzes tējas, vienu dvielī, un pēc pusstundas izmēriet, kura siltāka.',
          'Wrap two cups of tea, one in a towel, and after half an hour measure which is warmer.',
        ],
        [
          'Skolā palīdz pētījuma lapa ar trim ailēm: maina, tur vienādu, mēra.',
          'A sheet with three columns helps at school: changed, kept the same, measured.',
        ],
      ),
      level(
        [
          'Bērns saprot, par cik grādiem tēja atdzisusi, un zina, par ko pārvēršas elektrības enerģija mājas ierīcēs. Pamana, ka ķēde ir pārtraukta. Kāpēc vajadzīga neietītā krūze, vēl jāpārrunā.',
          'The child understands by how many degrees tea cooled and knows what electric energy turns into in devices at home. A broken circuit is noticed. Why the unwrapped cup was needed is still to be talked over.',
        ],
        [
          'Staigājot pa mājām, nosauciet katrai ierīcei, par ko tajā pārvēršas elektrība: gaismu, siltumu, kustību.',
          'Walking through your home say of each device what electricity becomes in it: light, heat, motion.',
        ],
        [
          'Noder salikt vienkāršu strāvas ķēdi un pašam atrast, kāpēc spuldze nedeg.',
          'It helps to build a simple circuit and to find out alone why the bulb stays dark.',
        ],
      ),
      level(
        [
          'Bērns atšķir, kas pētījumā mainīts, kas palicis nemainīgs un kas mērīts. Aprēķina vidējo ātrumu un izvēlas paņēmienu, kā atdalīt maisījumu. Secina tikai to, ko mērījumi tiešām rāda.',
          'The child tells what was changed in an inquiry, what kept and what measured. Average speed is worked out and a way to separate a mixture chosen. Only what the measurements show is concluded.',
        ],
        [
          'Izmēriet ar hronometru, cik ātri bērns skrien un brauc ar riteni; aprēķiniet metrus sekundē.',
          'Measure with a stopwatch how fast your child runs and rides; work out metres per second.',
        ],
        [
          'Skolotājs var uzdot pašam izplānot siltuma pētījumu un apspriest, kas varētu kļūdīties.',
          'The teacher can have an inquiry into heat planned and talk over what might go wrong.',
        ],
      ),
      level(
        [
          'Bērns paskaidro, kāpēc vajadzīgs salīdzinājums bez ietinuma un kāpēc rezultāts neattiecas uz visiem materiāliem. Atšķir masu no svara. Piedāvā, kā pētījumu uzlabot, piemēram, mērot vairākas reizes.',
          'The child explains why a comparison without wrapping is needed and why the result does not hold for all materials. Mass is told from weight. Ways to improve the inquiry are offered, such as measuring several times.',
        ],
        [
          'Pārbaudiet kopā kādu reklāmas solījumu, piemēram, kurš papīra dvielis uzsūc vairāk; mēriet trīs reizes.',
          'Test a promise of advertising together, such as which paper towel absorbs more; measure three times.',
        ],
        [
          'Skolā var pieteikt darbu zinātnes dienai un aizstāvēt metodi citu jautājumu priekšā.',
          'At school a project for science day can be entered and its method defended against questions.',
        ],
      ),
    ],
    earth: [
      level(
        [
          'Bērns nolasa nokrišņu diagrammu un zina, ka vide jāsaudzē. Nosauc Zemes garozu un to, ka Zeme riņķo ap Sauli. Atšķirt klimatu no šodienas laika palīdz konkrēti piemēri.',
          'The child reads a chart of rainfall and knows that the environment needs care. The Earth’s crust is named, and that the Earth travels around the Sun. Concrete examples help to tell climate from today’s weather.',
        ],
        [
          'Salīdziniet, kāds laiks bija šajā dienā pērn un pirms desmit gadiem; meklējiet ģimenes fotogrāfijās.',
          'Compare the weather of this day a year and ten years ago; look in family photographs.',
        ],
        [
          'Skolā palīdz modeļi: ābols ar mizu Zemes slāņiem, lampa un globuss gadalaikiem.',
          'Models help at school: an apple with its skin for the layers, a lamp and a globe for the seasons.',
        ],
      ),
      level(
        [
          'Bērns sakārto lielāko daļu Zemes slāņu un atpazīst teikumu par laikapstākļiem. Tabulā atrod, kad ūdens kļuva duļķaināks. Rēķinos ar laika joslām vai izmešiem viens solis mēdz izkrist.',
          'The child orders most layers of the Earth and recognises a sentence about weather. In a table it is found when water became cloudier. In sums on time zones or emissions one step may be left out.',
        ],
        [
          'Sazvanieties ar kādu ārzemēs un kopā izrēķiniet, cik tur ir pulkstenis tagad un kad tur būs rīts.',
          'Call somebody abroad and work out together what time it is there and when morning comes.',
        ],
        [
          'Noder datu kartītes par vienu ezeru, kuras bērns saliek laika secībā un pastāsta, kas mainās.',
          'Cards with data on one lake help, put in order of time and told as a story of change.',
        ],
      ),
      level(
        [
          'Bērns skaidro gadalaikus ar slīpo Zemes asi un atšķir klimatu no laikapstākļiem. No mērījumiem secina, kad ezers mainījās visvairāk. Izvēlas rīcību, kas samazina mēslojuma ieplūdi.',
          'The child explains the seasons by the tilted axis of the Earth and tells climate from weather. From measurements it is concluded when the lake changed most. Actions that keep fertiliser out are chosen.',
        ],
        [
          'Aprēķiniet kopā, cik ogļskābās gāzes ietaupītu nedēļa, kurā uz skolu dodas kājām vai ar autobusu.',
          'Work out together how much carbon dioxide a week of walking or taking the bus to school would save.',
        ],
        [
          'Skolotājs var aicināt pētīt augsni: ko tajā atrod, kā to maina sliekas un lapu kārta.',
          'The teacher can have soil studied: what is in it, how worms and a layer of leaves change it.',
        ],
      ),
      level(
        [
          'Bērns izskaidro cēloņu virkni: mēslojums, aļģes, to sadalīšanās, skābekļa trūkums pie dibena. Salīdzina stikla un plastmasas pudeles priekšrocības un pamato izvēli. Redz, ka viena risinājuma ieguvums citur var ko maksāt.',
          'The child explains a chain of causes: fertiliser, algae, their decay, lack of oxygen at the bottom. The advantages of glass and plastic bottles are compared and a choice justified. That a gain in one place may cost something in another is seen.',
        ],
        [
          'Kopā izsveriet kādu pirkumu: cik ilgi kalpos, kā to salabos, kur tas nonāks pēc tam.',
          'Weigh a purchase together: how long will it serve, how is it mended, where does it go afterwards?',
        ],
        [
          'Klasē der lomu spēle par ezera nākotni: zvejnieks, lauksaimnieks, tūrists un pētnieks.',
          'In class a role play on the future of a lake suits: fisher, farmer, tourist and scientist.',
        ],
      ),
    ],
  },
}
