/**
 * Records: facts that arrive from other systems. Results of tests and exams, each in a round on a scale; marks, absence, lessons of
 * classes and sample plans, money of schools, people by age, where learners went on to, and their context.
 *
 * reads    registry (who was enrolled where)
 * owns     database schema `records`
 * seen by  rounds, scales, sample plans, people by age: everybody; results, marks, absence: a school and its class teachers those of
 *          their own learners; a learner and the parents all of it; everybody else only figures
 * method   docs/import.md
 */
export { listAssessments } from './assessment-store.ts'
export { recordsChecks } from './checks.ts'
export { assessments, results, scales } from './entities.ts'
export { recordsFigures } from './figures.ts'
export { recordsIndicators } from './indicators.ts'
export { absences, context, destinations, marks } from './learner-entities.ts'
export { Assessment } from './model.ts'
export {
  type Described,
  findAssessments,
  type KnownAssessment,
  knownAssessmentCodes,
  knownAssessments,
  knownScales,
  makeAssessment,
  makeScale,
  mergeResults,
  repeatedResults,
  withdrawLackingResults,
} from './results-store.ts'
export { finance, lessons, population, samplePlans } from './school-entities.ts'
export { type DescribedAssessment, type DescribedScale, stagedResult } from './staging.ts'
export { resultsOf } from './store.ts'
