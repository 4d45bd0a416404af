export { type Assignment, assignByRegret } from './assign-by-regret.ts'
export { calibrateDetour, journey, type Travel } from './detour.ts'
export { distanceMatrix, EARTH_RADIUS, haversine, type Place } from './distance.ts'
export { interchange } from './interchange.ts'
export { lagrangianBound } from './lagrangian-bound.ts'
export {
  type LinearProgramme,
  largestViolation,
  programmeBuilder,
  type Solver,
  type SolverAnswer,
} from './linear-programme.ts'
export { type LocationAnswer, locationModel, solveLocation } from './location-model.ts'
export type { LocationPlan, LocationProblem, Site } from './location-problem.ts'
export { lpText } from './lp-text.ts'
export { nearestSites } from './nearest-sites.ts'
