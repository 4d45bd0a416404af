import { both, level, type WrittenLevels } from '../write-level.ts'

/** What the levels of reading in grade 3 mean. */
export const reading3: WrittenLevels = {
  grade: 3,
  domain: 'reading',
  summaries: [
    both(
      'Bērns lasa īsus tekstus un saprot, par ko tie ir; garākā stāstā noderēs lasīšana kopā un sarunas par izlasīto.',
      'The child reads short texts and understands what they are about; in a longer story reading together and talking about it will help.',
    ),
    both(
      'Bērns atrod skaidri pateikto un saprot stāsta gaitu; nepateikto un savu viedokli vēl palīdz izteikt jautājumi.',
      'The child finds what is said plainly and follows a story; for what is left unsaid and an opinion of one’s own questions still help.',
    ),
    both(
      'Bērns saprot stāstu, aprakstu un sludinājumu, secina par tēliem un uzraksta saprotamu vēstuli.',
      'The child understands a story, a description and a notice, draws conclusions about characters and writes a clear letter.',
    ),
    both(
      'Bērns izlasa arī starp rindām, pamato domas ar tekstu un raksta sakarīgi un gandrīz bez kļūdām.',
      'The child also reads between the lines, supports thoughts with the text and writes coherently with hardly a mistake.',
    ),
  ],
  strands: {
    locate: [
      level(
        [
          'Bērns īsā tekstā atrod vienu skaidri nosauktu lietu, piemēram, kur lapsēns atrada zvaniņu. Garākā tekstā vieglāk, ja zināms, kurā rindkopā meklēt. Tabulu nolasa kopā ar pieaugušo.',
          'In a short text the child finds one thing that is named plainly, such as where the fox found the bell. In a longer one it is easier when the paragraph is known. A table is read together with an adult.',
        ],
        [
          'Pēc lasīšanas paspēlējiet „Atrodi teikumu”: nosauciet notikumu, un bērns parāda vietu, kur tas rakstīts.',
          'After reading play “Find the sentence”: name an event, and your child shows where it is written.',
        ],
        [
          'Skolā palīdz rindkopu numuri un krāsains zīmulis, ar ko pasvītrot atrasto.',
          'Numbered paragraphs and a coloured pencil to underline what was found help at school.',
        ],
      ),
      level(
        [
          'Bērns atrod ziņas gan stāstā, gan aprakstā, piemēram, cik olu dēj bišu māte. Sludinājuma tabulā atrod dienu un laiku. Ja jāievēro divi nosacījumi reizē, vienu mēdz palaist garām.',
          'The child finds facts in a story and in a description, such as how many eggs a queen bee lays. In the table of a notice day and time are found. When two conditions count at once, one may be missed.',
        ],
        [
          'Aiciniet bērnu nolasīt no iepakojuma, cik ilgi jāvāra makaroni, vai no afišas, cikos sākas izrāde.',
          'Ask your child to read from a package how long pasta boils, or from a poster when the show begins.',
        ],
        [
          'Noder uzdevumi ar diviem nosacījumiem („pēc trijiem un bez maksas”), sākot ar īsu tabulu.',
          'Tasks of two conditions (“after three and free of charge”) help, beginning with a short table.',
        ],
      ),
      level(
        [
          'Bērns ātri pārskata tekstu un atrod vajadzīgo, arī tabulā un diagrammā. Atlasa vairākas ziņas, piemēram, visus darba bišu pienākumus. Pārbauda, vai apgalvojums tekstā tiešām ir.',
          'The child scans a text and finds what is needed, in tables and charts too. Several facts are collected, such as all duties of worker bees. Whether the text really says something is checked.',
        ],
        [
          'Uzticiet ģimenē atrast informāciju: bibliotēkas darba laiku, recepti, maršrutu, un to nolasīt pārējiem.',
          'Leave finding things out to your child: library hours, a recipe, a route, and have them read to the family.',
        ],
        [
          'Skolotājs var lūgt sagatavot piecus jautājumus par tekstu, uz kuriem atbilde ir vienā teikumā.',
          'The teacher can ask for five questions on a text that one sentence answers.',
        ],
      ),
      level(
        [
          'Bērns apvieno ziņas no teksta, tabulas un nosacījumiem un atrod vienīgo derīgo dienu. Izrēķina gadu, kas tekstā nav tieši nosaukts. Zina, kur meklēt, vēl pirms lasa visu.',
          'The child combines facts from text, table and conditions and finds the only day that fits. A year the text does not name is worked out. Where to look is known before everything is read.',
        ],
        [
          'Kopā izmantojiet enciklopēdiju: bērns uzmin, kurā nodaļā būs atbilde, un tad pārbauda.',
          'Use an encyclopaedia together: your child guesses which chapter has the answer, then checks.',
        ],
        [
          'Skolā piemērots neliels pētījums: viena jautājuma atbilde jāatrod divos dažādos avotos.',
          'A small study suits school: the answer to one question has to be found in two different sources.',
        ],
      ),
    ],
    understand: [
      level(
        [
          'Bērns saprot, kas stāstā darbojas un kā tas sākas un beidzas. Par notikuma iemeslu pastāsta, ja uzdod papildu jautājumu. Nepazīstama vārda nozīmi palīdz atklāt attēls vai paskaidrojums.',
          'The child understands who acts in a story and how it begins and ends. Why something happened is told when another question is asked. A picture or an explanation helps with an unknown word.',
        ],
        [
          'Lasiet pārmaiņus pa lappusei un pēc katras vienā teikumā pasakiet, kas tajā notika.',
          'Read a page each in turn and say in one sentence what happened on it.',
        ],
        [
          'Skolā palīdz stāsta kartītes ar attēliem, kuras bērns saliek pareizā secībā un izstāsta.',
          'Picture cards of a story, put in order and told, help at school.',
        ],
      ),
      level(
        [
          'Bērns sakārto galvenos notikumus un pasaka, kāpēc ezēnam vajadzēja zvaniņu. Saprot, par ko ir katra rindkopa. Varoņa jūtas uzmin, ja tās var nojaust no rīcības un kāds par to pajautā.',
          'The child orders the main events and says why the hedgehog needed the bell. What each paragraph is about is understood. A character’s feelings are guessed from what is done, when somebody asks.',
        ],
        [
          'Skatoties filmu, apstādiniet to un pajautājiet: „Kā viņš tagad jūtas, un kā tu to zini?”',
          'When you watch a film, stop it and ask: “How does he feel now, and how do you know?”',
        ],
        [
          'Noder atrast katrai rindkopai virsrakstu no trim piedāvātajiem un pamatot izvēli.',
          'It helps to find a heading for each paragraph out of three and to say why.',
        ],
      ),
      level(
        [
          'Bērns secina par tēla jūtām un īpašībām, piemēram, ka „karstas ausis” nozīmē kaunu. Vārda nozīmi atklāj no teikuma. Ar saviem vārdiem paskaidro, kāpēc labs biškopis visu medu neizņem.',
          'The child concludes what a character feels and is like, for example that “hot ears” mean shame. The meaning of a word is found from its sentence. Why a good beekeeper does not take all the honey is explained in own words.',
        ],
        [
          'Vāciet izteicienus: „iet kā pa sviestu”, „deguns gaisā”; miniet, ko tie nozīmē un no kā radušies.',
          'Collect sayings such as “cold feet” or “head in the clouds”; guess what they mean and where they come from.',
        ],
        [
          'Skolotājs var piedāvāt varoņa dienasgrāmatu: ko viņš rakstītu vakarā pēc šī notikuma?',
          'The teacher can offer a character’s diary: what would be written in the evening after this event?',
        ],
      ),
      level(
        [
          'Bērns savieno vairākas teksta vietas un atklāj domu, kas tieši nav pateikta. Raksturo, kā tēls mainās no sākuma līdz beigām. Saprot, kam sludinājums domāts, arī ja tas jāizsecina.',
          'The child connects several places of a text and finds a thought that is not said. How a character changes from beginning to end is described. Whom a notice is for is understood even where it has to be concluded.',
        ],
        [
          'Izlasiet stāstu līdz pusei un katrs izdomājiet beigas; pēc tam salīdziniet ar autora domu.',
          'Read a story half-way and think of an ending each; then compare with the author’s.',
        ],
        [
          'Klasē der salīdzināt divus stāstus par vienu tematu: kas tajos kopīgs un kas atšķirīgs.',
          'In class two stories on one topic can be compared: what they share and what not.',
        ],
      ),
    ],
    evaluate: [
      level(
        [
          'Bērns pasaka, vai stāsts patika, un nosauc mīļāko tēlu. Pamatojumu „kāpēc” izsaka ar skolotāja vai vecāku jautājumu palīdzību. Izvēlas tekstam nosaukumu no diviem.',
          'The child says whether a story was liked and names a favourite character. The reason “why” comes with questions by a teacher or parent. A title is chosen out of two.',
        ],
        [
          'Pēc pasakas pajautājiet: „Ko tu darītu viņa vietā?” un kopā atrodiet teikumu, kas to apliecina.',
          'After a tale ask: “What would you do in that place?” and find together the sentence that supports it.',
        ],
        [
          'Skolā noder teikuma sākums „Es tā domāju, jo tekstā teikts…”, ko bērns turpina.',
          'The beginning “I think so because the text says …”, to be continued, helps at school.',
        ],
      ),
      level(
        [
          'Bērns izsaka savu vērtējumu un pamato to ar pieredzi. Nosaka, vai teksts stāsta vai kaut ko māca. Atrast pierādījumu tieši tekstā izdodas, ja pajautā „Kurā vietā?”.',
          'The child states an opinion and supports it by experience. Whether a text tells a story or teaches something is recognised. Proof in the text itself is found when asked “Where?”.',
        ],
        [
          'Pārrunājiet, vai grāmatas varonis rīkojās godīgi, un katrs nosauciet vienu iemeslu par un pret.',
          'Talk about whether a character was fair and name one reason each for and against.',
        ],
        [
          'Palīdz „pierādījumu medības”: pie katra viedokļa pielīmē lapiņu ar teikumu no teksta.',
          'A hunt for proof helps: a note with a sentence of the text is stuck to each opinion.',
        ],
      ),
      level(
        [
          'Bērns pamato savu viedokli ar notikumu no teksta, piemēram, kāpēc zvaniņu vajadzēja atdot. Saprot, kāpēc autors tekstu rakstījis un kāpēc vārds „dejo” likts pēdiņās. Izvēlas nosaukumu, kas izsaka galveno domu.',
          'The child supports an opinion by an event of the text, such as why the bell had to be given back. Why the author wrote the text and put “dance” in quotation marks is understood. A title is chosen that says the main idea.',
        ],
        [
          'Lūdziet ieteikt grāmatu draugam: trīs teikumi, kāpēc to vērts lasīt un kam tā nepatiktu.',
          'Ask for a recommendation to a friend: three sentences on why a book is worth reading and who might not like it.',
        ],
        [
          'Skolotājs var rīkot klasē sarunu, kurā katrs papildina iepriekšējā domu ar teikumu no teksta.',
          'The teacher can hold a talk in which everybody adds a sentence of the text to the thought before.',
        ],
      ),
      level(
        [
          'Bērns pamana, kādas ziņas sludinājumā trūkst un kam tās būtu svarīgas. Vērtē, cik izdevies nosaukums vai beigas, un piedāvā savu. Salīdzina dažādus viedokļus par vienu notikumu.',
          'The child notices what a notice leaves out and who would need it. How well a title or an ending works is judged and another offered. Different opinions of one event are compared.',
        ],
        [
          'Lasot reklāmas lapiņas, meklējiet, ko tās noklusē: cenu, termiņu, nosacījumus.',
          'Reading leaflets, look for what they keep quiet: price, dates, conditions.',
        ],
        [
          'Skolā bērns var rakstīt īsas grāmatu atsauksmes klases stūrītim vai bibliotēkai.',
          'At school the child can write short book reviews for the class corner or the library.',
        ],
      ),
    ],
    write: [
      level(
        [
          'Bērns uzraksta dažus teikumus par sev zināmu lietu, un tos var saprast. Teikumu sāk ar lielo burtu, ja to atgādina. Garumzīmes un vārdu galotnes labo kopā ar pieaugušo.',
          'The child writes some sentences about something familiar that can be understood. A capital begins a sentence when reminded. Long vowels and endings are corrected together with an adult.',
        ],
        [
          'Rakstiet viens otram zīmītes uz ledusskapja: ko gribu vakariņās, par ko šodien priecājos.',
          'Write each other notes on the fridge: what I want for supper, what made me glad today.',
        ],
        [
          'Skolā palīdz rakstīt pēc plāna ar trim jautājumiem un lasīt uzrakstīto skaļi.',
          'Writing along three questions and reading it aloud help at school.',
        ],
      ),
      level(
        [
          'Bērns raksta īsu vēstuli, kurā ir divas no prasītajām ziņām. Prot sakārtot vēstules daļas: uzruna, saturs, nobeigums. Teikumu robežas un garumzīmes mēdz aizmirst steigā.',
          'The child writes a short letter with two of the facts asked for and can order its parts: greeting, content, ending. Ends of sentences and long vowels may be forgotten in haste.',
        ],
        [
          'Nosūtiet kopā īstu vēstuli vai kartīti vecmammai; bērns raksta, jūs palīdzat ar adresi.',
          'Send a real letter or card to grandmother together; your child writes, you help with the address.',
        ],
        [
          'Noder kontrollapa ar četriem jautājumiem: kas, kad, kur, kāpēc; pēc tam punkti un lielie burti.',
          'A checklist of four questions helps: what, when, where, why; then full stops and capitals.',
        ],
      ),
      level(
        [
          'Bērns uzraksta vēstuli no 4–6 teikumiem ar visām vajadzīgajām ziņām, uzrunu un nobeigumu. Liek punktus un raksta īpašvārdus ar lielo burtu. Vārdus pareizi loka, piemēram, „Rīgā”, „sēnes”.',
          'The child writes a letter of four to six sentences with all facts needed, a greeting and an ending. Full stops and capitals of names are right, and so are endings of words.',
        ],
        [
          'Uzdāviniet kladi ceļojumu vai svētku dienasgrāmatai; reizi nedēļā pietiek ar piecām rindiņām.',
          'Give a notebook for a diary of journeys or feasts; five lines a week are enough.',
        ],
        [
          'Skolotājs var aicināt rakstu papildināt: pievienot vienu salīdzinājumu vai tiešo runu.',
          'The teacher can ask to add to a text: one comparison, or something said aloud.',
        ],
      ),
      level(
        [
          'Bērns raksta sakarīgi un interesanti, izvēlas vārdus lasītājam un situācijai. Domas saista ar „tāpēc”, „toties”, „pēc tam”. Pats pārlasa un izlabo gandrīz visas kļūdas.',
          'The child writes coherently and with interest and chooses words for the reader and the situation. Thoughts are joined with “therefore”, “but then”, “afterwards”. The child rereads and corrects nearly all mistakes alone.',
        ],
        [
          'Izdomājiet stāstu ar turpinājumiem: nedēļu pārmaiņus pa rindkopai vienā burtnīcā.',
          'Invent a serial story: for a week a paragraph each in turn in one notebook.',
        ],
        [
          'Klasē rakstītājam noder lasītāji: skolas avīze, pasaku krājums vai vēstule citai skolai.',
          'In class a writer needs readers: a school paper, a book of tales or a letter to another school.',
        ],
      ),
    ],
  },
}
