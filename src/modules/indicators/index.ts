/**
 * Indicators: one catalogue, and the cubes that hold the figures.
 *
 * reads    the facts named by each definition (registry, records, …), as of one import
 * owns     database schema `indicators`
 * seen by  unprotected cells: a school its own, analysts all; definitions: everybody
 * method   docs/methods/indicators.md
 */
export { type ComputeReport, compute, mostCellsPerYear } from './compute.ts'
export { asOfImport, preparePlaces } from './compute-store.ts'
export { count, current, type Definition, gap, mean, ratio, share } from './define.ts'
export { Inputs, type Source } from './inputs.ts'
export { keepMadeFrom, madeFrom } from './inputs-store.ts'
export type { CubeCell } from './model.ts'
export { Indicator, NewSeriesBreak, NewTarget, SeriesBreak, Target } from './model.ts'
export { linkagesOff, withoutObjectors } from './not-counted-store.ts'
export { withinPossible } from './possible.ts'
export { indicatorsRoutes } from './routes.ts'
export { similarState, similarTo } from './similar-store.ts'
export {
  type CellQuery,
  type CubeRow,
  cellConditions,
  cubeCells,
  currentCube,
  listIndicators,
  yearsOfCube,
} from './store.ts'
export {
  listSeriesBreaks,
  listTargets,
  putSeriesBreak,
  putTarget,
  type TargetRow,
} from './target-store.ts'
