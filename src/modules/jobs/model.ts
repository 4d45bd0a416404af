import { z } from 'zod'
import { Words } from '#terms/locale.ts'
import { SchoolYear } from '#terms/school-year.ts'

/** Work that is too long for a request. */
export const JobKind = z
  .enum([
    'compute',
    'publish',
    'rule-trial',
    'import',
    'retention',
    'checks',
    'feed',
    'demo',
    'extract',
    'roster',
    'round-file',
    'score',
    'scale',
    'rescore',
    'reports',
  ])
  .describe(
    'compute: build the cubes; publish: release them; rule-trial: work out what a changed rule hides; import: check or take over an upload; retention: count or destroy what is due; checks: ask every record whether it can be so; feed: ask another system for what is new; demo: make and load a made-up Latvia; roster: who sits a monitoring test; round-file: try or take over answers from paper and points given elsewhere; score: give points by rule in a monitoring test, and lay out what people have to mark; scale: work out what the points in a monitoring test say of items and pupils; rescore: work out anew the results whose points changed after a second look; reports: make the reports of all schools of whoever asked',
  )
export type JobKind = z.infer<typeof JobKind>

export const JobState = z
  .enum(['waiting', 'running', 'done', 'failed', 'cancelled'])
  .describe('waiting: also between two tries; failed: given up, nothing of it was kept')
export type JobState = z.infer<typeof JobState>

/** What the making of a made-up Latvia is at. */
export const DemoPart = z
  .enum(['making', 'importing', 'computing', 'publishing', 'finishing'])
  .describe('of a made-up Latvia')
export type DemoPart = z.infer<typeof DemoPart>

/** What a running job is at. */
export const JobStep = z
  .object({
    indicator: z.string().optional().describe('code of the indicator'),
    schoolYear: SchoolYear.optional(),
    phase: z
      .enum(['waiting', 'reading', 'checking', 'merging'])
      .optional()
      .describe('of an import; waiting: another one has its turn'),
    rows: z.number().int().optional().describe('lines an import has read'),
    part: DemoPart.optional(),
    took: z
      .array(z.object({ part: DemoPart, seconds: z.number().int().min(0) }))
      .optional()
      .describe('parts of a made-up Latvia that are done, in their order'),
  })
  .meta({ id: 'JobStep' })
export type JobStep = z.infer<typeof JobStep>

/** What came out of a job, as numbers. */
export const JobResult = z.record(z.string(), z.number())
export type JobResult = z.infer<typeof JobResult>

/** Why a try of a job did not come to its end. */
export const JobFailure = z.enum([
  'job.failed',
  'job.interrupted',
  'job.too_long',
  'job.wrong_payload',
  'release.refused',
  'keys.lost',
  'upload.gone',
  'import.not_begun',
  'demo.not_fresh',
  'roster.refused',
  'round_file.gone',
  'scaling.refused',
  'reports.refused',
])
export type JobFailure = z.infer<typeof JobFailure>

/** A job as the steward sees it. */
export const Job = z
  .object({
    id: z.uuid(),
    kind: JobKind,
    state: JobState,
    tries: z.number().int().describe('how often it was begun'),
    mostTries: z.number().int().describe('after so many it is given up'),
    askedBy: z.string().nullable().describe('null: the command line or another job'),
    askedAt: z.iso.datetime({ offset: true }),
    startsAt: z.iso.datetime({ offset: true }).nullable().describe('not before; of a waiting job'),
    startedAt: z.iso.datetime({ offset: true }).nullable().describe('of the latest try'),
    endedAt: z.iso.datetime({ offset: true }).nullable(),
    done: z.number().min(0).max(1).describe('share of the work; stays 0 where it cannot be told'),
    step: JobStep.nullable(),
    result: JobResult.nullable().describe('e.g. cells, shown, absent, rows, refusals'),
    failure: z
      .object({
        code: JobFailure,
        fault: z.string().nullable().describe('kind of error or SQLSTATE, for the operator; never data'),
        message: Words.describe('what happened and what to do'),
      })
      .nullable()
      .describe('of the latest try that did not succeed'),
  })
  .meta({ id: 'Job' })
export type Job = z.infer<typeof Job>

/** What a person may ask for; a trial is asked for where the rules are. */
export const JobRequest = z
  .object({
    kind: z.enum(['compute', 'publish']),
    thenPublish: z.boolean().default(false).describe('with compute: release the cubes afterwards'),
  })
  .meta({ id: 'JobRequest' })
export type JobRequest = z.infer<typeof JobRequest>
