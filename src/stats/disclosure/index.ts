export { type AttackOptions, type AttackReport, attack, type Finding, type Leak } from './attack.ts'
export { componentBounds, type PublicBounds, publicBounds } from './bounds.ts'
export { cellKey, noisyCount, noisyInterval, recordKey } from './cell-key.ts'
export { type CountQuery, type DifferencingReport, differencing, type UnsafePair } from './differencing.ts'
export { type HidingRules, lossWeights } from './hiding.ts'
export {
  type Classes,
  type Codes,
  type Diversity,
  type DiversityByClass,
  diversity,
  diversityByClass,
  equivalenceClasses,
  type IdentificationRisk,
  identificationRisk,
  kAnonymity,
  type Unicity,
  unicity,
} from './microdata.ts'
export {
  isDominated,
  isGroupDisclosure,
  isSingleton,
  isTooFew,
  pPercentProtection,
  priorPosteriorProtection,
} from './primary.ts'
export { type OpenProgramme, type Programme, type ProgrammeSolver, SolverGaveUp } from './programme.ts'
export { type Bounds, propagate } from './propagate.ts'
export { insidersOf, needsOf, type Protection, singletons } from './protection.ts'
export { type NoiseOptions, type NoiseRow, type NoiseTable, noiseTable } from './ptable.ts'
export {
  type Generalisable,
  type RecodeDemand,
  type Recoding,
  recodingAt,
  recodings,
  type SensitiveDemand,
} from './recode.ts'
export { type ShownMoves, shownMoves } from './shown.ts'
export { type Pattern, type SuppressOptions, suppress } from './suppress.ts'
export { type LinkedTables, type TablesBuilder, tablesBuilder } from './tables.ts'
export { components, contentAddress, type Unknowns, unknownsOf } from './unknowns.ts'
