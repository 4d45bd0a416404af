import type { Chance } from '../chance.ts'

// Villages nobody lives in: a stem and a second word. Combinations that are on the map are left out below.
const stems = [
  ...[
    'Dzērvju',
    'Stārķu',
    'Cīruļu',
    'Vālodžu',
    'Bezdelīgu',
    'Vanagu',
    'Dzeguzes',
    'Strazdu',
    'Irbju',
    'Sīļu',
  ],
  ...['Žagatu', 'Zvaigžņu', 'Saulgriežu', 'Rītausmu', 'Rasas', 'Varavīksnes', 'Vizbuļu', 'Pīpeņu', 'Smilgu'],
  ...['Dadžu', 'Āboliņu', 'Zemeņu', 'Brūkleņu', 'Melleņu', 'Kadiķu', 'Pīlādžu', 'Ievu', 'Ķiršu', 'Plūmju'],
  ...['Briežu', 'Stirnu', 'Bebru', 'Ežu', 'Kameņu', 'Sienāžu', 'Taureņu', 'Spāru', 'Rudzupuķu', 'Magoņu'],
  ...['Vāveru', 'Caunu', 'Sermuļu', 'Mārpuķu', 'Vijolīšu'],
]

const seconds = [
  { nominative: 'kalns', genitive: 'kalna' },
  { nominative: 'leja', genitive: 'lejas' },
  { nominative: 'sala', genitive: 'salas' },
  { nominative: 'lauki', genitive: 'lauku' },
  { nominative: 'pļavas', genitive: 'pļavu' },
  { nominative: 'ezers', genitive: 'ezera' },
  { nominative: 'upe', genitive: 'upes' },
  { nominative: 'grava', genitive: 'gravas' },
  { nominative: 'sils', genitive: 'sila' },
  { nominative: 'mežs', genitive: 'meža' },
  { nominative: 'dārzi', genitive: 'dārzu' },
  { nominative: 'avoti', genitive: 'avotu' },
  { nominative: 'krasts', genitive: 'krasta' },
  { nominative: 'birze', genitive: 'birzes' },
  { nominative: 'muiža', genitive: 'muižas' },
  { nominative: 'krogs', genitive: 'kroga' },
  { nominative: 'dzirnavas', genitive: 'dzirnavu' },
]

// There are places of these names.
const real = new Set(['Strazdumuiža', 'Vanagukalns', 'Stirnumuiža', 'Ievumuiža', 'Briežukalns', 'Ežumuiža'])

export interface Village {
  nominative: string
  genitive: string
}

/** Names of villages in an order of chance, each once. */
export function villages({ shuffle }: Chance): Village[] {
  const all = stems.flatMap((stem) =>
    seconds.map((second) => ({
      nominative: `${stem}${second.nominative}`,
      genitive: `${stem}${second.genitive}`,
    })),
  )
  return shuffle(all.filter(({ nominative }) => !real.has(nominative)))
}

const adjectives = [
  ...[
    'Čaklā',
    'Jautrā',
    'Mazā',
    'Zelta',
    'Sarkanā',
    'Zaļā',
    'Zilā',
    'Baltā',
    'Dzeltenā',
    'Gudrā',
    'Drosmīgā',
  ],
  ...[
    'Klusā',
    'Laimīgā',
    'Siltā',
    'Saules',
    'Meža',
    'Pļavas',
    'Rīta',
    'Vasaras',
    'Pasaku',
    'Debesu',
    'Jūras',
  ],
]
const nouns = [
  ...[
    'bite',
    'skudra',
    'vāvere',
    'zīlīte',
    'pūcīte',
    'cielaviņa',
    'pasaka',
    'dziesma',
    'lāsīte',
    'ogu pļava',
  ],
  ...[
    'taka',
    'noriņa',
    'kāpa',
    'rasa',
    'zvaigznīte',
    'vārpa',
    'sēkliņa',
    'pogaļa',
    'lapiņa',
    'sniegpulkstenīte',
  ],
  ...[
    'bērnu sala',
    'rotaļu pils',
    'krāsu kaste',
    'pirkstiņu rota',
    'gaismiņa',
    'spārīte',
    'mozaīka',
    'kāpnīte',
  ],
]

/** Names such as preschools carry: „Čaklā bite”. */
export function playNames({ shuffle }: Chance): string[] {
  return shuffle(adjectives.flatMap((adjective) => nouns.map((noun) => `${adjective} ${noun}`)))
}
