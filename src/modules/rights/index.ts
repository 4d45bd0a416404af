/**
 * Rights: how long what is kept, what was destroyed, who is not to be counted, and everything held about one learner.
 *
 * reads    every table that holds somebody, to destroy what is due and to show a learner what is held
 * owns     database schema `rights`; destroys rows of other schemas, never changes what they say
 * seen by  rules of retention: everybody; runs and objections: steward and data protection officer; what is held: the
 *          learner and the parents
 * method   docs/rights.md
 */
export { askWhatIsDue } from './calendar-store.ts'
export { NoPdf, pdfOf } from './chromium.ts'
export { type RetentionReport, retain } from './retention.ts'
export { rightsRoutes } from './routes.ts'
export { listRetention } from './rules-store.ts'
