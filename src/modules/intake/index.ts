/**
 * Intake: what arrives, in which file and line, and why some of it does not. Files become checked rows, rows become facts of
 * the registry and the records; every fact keeps its import and line.
 *
 * reads    files through a declared mapping
 * owns     database schema `intake`
 * seen by  stewards; lists also by analysts and the data protection officer
 * method   docs/import.md
 *
 * One frame for whatever comes: run, part. How bytes become checked values: read. A foreign file: mapping. Files of the contract: package,
 * and oneroster, which is turned into one. What comes through the portal: upload. What was refused: report.
 */

export { closeInterruptedImports, type ImportOptions, importFile } from './import.ts'
export { loadMapping, parseMapping } from './mapping/load-mapping.ts'
export { Mapping } from './mapping/mapping.ts'
export { ImportDetail, ImportReport, ImportSummary, Refusal } from './model.ts'
export { contract } from './package/contract.ts'
export { contractFiles } from './package/contract-files.ts'
export { importPackage, type PackageOptions, readManifest } from './package/import-package.ts'
export { refusalsCsv } from './report/refusals-csv.ts'
export { importReportText } from './report/report.ts'
export { type ImportTotals, importTotals } from './report/totals-store.ts'
export { intakeRoutes } from './routes.ts'
export { ImportProblem, ruleWords } from './rules.ts'
export type { Progress } from './run.ts'
export { importByNumber, importByUuid, listImports } from './store.ts'
export { importUpload, UploadRefused } from './upload/import-job.ts'
export {
  beginUpload,
  destroyUpload,
  hasRoom,
  KEPT_FOR,
  sweepFolder,
  type Uploads,
  uploadPath,
  uploadSettings,
} from './upload/upload-folder.ts'
export { shownName } from './upload/upload-name.ts'
export { keepMapping, listMappings } from './upload/upload-store.ts'
export { sweepUploads } from './upload/upload-sweep.ts'
