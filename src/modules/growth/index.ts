/**
 * Growth: how far learners came from the monitoring test of grade 3 to that of grade 6, compared with those who started level; how
 * much schools differ, and how far results follow the circumstances of families.
 *
 * reads    assessments (results on the reporting scale), registry (sex), records (context), rights (who is not counted)
 * owns     database schema `growth`
 * seen by  schools: own figures, own learners; municipalities and inspectors: their schools; analysts: all; a learner and the
 *          parents: own growth once it is official; everybody: the country and municipalities, through the gate
 * method   docs/methods/growth.md
 */
export { growthIndicators } from './indicators.ts'
export { growthRoutes } from './routes.ts'
export { type GrowthReport, growAll, growRound } from './run.ts'
export { type LearnerProgress, progressOf } from './store.ts'
