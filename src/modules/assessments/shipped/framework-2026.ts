import type { Framework } from '../framework.ts'

type Outcome = Framework['domains'][number]['outcomes'][number]

const outcome = (id: string, strand: string, lv: string, en: string): Outcome => ({
  id,
  grade: Number(id[1]),
  strand,
  name: { lv, en },
})

/**
 * The framework the product comes with: a proposal, until the ministry approves one of its own. Strands follow the basic
 * skills of the monitoring works (literacy, numeracy, science), outcomes are in our own words. Their ids name domain, grade and strand.
 */
export const framework2026: Framework = {
  version: '2026',
  processes: [
    { id: 'know', name: { lv: 'Zina un saprot', en: 'Knows and understands' } },
    { id: 'apply', name: { lv: 'Lieto', en: 'Applies' } },
    { id: 'reason', name: { lv: 'Spriež un pamato', en: 'Reasons and justifies' } },
  ],
  domains: [
    {
      id: 'reading',
      name: { lv: 'Tekstpratība', en: 'Reading literacy' },
      strands: [
        { id: 'locate', name: { lv: 'Atrod informāciju', en: 'Locates information' } },
        { id: 'understand', name: { lv: 'Izprot un secina', en: 'Understands and concludes' } },
        { id: 'evaluate', name: { lv: 'Izvērtē un pārdomā', en: 'Evaluates and reflects' } },
        { id: 'write', name: { lv: 'Raksta', en: 'Writes' } },
      ],
      outcomes: [
        outcome(
          'T3-A1',
          'locate',
          'Atrod tekstā tieši nosauktu informāciju.',
          'Finds information that a text states directly.',
        ),
        outcome(
          'T3-I1',
          'understand',
          'Saprot notikumu secību, cēloņus un vārdu nozīmi tekstā.',
          'Understands the order of events, causes and the meaning of words in a text.',
        ),
        outcome(
          'T3-I2',
          'understand',
          'Secina par tēliem un galveno domu.',
          'Draws conclusions about characters and the main idea.',
        ),
        outcome(
          'T3-V1',
          'evaluate',
          'Izsaka savu vērtējumu un pamato to ar tekstu.',
          'States an opinion and supports it with the text.',
        ),
        outcome(
          'T3-R1',
          'write',
          'Raksta īsu, saprotamu tekstu un ievēro pareizrakstību.',
          'Writes a short, clear text and spells correctly.',
        ),
        outcome(
          'T6-A1',
          'locate',
          'Atrod un salīdzina informāciju vairākos tekstos, arī tabulā un shēmā.',
          'Finds and compares information in several texts, tables and charts included.',
        ),
        outcome(
          'T6-I1',
          'understand',
          'Saprot teksta uzbūvi, autora nolūku un tēlaino valodu.',
          'Understands how a text is built, what its author intends, and figurative language.',
        ),
        outcome(
          'T6-I2',
          'understand',
          'Secina no vairākām teksta vietām.',
          'Draws conclusions from several places in a text.',
        ),
        outcome(
          'T6-V1',
          'evaluate',
          'Izvērtē avota ticamību, atšķir faktu no viedokļa.',
          'Judges how far a source can be trusted, tells fact from opinion.',
        ),
        outcome(
          'T6-R1',
          'write',
          'Raksta lietišķu vai pārliecinošu tekstu, ievēro uzbūvi un pareizrakstību.',
          'Writes a practical or persuasive text with a clear structure and correct spelling.',
        ),
      ],
    },
    {
      id: 'numeracy',
      name: { lv: 'Rēķinpratība', en: 'Numeracy' },
      strands: [
        { id: 'numbers', name: { lv: 'Skaitļi un darbības', en: 'Numbers and operations' } },
        { id: 'measures', name: { lv: 'Mērījumi un ģeometrija', en: 'Measurement and geometry' } },
        { id: 'data', name: { lv: 'Dati', en: 'Data' } },
        { id: 'problems', name: { lv: 'Problēmu risināšana', en: 'Problem solving' } },
      ],
      outcomes: [
        outcome(
          'R3-S1',
          'numbers',
          'Salīdzina un sakārto skaitļus līdz 1000, attēlo tos uz skaitļu taisnes.',
          'Compares and orders numbers up to 1000 and shows them on a number line.',
        ),
        outcome(
          'R3-S2',
          'numbers',
          'Izpilda četras darbības ar veseliem skaitļiem un pārbauda rezultātu.',
          'Carries out the four operations with whole numbers and checks the result.',
        ),
        outcome(
          'R3-M1',
          'measures',
          'Izvēlas mērvienību, mēra un pāriet no vienas mērvienības uz citu.',
          'Chooses a unit, measures and converts from one unit to another.',
        ),
        outcome(
          'R3-M2',
          'measures',
          'Atpazīst plaknes figūras un nosaka to īpašības.',
          'Recognises plane figures and names their properties.',
        ),
        outcome(
          'R3-D1',
          'data',
          'Nolasa un salīdzina datus tabulā un diagrammā.',
          'Reads and compares data in a table and a chart.',
        ),
        outcome(
          'R3-P1',
          'problems',
          'Risina dzīves situāciju vairākos soļos un paskaidro gaitu.',
          'Solves a situation from life in several steps and explains how.',
        ),
        outcome(
          'R6-S1',
          'numbers',
          'Salīdzina un pieraksta decimāldaļas, daļas un procentus.',
          'Compares and writes decimals, fractions and percentages.',
        ),
        outcome(
          'R6-S2',
          'numbers',
          'Izpilda darbības ar decimāldaļām un daļām, aprēķina procentus no skaitļa.',
          'Calculates with decimals and fractions, finds a percentage of a number.',
        ),
        outcome(
          'R6-M1',
          'measures',
          'Pāriet starp garuma, laukuma, tilpuma, masas un laika mērvienībām.',
          'Converts units of length, area, volume, mass and time.',
        ),
        outcome(
          'R6-M2',
          'measures',
          'Aprēķina perimetru, laukumu un tilpumu, izmanto leņķus un mērogu.',
          'Finds perimeter, area and volume, uses angles and scale.',
        ),
        outcome(
          'R6-D1',
          'data',
          'Nolasa, salīdzina un raksturo datus, aprēķina vidējo.',
          'Reads, compares and describes data, finds a mean.',
        ),
        outcome(
          'R6-P1',
          'problems',
          'Plāno un pamato risinājumu situācijai ar vairākiem nosacījumiem.',
          'Plans and justifies a solution to a situation with several conditions.',
        ),
      ],
    },
    {
      id: 'science',
      name: { lv: 'Dabaszinātņu pratība', en: 'Science literacy' },
      strands: [
        { id: 'living', name: { lv: 'Dzīvā daba', en: 'Living nature' } },
        { id: 'physical', name: { lv: 'Fizikālā pasaule', en: 'The physical world' } },
        { id: 'earth', name: { lv: 'Zeme un vide', en: 'Earth and environment' } },
      ],
      outcomes: [
        outcome(
          'D3-D1',
          'living',
          'Pazīst augus un dzīvniekus, to vajadzības un saistību ar vidi.',
          'Knows plants and animals, what they need and how they depend on their surroundings.',
        ),
        outcome(
          'D3-D2',
          'living',
          'Zina, kas palīdz cilvēkam būt veselam.',
          'Knows what keeps people healthy.',
        ),
        outcome(
          'D3-F1',
          'physical',
          'Novēro vielu īpašības un stāvokļa maiņu, plāno vienkāršu mēģinājumu.',
          'Observes properties and states of matter, plans a simple experiment.',
        ),
        outcome(
          'D3-F2',
          'physical',
          'Skaidro gaismas, skaņas un spēka parādības ikdienā.',
          'Explains light, sound and force in everyday life.',
        ),
        outcome(
          'D3-Z1',
          'earth',
          'Skaidro diennakti, gadalaikus, laikapstākļus un ūdens riņķošanu.',
          'Explains day and night, seasons, weather and the water cycle.',
        ),
        outcome('D3-Z2', 'earth', 'Zina, kā saudzēt vidi.', 'Knows how to care for the environment.'),
        outcome(
          'D6-D1',
          'living',
          'Skaidro barības ķēdes, pielāgošanos un organismu uzbūvi.',
          'Explains food chains, adaptation and how organisms are built.',
        ),
        outcome(
          'D6-D2',
          'living',
          'Skaidro cilvēka orgānu darbu un veselību.',
          'Explains how human organs work, and health.',
        ),
        outcome(
          'D6-F1',
          'physical',
          'Plāno godīgu pētījumu, mēra un vērtē rezultātus.',
          'Plans a fair test, measures and judges the results.',
        ),
        outcome(
          'D6-F2',
          'physical',
          'Skaidro enerģiju, elektrību, spēkus un vielu maisījumus.',
          'Explains energy, electricity, forces and mixtures.',
        ),
        outcome(
          'D6-Z1',
          'earth',
          'Skaidro Zemes uzbūvi un kustību, klimatu, iežus un augsni.',
          'Explains how the Earth is built and moves, climate, rocks and soil.',
        ),
        outcome(
          'D6-Z2',
          'earth',
          'Vērtē cilvēka ietekmi uz vidi un pamato izvēli.',
          'Judges human influence on the environment and justifies a choice.',
        ),
      ],
    },
  ],
}
