import type { Block, Catalog, Item, Keys, Line, Place, Stimulus } from '../model.ts'
import type { MediaFile } from '../store.ts'
import { booksChart } from './pictures.ts'

/** Items of numeracy for grade 3, our own, in Latvian: one of every kind of question. Drafts until they are reviewed. */

interface Shipped {
  item: Item
  files: MediaFile[]
}

const say = (text: string): Line => [{ kind: 'text', text }]
const choices = (texts: Record<string, string>) =>
  Object.entries(texts).map(([id, text]) => ({ id, content: say(text) }))
const paragraph = (text: string): Block => ({ kind: 'paragraph', content: say(text), card: null })

function item(
  number: number,
  title: string,
  place: Pick<Place, 'strand' | 'process' | 'outcome'>,
  body: Block[],
  keys: Keys,
  more: { stimulus?: Stimulus; catalog?: Catalog; files?: MediaFile[]; accessibility?: string } = {},
): Shipped {
  return {
    item: {
      code: `RP3-${String(number).padStart(3, '0')}`,
      place: { domain: 'numeracy', grade: 3, ...place },
      accessibility: more.accessibility ?? '',
      texts: [
        { language: 'lv', title, stimulus: more.stimulus ?? null, body, catalog: more.catalog ?? [], keys },
      ],
    },
    files: more.files ?? [],
  }
}

const market: Stimulus = {
  code: 'TIRDZINS',
  title: 'Skolas tirdziņš',
  body: [
    {
      kind: 'paragraph',
      content: say(
        '3. klase piedalījās skolas tirdziņā. Tabulā redzams, cik preces maksāja un cik to pārdeva.',
      ),
      card: null,
    },
    {
      kind: 'table',
      caption: 'Tirdziņa preces',
      head: [say('Prece'), say('Cena, eiro'), say('Pārdots, gab.')],
      rows: [
        [say('Medus burka'), say('6'), say('14')],
        [say('Ābolu maisiņš'), say('2'), say('35')],
        [say('Adīti cimdi'), say('8'), say('9')],
        [say('Apsveikuma kartīte'), say('1'), say('28')],
      ],
      named: true,
      card: null,
    },
  ],
}

export const numeracy3: readonly Shipped[] = [
  item(
    1,
    'Lielākais skaitlis',
    { strand: 'numbers', process: 'know', outcome: 'R3-S1' },
    [
      {
        kind: 'choice',
        response: 'R1',
        prompt: say('Kurš skaitlis ir vislielākais?'),
        choices: choices({ A: '478', B: '748', C: '784', D: '487' }),
        shuffle: true,
        least: 1,
        most: 1,
      },
    ],
    { R1: { kind: 'choice', rule: 'all', correct: ['C'], points: 1 } },
  ),
  item(
    2,
    'Vieta uz skaitļu taisnes',
    { strand: 'numbers', process: 'apply', outcome: 'R3-S1' },
    [
      {
        kind: 'numberLine',
        response: 'R1',
        prompt: say('Atzīmē uz skaitļu taisnes skaitli 350!'),
        from: 0,
        to: 500,
        step: 50,
        labelEvery: 2,
      },
    ],
    { R1: { kind: 'number', accepted: [{ value: 350, tolerance: 0, points: 1 }] } },
    { accessibility: 'Katru iedaļu var nosaukt skaļi; vieta ir izvēlama ar bultiņām.' },
  ),
  item(
    3,
    'Garumi pēc kārtas',
    { strand: 'measures', process: 'apply', outcome: 'R3-M1' },
    [
      {
        kind: 'order',
        response: 'R1',
        prompt: say('Sakārto garumus, sākot ar īsāko!'),
        choices: choices({ A: '1 m 5 cm', B: '90 cm', C: '2 m', D: '150 cm' }),
      },
    ],
    { R1: { kind: 'order', rule: 'all', correct: ['B', 'A', 'D', 'C'], points: 2 } },
  ),
  item(
    4,
    'Piemērota mērvienība',
    { strand: 'measures', process: 'know', outcome: 'R3-M1' },
    [
      {
        kind: 'match',
        response: 'R1',
        prompt: say('Kurā mērvienībā to ir visērtāk izteikt?'),
        left: choices({
          L1: 'Pildspalvas garums',
          L2: 'Ābola masa',
          L3: 'Ūdens daudzums spainī',
          L4: 'Ceļš no Rīgas līdz Liepājai',
        }).map((each) => ({ ...each, most: 1 })),
        right: choices({ V1: 'centimetri', V2: 'grami', V3: 'litri', V4: 'kilometri', V5: 'stundas' }).map(
          (each) => ({
            ...each,
            most: 1,
          }),
        ),
        shuffle: true,
        most: 4,
      },
    ],
    {
      R1: {
        kind: 'match',
        rule: 'map',
        correct: [1, 2, 3, 4].map((n) => ({ left: `L${n}`, right: `V${n}` })),
        points: 4,
        map: [1, 2, 3, 4].map((n) => ({ left: `L${n}`, right: `V${n}`, points: 1 })),
      },
    },
  ),
  item(
    5,
    'Darbības ar vienādu rezultātu',
    { strand: 'numbers', process: 'apply', outcome: 'R3-S2' },
    [
      {
        kind: 'choice',
        response: 'R1',
        prompt: say('Kurām darbībām rezultāts ir 24? Atzīmē visas!'),
        choices: choices({ A: '3 · 8', B: '48 : 2', C: '30 − 8', D: '4 · 7', E: '12 + 12' }),
        shuffle: true,
        least: 1,
        most: 0,
      },
    ],
    {
      R1: {
        kind: 'choice',
        rule: 'map',
        correct: ['A', 'B', 'E'],
        points: 3,
        map: [
          { id: 'A', points: 1 },
          { id: 'B', points: 1 },
          { id: 'E', points: 1 },
          { id: 'C', points: -1 },
          { id: 'D', points: -1 },
        ],
      },
    },
  ),
  item(
    6,
    'Salīdzini skaitļus',
    { strand: 'numbers', process: 'know', outcome: 'R3-S1' },
    [
      paragraph('Izvēlies zīmi, lai salīdzinājums būtu patiess!'),
      ...[
        ['R1', '346', '364'],
        ['R2', '5 · 9', '45'],
      ].map(
        ([response, left, right]): Block => ({
          kind: 'paragraph',
          content: [
            { kind: 'text', text: `${left} ` },
            {
              kind: 'inlineChoice',
              response: response!,
              label: `Zīme starp ${left} un ${right}`,
              choices: [
                { id: 'M', text: '< (ir mazāks nekā)' },
                { id: 'L', text: '> (ir lielāks nekā)' },
                { id: 'V', text: '= (ir vienāds ar)' },
              ],
              shuffle: false,
            },
            { kind: 'text', text: ` ${right}` },
          ],
          card: null,
        }),
      ),
    ],
    {
      R1: { kind: 'choice', rule: 'all', correct: ['M'], points: 1 },
      R2: { kind: 'choice', rule: 'all', correct: ['V'], points: 1 },
    },
  ),
  item(
    7,
    'Skaitļi ceļojumā',
    { strand: 'measures', process: 'know', outcome: 'R3-M1' },
    [
      {
        kind: 'hotText',
        response: 'R1',
        prompt: say('Atzīmē visas vietas, kurās nosaukts garums vai attālums!'),
        paragraphs: [
          [
            { kind: 'text', text: 'Anna no rīta brauca ' },
            { kind: 'hot', id: 'H1', text: '35 minūtes' },
            { kind: 'text', text: ' līdz mežam, kas ir ' },
            { kind: 'hot', id: 'H2', text: '20 kilometrus' },
            { kind: 'text', text: ' no mājām. Mežā viņa atrada ' },
            { kind: 'hot', id: 'H3', text: '12 bekas' },
            { kind: 'text', text: '. Lielākās bekas kāts bija ' },
            { kind: 'hot', id: 'H4', text: '11 centimetrus' },
            { kind: 'text', text: ' garš, un tā svēra ' },
            { kind: 'hot', id: 'H5', text: '400 gramus' },
            { kind: 'text', text: '.' },
          ],
        ],
        least: 1,
        most: 0,
      },
    ],
    { R1: { kind: 'choice', rule: 'all', correct: ['H2', 'H4'], points: 2 } },
  ),
  item(
    8,
    'Divas medus burkas',
    { strand: 'problems', process: 'apply', outcome: 'R3-P1' },
    [
      {
        kind: 'paragraph',
        content: [
          { kind: 'text', text: 'Mamma nopirka 2 medus burkas un 3 ābolu maisiņus. Viņa samaksāja ' },
          {
            kind: 'textEntry',
            response: 'R1',
            label: 'Cik eiro mamma samaksāja',
            expects: 'number',
            width: 5,
          },
          { kind: 'text', text: ' eiro.' },
        ],
        card: null,
      },
    ],
    { R1: { kind: 'number', accepted: [{ value: 18, tolerance: 0, points: 2 }] } },
    { stimulus: market },
  ),
  item(
    9,
    'Tirdziņa ieņēmumi',
    { strand: 'data', process: 'apply', outcome: 'R3-D1' },
    [
      paragraph('Aprēķini, cik eiro ieņēma par katru preci, un ieraksti tabulā!'),
      {
        kind: 'table',
        caption: 'Ieņemtā nauda',
        head: [say('Prece'), say('Ieņemts, eiro')],
        rows: [
          ['R1', 'Ābolu maisiņi'],
          ['R2', 'Adīti cimdi'],
          ['R3', 'Apsveikuma kartītes'],
        ].map(([response, name]) => [
          say(name!),
          [
            {
              kind: 'textEntry' as const,
              response: response!,
              label: `${name}: ieņemts, eiro`,
              expects: 'number' as const,
              width: 5,
            },
          ],
        ]),
        named: true,
        card: null,
      },
    ],
    {
      R1: { kind: 'number', accepted: [{ value: 70, tolerance: 0, points: 1 }] },
      R2: { kind: 'number', accepted: [{ value: 72, tolerance: 0, points: 1 }] },
      R3: { kind: 'number', accepted: [{ value: 28, tolerance: 0, points: 1 }] },
    },
    { stimulus: market },
  ),
  item(
    10,
    'Kā sauc figūru?',
    { strand: 'measures', process: 'know', outcome: 'R3-M2' },
    [
      {
        kind: 'paragraph',
        content: [
          {
            kind: 'text',
            text: 'Figūru, kurai ir četri taisni leņķi un četras vienādi garas malas, sauc par ',
          },
          { kind: 'textEntry', response: 'R1', label: 'Figūras nosaukums', expects: 'text', width: 14 },
          { kind: 'text', text: '.' },
        ],
        card: null,
      },
    ],
    {
      R1: {
        kind: 'text',
        accepted: [
          { text: 'kvadrātu', points: 1 },
          { text: 'kvadrāts', points: 1 },
        ],
        ignoreCase: true,
        ignoreDiacritics: true,
      },
    },
    { accessibility: 'Pareizrakstību šeit nevērtē: garumzīmes drīkst trūkt.' },
  ),
  item(
    11,
    'Kas izdevīgāk?',
    { strand: 'problems', process: 'reason', outcome: 'R3-P1' },
    [
      paragraph('Jānis grib nopirkt tieši 10 kartītes. Pie galda viņam piedāvā 10 kartītes kopā par 9 eiro.'),
      {
        kind: 'extendedText',
        response: 'R1',
        prompt: say('Vai Jānim ir izdevīgāk pirkt visas kartītes kopā? Paskaidro, kā tu to noskaidroji!'),
        lines: 5,
        mostCharacters: 600,
      },
    ],
    {
      R1: {
        kind: 'rubric',
        points: 2,
        criteria: [
          {
            points: 2,
            text: 'Atbild, ka ir izdevīgāk, un salīdzina 10 eiro (10 · 1) ar 9 eiro vai nosauc starpību, 1 eiro.',
          },
          { points: 1, text: 'Atbild pareizi, bet salīdzinājums nav pilns vai tajā ir kļūda aprēķinā.' },
          { points: 0, text: 'Atbilde nav pareiza, vai tā ir pareiza bez jebkāda paskaidrojuma.' },
        ],
      },
    },
    { stimulus: market },
  ),
  item(
    12,
    'Izlasītās grāmatas',
    { strand: 'data', process: 'know', outcome: 'R3-D1' },
    [
      {
        kind: 'figure',
        picture: {
          media: 'gramatas.svg',
          alt: 'Stabiņu diagramma. Izlasītās grāmatas: Elza 6, Toms 3, Marta 8, Rihards 5.',
          width: 420,
        },
        caption: say('Cik grāmatu bērni izlasīja vasarā'),
        card: 'K1',
      },
      {
        kind: 'choice',
        response: 'R1',
        prompt: say('Par cik grāmatām vairāk nekā Toms izlasīja Marta?'),
        choices: choices({ A: '3', B: '5', C: '8', D: '11' }),
        shuffle: false,
        least: 1,
        most: 1,
      },
    ],
    { R1: { kind: 'choice', rule: 'all', correct: ['B'], points: 1 } },
    {
      files: [booksChart],
      catalog: [
        {
          id: 'K1',
          cards: [
            {
              support: 'spoken',
              text: 'Diagrammā ir četri stabiņi. Elza izlasīja sešas, Toms trīs, Marta astoņas un Rihards piecas grāmatas.',
            },
          ],
        },
      ],
    },
  ),
]
