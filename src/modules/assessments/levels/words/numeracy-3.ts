import { both, level, type WrittenLevels } from '../write-level.ts'

/** What the levels of numeracy in grade 3 mean. */
export const numeracy3: WrittenLevels = {
  grade: 3,
  domain: 'numeracy',
  summaries: [
    both(
      'Bērns rēķina ar mazākiem skaitļiem un saprot uzdevumu, ja to izspēlē ar lietām; simtu apjomā un tekstā noderēs kopīgi soļi.',
      'The child calculates with smaller numbers and understands a task when it is acted out with things; within hundreds and in word problems joint steps will help.',
    ),
    both(
      'Bērns rēķina simta apjomā un nolasa vienkāršu tabulu; lielāki skaitļi un uzdevumi ar vairākām darbībām vēl nostiprinās.',
      'The child calculates within a hundred and reads a simple table; greater numbers and tasks of several operations are still settling.',
    ),
    both(
      'Bērns rēķina līdz 1000, pāriet no vienas mērvienības uz citu un atrisina ikdienas uzdevumu ar divām darbībām.',
      'The child calculates up to 1000, converts units and solves an everyday task of two operations.',
    ),
    both(
      'Bērns pats izplāno garāku risinājumu, pārbauda rezultātu un paskaidro, kā to ieguva.',
      'The child plans a longer solution alone, checks the result and explains how it was found.',
    ),
  ],
  strands: {
    numbers: [
      level(
        [
          'Bērns saskaita un atņem divciparu skaitļus, ja tos attēlo ar kociņiem vai zīmējumu. Salīdzina skaitļus, kuriem ir dažāds ciparu skaits. Trīsciparu skaitļos vēl palīdz pateikt skaļi, cik ir simtu, desmitu un vienu.',
          'The child adds and subtracts two-digit numbers shown with sticks or a drawing. Numbers of different length are compared. In three-digit numbers it still helps to say aloud how many hundreds, tens and ones there are.',
        ],
        [
          'Krāmējiet pogas vai zirņus pa desmit un saskaitiet desmitus; beigās pierakstiet skaitli ar cipariem.',
          'Put buttons or peas into tens and count the tens; in the end write the number in figures.',
        ],
        [
          'Skolā noder skaitļu kartītes, ko var uzlikt citu uz citas: 600, 0 un 7 kopā veido 607.',
          'Number cards that lie on top of each other help at school: 600, 0 and 7 together make 607.',
        ],
      ),
      level(
        [
          'Bērns sakārto trīsciparu skaitļus un zina daļu no reizināšanas tabulas. Saskaita ar pāreju citā desmitā, bet atņemot no apaļiem simtiem mēdz sajukt. Vienādu daļu zīmējumā pasaka, vai iekrāsota puse.',
          'The child orders three-digit numbers and knows part of the multiplication table. Additions across a ten succeed; taking away from round hundreds may go astray. In a drawing of equal parts it is told whether a half is coloured.',
        ],
        [
          'Pa ceļam uzdodiet trīs reizināšanas piemērus dienā un ļaujiet bērnam uzdot trīs jums.',
          'On the way set three multiplications a day and let your child set three for you.',
        ],
        [
          'Palīdz rakstiska atņemšana rūtiņās, katru reizi pārbaudot rezultātu ar saskaitīšanu.',
          'Written subtraction in squares helps, each result checked by adding.',
        ],
      ),
      level(
        [
          'Bērns rēķina ar skaitļiem līdz 1000, piemēram, 700 − 284, un atrod trūkstošo reizinātāju. Dala ar atlikumu un pasaka, kas ar to jādara. Atrod skaitļa vietu uz skaitļu taisnes un pazīst ceturtdaļu.',
          'The child calculates with numbers up to 1000, such as 700 − 284, and finds a missing factor. Division with a remainder succeeds, and the child says what to do with the rest. A number finds its place on a number line and a quarter is known.',
        ],
        [
          'Spēlējiet veikalu ar īstu naudu: bērns ir pārdevējs, saskaita pirkumu un izdod atlikumu.',
          'Play shop with real money: your child is the seller, adds up and gives change.',
        ],
        [
          'Skolotājs var lūgt katram piemēram izdomāt stāstiņu, lai darbībai būtu jēga.',
          'The teacher can ask for a little story to every calculation, so that it has a meaning.',
        ],
      ),
      level(
        [
          'Bērns pamana kļūdu svešā aprēķinā, izlabo to un parāda pārbaudi. Izvēlas izdevīgāko rēķināšanas veidu, piemēram, 398 + 267 kā 400 + 265. Vienu rezultātu iegūst ar dažādām darbībām.',
          'The child notices a mistake in another’s calculation, corrects it and shows the check. The handiest way is chosen, such as 398 + 267 as 400 + 265. One result is reached by different operations.',
        ],
        [
          'Izdomājiet skaitli un ļaujiet to uzminēt ar „jā” un „nē” jautājumiem pēc iespējas mazāk minējumos.',
          'Think of a number and let it be guessed by questions of yes and no in as few guesses as possible.',
        ],
        [
          'Skolā interesi uztur maģiskie kvadrāti un uzdevumi „atrodi visus veidus, kā iegūt 100”.',
          'Magic squares and tasks like “find all ways to make 100” keep interest alive at school.',
        ],
      ),
    ],
    measures: [
      level(
        [
          'Bērns ar lineālu izmēra garumu centimetros un pazīst trijstūri, kvadrātu un apli. Zina, ka ūdeni mēra litros. Pulksteni nolasa pilnās stundās; minūtēs vēl vajag palīdzību.',
          'The child measures a length in centimetres with a ruler and knows a triangle, a square and a circle, and that water is measured in litres. The clock is read at full hours; minutes still take help.',
        ],
        [
          'Izmēriet kopā bērna augumu, galdu un gultu un sakārtojiet garumus no īsākā līdz garākajam.',
          'Measure your child’s height, the table and the bed together and order the lengths from the shortest.',
        ],
        [
          'Skolā palīdz pulkstenis ar grozāmiem rādītājiem un dienas plāns, kurā katrai nodarbei ir savs laiks.',
          'A clock with movable hands and a plan of the day with a time for everything help at school.',
        ],
      ),
      level(
        [
          'Bērns izvēlas piemērotu mērvienību ābolam, zīmulim un ceļam. Nolasa pulksteni ar pusstundām un ceturkšņiem. Pāriet no metriem uz centimetriem, ja skaitlis ir vesels, bet jauktus garumus kā 3 m 20 cm vēl mācās.',
          'For an apple, a pencil and a journey a fitting unit is found. The clock is read at halves and quarters. Whole metres become centimetres, while mixed lengths such as 3 m 20 cm are still being learnt.',
        ],
        [
          'Cepot nosveriet miltus un cukuru; pajautājiet, cik gramu vēl trūkst līdz puskilogramam.',
          'When you bake weigh flour and sugar; ask how many grams are missing to half a kilogram.',
        ],
        [
          'Noder mērvienību siena klasē: pie grama un kilograma piestiprināta īsta lieta ar šādu masu.',
          'A wall of units helps in class: a real thing of such mass beside the gram and the kilogram.',
        ],
      ),
      level(
        [
          'Bērns sakārto dažādi pierakstītus garumus, piemēram, 90 cm un 1 m 5 cm. Pārvērš stundas minūtēs un kilogramus gramos. Aprēķina, cik garš žogs vajadzīgs ap taisnstūra dārzu.',
          'The child orders lengths written in different ways, such as 90 cm and 1 m 5 cm. Hours become minutes and kilograms grams. How long a fence around a rectangular garden must be is worked out.',
        ],
        [
          'Palūdziet izrēķināt, cikos jāiziet no mājām, lai pagūtu uz treniņu, ja ceļš prasa 35 minūtes.',
          'Ask when you have to leave to be in time for training if the way takes 35 minutes.',
        ],
        [
          'Skolotājs var piedāvāt izmērīt skolas pagalmu un uzzīmēt tā plānu rūtiņās.',
          'The teacher can have the school yard measured and drawn on squared paper.',
        ],
      ),
      level(
        [
          'Bērns atrod vairākus taisnstūrus ar vienu un to pašu perimetru un paskaidro, kāpēc tādu ir daudz. Droši apvieno dažādas mērvienības vienā uzdevumā. Figūras raksturo pēc malām un leņķiem.',
          'The child finds several rectangles of the same perimeter and explains why there are many. Different units are combined in one task. Shapes are described by sides and angles.',
        ],
        [
          'Dodiet 20 kociņus un lūdziet izlikt pēc iespējas vairāk dažādu taisnstūru; kuram vidū ir visvairāk vietas?',
          'Give 20 sticks and ask for as many different rectangles as possible; which has most room inside?',
        ],
        [
          'Klasē der pētījums, kādas figūras var salikt no diviem vienādiem trijstūriem.',
          'In class one can study which shapes are made from two equal triangles.',
        ],
      ),
    ],
    data: [
      level(
        [
          'Bērns diagrammā parāda garāko un īsāko stabiņu. Tabulā atrod skaitli, ja norāda rindu un sleju. Atbildēt „par cik vairāk” palīdz, ja stabiņus salīdzina ar rūtiņām.',
          'The child shows the longest and the shortest bar of a chart and finds a number in a table when row and column are pointed out. To answer “how many more”, comparing bars by squares helps.',
        ],
        [
          'Saskaitiet, cik dažādu krāsu mašīnu aizbrauc garām, un izkrāsojiet katrai krāsai savu stabiņu.',
          'Count how many cars of each colour drive past and colour a bar for each.',
        ],
        [
          'Skolā noder „dzīvā diagramma”: bērni sastājas rindās pēc mīļākā gadalaika un salīdzina rindu garumu.',
          'A living chart helps at school: children line up by favourite season and compare the lines.',
        ],
      ),
      level(
        [
          'Bērns nolasa tabulu un pasaka, kuras preces pārdots visvairāk. Nolasa stabiņu ar skaitli pie ass. Ja jāsaskaita vai jāsalīdzina vairāki skaitļi, noder atgādinājums, no kurienes tos ņemt.',
          'The child reads a table and tells which goods were sold most, and reads a bar against its axis. When several numbers have to be added or compared, a reminder of where to take them from helps.',
        ],
        [
          'Kopā izpētiet autobusa sarakstu vai čeku un uzdodiet trīs jautājumus par to viens otram.',
          'Study a bus timetable or a receipt together and ask each other three questions about it.',
        ],
        [
          'Palīdz uzdevumi, kuros bērns pats izdomā jautājumu, uz ko tabula atbild.',
          'Tasks help in which the child invents a question that the table answers.',
        ],
      ),
      level(
        [
          'Bērns salīdzina datus un izrēķina starpību, piemēram, par cik grādiem piektdiena siltāka. No cenām un skaita aprēķina ieņemto naudu un aizpilda tabulu. Atrod dienu, kad bija vēsāks nekā iepriekšējā.',
          'The child compares data and tells, for example, by how many degrees Friday was warmer. Money taken is calculated from prices and counts and filled into a table. The day that was cooler than the one before is found.',
        ],
        [
          'Mēnesi atzīmējiet, cik lappušu dienā izlasīts, un beigās kopā uzzīmējiet stabiņus.',
          'For a month note the pages read each day and draw the bars together in the end.',
        ],
        [
          'Skolotājs var rosināt aptauju klasē, kuras rezultātu bērns attēlo diagrammā un izstāsta.',
          'The teacher can suggest a survey in class whose result the child draws and tells.',
        ],
      ),
      level(
        [
          'Bērns atšķir, ko diagramma parāda un ko tā nepasaka, piemēram, cik bērnu jautāts un vai dzīvnieki patīk. Saskaita visus stabiņus un salīdzina ar pusi. Savu secinājumu pamato.',
          'The child tells what a chart shows from what it does not say, such as how many children were asked and whether they like animals. All bars are added and compared with a half. The conclusion is supported.',
        ],
        [
          'Apskatiet diagrammu avīzē un pārrunājiet: ko no tās zinām droši, bet ko tikai domājam?',
          'Look at a chart in a newspaper and talk: what do we know for sure from it, what do we only think?',
        ],
        [
          'Skolā var salīdzināt divu klašu aptaujas un runāt par to, kāpēc atbildes atšķiras.',
          'At school surveys of two classes can be compared, talking about why the answers differ.',
        ],
      ),
    ],
    problems: [
      level(
        [
          'Bērns ar saviem vārdiem izstāsta, kas uzdevumā notiek. Atrisina to, ja vajag vienu darbību, piemēram, cik maksā divas biļetes. Noder situāciju izspēlēt vai uzzīmēt.',
          'The child retells in own words what happens in a task and solves it when one operation is needed, such as the price of two tickets. Acting the situation out or drawing it helps.',
        ],
        [
          'Izdomājiet īsus uzdevumus par maltīti: „Mums ir 12 pelmeņi un trīs šķīvji, pa cik katrā?”',
          'Make up short tasks at a meal: “We have 12 dumplings and three plates, how many on each?”',
        ],
        [
          'Skolā palīdz uzdevuma teksta nolasīšana divatā un zīmējums pirms rēķināšanas.',
          'Reading the task in pairs and a drawing before calculating help at school.',
        ],
      ),
      level(
        [
          'Bērns atrisina ikdienas uzdevumu ar divām darbībām, ja otro soli atgādina. Pieraksta aprēķinu un mērvienību. Lieki skaitļi tekstā vēl mēdz samulsināt.',
          'The child solves an everyday task of two operations when reminded of the second. The calculation and the unit are written down. Numbers in the text that are not needed may still confuse.',
        ],
        [
          'Palūdziet izrēķināt, cik maksās saldējums visai ģimenei un cik naudas paliks no 10 eiro.',
          'Ask what ice cream for the whole family costs and how much of 10 euros will be left.',
        ],
        [
          'Noder pierakstīt jautājumu ar savu roku lapas augšā un pie tā atgriezties, kad ir atbilde.',
          'It helps to write the question on top of the page and to come back to it with the answer.',
        ],
      ),
      level(
        [
          'Bērns izvēlas vajadzīgos skaitļus tabulā un aprēķina, piemēram, cik maksā biļetes 24 bērniem un sešiem pieaugušajiem. Nosaka, cik ilgi brauca autobuss. Īsi pasaka, kāpēc rēķināja tieši tā.',
          'The child picks the numbers that are needed from a table and works out, for example, what tickets for 24 children and six adults cost. How long the bus took is found. The child says briefly why it was done this way.',
        ],
        [
          'Plānojot brīvdienas, uzticiet bērnam noskaidrot laikus un biļešu cenas un pateikt kopsummu.',
          'When you plan a day off, let your child find out times and ticket prices and tell the total.',
        ],
        [
          'Skolotājs var dot uzdevumu bez jautājuma un lūgt izdomāt, ko te varētu aprēķināt.',
          'The teacher can give a task without its question and ask what could be worked out.',
        ],
      ),
      level(
        [
          'Bērns uzdevumā ar vairākiem soļiem pats nosaka secību un noskaidro, vai naudas pietiks un cik trūkst. Salīdzina divus piedāvājumus un paskaidro, kurš izdevīgāks. Pārbauda, vai atbilde atbilst jautājumam.',
          'In a task of several steps the child sets the order alone and finds out whether the money will do and how much is missing. Two offers are compared, with an explanation of which is better value. The answer is checked against the question.',
        ],
        [
          'Ļaujiet saplānot viesības ar 30 eiro: ko pirkt, cik kā vajag un kāpēc tā.',
          'Let your child plan a party with 30 euros: what to buy, how much of each and why.',
        ],
        [
          'Klasē bērns var sastādīt uzdevumu citiem, kurā ir viens lieks skaitlis un divi risināšanas ceļi.',
          'In class the child can write a task for others with one number too many and two ways to solve it.',
        ],
      ),
    ],
  },
}
