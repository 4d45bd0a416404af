export { type AttackOptions, type AttackReport, attack, type Finding, type Leak } from './attack.ts'
export { type PublicBounds, publicBounds } from './bounds.ts'
export { cellKey, noisyCount, noisyInterval, recordKey } from './cell-key.ts'
export { type CountQuery, type DifferencingReport, differencing, type UnsafePair } from './differencing.ts'
export {
  isDominated,
  isGroupDisclosure,
  isSingleton,
  isTooFew,
  pPercentProtection,
  priorPosteriorProtection,
} from './primary.ts'
export type { OpenProgramme, Programme, ProgrammeSolver } from './programme.ts'
export { insidersOf, type Protection, singletons } from './protection.ts'
export { type NoiseOptions, type NoiseRow, type NoiseTable, noiseTable } from './ptable.ts'
export { lossWeights, type Pattern, type SuppressOptions, suppress } from './suppress.ts'
export { type LinkedTables, type TablesBuilder, tablesBuilder } from './tables.ts'
export { components, contentAddress, type Unknowns, unknownsOf } from './unknowns.ts'
