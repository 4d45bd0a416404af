/**
 * Intake: what arrives, in which file and line, and why some of it does not. Files become checked rows, rows become facts of
 * the registry and the records; every fact keeps its import and line.
 *
 * reads    files through a declared mapping
 * owns     database schema `intake`
 * seen by  stewards; lists also by analysts and the data protection officer
 * method   docs/import.md
 */
export { contractFiles } from './contract-files.ts'
export { closeInterruptedImports, type ImportOptions, importFile } from './import.ts'
export { importUpload, UploadRefused } from './import-job.ts'
export { importPackage, type PackageOptions, readManifest } from './import-package.ts'
export { loadMapping, parseMapping } from './load-mapping.ts'
export { Mapping } from './mapping.ts'
export { ImportDetail, ImportReport, ImportSummary, Refusal } from './model.ts'
export { refusalsCsv } from './refusals-csv.ts'
export { importReportText } from './report.ts'
export { intakeRoutes } from './routes.ts'
export { ImportProblem, ruleWords } from './rules.ts'
export type { Progress } from './run.ts'
export { importByNumber, importByUuid, listImports } from './store.ts'
export { type ImportTotals, importTotals } from './totals-store.ts'
export { type Uploads, uploadSettings } from './upload-folder.ts'
export { keepMapping, listMappings } from './upload-store.ts'
export { sweepUploads } from './upload-sweep.ts'
