import { z } from 'zod'

/** What becomes of an item, from the first draft on. */
export const ItemState = z.enum(['draft', 'review', 'pilot', 'calibrated', 'live', 'released', 'retired'])
export type ItemState = z.infer<typeof ItemState>

/** What a person may do in the item bank (docs/decisions). */
export const Duty = z.enum([
  'author',
  'reviewer',
  'keeper',
  'coordinator',
  'marker',
  'psychometrician',
  'panellist',
  'assessor',
])
export type Duty = z.infer<typeof Duty>

/** Tiers whose mandates can have a duty; a `researcher` without an approved request sees nothing else but the public pages. */
export const dutyTiers: readonly string[] = ['teacher', 'researcher', 'analyst', 'steward']

/** Every move there is, and whose it is. The database holds the same list and has the last word. */
export const moves: readonly { from: ItemState; to: ItemState; duty: Duty }[] = [
  { from: 'draft', to: 'review', duty: 'author' },
  { from: 'draft', to: 'retired', duty: 'author' },
  { from: 'review', to: 'draft', duty: 'author' },
  { from: 'review', to: 'draft', duty: 'reviewer' },
  { from: 'review', to: 'pilot', duty: 'keeper' },
  { from: 'pilot', to: 'draft', duty: 'keeper' },
  { from: 'pilot', to: 'calibrated', duty: 'keeper' },
  { from: 'pilot', to: 'retired', duty: 'keeper' },
  { from: 'calibrated', to: 'live', duty: 'keeper' },
  { from: 'calibrated', to: 'retired', duty: 'keeper' },
  { from: 'live', to: 'released', duty: 'keeper' },
  { from: 'live', to: 'retired', duty: 'keeper' },
  { from: 'released', to: 'retired', duty: 'keeper' },
]

/** Used or about to be used in tests: words and keys are for the keeper only, and every reading is written down. */
export const secretStates: readonly ItemState[] = ['pilot', 'calibrated', 'live']
