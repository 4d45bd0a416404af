import { both, level, type WrittenLevels } from '../write-level.ts'

/** What the levels of science in grade 3 mean. */
export const science3: WrittenLevels = {
  grade: 3,
  domain: 'science',
  summaries: [
    both(
      'Bērns pazīst dabu sev apkārt un novēro to ar interesi; paskaidrot, kāpēc kas notiek, palīdz jautājumi un kopīgi mēģinājumi.',
      'The child knows the nature around and observes it with interest; questions and joint trials help to explain why things happen.',
    ),
    both(
      'Bērns zina, kas vajadzīgs augiem un dzīvniekiem, un nolasa vienkārša mēģinājuma tabulu; secinājumus vēl palīdz izteikt citi.',
      'The child knows what plants and animals need and reads the table of a simple trial; others still help to put a conclusion into words.',
    ),
    both(
      'Bērns skaidro dabas norises ikdienā, saprot, kā godīgi salīdzināt, un zina, kā rūpēties par veselību un vidi.',
      'The child explains natural events of everyday life, understands how to compare fairly and knows how to care for health and surroundings.',
    ),
    both(
      'Bērns pats izdomā, kā ko pārbaudīt, pamato secinājumu ar novēroto un saskata sakarības dabā.',
      'The child thinks of a way to test something, supports a conclusion by what was seen and sees how things in nature depend on each other.',
    ),
  ],
  strands: {
    living: [
      level(
        [
          'Bērns pazīst biežāk sastopamos kokus un dzīvniekus un nosauc auga daļas zīmējumā. Zina, ka jāmazgā rokas un jāguļ pietiekami ilgi. Ko katra auga daļa dara, atceras, ja to var apskatīt.',
          'The child knows common trees and animals and names the parts of a plant in a drawing. That hands must be washed and sleep must be long enough is known. What each part of a plant does is remembered when it can be looked at.',
        ],
        [
          'Iesējiet pupu caurspīdīgā traukā un katru otro dienu kopā uzzīmējiet, kas mainījies.',
          'Sow a bean in a clear jar and draw together every other day what has changed.',
        ],
        [
          'Skolā palīdz īsti priekšmeti: lapas, čiekuri, mizas, ko šķirot un raksturot.',
          'Real things help at school: leaves, cones, bark to sort and describe.',
        ],
      ),
      level(
        [
          'Bērns sakārto, kā attīstās taurenis, un zina, ar kurām maņām ko uztver. Nosauc, ka augam vajag ūdeni un gaismu. Salīdzinot divus podiņus mēģinājumā, reizēm nepamana, kas tajos atšķiras.',
          'The child orders how a butterfly develops and knows which sense perceives what. That a plant needs water and light is named. In comparing two pots of a trial, what differs is sometimes not noticed.',
        ],
        [
          'Ziemā iekārtojiet barotavu un pierakstiet, kuri putni atlido un kuri devušies uz siltām zemēm.',
          'Set up a bird table in winter and write down who comes and who has flown to warmer lands.',
        ],
        [
          'Noder mēģinājumi ar vienu izmaiņu: divi augi, viens gaismā, otrs tumsā, viss pārējais vienāds.',
          'Trials with one change help: two plants, one in light and one in the dark, all else alike.',
        ],
      ),
      level(
        [
          'Bērns izveido barības ķēdi, sākot ar augu, un atšķir zīdītāju no putna vai rāpuļa. Izvēlas, kurus podiņus salīdzināt, lai uzzinātu par gaismu. No diagrammas nolasa, kā skrienot mainās pulss.',
          'The child makes a food chain that begins with a plant and tells a mammal from a bird or reptile. Which pots to compare to learn about light is chosen. From a chart it is read how running changes the pulse.',
        ],
        [
          'Pastaigā izsekojiet barības ķēdei: kas ēd zīles, kas ēd strazdu, kas notiks, ja kāda trūks?',
          'On a walk follow a food chain: who eats acorns, who eats the starling, what happens if one is missing?',
        ],
        [
          'Skolotājs var uzticēt klases augu dienasgrāmatu ar mērījumiem un secinājumu mēneša beigās.',
          'The teacher can hand over a diary of the class plants, with measurements and a conclusion at the end of the month.',
        ],
      ),
      level(
        [
          'Bērns paskaidro, kāpēc tumsā audzis augs ir garš, bet dzeltens. Paredz, kas notiks citiem, ja ķēdē pazūd viens dzīvnieks. Savu domu balsta mēģinājumā redzētajā.',
          'The child explains why a plant grown in the dark is long but yellow, and foresees what happens to others when one animal leaves the chain. The thought stands on what was seen in a trial.',
        ],
        [
          'Izvēlieties kopā jautājumu, piemēram, vai sliekas mīl mitrumu, un ļaujiet bērnam izdomāt pārbaudi.',
          'Choose a question together, such as whether earthworms like damp, and let your child think of a test.',
        ],
        [
          'Klasē der uzdevums pētīt skolas pagalma kukaiņus un izveidot to noteicēju.',
          'In class the insects of the school yard can be studied and a key to them made.',
        ],
      ),
    ],
    physical: [
      level(
        [
          'Bērns atšķir cietu vielu no šķidras un zina, ka magnēts pievelk naglu. Pastāsta, kas notika mēģinājumā. Kāpēc peļķe pazūd vai rodas skaņa, izskaidro kopā ar citiem.',
          'The child tells solid from liquid and knows that a magnet attracts a nail. What happened in a trial is told. Why a puddle disappears or a sound arises is explained together with others.',
        ],
        [
          'Izpētiet virtuvi: ko pievelk magnēts, kas ūdenī peld, kas izšķīst; vispirms uzminiet.',
          'Explore the kitchen: what does a magnet attract, what floats, what dissolves; guess first.',
        ],
        [
          'Skolā noder īsi mēģinājumi, pēc kuriem bērns pabeidz teikumu „Es redzēju, ka …”.',
          'Short trials help at school, after which the child completes the sentence “I saw that …”.',
        ],
      ),
      level(
        [
          'Bērns zina, ka nullē grādu ūdens sasalst un ka skaņu rada vibrēšana. Pēc tabulas pasaka, kuri priekšmeti peld. Kas mēģinājumā jātur vienāds, nosauc pa vienam, ja pajautā.',
          'The child knows that water freezes at zero degrees and that sound comes from vibration. From a table it is told which things float. What must be kept the same in a trial is named one by one when asked.',
        ],
        [
          'Sasaldējiet ūdeni dažādos traukos un vērojiet, kurš izkusīs ātrāk; pierakstiet laiku.',
          'Freeze water in different vessels and watch which melts first; write down the time.',
        ],
        [
          'Palīdz kontrollapa pirms mēģinājuma: ko mainām, ko neaiztiekam, ko mērīsim.',
          'A checklist before a trial helps: what we change, what we leave, what we shall measure.',
        ],
      ),
      level(
        [
          'Bērns skaidro ikdienas parādības: ūdens iztvaiko, pa sniegu ragavas slīd vieglāk mazākas berzes dēļ. Plāno godīgu salīdzinājumu ar cukuru siltā un aukstā ūdenī. Zina, kā droši rīkoties ar elektrību.',
          'The child explains everyday events: water evaporates, a sledge glides more easily on snow because of less friction. A fair comparison with sugar in warm and cold water is planned. How to be safe with electricity is known.',
        ],
        [
          'Vakarā ar lukturīti pētiet ēnas: kā panākt, lai tā ir divreiz lielāka par roku?',
          'In the evening explore shadows with a torch: how do you make one twice as large as the hand?',
        ],
        [
          'Skolotājs var lūgt bērnam parādīt mēģinājumu pārējiem un paskaidrot, kāpēc tas izdodas.',
          'The teacher can ask the child to show a trial to others and explain why it works.',
        ],
      ),
      level(
        [
          'Bērns nosauc visu, kas mēģinājumā jātur vienāds, un paskaidro, kāpēc citādi secināt nevar. Paredz, kā mainīsies ēna vai kušana, un pārbauda to. Vienu likumību atpazīst dažādās situācijās.',
          'The child names everything that must stay the same in a trial and explains why one could not conclude otherwise. How a shadow or melting will change is foreseen and tested. One rule is recognised in different situations.',
        ],
        [
          'Uzbūvējiet kopā vienkāršu ierīci, piemēram, telefonu no auklas, un izmēģiniet, kas to uzlabo.',
          'Build a simple device together, such as a string telephone, and try out what improves it.',
        ],
        [
          'Klasē bērns var vadīt nelielu izgudrotāju darbnīcu ar jautājumu „Kas notiks, ja …?”.',
          'In class the child can lead a small inventors’ workshop with the question “What happens if …?”.',
        ],
      ),
    ],
    earth: [
      level(
        [
          'Bērns nosauc gadalaikus un to pazīmes, šķiro papīru un stiklu. Zina, ka lietus līst no mākoņiem. Dienas un nakts maiņu vai ūdens ceļu vieglāk saprast ar modeli un zīmējumu.',
          'The child names the seasons and their signs and sorts paper and glass. That rain falls from clouds is known. Day and night or the way of water are easier with a model and a drawing.',
        ],
        [
          'Nedēļu ik rītu uzzīmējiet laika zīmi: saule, mākonis, lietus; svētdien saskaitiet, kā bija visvairāk.',
          'For a week draw a sign of the weather each morning: sun, cloud, rain; on Sunday count which there was most.',
        ],
        [
          'Skolā palīdz globuss un lampa: bērns pats pagriež Zemi un parāda, kur Latvijā ir nakts.',
          'A globe and a lamp help at school: the child turns the Earth and shows when it is night in Latvia.',
        ],
      ),
      level(
        [
          'Bērns zina, ka Saule lec austrumos, un daļēji sakārto ūdens riņķojumu. Laikapstākļu diagrammā atrod siltāko dienu. Kāpēc vide jāsaudzē, pasaka ar vienu iemeslu.',
          'The child knows that the Sun rises in the east and partly orders the water cycle. The warmest day is found in a weather chart. One reason is given for caring for the environment.',
        ],
        [
          'Uzlieciet uz katliņa vāku, vārot ūdeni, un pavērojiet pilienus: kā tas atgādina lietu?',
          'Put a lid on boiling water and watch the drops: how is that like rain?',
        ],
        [
          'Noder bilžu secība par ūdens ceļu, ko bērns izstāsta, sākot no dažādām vietām.',
          'A sequence of pictures on the way of water helps, told from different starting points.',
        ],
      ),
      level(
        [
          'Bērns paskaidro, ka diena un nakts mainās, jo Zeme griežas, un sakārto visu ūdens ceļu. Diagrammā pamana dienu, kad ieplūda auksts gaiss. Zina, kur likt baterijas, un izrēķina, cik ūdens aiztek no piloša krāna.',
          'The child explains that day and night change because the Earth turns, and orders the whole way of water. In a chart the day when cold air came is noticed. Where batteries go is known, and how much water a dripping tap loses is worked out.',
        ],
        [
          'Kopā izmēriet, cik litru aiztek, tīrot zobus ar atvērtu un aizvērtu krānu.',
          'Measure together how many litres run while teeth are brushed with the tap open and closed.',
        ],
        [
          'Skolotājs var aicināt prognozēt laiku pēc mākoņiem un nedēļas beigās salīdzināt ar īsto.',
          'The teacher can have the weather forecast from clouds and compared with the real one at the end of the week.',
        ],
      ),
      level(
        [
          'Bērns nosauc vairākus pamatotus iemeslus, kāpēc mežā nedrīkst atstāt ne papīrīti. Saista laikapstākļus ar to, kas tos izraisa. Piedāvā savu risinājumu, kā mājās vai skolā tērēt mazāk.',
          'The child gives several good reasons why not even a scrap may be left in the forest. Weather is connected with what causes it. An own way to use less at home or at school is proposed.',
        ],
        [
          'Uzticiet bērnam mēnesi būt ģimenes ūdens vai elektrības pētniekam ar savu ieteikumu sarakstu.',
          'For a month let your child be the family’s researcher of water or electricity, with a list of suggestions.',
        ],
        [
          'Klasē var veidot modeli par gadalaiku maiņu un mācīt to jaunākiem skolēniem.',
          'In class a model of the changing seasons can be made and taught to younger pupils.',
        ],
      ),
    ],
  },
}
