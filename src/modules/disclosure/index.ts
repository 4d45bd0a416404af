/**
 * Disclosure: what may be told to whom without telling it of a single child.
 *
 * reads    the cells handed to it; for free tables the facts that other modules define, as of one import
 * owns     database schema `disclosure`
 * seen by  everybody: the rules, and free tables with noise; the atoms behind them: nobody but jobs; trials of changed
 *          rules: steward and data protection officer
 * method   docs/methods/disclosure.md, docs/methods/free-tables.md
 *
 * Releases: release → figure, primary, revision → protect-figures, protect-spreads → system, linked → guard (suppress, attack).
 * Tables that anybody may cut: free-compute → free-atoms, record-keys; free-table → noise. Views with filters: views. Extracts of
 * records: extract.
 */
export type { FreeDefinition } from './define.ts'
export { assess, type CheckedExtract, ExtractRefused, makeExtract, suggest } from './extract.ts'
export type { ExtractColumn, ExtractSource } from './extract-columns.ts'
export { extractCsv } from './extract-csv.ts'
export { makeExtractFiles } from './extract-make.ts'
export { extractRoutes } from './extract-routes.ts'
export { type ExtractPurpose, extractDemand } from './extract-store.ts'
export { figureKey } from './figure.ts'
export { computeFreeTables, type FreeReport } from './free-compute.ts'
export { type FreeDataSet, type FreeQuestion, type FreeRow, noiseOf, rowsPerUnit } from './free-table.ts'
export { askFreeTable, currentFreeVersion, listFreeDataSets } from './free-table-store.ts'
export { highsSolver } from './highs-solver.ts'
export { type PlaceTree, unitOf } from './linked.ts'
export type { AttackSummary, Audience, ProtectedCell } from './model.ts'
export { Rule } from './model.ts'
export { type Policy, policyKey, stricterOf } from './primary.ts'
export { OtherRecordKeys } from './record-keys.ts'
export { type Circumstances, fromFrozenRelease, type Released, release } from './release.ts'
export type { EarlierCell } from './revision.ts'
export { disclosureRoutes } from './routes.ts'
export { putRule, rulesOn } from './rule-store.ts'
export { addUp, nothingAttacked } from './summary.ts'
export {
  answerable,
  type Selection,
  selectionKey,
  type Unanswered,
  type Verdict,
  type View,
} from './views.ts'
