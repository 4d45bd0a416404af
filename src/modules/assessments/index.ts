/**
 * Assessments: what tests ask, what is right, and who answers for it. So far the item bank: framework, items, exchange.
 *
 * reads    access (who holds a duty)
 * owns     database schema `assessments`
 * seen by  whoever has a duty in the item bank (author, reviewer, keeper); words and keys of items in use: the keeper
 * method   docs/assessments.md
 *
 * An item: content → body, key, item (rules), pupil (without keys), response, scoring. Exchange: qti. Forms: assembly.
 */
export { type Drafter, outsideDrafter } from './drafting/drafter.ts'
export { assessmentRoutes } from './every-route.ts'
export { Duty } from './lifecycle.ts'
export type { PlantedPupils } from './made-up/answers-store.ts'
export { makeDemoFamily } from './made-up/people-store.ts'
export { countryKnown, type DemoStage, learnersByHash, type RoundAt } from './made-up/rounds-store.ts'
export { walkDemoRounds } from './made-up/walk.ts'
export { scoreRound } from './marking/score-round.ts'
export { outsideSuggester } from './marking/suggest/outside.ts'
export type { Suggester } from './marking/suggest/suggester.ts'
export { giveDuty, keepParameters, makeDemoAuthors, putFramework } from './operator-store.ts'
export { outsideModels } from './outside/settings.ts'
export { roundIndicators } from './results/indicators.ts'
export { learnerResultRoutes } from './results/learner-routes.ts'
export { releaseRound } from './results/release-store.ts'
export type { ResultPage, ResultParts } from './results/routes.ts'
export { type Codes, codes, inPrint } from './rounds/codes.ts'
export { type DemoRound, makeDemoRounds } from './rounds/demo-store.ts'
export { type FileReport, takeFile } from './rounds/file-store.ts'
export { RoundRefused } from './rounds/refused.ts'
export { makeRoster, type RosterReport } from './rounds/roster-store.ts'
export { closeRound, fixForm, formId, openRound, planRound, writeForm } from './rounds/rounds-store.ts'
export { sweepRoundFiles, workOnFile } from './rounds/sent-file.ts'
export { rescoreRound } from './scaling/rescore.ts'
export { makeRun, ScalingRefused, scaleRound } from './scaling/scale-round.ts'
export { framework2026 } from './shipped/framework-2026.ts'
export { shipItems } from './shipped-store.ts'
