import type { Indicator } from '#modules/indicators/model.ts'
import type { Assessment } from '#modules/records/model.ts'
import type { Cell } from '#terms/cell.ts'

/** A cell for tests of sentences and charts; what a test is about, it says itself. */
export function cellOf(given: Partial<Cell> = {}): Cell {
  return {
    indicator: 'ACH-05',
    schoolYear: 2026,
    level: 'school',
    unitId: '00000000-0000-4000-8000-000000000001',
    subject: 'maths',
    breakdown: '-',
    category: '-',
    n: 24,
    value: 6.1,
    sd: 2,
    se: 0.45,
    low: 5.2,
    high: 7,
    spread: null,
    absent: null,
    spreadAbsent: null,
    ...given,
  }
}

export const chemistry: Assessment = {
  id: '00000000-0000-4000-8000-000000000002',
  code: 'CHEM',
  subject: 'maths',
  name: { lv: 'Ķīmijas eksāmens', en: 'Chemistry exam' },
  schoolYear: 2026,
  scale: { name: { lv: 'punkti', en: 'points' }, minimum: 0, maximum: 10 },
  linkedTo: null,
  linkError: null,
  startsFrom: null,
}

export function indicatorOf(given: Partial<Indicator> = {}): Indicator {
  const words = { lv: 'vārdi', en: 'words' }
  return {
    code: 'ACH-05',
    version: 1,
    kind: 'mean',
    area: 'purpose.achievement',
    topic: 'results',
    name: { lv: 'Vidējais rezultāts', en: 'Mean result' },
    short: { lv: 'Vidējais rezultāts', en: 'Mean result' },
    definition: words,
    doesNotSay: words,
    unit: 'points',
    better: 'higher',
    of: words,
    source: words,
    levels: ['state', 'municipality', 'school'],
    breakdowns: ['sex'],
    showsSpread: true,
    derivedFrom: null,
    between: null,
    hash: '0'.repeat(64),
    ...given,
  }
}

export const resultsRule = {
  audience: 'public',
  topic: 'results',
  minimum: 10,
  reason: { lv: 'Rezultātu rāda no desmit skolēniem.', en: 'A result is shown from ten pupils on.' },
}

/** Text with ordinary spaces, so that expectations can be typed. */
export function plain(text: string): string {
  return text.replaceAll('\u00a0', ' ')
}
