/**
 * Checks: what in the bank cannot be so, or is rarely so, and where it is corrected.
 *
 * reads    registry, records (through the checks their modules declare)
 * owns     database schema `checks`
 * seen by  a school: own findings, by name; a municipality: those of its schools that are not about people; scores: both, analysts
 *          and stewards
 * method   docs/checks.md
 */
export { type Check, check } from './define.ts'
export { checksIndicators } from './indicators.ts'
export type { WatchedFigure } from './jumps/define.ts'
export { checksRoutes } from './routes.ts'
export { type ChecksReport, runChecks } from './run.ts'
export { latestRuns, nextArrival } from './store.ts'
