import type { Framework } from '../framework.ts'

/**
 * The framework the product comes with: a proposal, until the ministry approves one of its own. Strands follow the basic
 * skills of the monitoring works (literacy, numeracy, science), outcomes are in our own words.
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
      outcomes: [],
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
        {
          id: 'R3-S1',
          grade: 3,
          strand: 'numbers',
          name: {
            lv: 'Salīdzina un sakārto skaitļus līdz 1000, attēlo tos uz skaitļu taisnes.',
            en: 'Compares and orders numbers up to 1000 and shows them on a number line.',
          },
        },
        {
          id: 'R3-S2',
          grade: 3,
          strand: 'numbers',
          name: {
            lv: 'Izpilda četras darbības ar veseliem skaitļiem un pārbauda rezultātu.',
            en: 'Carries out the four operations with whole numbers and checks the result.',
          },
        },
        {
          id: 'R3-M1',
          grade: 3,
          strand: 'measures',
          name: {
            lv: 'Izvēlas mērvienību, mēra un pāriet no vienas mērvienības uz citu.',
            en: 'Chooses a unit, measures and converts from one unit to another.',
          },
        },
        {
          id: 'R3-M2',
          grade: 3,
          strand: 'measures',
          name: {
            lv: 'Atpazīst plaknes figūras un nosaka to īpašības.',
            en: 'Recognises plane figures and names their properties.',
          },
        },
        {
          id: 'R3-D1',
          grade: 3,
          strand: 'data',
          name: {
            lv: 'Nolasa un salīdzina datus tabulā un diagrammā.',
            en: 'Reads and compares data in a table and a chart.',
          },
        },
        {
          id: 'R3-P1',
          grade: 3,
          strand: 'problems',
          name: {
            lv: 'Risina dzīves situāciju vairākos soļos un paskaidro gaitu.',
            en: 'Solves a situation from life in several steps and explains how.',
          },
        },
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
      outcomes: [],
    },
  ],
}
