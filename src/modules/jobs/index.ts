/**
 * Jobs: work that is too long for a request, done by a process of its own: what waits, how far it is, why it failed.
 *
 * reads    the queue (schema `pgboss`), access (who asked)
 * owns     database schemas `jobs` and `pgboss`
 * seen by  stewards
 * method   docs/operations.md, "Jobs"
 */
export { cancelStatements } from './claim-store.ts'
export { failureWords } from './failures.ts'
export { handler, type JobHandlers, JobRefused } from './handler.ts'
export { type DemoPart, Job, type JobFailure, JobKind, type JobStep } from './model.ts'
export { jobsRoutes } from './routes.ts'
export {
  askForJob,
  cancelJob,
  type JobTotals,
  jobById,
  jobTotals,
  listJobs,
  retryJob,
  stateOfJob,
} from './store.ts'
export { JobWorker } from './worker.ts'
