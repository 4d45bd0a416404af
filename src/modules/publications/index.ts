/**
 * Publications: what of the figures is told to everybody, frozen as releases; and every figure a page or program reads.
 *
 * reads    indicators (cubes, definitions), disclosure (the gate, rules), registry (units), records (assessments)
 * owns     database schema `publications`
 * seen by  everybody: releases; a school and analysts get their unprotected cells from the cubes through here
 * method   docs/methods/indicators.md, docs/methods/disclosure.md
 */
export { freeTableRoutes } from './free-table-routes.ts'
export { keepPin } from './keep-pin.ts'
export { peerRoutes } from './peer-routes.ts'
export { pinOf } from './pin.ts'
export { type PublishReport, publish } from './publish.ts'
export { listReleases } from './release-list-store.ts'
export { releaseRoutes } from './release-routes.ts'
export { type ReportParts, type ReportQuestion, reportRoutes } from './report-routes.ts'
export { makeReportSet, type ReportDesk } from './report-set.ts'
export { reportSetRoutes } from './report-set-routes.ts'
export { dropOldReports } from './report-set-store.ts'
export { publicationsRoutes } from './routes.ts'
export { seriesRoutes } from './series-routes.ts'
export { dataKind, tellOfData } from './store.ts'
export { trendRoutes } from './trend-routes.ts'
export { runTrial } from './trial.ts'
export { endLostTrials } from './trial-store.ts'
