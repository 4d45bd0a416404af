/**
 * Access: who may see what, and who has seen it.
 *
 * reads    registry (names of the places mandates are for)
 * owns     database schema `access`
 * seen by  a person: own session and mandates; a learner and the parents: who has looked; steward and data protection
 *          officer: the audit trail
 * method   docs/architecture.md, "Who sees what"; docs/operations.md, "Signing in"
 */
export { writeAudit, writeOperation } from './audit-store.ts'
export { makeDemoPeople } from './demo-store.ts'
export { signInDoors } from './doors.ts'
export { type LaunchFailure, launchDoors } from './launch-doors.ts'
export { listMandates, noteChangedCode } from './mandate-store.ts'
export { endMandate, giveMandate, givenTiers, MandateRefused } from './mandates.ts'
export { type Me, Tier } from './model.ts'
export { personalCode } from './personal-code.ts'
export { type Embedding, EmbeddingMisconfigured, embeddingSettings } from './platforms.ts'
export { openProvider, type Provider } from './provider.ts'
export { feedTable } from './representation-store.ts'
export { applyRepresentations, FeedRefused, takeFeed } from './representations.ts'
export { accessRoutes } from './routes.ts'
export { callerOf, callerOfMandate, hasCsrf, refuseForged, sessionCookie } from './session.ts'
export { providerSettings, SignInMisconfigured } from './settings.ts'
