/**
 * What made-up pupils write to the open questions of the tests that come with the product, by code of the item and points that a good
 * marker gives; children's words, with their slips. `npm test` holds every question and every number of points of its rubric against it.
 */
export const writtenTexts: Readonly<Record<string, Readonly<Record<number, readonly string[]>>>> = {
  'TP3-006': {
    0: ['Jo bija vakars.', 'Viņi negribēja.', 'Ruds atrada zvaniņu.', 'nezinu'],
    1: [
      'Visi bija noguruši no Ruda trokšņa.',
      'Tāpēc, ka viņš visu dienu zvanīja un traucēja zvēriem gulēt un strādāt.',
      'Zvēri bija dusmīgi, jo Ruds visu laiku trokšņoja.',
      'jo rudis visiem bija apnicis ar savu zvaniņu',
    ],
  },
  'TP3-009': {
    0: ['Jā.', 'Jā, rīkojās pareizi.', 'Viņš ir lapsēns un dzīvo mežā.', 'nē'],
    1: [
      'Jā, jo dalīties ir labi.',
      'Es domāju, ka pareizi, jo draugi ir svarīgāki par mantām.',
      'jā jo viņš vairs netraucēja',
    ],
    2: [
      'Jā, jo ezēna mamma slikti redz un ar zvaniņu viņa var atrast ezēnu.',
      'Manuprāt, pareizi. Nākamajā dienā visi zvēri nāca ar viņu spēlēties.',
      'Jā, pareizi, jo viņš atdeva zvaniņu tam, kam vajadzēja vairāk, un pēc tam viņam bija draugi.',
    ],
  },
  'TP3-015': {
    0: ['Jo viņam nevajag tik daudz.', 'Medus ir salds.', 'Tāpēc, ka viņš ir labs.', 'nezinu'],
    1: [
      'Ziemā bitēm medus ir jāēd.',
      'Ja paņemtu visu medu, bites ziemā nomirtu badā.',
      'lai bitēm būtu ko ēst pa ziemu',
      'Bez medus bites ziemā nosaltu.',
    ],
  },
  'TP3-024': {
    0: ['Ka ir pēcpusdienas.', 'Kādas grāmatas bērniem patīk.', 'Ka jānāk uz bibliotēku.'],
    1: [
      'Cikos pēcpusdiena beidzas.',
      'Uz kādu tālruni zvanīt, ja bērns nevar atnākt.',
      'kur tieši ir bibliotēka, kura iela',
      'Nav uzrakstīts, cik ilgi tas notiek.',
    ],
  },
  'TP3-030': {
    0: ['Man patīk spēlēt futbolu ar draugiem.', 'Es šodien biju skolā.', 'nezinu ko rakstīt'],
    1: ['Čau! Būs lasītāju pēcpusdiena.', 'sveiks tur buus lasisana atnac', 'Nāc uz bibliotēku, būs forši.'],
    2: [
      'Čau! Bibliotēkā būs lasītāju pēcpusdiena. Tā būs 13. oktobrī.',
      'Sveika! Mums būs lasītāju pēcpusdiena, tur lasīs grāmatas. Tas ir interesanti, jo varēs runāt par stāstiem.',
    ],
    3: [
      'Bibliotēkā 6. oktobrī būs lasītāju pēcpusdiena. Visi lasīs pasakas ar lomām. Vērts iet, jo tur būs daudz draugu un ir jautri.',
      'Čau, Kārli! 13. oktobrī ir lasītāju pēcpusdiena. Tur zīmēs grāmatas vāku. Aizejam, jo tur ir jautri',
    ],
    4: [
      'Sveiks, Edgar! Ceru, ka tu jau jūties labāk. 27. oktobrī plkst. 15.30 bibliotēkā notiks lasītāju pēcpusdiena. Tur būs galda spēles par grāmatām. Ir vērts iet, jo var satikt draugus un atrast labu grāmatu. Lai ātri atveseļojies! Tava Anna',
      'Čau, Līga! Kad tu slimoji, klasē stāstīja par lasītāju pēcpusdienām. 20. oktobrī bibliotēkā viesosies rakstniece Liene Egle. Iesim abas, jo varēs viņai uzdot savu jautājumu! Gaidu tevi, Elza',
    ],
  },
  'TP6-005': {
    0: ['Ka tilts bija vesels.', 'Ka visiem jābrauc pa tiltu.', 'Pirmie ir tie, kas atnāk agrāk.'],
    1: [
      'Vispirms brauks Zelmas kundze.',
      'Ka viņu nevar nopirkt ar naudu.',
      'Viņš gribēja, lai pirmie ir uzticīgie.',
    ],
    2: [
      'Pirmā brauks Zelmas kundze, jo viņa vienmēr brauca ar pārceltuvi, un nauda te neko nemaina.',
      'Vectēvs domāja, ka uzticīgie braucēji ir svarīgāki par tiem, kas maksā dubulti: Zelma brauca arī tad, kad tilts bija vesels.',
    ],
  },
  'TP6-006': {
    0: ['Tēvs bija tāds pats.', 'Tēvam patika upe.', 'nezinu'],
    1: [
      'Sākumā viņš gribēja pārceltuvi pārdot dēļos.',
      'Tēvs saprata, ka pārceltuve ir vajadzīga.',
      'Beigās viņš atveda dēļus, lai to salabotu.',
    ],
    2: [
      'Stāsta sākumā tēvs grib pārceltuvi pārdot dēļos, bet beigās pats atved dēļus un tauvu, lai to salabotu.',
      'Sākumā viņam likās, ka tā ir tikai malka dēļiem, beigās viņš palīdz un atved jaunu tauvu un dēļus.',
    ],
  },
  'TP6-010': {
    0: ['Vajadzēja.', 'Nē, nevajadzēja pieņemt.', 'Manuprāt, jā, tā būtu labi.'],
    1: ['Vajadzēja, jo nauda vienmēr noder.', 'Nē, jo tas nebūtu godīgi.', 'Jā, katram ir jāpelna, cik var.'],
    2: [
      'Nevajadzēja, jo tad Zelmas kundze, kas brauca arī agrāk, būtu jāatstāj krastā.',
      'Vajadzēja, jo par dubulto maksu viņš varētu nopirkt jaunu tauvu un salabot pārceltuvi.',
      'Nē. Kad tilts būs salabots, bagātie vairs nebrauks, bet pastāvīgie braucēji paliks, tāpēc viņiem jābūt pirmajiem.',
    ],
  },
  'TP6-014': {
    0: ['Jo ekrāns ir kaitīgs.', 'Māsa tā novēroja, tāpēc pierāda.', 'Tāpēc, ka nepierāda.'],
    1: [
      'Varbūt ir arī citi iemesli.',
      'Tāpēc, ka tas var būt sakritība un kaut kas cits.',
      'jo vienas māsas novērojums ir par maz',
    ],
    2: [
      'Var būt, ka viņai bija daudz mājasdarbu: tāpēc viņa ilgi sēdēja pie datora un arī vēlu gāja gulēt.',
      'Abām lietām var būt viens iemesls, piemēram, satraukums par kontroldarbu: cilvēks gan skatās telefonā, gan nevar aizmigt.',
    ],
  },
  'TP6-020': {
    0: ['zvērudraugs77, jo viņš mīl dzīvniekus.', 'Ralfs.', 'Visi ir uzticami.'],
    1: [
      'Ralfs, jo viņš raksta gudri.',
      'Dace, jo viņa ir aptiekāre un zina.',
      'Ralfam, jo viņam ir vairāk faktu.',
    ],
    2: [
      'Ralfs, jo viņš nosauc pētījumu, un to var sameklēt un pārbaudīt.',
      'Dace atgādina par bērniem ar alerģiju, un to var pārbaudīt, pajautājot skolas māsai; zvērudraugs77 tikai apgalvo.',
    ],
  },
  'TP6-030': {
    0: ['Man mājās ir suns.', 'Es nezinu, ko atbildēt.', 'Direktore ir laba.'],
    1: ['Vajag dzīvnieku klasē.', 'nē nevajag jo nē', 'Es gribu kāmi klasē, lūdzu!'],
    2: [
      'Es domāju, ka dzīvnieku vajag, jo tas ir jauki un visiem patiktu.',
      'Nevajag, jo dzīvnieks smirdēs un būs troksnis.',
    ],
    3: [
      'Cienījamā direktore! Es uzskatu, ka klasē dzīvnieku nevajag. Brīvdienās to neviens nebaros, jo skola ir slēgta, un dzīvnieks cietīs.',
      'Manuprāt, dzīvnieku vajag. Rūpējoties par to, mēs mācītos atbildību: katru dienu kādam būtu jābaro un jātīra būris.',
    ],
    4: [
      'Labdien, direktores kundze! Es domāju, ka klasē vajag jūrascūciņu. Pirmkārt, mēs mācītos atbildību, jo katru nedēļu par to rūpētos cits skolēns. Otrkārt, Ralfa minētajā pētījumā bērni pie dzīvniekiem jutās mierīgāki.',
      'Manuprāt, dzīvnieku nevajag. Dažiem ir alerģija, un viņi nevarētu mācīties. Turklāt brīvdienās un vasarā nav, kas par dzīvnieku gādā.',
    ],
    5: [
      'Cienījamā direktore! Es esmu par dzīvnieku klasē. Pirmkārt, mēs iemācītos rūpēties par citu. Otrkārt, pētījumā, ko minēja Ralfs, bērni bija mierīgāki. Daži saka, ka brīvdienās nav, kas baro, bet mēs varam sastādīt grafiku un ņemt to mājās pēc kārtas.',
      'Labdien! Dzīvnieku klasē nevajag, jo ir bērni ar alerģiju un tāpēc, ka dzīvniekam troksnī ir slikti. Kāds teiks, ka bērni mācīsies rūpēties, taču to var mācīties arī patversmē, kur tiešām vajag palīgus.',
    ],
    6: [
      'Cienījamā direktores kundze! Paldies, ka jautājāt mūsu domas. Es uzskatu, ka klasē dzīvnieku turēt vajadzētu. Pirmkārt, tas mācītu atbildību: katru nedēļu divi skolēni barotu jūrascūciņu un tīrītu būri. Otrkārt, Ralfa minētais pētījums rāda, ka bērni dzīvnieku tuvumā ir mierīgāki, un to var pārbaudīt. Daži iebilst, ka brīvdienās dzīvnieks paliks viens. To var atrisināt ar grafiku, kurā katra ģimene to paņem uz vienu nedēļas nogali. Tāpēc lūdzu atļaut mums pamēģināt vienu pusgadu. Ar cieņu, 6. klases skolniece',
      'Labdien, direktores kundze! Manuprāt, dzīvnieku klasē turēt nevajag. Pirmkārt, diviem klasesbiedriem ir alerģija, un viņi nevarētu mierīgi mācīties. Otrkārt, klasē ir troksnis, un dzīvniekam tas būtu pastāvīgs stress. Protams, rūpējoties par dzīvnieku, mēs mācītos atbildību. Taču to pašu var iegūt, reizi mēnesī palīdzot patversmē, kur dzīvniekiem tiešām vajadzīgi cilvēki. Tādēļ ierosinu dzīvnieka vietā izveidot klases palīgu grupu. Ar cieņu, Jūsu skolēns',
    ],
  },
  'RP3-011': {
    0: ['Jā.', 'Nē, jo 9 ir vairāk nekā 1.', 'Kartītes ir skaistas.', 'nezinu'],
    1: [
      'Jā, jo tā ir lētāk.',
      'Jā, izdevīgāk, jo pa vienai sanāk vairāk par 9.',
      'Izdevīgāk kopā, 10 · 1 = 11 eiro un tur 9.',
    ],
    2: [
      'Jā, jo 10 kartītes pa 1 eiro maksā 10 eiro, bet kopā 9 eiro.',
      'Izdevīgāk pirkt kopā: 10 − 9 = 1, ietaupa 1 eiro.',
      'kopa izdevigak jo 10 · 1 = 10 un 10 ir vairāk par 9',
    ],
  },
  'RP3-018': {
    0: ['335 ir pareizi.', 'Elīna kļūdījās.', '403 − 178 = 335, pārbaudīju.'],
    1: ['225', 'Pareizi ir 225.', '335 + 178 = 513, tātad nepareizi, pareizi ir 235.'],
    2: [
      '335 + 178 = 513, nevis 403. Pareizi ir 225, jo 225 + 178 = 403.',
      'Pareizais ir 225. Pārbaude: 225 + 178 = 403.',
    ],
  },
  'RP3-030': {
    0: ['Pietiks.', 'Nepietiks, jo ir dārgi.', '150 + 60 = 210'],
    1: ['Biļetes kopā maksā 72 + 30 = 102.', '72 + 30 = 102, tātad pietiek, jo 102 ir mazāk par 150.'],
    2: [
      '72 + 30 = 102, 102 + 60 = 152, nepietiek, trūkst 2 eiro.',
      '72 + 30 = 92, 92 + 60 = 152. Nepietiks, trūks 2 eiro.',
    ],
    3: [
      'Biļetes: 72 + 30 = 102 eiro. Ar autobusu: 102 + 60 = 162 eiro. 162 − 150 = 12. Nepietiks, trūkst 12 eiro.',
      '72 + 30 = 102; 150 − 60 = 90; 90 ir mazāk nekā 102, trūkst 12 eiro. Naudas nepietiek.',
    ],
  },
  'RP6-010': {
    0: ['Jā, viņam ir taisnība, jo 50 + 50 = 100.', 'Nē, viņam nav taisnība.', 'Jā, jaka ir par velti.'],
    1: [
      'Nē, jaka maksā 10 eiro.',
      'Nav taisnība, jo otro atlaidi rēķina no mazākās cenas.',
      'nē, tur paliek vēl 10 eiro',
    ],
    2: [
      'Nav taisnība. Pēc pirmās atlaides jaka maksā 20 eiro, pēc otrās 10 eiro, jo otrie 50 % ir no 20 eiro.',
      '40 : 2 = 20, 20 : 2 = 10. Jaka maksā 10 eiro, otrā atlaide ir no jaunās cenas, tāpēc Matīss kļūdās.',
    ],
  },
  'RP6-018': {
    0: ['Divas reizes.', 'Laukums palielinās 2 reizes, jo malas palielina 2 reizes.', '8 reizes'],
    1: ['Četras reizes.', '2 · 3 = 6, 4 · 6 = 24', 'Četras reizes, jo tā ir formulā.'],
    2: [
      'Četras reizes. Ja malas ir 2 un 3, laukums ir 6; ja 4 un 6, tad 24, un 24 : 6 = 4.',
      'Laukums palielinās četras reizes, jo garumā ieiet divi un platumā divi vecie taisnstūri, kopā 2 · 2 = 4.',
    ],
  },
  'RP6-024': {
    0: ['Diagramma ir pareiza.', 'Jo velosipēdi maksā dārgi.', 'Stabiņi ir garāki, jo pārdeva vairāk.'],
    1: [
      'Maldina, jo ass nesākas ar nulli.',
      'Vajag zīmēt tā, lai ass sākas no 0.',
      'starpība ir tikai 30, bet izskatās 4 reizes',
    ],
    2: [
      'Ass sākas ar 950, tāpēc starpība 30 izskatās milzīga. Godīgi būtu sākt asi ar nulli.',
      'Otrais stabiņš izskatās četrreiz garāks, lai gan pārdots tikai par 30 vairāk. Jāsāk ass no 0 vai jāuzraksta skaitļi virs stabiņiem.',
    ],
  },
  'RP6-028': {
    0: ['Es pirktu lielo kasti.', '25 gabalus.', 'Jāpērk visu pa vienam.'],
    1: ['25 · 2 = 50 gabalus vajag. Maksās 52 eiro.', 'Vajag 50 gabalus, ņemtu lielās, kopā 60 eiro.'],
    2: [
      '25 · 2 = 50. Pirktu 3 lielās un 1 vidējo un 1 mazo, ar piegādi 55,50 eiro.',
      'Vajag 50 gabalus. Piecas vidējās ar piegādi ir dārgāk, bet gabalu pietiek, tāpēc ņemtu tās.',
    ],
    3: [
      '25 · 2 = 50 gabali. 3 lielās, 1 vidējā un 1 mazā: 52,00 + 3,50 = 55,50 eiro. Ja ņemtu 4 lielās, būtu dārgāk, tāpēc pirmais pasūtījums ir lētākais.',
      'Jābūt 50. Salīdzināju divus pasūtījumus: tikai vidējās ir dārgāk, bet 3 lielās + 1 vidējā + 1 mazā ar piegādi maksā 55,50 eiro. Ieteiktu otro.',
    ],
  },
  'DP3-009': {
    0: ['Jā, jo tur tas izauga garāks.', 'Nē.', 'Jā, pupām patīk tumsa.'],
    1: ['Nē, jo augs ir dzeltens.', 'Nē, jo tas ir vārgs un var nolūzt.', 'ne jo augam vajag sauli'],
    2: [
      'Nē. Tumsā augs stiepjas, jo meklē gaismu, bet bez gaismas nevar gatavot sev barību, tāpēc ir dzeltens.',
      'Nenozīmē. Viņš izauga garš, jo meklēja gaismu, bet dzeltens un vārgs ir tāpēc, ka bez saules augs nevar pagatavot barību.',
    ],
  },
  'DP3-030': {
    0: ['Jo tā nedrīkst.', 'Tāpēc, ka skolotāja dusmosies.', 'Mežs ir liels.'],
    1: [
      'Dzīvnieks var apēst papīru un saslimt.',
      'Papīrs mežā ilgi nesatrūd.',
      'Ja visi metīs, mežs būs pilns ar mēsliem.',
    ],
    2: [
      'Pirmkārt, dzīvnieki var to apēst un saslimt. Otrkārt, ja katrs nometīs, mežs būs netīrs.',
      'Papīrs ilgi nesadalās, un zvēri var ar to savainoties.',
    ],
  },
  'DP6-005': {
    0: ['Jo zivis to izelpo.', 'Tāpēc, ka ezers ir dziļš.', 'Aļģes ir zaļas.'],
    1: ['Aļģes pūst.', 'Tur vairs netiek klāt gaisma.', 'jo alģes nomirst un grimst'],
    2: [
      'Aļģes nomirst, nogrimst, un baktērijas tās sadala, patērējot skābekli.',
      'Aļģes aizēno ūdeni, dziļumā augiem nav gaismas, un tie vairs neražo skābekli.',
    ],
  },
  'DP6-012': {
    0: ['Jo cilvēks nogurst.', 'Jo ir karsti.', 'Tāpēc, ka skrien.'],
    1: ['Vajag vairāk gaisa.', 'Jo ķermenim vajag vairāk asiņu.', 'lai būtu vairāk enerģijas'],
    2: [
      'Muskuļi strādā un tiem vajag vairāk skābekļa, ko atnes asinis, tāpēc sirds sūknē ātrāk.',
      'Skrienot muskuļiem vajag vairāk skābekļa un barības vielu, un sirdij tās ar asinīm ātrāk jāpiegādā.',
    ],
  },
  'DP6-016': {
    0: ['Lai būtu vairāk krūžu.', 'Tāpēc, ka pietrūka materiāla.', 'Lai tēja ātrāk atdziest.'],
    1: [
      'Lai varētu salīdzināt ar pārējām.',
      'Tā ir kontrole: pēc tās redz, cik daudz palīdz ietīšana.',
      'lai redzētu kā atdziest bez nekā',
    ],
  },
  'DP6-030': {
    0: ['Es izvēlētos stikla.', 'Plastmasas, jo man patīk.', 'Abas ir labas.'],
    1: ['Stikla pudeli var lietot vairākas reizes.', 'Plastmasas pudele ir vieglāka.'],
    2: [
      'Stikla pudeli lieto no jauna, bet plastmasas ir viegla.',
      'Stikla pudeli var lietot daudzreiz, tāpēc atkritumu ir mazāk, un es izvēlētos to.',
    ],
    3: [
      'Stikla pudeli var mazgāt un lietot daudzas reizes, plastmasas ir viegla un tās vešanai vajag mazāk degvielas. Es izvēlētos stikla, ja to pilda tuvumā, jo tad ceļš ir īss un atkritumu nav.',
      'Plastmasas pudele neplīst un ir viegla, stikla kalpo ilgi. Es ņemtu stikla: lai gan tā ir smagāka, tā nekļūst par atkritumu pēc vienas reizes, bet plastmasu pārstrādā tikai daļu.',
    ],
  },
}
