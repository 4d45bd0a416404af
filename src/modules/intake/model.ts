import { z } from 'zod'
import { Words } from '#terms/locale.ts'

export { RefusalCounts } from './report/refusal-list-model.ts'
export { Preview, PreviewCell, PreviewField, PreviewTable } from './upload/preview-model.ts'
export { KeptMapping, Upload } from './upload/upload-model.ts'

/** What kind of people the rows are about. One database holds one kind. */
export const ImportedKind = z.enum(['made_up', 'reference', 'real'])
export type ImportedKind = z.infer<typeof ImportedKind>

export const ImportState = z
  .enum(['running', 'merged', 'unchanged', 'refused', 'failed', 'checked'])
  .describe(
    'unchanged: the bank already held every fact; refused and failed: nothing of the file was kept; checked: a trial found nothing wrong',
  )
export type ImportState = z.infer<typeof ImportState>

/** What a file may speak of. */
export const Entity = z.enum([
  'territories',
  'founders',
  'institutions',
  'delivery_sites',
  'programmes',
  'staff',
  'class_groups',
  'learners',
  'enrolments',
  'employments',
  'scales',
  'assessments',
  'results',
  'marks',
  'absences',
  'lessons',
  'sample_plans',
  'finance',
  'vacancies',
  'population',
  'destinations',
  'context',
  'classifiers',
  'representations',
])
export type Entity = z.infer<typeof Entity>

/** What became of the facts of one kind. */
export const Counts = z
  .object({
    read: z.number().int().describe('different ones in the file'),
    added: z.number().int().describe('new to the bank'),
    changed: z.number().int().describe('took the place of an earlier version, which is kept'),
    withdrawn: z.number().int().describe('no longer said by the source; the earlier version is kept'),
    unchanged: z.number().int().describe('held already, word for word'),
    refused: z.number().int().describe('refusals that concern them'),
  })
  .meta({ id: 'ImportCounts' })
export type Counts = z.infer<typeof Counts>

/** Something in the file that cannot be taken over. */
export const Refusal = z
  .object({
    line: z
      .number()
      .int()
      .nullable()
      .describe('line of the file, the header is line 1; null: the file as a whole'),
    column: z.string().nullable().describe('null: the line as a whole'),
    rule: z.string().describe('stable code, e.g. value.not_a_number'),
    value: z
      .string()
      .nullable()
      .describe('as it stood in the file, cut to 80 characters; never of an identity'),
    detail: z.record(z.string(), z.union([z.string(), z.number()])).describe('what the message is made of'),
    message: Words.describe('what is wrong, what is allowed, what to do'),
  })
  .meta({ id: 'Refusal' })
export type Refusal = z.infer<typeof Refusal>

/** One import as the steward sees it. */
export const ImportSummary = z
  .object({
    id: z.uuid(),
    number: z.number().int().describe('imports count up; the bank can be read as of each'),
    source: z.string().describe('name of the mapping'),
    dataKind: ImportedKind,
    file: z.string(),
    bytes: z.number().int().nullable(),
    sha256: z.string().nullable().describe('hexadecimal; null until the file was read to its end'),
    state: ImportState,
    failure: z.string().nullable().describe('stable code, when refused or failed'),
    entity: Entity.nullable().describe(
      'what the file speaks of; null: a mapping says it, or it is a manifest',
    ),
    packageId: z
      .uuid()
      .nullable()
      .describe('the files of a package were taken over together; null: it came alone'),
    trial: z.boolean().describe('checked and counted only: nothing of it was kept'),
    ruleSet: z.string().nullable().describe('version of the rules it was checked by'),
    startedAt: z.iso.datetime({ offset: true }),
    finishedAt: z.iso.datetime({ offset: true }).nullable(),
    rowsRead: z.number().int(),
    rowsRefused: z.number().int().describe('lines with at least one refusal'),
    refusals: z.number().int().describe('all of them; at most 1,000 are listed'),
    counts: z.partialRecord(Entity, Counts),
  })
  .meta({ id: 'ImportSummary' })
export type ImportSummary = z.infer<typeof ImportSummary>

/** One import with the list of what was refused. */
export const ImportDetail = ImportSummary.extend({ refusalList: Refusal.array() }).meta({
  id: 'ImportDetail',
})
export type ImportDetail = z.infer<typeof ImportDetail>

/** What an import returns to whoever started it. */
export const ImportReport = ImportDetail.extend({
  seconds: z.number().describe('from the first byte to the end of the merge'),
  rowsPerSecond: z.number(),
}).meta({ id: 'ImportReport' })
export type ImportReport = z.infer<typeof ImportReport>

/** The files of a package together: sums over all of them, the manifest first. */
export const PackageReport = ImportReport.extend({ files: ImportDetail.array() }).meta({
  id: 'PackageReport',
})
export type PackageReport = z.infer<typeof PackageReport>

/** Refusals listed; all are counted. */
export const LISTED = 1000
