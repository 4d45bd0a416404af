/**
 * Access: who may see what, and who has seen it.
 *
 * reads    registry (names of the places mandates are for)
 * owns     database schema `access`
 * seen by  a person: own session and mandates; steward and data protection officer: the audit trail
 * method   docs/architecture.md, "Who sees what"
 */
export { type Me, Tier } from './model.ts'
export { accessRoutes } from './routes.ts'
export { callerOf, hasCsrf, sessionCookie } from './session.ts'
export { makeDemoPeople, writeAudit } from './store.ts'
