import { both, level, type WrittenLevels } from '../write-level.ts'

/** What the levels of reading in grade 6 mean. */
export const reading6: WrittenLevels = {
  grade: 6,
  domain: 'reading',
  summaries: [
    both(
      'Bērns atrod tieši pateikto un saprot vienkārša teksta domu; garākos un vairākos tekstos noderēs lasīšana pa daļām un sarunas.',
      'The child finds what is said directly and understands the idea of a simple text; with longer or several texts, reading in parts and talking will help.',
    ),
    both(
      'Bērns saprot stāsta un raksta gaitu un nolasa tabulu; autora nolūku un avota ticamību vēl palīdz izvērtēt jautājumi.',
      'The child follows a story or an article and reads a table; questions still help to judge what the author intends and how far a source can be trusted.',
    ),
    both(
      'Bērns secina no vairākām teksta vietām, atšķir faktu no viedokļa un raksta pamatotu, labi uzbūvētu tekstu.',
      'The child concludes from several places of a text, tells fact from opinion and writes a well built text with reasons.',
    ),
    both(
      'Bērns salīdzina avotus, pamana, ko autors noklusē vai pārspīlē, un pārliecinoši atbild uz pretargumentu.',
      'The child compares sources, notices what an author leaves out or exaggerates and answers a counter-argument convincingly.',
    ),
  ],
  strands: {
    locate: [
      level(
        [
          'Bērns stāstā atrod vienu tieši nosauktu ziņu, piemēram, cik gadu vectēvs vadīja pārceltuvi. Tabulā nolasa vienu skaitli. Ja ziņas izkaisītas pa vairākiem tekstiem, noder mērķis: ko tieši meklēju.',
          'In a story the child finds one fact that is named directly, such as how many years grandfather ran the ferry, and reads one number in a table. Where facts are spread over several texts, it helps to say what exactly is looked for.',
        ],
        [
          'Pirms lasīt garāku rakstu, kopā uzrakstiet divus jautājumus un lasot atzīmējiet vietu, kur ir atbilde.',
          'Before a longer article write down two questions together and mark the place of the answer while reading.',
        ],
        [
          'Skolā palīdz tekstu sadalīt daļās un katrai malā pierakstīt vienu atslēgvārdu.',
          'Dividing a text and noting one key word beside each part help at school.',
        ],
      ),
      level(
        [
          'Bērns atrod ziņas rakstā un vienkāršā diagrammā un nosaka, kurš forumā atgādina par grūtību. Saskaita divas tabulas rindas, ja norādīts, kuras. Savienot tekstā teikto ar tabulu vēl mācās.',
          'The child finds facts in an article and a simple chart and tells who in a forum points to a difficulty. Two rows of a table are added when it is said which. Connecting the text with the table is still being learnt.',
        ],
        [
          'Salīdziniet divu veikalu piegādes noteikumus un uzziniet, kur par piegādi būs jāmaksā mazāk.',
          'Compare the delivery terms of two shops and find out where delivery costs less.',
        ],
        [
          'Noder uzdevumi, kuros vispirms jāpasaka, kurā avotā atbilde būs: tekstā, tabulā vai attēlā.',
          'Tasks help that first ask in which source the answer will be: text, table or picture.',
        ],
      ),
      level(
        [
          'Bērns apvieno ziņas no teksta un tabulas, piemēram, cik skolēnu guļ mazāk, nekā ieteikts. Pēc norādēm tekstā atrod gadu uz laika līnijas. Atlasa tikai to, kas vajadzīgs jautājumam.',
          'The child combines facts of text and table, such as how many pupils sleep less than is recommended. From hints in the text a year is placed on a time line. Only what the question needs is selected.',
        ],
        [
          'Uzticiet atrast ģimenes braucienam vilcienu, cenu un laikapstākļus un to visu īsi pierakstīt.',
          'Let your child find train, price and weather for a family trip and write it all down briefly.',
        ],
        [
          'Skolotājs var lūgt no trim avotiem izveidot vienu kopsavilkuma tabulu.',
          'The teacher can ask for one summary table from three sources.',
        ],
      ),
      level(
        [
          'Bērns patstāvīgi salīdzina vairākus avotus un pamana, ja tie nesakrīt. Veikli orientējas garā tekstā pēc virsrakstiem un atslēgvārdiem. Precīzi nosauc, kurā vietā atbilde atrasta.',
          'The child compares several sources alone and notices where they disagree. Headings and key words lead quickly through a long text. The place of the answer is named exactly.',
        ],
        [
          'Izvēlieties strīdīgu jautājumu un kopā pārbaudiet to divās enciklopēdijās vai tīmekļa vietnēs.',
          'Choose a disputed question and check it together in two encyclopaedias or websites.',
        ],
        [
          'Klasē bērns var veidot avotu sarakstu projektam un pastāstīt, kāpēc tos izvēlējās.',
          'In class the child can make the list of sources of a project and tell why they were chosen.',
        ],
      ),
    ],
    understand: [
      level(
        [
          'Bērns saprot galvenos notikumus un sakārto tos, ja teksts nav garš. Tiešā nozīmē teikto izprot droši, bet tēlaini izteikto – ar paskaidrojumu. Tēlu raksturo ar vienu vārdu.',
          'The child understands the main events and orders them when the text is not long. What is meant literally is understood safely, what is meant figuratively with an explanation. A character is described in one word.',
        ],
        [
          'Klausieties audiogrāmatu pa ceļam un ik pēc nodaļas pārrunājiet, kas mainījās varoņa dzīvē.',
          'Listen to an audiobook on the way and talk after each chapter about what changed in the character’s life.',
        ],
        [
          'Skolā palīdz stāsta karte: kur, kas, problēma, risinājums, un katrai ailei viens teikums.',
          'A story map helps at school: where, who, problem, solution, one sentence each.',
        ],
      ),
      level(
        [
          'Bērns saprot pazīstamus tēlainus izteicienus un atrod salīdzinājumu. Pasaka, kādā secībā rakstā izklāstītas domas. Tēla pārmaiņas pamana, bet piemērus no teksta nosauc tikai daļēji.',
          'The child understands familiar figures of speech and finds a simile. In which order an article sets out its thoughts is told. Changes of a character are noticed, with only some examples from the text.',
        ],
        [
          'Palūdziet pārstāstīt izlasīto nodaļu jaunākam bērnam tā, lai viņš saprastu.',
          'Ask for a chapter to be retold to a younger child so that it is understood.',
        ],
        [
          'Noder divu aiļu tabula „sākumā – beigās”, kurā ieraksta, ko tēls saka un dara.',
          'A table of two columns, “at first” and “in the end”, for what a character says and does, helps.',
        ],
      ),
      level(
        [
          'Bērns secina no vairākām vietām, piemēram, kā un kāpēc mainās tēva attieksme pret pārceltuvi. Paskaidro tēlainu teikumu saviem vārdiem. Saprot, kāpēc novērojums vēl nepierāda cēloni.',
          'The child concludes from several places, such as how and why father’s view of the ferry changes. A figurative sentence is explained in own words. Why an observation does not yet prove a cause is understood.',
        ],
        [
          'Pēc ziņu sižeta pajautājiet: kas te ir cēlonis, kas sekas, un vai tas tiešām ir pierādīts?',
          'After a news report ask: what is the cause here, what the effect, and has it really been shown?',
        ],
        [
          'Skolotājs var dot vienu notikumu no divu tēlu skatpunkta un lūgt uzrakstīt trešo.',
          'The teacher can give one event from two points of view and ask for a third to be written.',
        ],
      ),
      level(
        [
          'Bērns izprot nepateikto: ko vectēvs domā ar „pirmajiem” un kāpēc nauda te neko nemaina. Redz, kā teksta uzbūve palīdz autora domai. Atrod, kam piekristu arī cilvēki ar pretējiem uzskatiem.',
          'The child understands what is not said: whom grandfather means by “the first” and why money changes nothing. How the build of a text serves its idea is seen. What even people of opposite views would agree on is found.',
        ],
        [
          'Lasiet vienu un to pašu grāmatu un reizi nedēļā parunājiet par vietu, kas pārsteidza visvairāk.',
          'Read the same book and once a week talk about the place that surprised you most.',
        ],
        [
          'Klasē der literāra detektīva uzdevums: pēc trim citātiem noteikt tēla slēpto motīvu.',
          'In class a literary detective’s task suits: find a character’s hidden motive from three quotations.',
        ],
      ),
    ],
    evaluate: [
      level(
        [
          'Bērns pasaka, kuram viedoklim piekrīt. Skaidru faktu, piemēram, gadskaitli, atšķir no tā, kas kādam patīk. Vērtējot avotu, noder jautājumi: kas to raksta un no kurienes zina?',
          'The child says which opinion is agreed with. A plain fact, such as a year, is told from what somebody likes. In judging a source questions help: who writes this, and how do they know?',
        ],
        [
          'Spēlējiet „fakts vai viedoklis”: katrs pasaka divus teikumus par dienu, pārējie atmin, kurš ir kurš.',
          'Play “fact or opinion”: each says two sentences about the day, the others guess which is which.',
        ],
        [
          'Skolā palīdz šķirot foruma teikumus ar divu krāsu zīmuļiem un pamatot grūtākos gadījumus.',
          'Sorting sentences of a forum with pencils of two colours, and giving reasons for the hard ones, helps at school.',
        ],
      ),
      level(
        [
          'Bērns atšķir faktu no viedokļa lielākajā daļā teikumu un pauž savu attieksmi. Nojauš, ka pārspīlējums un apvainojums nav arguments. Kāpēc vienam avotam var uzticēties vairāk, pasaka vispārīgi.',
          'The child tells fact from opinion in most sentences and takes a stand. That exaggeration and insult are no argument is sensed. Why one source deserves more trust is said in general terms.',
        ],
        [
          'Izlasiet komentārus zem raksta un atrodiet vienu, kas pārliecina, un vienu, kas tikai skaļi saka.',
          'Read comments under an article and find one that convinces and one that is merely loud.',
        ],
        [
          'Noder vienkārša avota pase: autors, datums, pierādījums; bērns to aizpilda un salīdzina ar draugu.',
          'A simple passport of a source helps: author, date, proof; filled in and compared with a friend.',
        ],
      ),
      level(
        [
          'Bērns izvērtē, kura foruma rakstītāja arguments ir ticamāks, un paskaidro, kā to varētu pārbaudīt. Saprot, kāpēc vienas skolas 26 bērni neraksturo visu Latviju. Pamato vērtējumu ar tekstu.',
          'The child judges whose argument in a forum is more credible and explains how it could be checked. Why 26 children of one school do not speak for all Latvia is understood. The judgement is supported by the text.',
        ],
        [
          'Kad internetā redzat pārsteidzošu ziņu, kopā noskaidrojiet, kas to publicēja pirmais.',
          'When something online surprises you, find out together who published it first.',
        ],
        [
          'Skolotājs var rīkot debates, kurās katram argumentam jānosauc avots.',
          'The teacher can hold a debate in which every argument must name its source.',
        ],
      ),
      level(
        [
          'Bērns nosauc, kas vēl būtu jāzina, lai pētījumam ticētu: kas to veica, kā mērīja, ar ko salīdzināja. Saprot, ko autors panāk ar vārdu izvēli. Salīdzina argumentus par un pret un izsver tos.',
          'The child names what else one must know to believe a study: who did it, how it was measured, with what compared. What an author achieves by the choice of words is understood. Arguments for and against are compared and weighed.',
        ],
        [
          'Pārrunājiet ģimenes lēmumu, piemēram, par suni: bērns sagatavo abu pušu argumentus.',
          'Talk over a family decision, about a dog, say: your child prepares the arguments of both sides.',
        ],
        [
          'Skolā bērns var pārbaudīt skolas avīzes rakstu un ieteikt autoram, kas vēl jāprecizē.',
          'At school the child can check an article of the school paper and suggest what to make more exact.',
        ],
      ),
    ],
    write: [
      level(
        [
          'Bērns izsaka savu viedokli dažos teikumos, un galveno var saprast. Vārdu galotnes un garumzīmes bieži izdodas pareizi īsos teikumos. Plānot tekstu un pamatot domu palīdz shēma un piemērs.',
          'The child states an opinion in a few sentences, and the main point can be understood. Endings and long vowels are often right in short sentences. An outline and an example help to plan a text and give reasons.',
        ],
        [
          'Palūdziet uzrakstīt īsu ziņu: ko gribētu mainīt savā istabā un viens iemesls, kāpēc.',
          'Ask for a short message: what to change in the own room, and one reason why.',
        ],
        [
          'Skolā noder rindkopas rāmis: doma, iemesls, piemērs; to aizpilda kopā ar klasesbiedru.',
          'A frame for a paragraph helps at school: thought, reason, example; filled in with a classmate.',
        ],
      ),
      level(
        [
          'Bērns uzraksta skaidru viedokli ar vienu pamatojumu, ievadu un nobeigumu. Iesnieguma daļas sakārto pareizi. Komatus un saistvārdus, piemēram, „lai gan”, vēl vingrina.',
          'The child writes a clear opinion with one reason, a beginning and an end. The parts of an application are put in the right order. Commas and conjunctions such as “although” are still practised.',
        ],
        [
          'Uzrakstiet kopā vēstuli pašvaldībai par kādu vietu pagalmā, ko varētu uzlabot.',
          'Write a letter to the municipality together about some place in the yard that could be improved.',
        ],
        [
          'Palīdz lasīt savu tekstu skaļi un likt komatu vietās, kur sākas jauna doma ar „ka”, „kas”, „jo”.',
          'Reading the own text aloud and looking for a comma before each new clause helps.',
        ],
      ),
      level(
        [
          'Bērns raksta 80–120 vārdu garu tekstu ar viedokli un diviem pamatotiem argumentiem. Izvēlas pieklājīgu stilu un saistvārdus, kas rāda cēloni vai iebildumu. Pareizrakstības kļūdu ir maz.',
          'The child writes 80–120 words with an opinion and two reasoned arguments. A polite style is chosen, and conjunctions that show cause or objection. There are few mistakes of spelling.',
        ],
        [
          'Ja bērns kaut ko ļoti grib, aiciniet to pieteikt rakstiski: divi argumenti un atbilde uz jūsu „bet”.',
          'When your child wants something badly, ask for it in writing: two arguments and an answer to your “but”.',
        ],
        [
          'Skolotājs var piedāvāt pārrakstīt vienu tekstu diviem lasītājiem: direktorei un draugam.',
          'The teacher can have one text rewritten for two readers: the head and a friend.',
        ],
      ),
      level(
        [
          'Bērns raksta pārliecinoši: skaidrs viedoklis, divi argumenti un cieņpilna atbilde uz pretargumentu. Teksts ir loģiski uzbūvēts, ar ievadu un nobeigumu. Valoda ir daudzveidīga, kļūdas gadās reti.',
          'The child writes convincingly: a clear opinion, two arguments and a respectful answer to a counter-argument. The text is built logically with beginning and end. The language is varied, mistakes are rare.',
        ],
        [
          'Atbalstiet rakstīšanu īstam lasītājam: emuārs, konkurss, intervija ar kaimiņu par viņa darbu.',
          'Encourage writing for real readers: a blog, a competition, an interview with a neighbour on their work.',
        ],
        [
          'Klasē noder rediģēšanas pāri: viens raksta, otrs uzdod trīs jautājumus, kas liek tekstu uzlabot.',
          'Editing pairs help in class: one writes, the other asks three questions that improve the text.',
        ],
      ),
    ],
  },
}
