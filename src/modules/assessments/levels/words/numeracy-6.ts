import { both, level, type WrittenLevels } from '../write-level.ts'

/** What the levels of numeracy in grade 6 mean. */
export const numeracy6: WrittenLevels = {
  grade: 6,
  domain: 'numeracy',
  summaries: [
    both(
      'Bērns rēķina ar veseliem skaitļiem un risina uzdevumus, kuros vajag vienu darbību; daļām, procentiem un mērvienībām noderēs atbalsts soli pa solim.',
      'The child calculates with whole numbers and solves tasks that take one operation; fractions, percentages and units come more easily with support step by step.',
    ),
    both(
      'Bērns tiek galā ar pazīstamiem uzdevumiem par decimāldaļām, laukumu un tabulām; garākos risinājumos vēl noder atgādinājums, ko rēķināt nākamo.',
      'The child manages familiar tasks on decimals, area and tables; in longer solutions a reminder of what to work out next still helps.',
    ),
    both(
      'Bērns droši lieto daļas, procentus, mērogu un vidējo un pats izplāno uzdevumu ar vairākām darbībām.',
      'The child uses fractions, percentages, scale and the mean with confidence and plans a task of several operations alone.',
    ),
    both(
      'Bērns salīdzina vairākus risinājumus, pamato savu izvēli ar aprēķinu un pamana, kur skaitļi vai diagramma maldina.',
      'The child compares several solutions, supports the choice with a calculation and notices where numbers or a chart mislead.',
    ),
  ],
  strands: {
    numbers: [
      level(
        [
          'Bērns rēķina ar veseliem skaitļiem un atpazīst biežāk lietotās daļas, piemēram, pusi un ceturtdaļu. Decimāldaļas salīdzina, ja aiz komata ir vienāds ciparu skaits. Procentos un darbībās ar daļām vēl palīdz zīmējums un kopīga rēķināšana.',
          'The child calculates with whole numbers and recognises common fractions such as a half and a quarter. Decimals are compared when they have equally many digits after the point. With percentages and fractions a drawing and working together still help.',
        ],
        [
          'Veikalā salīdziniet divas cenas, piemēram, 0,50 un 0,45 eiro, un izlieciet tās ar monētām, lai redzētu, kura ir lielāka.',
          'In a shop compare two prices, say 0.50 and 0.45 euro, and lay them out in coins to see which is greater.',
        ],
        [
          'Skolā noder simts rūtiņu kvadrāts: bērns iekrāso 0,3 un 0,25 un pats pastāsta, kas ir vairāk.',
          'A square of a hundred boxes helps: the child colours 0.3 and 0.25 and tells which is more.',
        ],
      ),
      level(
        [
          'Bērns sakārto decimāldaļas un savieno vienkāršas daļas ar procentiem, piemēram, 1/2 un 50 %. Decimāldaļas saskaita un atņem, rakstot vienu zem otras. Daļa no skaitļa un darbību secība ar iekavām vēl nostiprinās.',
          'The child puts decimals in order and matches simple fractions with percentages, such as 1/2 and 50 %. Decimals are added and subtracted one under the other. A fraction of a number and the order of operations with brackets are still settling.',
        ],
        [
          'Gatavojot pēc receptes, palieliniet daudzumus pusotru reizi un kopā izrēķiniet, cik miltu un piena vajadzēs.',
          'When you cook from a recipe, make half as much again and work out together how much flour and milk that takes.',
        ],
        [
          'Palīdz īsi ikdienas vingrinājumi „puse, ceturtdaļa, desmitdaļa no skaitļa”, pirms ķerties pie citām daļām.',
          'Short daily exercises, “a half, a quarter, a tenth of a number”, help before other fractions are taken up.',
        ],
      ),
      level(
        [
          'Bērns rēķina ar decimāldaļām un daļām, atrod, piemēram, divas trešdaļas no 24 un 15 % no 200. Ievēro darbību secību un noapaļo līdz vajadzīgajai vietai. Prot novērtēt, vai 1/2 un 1/3 kopā ir mazāk par vienu veselu.',
          'The child calculates with decimals and fractions and finds, for example, two thirds of 24 and 15 % of 200. The order of operations is kept and numbers are rounded to the place asked for. The child can judge whether 1/2 and 1/3 together are less than one whole.',
        ],
        [
          'Izpārdošanā palūdziet galvā aplēst, cik prece maksās ar 30 % atlaidi, un pēc tam kopā pārbaudiet cenu zīmē.',
          'At a sale ask for an estimate in the head of a price with 30 % off, then check the label together.',
        ],
        [
          'Skolotājs var piedāvāt uzdevumus, kuros jāatrod viss skaitlis, ja zināma tā daļa, un jāpaskaidro gaita.',
          'The teacher can offer tasks in which the whole has to be found from its part, with the way explained.',
        ],
      ),
      level(
        [
          'Bērns brīvi pāriet starp daļām, decimāldaļām un procentiem un izvēlas ērtāko pierakstu. Pamana, piemēram, ka divas 50 % atlaides pēc kārtas nav 100 %, un pierāda to ar aprēķinu. Saliek iekavas tā, lai iznāktu vajadzīgais rezultāts.',
          'The child moves freely between fractions, decimals and percentages and chooses the handiest form. It is noticed, for example, that two discounts of 50 % in a row are not 100 %, and shown by calculation. Brackets are placed so that the wanted result comes out.',
        ],
        [
          'Pētiet reklāmas: „divi par viena cenu” vai „−40 %”. Lai bērns izrēķina, kurš piedāvājums ietaupa vairāk.',
          'Study advertisements: “two for the price of one” or “−40 %”. Let the child work out which saves more.',
        ],
        [
          'Skolā var izaicināt sastādīt skaitļu mīklu ar daļām un procentiem, ko pēc tam atrisina klasesbiedri.',
          'At school a good challenge is to write a number puzzle with fractions and percentages for classmates to solve.',
        ],
      ),
    ],
    measures: [
      level(
        [
          'Bērns izvēlas piemērotu mērvienību un atpazīst taisnu, šauru un platu leņķi. Pārvērš pazīstamus lielumus, piemēram, kilometrus metros. Laukuma un tilpuma aprēķināšanā vēl noder zīmējums un rūtiņu skaitīšana.',
          'The child chooses a fitting unit and recognises right, acute and obtuse angles. Familiar quantities are converted, such as kilometres to metres. For area and volume a drawing and counting of squares still help.',
        ],
        [
          'Kopā izmēriet galdu un izklājiet to ar vienādām papīra lapām; saskaitiet, cik lapu vajag, un salīdziniet ar reizinājumu.',
          'Measure a table together and cover it with equal sheets of paper; count them and compare with the product of its sides.',
        ],
        [
          'Skolā palīdz darbs ar rūtiņu lapu un kubiņiem, līdz formula kļūst par saprotamu saīsinājumu.',
          'Squared paper and cubes help at school, until the formula becomes a shortcut that makes sense.',
        ],
      ),
      level(
        [
          'Bērns aprēķina taisnstūra laukumu un perimetru un nosaka, cik ilgi brauc vilciens, ja zināms sākums un beigas. Trijstūrī atrod trešo leņķi, ja atgādina leņķu summu. Saliktas figūras un mērogs vēl prasa palīdzību pirmajā solī.',
          'The child works out the area and perimeter of a rectangle and how long a train takes from its times. The third angle of a triangle is found with a reminder of the sum. Composite shapes and scale still take help with the first step.',
        ],
        [
          'Ceļā paņemiet vilciena vai autobusa sarakstu un palūdziet izrēķināt, cik minūšu ilgs brauciens.',
          'On a journey take the timetable of a train or bus and ask how many minutes the ride will last.',
        ],
        [
          'Noder uzdevumi, kuros figūru vispirms sagriež divos taisnstūros un tikai tad rēķina.',
          'Tasks help in which a shape is first cut into two rectangles and only then calculated.',
        ],
      ),
      level(
        [
          'Bērns aprēķina saliktas figūras laukumu un akvārija tilpumu litros. Lieto kartes mērogu, lai uzzinātu attālumu dabā, un pāriet starp kvadrātmetriem un kvadrātcentimetriem. Pamana mērvienību, kas tekstā noteikti ir nepareiza.',
          'The child finds the area of a composite shape and the volume of an aquarium in litres. The scale of a map gives a distance outdoors, and square metres become square centimetres. A unit that must be wrong in a text is noticed.',
        ],
        [
          'Plānojot pārgājienu, iedodiet karti un palūdziet pēc mēroga noteikt, cik kilometru būs jāiet.',
          'When you plan a hike, hand over the map and ask how many kilometres the way is by its scale.',
        ],
        [
          'Skolotājs var dot izmērīt īstu telpu, uzzīmēt tās plānu mērogā un aprēķināt grīdas laukumu.',
          'The teacher can have a real room measured, drawn to scale and its floor area worked out.',
        ],
      ),
      level(
        [
          'Bērns paskaidro, kāpēc laukums kļūst četras reizes lielāks, ja visas malas kļūst divas reizes garākas. Izvēlas, kā sadalīt sarežģītu figūru, un pārbauda atbildi ar citu paņēmienu. Brīvi apvieno mērogu, laiku un mērvienības vienā uzdevumā.',
          'The child explains why an area becomes four times as large when all sides become twice as long. A way to divide a complex shape is chosen and the answer checked by another. Scale, time and units are combined freely in one task.',
        ],
        [
          'Piedāvājiet izplānot savas istabas pārkārtošanu: plāns mērogā, mēbeļu izmēri un brīvās grīdas laukums.',
          'Suggest planning how to rearrange the own room: a plan to scale, the sizes of furniture, the floor left free.',
        ],
        [
          'Klasē var pētīt, kā mainās kuba tilpums, ja mala pieaug trīs reizes, un meklēt likumību.',
          'In class one can study how the volume of a cube changes when its edge triples, and look for the rule.',
        ],
      ),
    ],
    data: [
      level(
        [
          'Bērns nolasa atsevišķu skaitli tabulā vai diagrammā, piemēram, temperatūru deviņos no rīta. Pasaka, kurš stabiņš ir garāks. Salīdzināt divus lielumus un rēķināt vidējo ir vieglāk, ja kāds palīdz sākt.',
          'The child reads a single number in a table or chart, such as the temperature at nine in the morning, and tells which bar is longer. Comparing two quantities and finding a mean are easier when somebody helps to begin.',
        ],
        [
          'Nedēļu pierakstiet gaisa temperatūru un kopā uzzīmējiet to kā līniju; parunājiet, kurā dienā bija siltāk.',
          'Write down the temperature for a week, draw it as a line together and talk about which day was warmer.',
        ],
        [
          'Noder diagrammas par pašas klases dzīvi, kurās katrs stabiņš nozīmē bērnam pazīstamu lietu.',
          'Charts about the life of the own class help, in which every bar stands for something the child knows.',
        ],
      ),
      level(
        [
          'Bērns atrod tabulā vajadzīgo rindu un izrēķina starpību, piemēram, cik kilometru nobraukts vienā stundā. Redz, kur līnija ceļas un kur krītas. Vidējo aprēķina pēc parauga, bet iespējas aprakstam „1 no 2” vēl noder lietas, ko var aptaustīt.',
          'The child finds the row that is needed and works out a difference, such as the kilometres ridden in one hour. Where a line rises and falls is seen. A mean is found after an example; for chances like “1 in 2” things to touch still help.',
        ],
        [
          'Ielieciet maisiņā 3 sarkanas un 3 zilas pogas un kopā prognozējiet, kādu izvilksiet; pierakstiet desmit mēģinājumus.',
          'Put 3 red and 3 blue buttons in a bag and predict together which will come out; write down ten tries.',
        ],
        [
          'Palīdz, ja skolēns vispirms ar vārdiem pasaka, ko nozīmē katra ass, un tikai tad atbild.',
          'It helps when the pupil first says in words what each axis means, and only then answers.',
        ],
      ),
      level(
        [
          'Bērns aprēķina vidējo, aizpilda tabulu no cita avota datiem un raksturo, kā lielums mainījās. Nosaka, kura iespēja ir 1 no 2. Spēj pateikt, ko no diagrammas var secināt un ko nevar.',
          'The child finds a mean, fills in a table from another source and describes how a quantity changed. Which chance is 1 in 2 is told. The child can say what follows from a chart and what does not.',
        ],
        [
          'Salīdziniet ūdens vai elektrības rēķinus par pusgadu: lai bērns aprēķina vidējo un atrod neparasto mēnesi.',
          'Compare water or electricity bills of half a year: let the child find the mean and the unusual month.',
        ],
        [
          'Skolā var aicināt savākt pašiem savus datus un izvēlēties, kura diagramma tos parāda skaidrāk.',
          'At school pupils can be asked to collect their own data and choose which chart shows them more clearly.',
        ],
      ),
      level(
        [
          'Bērns pamana, ka diagramma maldina, piemēram, ja ass nesākas ar nulli, un pasaka, kā to uzzīmēt godīgi. Salīdzina divus datu kopumus un pamato secinājumu ar skaitļiem. Apsver, vai datu ir pietiekami daudz, lai secinātu.',
          'The child notices that a chart misleads, for example when its axis does not begin at zero, and says how to draw it honestly. Two sets of data are compared and the conclusion supported by numbers. It is considered whether there are data enough to conclude.',
        ],
        [
          'Kopā meklējiet ziņās vai reklāmā diagrammu un pārrunājiet, kas tajā paslēpts vai pārspīlēts.',
          'Look for a chart in the news or an advertisement together and talk about what it hides or exaggerates.',
        ],
        [
          'Skolotājs var uzticēt sagatavot divas diagrammas par vieniem datiem: vienu maldinošu, otru godīgu.',
          'The teacher can ask for two charts of the same data: one that misleads and one that is honest.',
        ],
      ),
    ],
    problems: [
      level(
        [
          'Bērns saprot, par ko stāsta uzdevums, un izdara pirmo darbību, piemēram, nosaka, cik maksā viena pica. Ja soļi ir doti pa vienam, tiek līdz galam. Izvēlēties, ko rēķināt, vēl palīdz sarunas un zīmējums.',
          'The child understands what a task is about and does the first operation, such as finding what one pizza costs. When the steps are given one by one, the end is reached. Talking and drawing still help to choose what to calculate.',
        ],
        [
          'Pirms iepirkšanās kopā sastādiet sarakstu un aplēsiet, vai pietiks 20 eiro; katru soli pasakiet skaļi.',
          'Before shopping write the list together and estimate whether 20 euros will do; say each step aloud.',
        ],
        [
          'Skolā noder trīs jautājumi pirms rēķināšanas: kas ir zināms, kas jāatrod, ar ko var sākt.',
          'Three questions before calculating help at school: what is known, what is to be found, where one can begin.',
        ],
      ),
      level(
        [
          'Bērns atrisina uzdevumu ar divām darbībām, piemēram, aprēķina cenu par gabalu un salīdzina divas picas. Skaitļu virkni turpina par dažiem soļiem. Ja nosacījumu ir vairāk, kāds no tiem mēdz palikt neievērots.',
          'The child solves a task of two operations, such as finding the price of a slice and comparing two pizzas. A sequence of numbers is continued by a few steps. Where there are more conditions, one of them may be left out.',
        ],
        [
          'Lūdziet bērnu noskaidrot, kura iepakojuma kilograms ir lētāks, un pēc tam pateikt, kā viņš to uzzināja.',
          'Ask your child to find out which package is cheaper by the kilogram, and then to tell how it was found.',
        ],
        [
          'Palīdz pasvītrot katru nosacījumu tekstā un beigās atzīmēt, vai tas ir izmantots.',
          'It helps to underline every condition in the text and to tick at the end that it was used.',
        ],
      ),
      level(
        [
          'Bērns izplāno risinājumu ar vairākiem nosacījumiem, piemēram, ievēro gan picu skaitu, gan piegādes maksu. Atrod, cik ilgā laikā baseinu piepilda divi krāni kopā. Pieraksta gaitu tā, ka to var saprast cits.',
          'The child plans a solution with several conditions, such as the number of pizzas and the cost of delivery as well. How long two taps together take to fill a pool is found. The way is written so that somebody else can follow it.',
        ],
        [
          'Uzticiet saplānot ģimenes izbraucienu ar noteiktu summu: biļetes, ēdināšana, ceļš, un apspriediet aprēķinu.',
          'Leave the plan of a family trip within a given sum to your child: tickets, food, the way; then talk the calculation over.',
        ],
        [
          'Klasē noder salīdzināt divus atšķirīgus viena uzdevuma risinājumus un pārrunāt, kurš ir īsāks.',
          'In class it helps to compare two different solutions of one task and talk about which is shorter.',
        ],
      ),
      level(
        [
          'Bērns salīdzina vairākas iespējas un pamato, kāpēc izvēlētais pasūtījums maksā vismazāk. Atklāj virknes likumību un nosaka, vai 83 tajā būs, visus skaitļus neuzrakstot. Pārbauda, vai atbilde ir ticama.',
          'The child compares several possibilities and justifies why the chosen order costs least. The rule of a sequence is found, and whether 83 will be in it, without writing all numbers down. The answer is checked for being plausible.',
        ],
        [
          'Spēlējiet stratēģijas galda spēles un palūdziet paskaidrot, kāpēc izvēlēts tieši šis gājiens.',
          'Play board games of strategy and ask why just this move was chosen.',
        ],
        [
          'Skolotājs var piedāvāt atklātus uzdevumus ar vairākām pareizām atbildēm vai matemātikas pulciņu.',
          'The teacher can offer open tasks with more than one right answer, or a mathematics club.',
        ],
      ),
    ],
  },
}
