/** What is far out: from like units, and from what a unit itself was before. Method: docs/methods/outliers.md. */
export { findJumps, type History, type Jump, type JumpOptions } from './jumps.ts'
export { findOutliers, type Outlier } from './outliers.ts'
export { type RobustSpread, robustScore, robustSpread } from './robust-spread.ts'
