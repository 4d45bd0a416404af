import type { Words } from '#terms/locale.ts'
import type { Rubric, Statement } from './model.ts'

type Pair = readonly [lv: string, en: string]
const both = ([lv, en]: Pair): Words => ({ lv, en })

/** A statement: its name, three steps from first tries to doing it alone, and an idea for home. */
function statement(
  id: string,
  domain: Statement['domain'],
  name: Pair,
  steps: readonly [Pair, Pair, Pair],
  home: Pair,
): Statement {
  return { id, domain, name: both(name), steps: steps.map(both), home: both(home) }
}

/**
 * The observation rubric the product comes with, for the year before school: our own words, a proposal until the ministry approves one.
 * Everything in it can be seen in play or in a short talk; nothing needs a sheet of paper for the child.
 */
export const rubric2026: Rubric = {
  version: '2026',
  steps: [
    { lv: 'Kopā ar pieaugušo', en: 'Together with an adult' },
    { lv: 'Ar nelielu palīdzību', en: 'With a little help' },
    { lv: 'Patstāvīgi', en: 'Alone' },
  ],
  domains: [
    { domain: 'reading', name: { lv: 'Valoda un tekstpratība', en: 'Language and reading' } },
    { domain: 'numeracy', name: { lv: 'Rēķinpratība', en: 'Numeracy' } },
    { domain: 'science', name: { lv: 'Dabas izzināšana', en: 'Exploring nature' } },
  ],
  statements: [
    statement(
      'V1',
      'reading',
      ['Stāsta par piedzīvoto', 'Tells about something that happened'],
      [
        ['Atbild uz jautājumiem ar vienu vai dažiem vārdiem.', 'Answers questions with one or a few words.'],
        [
          'Pastāsta divos trīs teikumos, ja pieaugušais pajautā „Un kas notika tālāk?”.',
          'Tells in two or three sentences when an adult asks “And what happened next?”.',
        ],
        [
          'Secīgi pastāsta, kas notika sākumā, pēc tam un beigās.',
          'Tells in order what happened first, then and in the end.',
        ],
      ],
      [
        'Vakarā pārmaiņus pastāstiet viens otram par dienas jautrāko brīdi.',
        'In the evening take turns to tell each other about the funniest moment of the day.',
      ],
    ),
    statement(
      'V2',
      'reading',
      ['Klausās stāstu un saprot to', 'Listens to a story and understands it'],
      [
        [
          'Klausās īsu stāstu ar attēliem un parāda tajos, par ko lasa.',
          'Listens to a short story with pictures and points to what is read about.',
        ],
        [
          'Pēc stāsta nosauc galveno varoni un, mazliet pamudināts, kādu notikumu.',
          'Names the main character after a story and, with some prompting, something that happened.',
        ],
        [
          'Pats atstāsta galveno un pasaka, kāpēc varonis tā rīkojās.',
          'Retells what matters and says why the character acted so.',
        ],
      ],
      [
        'Lasot priekšā, apstājieties un pajautājiet: „Kā tev šķiet, kas notiks tagad?”',
        'When you read aloud, stop and ask: “What do you think will happen now?”',
      ],
    ),
    statement(
      'V3',
      'reading',
      ['Sadzird skaņas vārdā', 'Hears the sounds of a word'],
      [
        [
          'Kopā ar pieaugušo sadala vārdu zilbēs, plaukšķinot.',
          'Claps the syllables of a word together with an adult.',
        ],
        [
          'Nosauc vārda pirmo skaņu, ja pieaugušais to izrunā lēni.',
          'Names the first sound of a word when an adult says it slowly.',
        ],
        [
          'Pats nosauc pirmo un pēdējo skaņu un izdomā vārdu ar tādu pašu sākumu.',
          'Names the first and the last sound and thinks of a word that begins alike.',
        ],
      ],
      [
        'Ceļā spēlējiet „Es redzu kaut ko, kas sākas ar skaņu m”.',
        'On the way play “I spy something that begins with the sound m”.',
      ],
    ),
    statement(
      'V4',
      'reading',
      ['Pazīst burtus un rakstītus vārdus', 'Knows letters and written words'],
      [
        ['Starp citiem vārdiem pazīst savu vārdu.', 'Recognises the own name among other words.'],
        [
          'Nosauc vairākus burtus un ar palīdzību salasa īsu vārdu.',
          'Names several letters and reads a short word with help.',
        ],
        [
          'Izlasa pazīstamus īsus vārdus, piemēram, uz plaukta vai grāmatas vāka.',
          'Reads familiar short words, for example on a shelf or the cover of a book.',
        ],
      ],
      [
        'Uzlīmējiet uz lietām kartītes ar to nosaukumiem: galds, durvis, soma.',
        'Stick cards with their names on things: table, door, bag.',
      ],
    ),
    statement(
      'V5',
      'reading',
      ['Raksta un zīmē, lai ko pavēstītu', 'Writes and draws to tell something'],
      [
        [
          'Zīmē un mutiski paskaidro, ko zīmējums stāsta.',
          'Draws and explains aloud what the drawing tells.',
        ],
        ['Uzraksta savu vārdu, skatoties uz paraugu.', 'Writes the own name from a model.'],
        [
          'Uzraksta savu vārdu un vēl kādu vārdu no galvas.',
          'Writes the own name and another word from memory.',
        ],
      ],
      [
        'Ļaujiet bērnam parakstīt apsveikumus un rakstīt iepirkumu sarakstu ar zīmējumiem un burtiem.',
        'Let your child sign greeting cards and make a shopping list of drawings and letters.',
      ],
    ),
    statement(
      'R1',
      'numeracy',
      ['Skaita priekšmetus', 'Counts things'],
      [
        [
          'Skaita līdz pieciem, pieskaroties katram priekšmetam kopā ar pieaugušo.',
          'Counts to five, touching each thing together with an adult.',
        ],
        [
          'Saskaita līdz desmit; ja apjūk, pēc mājiena sāk no jauna.',
          'Counts up to ten; when lost, begins again after a hint.',
        ],
        [
          'Saskaita vismaz desmit un bez pārskaitīšanas pasaka, cik ir pavisam.',
          'Counts at least ten and says how many there are in all without counting again.',
        ],
      ],
      [
        'Klājot galdu, palūdziet saskaitīt, cik karošu vajadzēs un cik vēl trūkst.',
        'When you lay the table ask how many spoons it takes and how many are still missing.',
      ],
    ),
    statement(
      'R2',
      'numeracy',
      ['Salīdzina, kur ir vairāk', 'Compares where there is more'],
      [
        [
          'Parāda, kur ir vairāk, ja atšķirība ir skaidri redzama.',
          'Shows where there is more when the difference is plain to see.',
        ],
        [
          'Salīdzina divas kaudzītes, saliekot priekšmetus pa pāriem, ja to parāda.',
          'Compares two heaps by pairing the things once that is shown.',
        ],
        [
          'Pats noskaidro, kur ir vairāk, un pasaka, par cik.',
          'Finds out alone where there is more and tells by how many.',
        ],
      ],
      [
        'Sadaliet rozīnes divos traukos un miniet, kurā ir vairāk; pēc tam pārbaudiet pa pāriem.',
        'Put raisins in two bowls, guess which has more, then check by pairing.',
      ],
    ),
    statement(
      'R3',
      'numeracy',
      ['Pieliek un atņem', 'Adds and takes away'],
      [
        [
          'Rotaļā pieliek vienu priekšmetu un kopā ar pieaugušo saskaita.',
          'Adds one thing in play and counts together with an adult.',
        ],
        [
          'Atrod, cik ir trīs un divi, izmantojot pirkstus vai klucīšus.',
          'Finds how many three and two are with fingers or blocks.',
        ],
        [
          'Piecu apjomā pasaka atbildi uz stāstiņu, piemēram, cik ābolu paliks.',
          'Answers a little story within five, such as how many apples will be left.',
        ],
      ],
      [
        'Kāpjot pa kāpnēm vai ēdot, izdomājiet mazus stāstiņus: „Bija pieci, divus apēdām.”',
        'On the stairs or at a meal make up little stories: “There were five, we ate two.”',
      ],
    ),
    statement(
      'R4',
      'numeracy',
      ['Pazīst formas un veido rakstus', 'Knows shapes and makes patterns'],
      [
        ['Atrod tādu pašu formu, kādu parāda pieaugušais.', 'Finds the same shape that an adult shows.'],
        [
          'Nosauc apli un kvadrātu; turpina rakstu „sarkans, zils”, ja to iesāk.',
          'Names a circle and a square; continues a pattern “red, blue” once it is begun.',
        ],
        [
          'Nosauc arī trijstūri un taisnstūri un izdomā savu rakstu.',
          'Also names a triangle and a rectangle and invents a pattern.',
        ],
      ],
      [
        'Pastaigā meklējiet apļus un taisnstūrus: riteņi, logi, ceļa zīmes.',
        'On a walk look for circles and rectangles: wheels, windows, road signs.',
      ],
    ),
    statement(
      'R5',
      'numeracy',
      ['Orientējas telpā un laikā', 'Finds the way in space and time'],
      [
        [
          'Rāda „augšā”, „apakšā”, „blakus”, kad to dara kopā.',
          'Shows “above”, “below”, “beside” when doing it together.',
        ],
        [
          'Novieto lietu, kur lūgts, un pēc jautājuma pasaka, vai ir rīts vai vakars.',
          'Puts a thing where asked and says, when asked, whether it is morning or evening.',
        ],
        [
          'Lieto „pa labi” un „pa kreisi” un nosauc nedēļas dienas pēc kārtas.',
          'Uses “right” and “left” and names the days of the week in order.',
        ],
      ],
      [
        'Uzzīmējiet nedēļas plānu un katru rītu kopā atrodiet, kura diena ir šodien.',
        'Draw a plan of the week and find each morning together which day it is.',
      ],
    ),
    statement(
      'D1',
      'science',
      ['Vēro dabu', 'Observes nature'],
      [
        [
          'Pievērš uzmanību augam vai dzīvniekam, kad to parāda.',
          'Pays attention to a plant or an animal when it is shown.',
        ],
        [
          'Pasaka, ko redz, dzird vai sajūt, ja pieaugušais jautā.',
          'Says what is seen, heard or felt when an adult asks.',
        ],
        [
          'Pats pamana pārmaiņas, piemēram, pirmos pumpurus, un par tām stāsta.',
          'Notices changes alone, such as the first buds, and tells about them.',
        ],
      ],
      [
        'Izvēlieties vienu koku un reizi nedēļā to kopā nofotografējiet un apspriediet.',
        'Choose one tree, take its picture together once a week and talk about it.',
      ],
    ),
    statement(
      'D2',
      'science',
      ['Zina, kas vajadzīgs dzīvam', 'Knows what living things need'],
      [
        [
          'Kopā ar pieaugušo aplaista augu vai pabaro putnus.',
          'Waters a plant or feeds birds together with an adult.',
        ],
        [
          'Pēc jautājuma nosauc, ka augam vajag ūdeni vai dzīvniekam barību.',
          'Says, when asked, that a plant needs water or an animal food.',
        ],
        [
          'Paskaidro, kas notiks, ja augs paliks bez ūdens vai gaismas.',
          'Explains what will happen to a plant without water or light.',
        ],
      ],
      [
        'Iesējiet kressalātus vai pupu un uzticiet laistīšanu bērnam.',
        'Sow cress or a bean and leave the watering to your child.',
      ],
    ),
    statement(
      'D3',
      'science',
      ['Izmēģina un secina', 'Tries things out and concludes'],
      [
        [
          'Ar interesi atkārto mēģinājumu, ko parāda pieaugušais.',
          'Repeats with interest a trial that an adult shows.',
        ],
        [
          'Pirms mēģinājuma pasaka, kas varētu notikt, ja to pajautā.',
          'Says before a trial what might happen when asked.',
        ],
        [
          'Pats izdomā, kā pārbaudīt, piemēram, kas peld, un pastāsta, ko uzzināja.',
          'Thinks of a way to find out, for example what floats, and tells what was learnt.',
        ],
      ],
      [
        'Vannā vai bļodā pārbaudiet, kas peld un kas grimst; vispirms miniet.',
        'Test in the bath or a bowl what floats and what sinks; guess first.',
      ],
    ),
    statement(
      'D4',
      'science',
      ['Rūpējas par sevi un apkārtni', 'Takes care of self and surroundings'],
      [
        [
          'Mazgā rokas un sakārto mantas kopā ar pieaugušo.',
          'Washes hands and tidies up together with an adult.',
        ],
        [
          'To dara pēc atgādinājuma un zina, kurā tvertnē met papīru.',
          'Does so after a reminder and knows which bin paper goes into.',
        ],
        [
          'Dara to bez atgādinājuma un paskaidro, kāpēc tas vajadzīgs.',
          'Does so without a reminder and explains why it is needed.',
        ],
      ],
      [
        'Šķirojiet atkritumus kopā un ļaujiet bērnam atbildēt par vienu tvertni.',
        'Sort the rubbish together and let your child be in charge of one bin.',
      ],
    ),
  ],
}
