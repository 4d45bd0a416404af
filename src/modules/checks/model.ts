import { z } from 'zod'
import { Day } from '#terms/day.ts'
import { PlaceName, Words } from '#terms/locale.ts'
import { SchoolYear } from '#terms/school-year.ts'

export const Subject = z
  .enum(['institution', 'site', 'class', 'learner', 'staff'])
  .describe('what a check looks at')

/** One question asked of every record of a kind. */
export const CheckInfo = z
  .object({
    code: z.string(),
    subject: Subject,
    certainty: z
      .enum(['wrong', 'doubtful'])
      .describe('wrong: it cannot be so; doubtful: it is rarely so, somebody should look'),
    title: Words,
    why: Words.describe('why it matters'),
    where: Words.describe('screen and field of the source where it is corrected'),
  })
  .meta({ id: 'Check' })
export type CheckInfo = z.infer<typeof CheckInfo>

/** When all checks were asked last. */
export const ChecksRun = z
  .object({
    madeAt: z.iso.datetime({ offset: true }),
    importedAt: z.iso.datetime({ offset: true }).describe('end of the latest import they were asked about'),
    schoolYear: SchoolYear,
    askedOn: Day,
  })
  .meta({ id: 'ChecksRun' })
export type ChecksRun = z.infer<typeof ChecksRun>

/** Of how many records something was asked, and how many answers were bad. */
export const Score = z.object({ asked: z.number().int(), faults: z.number().int() }).meta({ id: 'Score' })
export type Score = z.infer<typeof Score>

/** Something that is to be looked at or corrected at the source. */
export const Finding = z
  .object({
    id: z.uuid(),
    check: z.string().describe('code of the check'),
    subject: Subject,
    name: z
      .string()
      .nullable()
      .describe('of the learner, staff, class or site; null: the institution itself, or no name'),
    detail: z
      .record(z.string(), z.union([z.string(), z.number(), z.null()]))
      .describe('codes, days and numbers the check is about'),
    since: z.iso.datetime({ offset: true }).describe('when it was found first'),
  })
  .meta({ id: 'Finding' })
export type Finding = z.infer<typeof Finding>

/** What an institution has to look at. */
export const Worklist = z
  .object({
    institution: z.object({ id: z.uuid(), name: PlaceName }),
    run: ChecksRun.nullable().describe('null: the checks were never asked'),
    nextImportAt: z.iso
      .datetime({ offset: true })
      .nullable()
      .describe('when the next delivery is due by itself; null: none is'),
    score: Score.nullable().describe('null: nothing of this institution was asked about'),
    before: Score.nullable().describe('of the run before'),
    gone: z.number().int().describe('findings that were there before the latest run and are gone'),
    items: z.array(Finding).describe('by check, in the order of the list of checks'),
    untold: z
      .array(z.object({ check: z.string(), count: z.number().int().positive() }))
      .describe('records about people that the school sees and the caller does not, how many by check'),
  })
  .meta({ id: 'Worklist' })
export type Worklist = z.infer<typeof Worklist>

export const CheckScore = z
  .object({ check: z.string(), score: Score, before: Score.nullable() })
  .meta({ id: 'CheckScore' })
export type CheckScore = z.infer<typeof CheckScore>

export const UnitScore = z
  .object({
    unit: z.object({ id: z.uuid(), name: PlaceName }),
    score: Score,
    before: Score.nullable().describe('of the run before'),
  })
  .meta({ id: 'UnitScore' })
export type UnitScore = z.infer<typeof UnitScore>

/** Scores as far as the caller sees them. */
export const Scores = z
  .object({
    run: ChecksRun.nullable(),
    total: Score.nullable(),
    runs: z
      .array(z.object({ madeAt: z.iso.datetime({ offset: true }), score: Score }))
      .describe('the latest twelve, oldest first'),
    checks: z.array(CheckScore).describe('in the order of the list of checks'),
    municipalities: z.array(UnitScore).describe('by name'),
    institutions: z.array(UnitScore).describe('by name; there is no order by score'),
  })
  .meta({ id: 'Scores' })
export type Scores = z.infer<typeof Scores>

/** A figure of institutions that is watched for sudden changes: no indicator, never published. */
export const Watched = z
  .object({
    code: z.string(),
    title: Words,
    unit: z.enum(['count', 'number', 'share', 'euro']),
    where: Words.describe('screen and field of the source where a mistake behind it is most often found'),
  })
  .meta({ id: 'WatchedFigure' })
export type Watched = z.infer<typeof Watched>

/** A figure that changed suddenly from one school year to the next, or is far from those of like institutions. */
export const Surprise = z
  .object({
    figure: z.string(),
    kind: z
      .enum(['jump', 'outlier'])
      .describe('jump: against the year before; outlier: against like institutions in the same year'),
    institution: z.object({ id: z.uuid(), name: PlaceName }),
    municipality: z.object({ id: z.uuid(), name: PlaceName }),
    schoolYear: SchoolYear,
    value: z.number().describe('of the school year, unit of the figure; a share is 0–1'),
    usual: z
      .number()
      .describe('jump: had it changed as in like institutions; outlier: median of like institutions'),
    fromLike: z.number().describe('robust standard deviations from like institutions'),
    fromOwn: z
      .number()
      .nullable()
      .describe('and from the own earlier changes; null: too short a history, or an outlier'),
    like: z
      .string()
      .describe(
        'kind and smallest size of the institutions it was laid beside: `general 100`; `rest`: kinds with few',
      ),
    likeCount: z.number().int().describe('how many they are'),
    yearsBefore: z.number().int().describe('outlier: how many years before it were as far out'),
    history: z.array(z.object({ schoolYear: SchoolYear, value: z.number() })).describe('ascending'),
  })
  .meta({ id: 'Surprise' })
export type Surprise = z.infer<typeof Surprise>

/** What to look into, figure by figure. */
export const Surprises = z
  .object({
    run: ChecksRun.nullable().describe('null: the checks were never asked'),
    figures: z.array(Watched),
    items: z.array(Surprise).describe('by figure; in it the latest year first, then those furthest out'),
  })
  .meta({ id: 'Surprises' })
export type Surprises = z.infer<typeof Surprises>

/** How much was in order, run by run. */
export const ScoresOfPlace = z
  .object({
    runs: z
      .array(z.object({ madeAt: z.iso.datetime({ offset: true }), score: Score }))
      .describe('the latest twelve, oldest first'),
  })
  .meta({ id: 'ScoresOfPlace' })
export type ScoresOfPlace = z.infer<typeof ScoresOfPlace>
