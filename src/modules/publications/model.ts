import { z } from 'zod'
import { Target } from '#modules/indicators/model.ts'
import { Assessment } from '#modules/records/model.ts'
import { Borders } from '#terms/borders.ts'
import { AbsenceReason, Cell, Difference } from '#terms/cell.ts'
import { DataVersion } from '#terms/config.ts'
import { Day } from '#terms/day.ts'
import { Level } from '#terms/level.ts'
import { Locale, PlaceName, Words } from '#terms/locale.ts'
import { SchoolYear } from '#terms/school-year.ts'

/** A unit of any level: the state, a region, a municipality or a school. */
export const Unit = z
  .object({
    id: z.uuid(),
    level: Level,
    code: z.string(),
    name: PlaceName,
  })
  .meta({ id: 'Unit' })
export type Unit = z.infer<typeof Unit>

/** One indicator (and subject) on the page of a unit: own figure, parts, neighbours. */
export const ProfileFigure = z
  .object({
    indicator: z.string(),
    subject: z.string(),
    cell: Cell,
    parts: z.array(Cell).describe('the cells of its breakdowns, e.g. by sex'),
    against: z
      .array(
        z.object({
          unit: Unit,
          cell: Cell,
          difference: Difference.nullable().describe(
            'own minus this unit; null when one of the figures is absent',
          ),
        }),
      )
      .describe('the units it lies in, nearest first: municipality, region, state'),
  })
  .meta({ id: 'ProfileFigure' })
export type ProfileFigure = z.infer<typeof ProfileFigure>

/** Everything the page of one unit shows, of one school year and one data version. */
export const Profile = z
  .object({
    unit: Unit,
    path: z.array(Unit).describe('from the state down to the parent'),
    schoolYear: SchoolYear.nullable().describe('null: no data at all'),
    schoolYears: z.array(SchoolYear).describe('years with cells, ascending'),
    audience: z
      .enum(['public', 'own', 'analyst'])
      .describe('public: released cells; own and analyst: unprotected, not for passing on'),
    figures: z.array(ProfileFigure),
    assessments: z.array(Assessment),
    children: z.object({ level: Level, count: z.number().int() }).nullable(),
    dataVersion: DataVersion,
  })
  .meta({ id: 'Profile' })
export type Profile = z.infer<typeof Profile>

/** One child unit with its figure, in alphabetical order; there is no order by result. */
export const UnitFigure = z.object({ unit: Unit, cell: Cell }).meta({ id: 'UnitFigure' })
export type UnitFigure = z.infer<typeof UnitFigure>

/** When the borders of a territory changed: what was joined to it and what went to another one. */
export const BorderChange = z
  .object({
    day: Day,
    schoolYear: SchoolYear.describe('the first one counted in the new borders'),
    joined: z.array(Unit),
    left: z.array(Unit),
  })
  .meta({ id: 'BorderChange' })
export type BorderChange = z.infer<typeof BorderChange>

/** One figure of three school years: of all their people together, never a mean of means. */
export const Pooled = z
  .object({
    since: SchoolYear.describe('the first of the years; the last is that of the point'),
    n: z
      .number()
      .int()
      .nullable()
      .describe('people of all three years; null where nobody is behind the figure'),
    value: z.number().describe('unit of the indicator; of a count the mean of the years'),
    se: z.number().nullable(),
    low: z.number().nullable().describe('lower end of the 95 % interval'),
    high: z.number().nullable().describe('upper end of the 95 % interval'),
  })
  .meta({ id: 'Pooled' })
export type Pooled = z.infer<typeof Pooled>

/** What is aimed at, of this unit or of one it lies in. */
export const SeriesTarget = Target.pick({ level: true, value: true, from: true, until: true, source: true })
  .extend({
    isOwn: z.boolean().describe('of this very unit or of all of its level; false: of a unit it lies in'),
  })
  .meta({ id: 'SeriesTarget' })
export type SeriesTarget = z.infer<typeof SeriesTarget>

/** A figure of one year in a series, and whether it differs from the one before. */
export const SeriesPoint = z
  .object({
    schoolYear: SchoolYear,
    cell: Cell,
    assessment: Assessment.nullable().describe('the test of that year; null where the indicator has none'),
    breaks: z
      .array(z.enum(['formula', 'scale', 'borders', 'announced']))
      .describe(
        'why it cannot be compared with the point before: another formula, another scale of the test, other borders of the territory, or because it was announced (see announced)',
      ),
    change: Difference.nullable().describe(
      'this minus the point before; null for counts, across a break, and where one of the two is absent',
    ),
    announced: Words.nullable().describe('what changed, in words, where the break was announced'),
    pooled: Pooled.nullable().describe(
      'this year and the two before together; null where one of them is missing or absent, or the series breaks between them',
    ),
  })
  .meta({ id: 'SeriesPoint' })
export type SeriesPoint = z.infer<typeof SeriesPoint>

/** One indicator of one unit over all years. */
export const Series = z
  .object({
    unit: Unit,
    indicator: z.string(),
    subject: z.string(),
    borders: Borders,
    bordersDiffer: z
      .boolean()
      .describe('some year has another figure in the other borders: then both can be asked for'),
    borderChanges: z.array(BorderChange).describe('earliest first; none for an institution'),
    targets: z.array(SeriesTarget).describe('what is aimed at, earliest first; none of a single school'),
    points: z.array(SeriesPoint).describe('years with a figure or the reason of its absence, ascending'),
    audience: z.enum(['public', 'own', 'analyst']),
    dataVersion: DataVersion,
  })
  .meta({ id: 'Series' })
export type Series = z.infer<typeof Series>

/** The years of one indicator in brief, as many of them are shown at once. */
export const Trend = z
  .object({
    indicator: z.string(),
    subject: z.string(),
    points: z
      .array(
        SeriesPoint.pick({ schoolYear: true, breaks: true, change: true }).extend({
          cell: Cell.pick({ n: true, value: true, low: true, high: true, absent: true }),
        }),
      )
      .describe('years with a figure or the reason of its absence, ascending'),
  })
  .meta({ id: 'Trend' })
export type Trend = z.infer<typeof Trend>

/** Every indicator of one unit over all years. */
export const Trends = z
  .object({
    unit: Unit,
    trends: z.array(Trend),
    audience: z.enum(['public', 'own', 'analyst']),
    dataVersion: DataVersion,
  })
  .meta({ id: 'Trends' })
export type Trends = z.infer<typeof Trends>

/** A school beside those most alike. */
export const SimilarSummary = z.object({
  schools: z.number().int().describe('similar schools whose figure is told'),
  median: z.number(),
  low: z.number().describe('25th percentile of the similar schools'),
  high: z.number().describe('75th percentile of the similar schools'),
  difference: z.number().describe('own figure minus the median'),
  se: z.number().nullable().describe('of the difference; null where the own figure has none'),
})

/** One figure of a unit beside its neighbours: the units it lies in and, for a school, the schools most alike. */
export const Peers = z
  .object({
    unit: Unit,
    indicator: z.string(),
    subject: z.string(),
    schoolYear: SchoolYear,
    cell: Cell.nullable().describe('null: there is no such figure of the unit'),
    around: ProfileFigure.shape.against,
    similar: z
      .object({
        comparedBy: z
          .array(z.enum(['size', 'stages', 'programmes', 'urbanisation', 'context']))
          .describe('context: only while the linkage with it is on'),
        schools: z
          .array(
            z.object({
              unit: Unit,
              distance: z.number().describe('0 alike … 1 opposite ends of the country in everything'),
              cell: Cell,
            }),
          )
          .describe('at most 30, by name; never by result'),
        summary: SimilarSummary.nullable().describe(
          'null: fewer than three of them are told, or the own figure is not',
        ),
      })
      .nullable()
      .describe('null: the unit is no school, or no schools are alike'),
    audience: z.enum(['public', 'own', 'analyst']),
    dataVersion: DataVersion,
  })
  .meta({ id: 'Peers' })
export type Peers = z.infer<typeof Peers>

/** A release as everybody may know it: its number, when it was made, how it differs from the one before. */
export const ReleaseSummary = z
  .object({
    number: z.string().describe('e.g. 2.1: a new first part when a figure told before changed or is gone'),
    madeAt: z.iso.datetime({ offset: true }),
    inForce: z.boolean().describe('this is the release that pages and programs read now'),
    told: z.number().int().describe('figures told'),
    absent: z
      .array(z.object({ reason: AbsenceReason, figures: z.number().int() }))
      .describe('figures not told, by reason, most first'),
    change: z
      .object({
        before: z.string().describe('number of the release it followed'),
        added: z.number().int().describe('figures told now and not before'),
        changed: z.number().int().describe('figures told before and now, and not the same'),
        withdrawn: z.number().int().describe('figures told before and not now'),
      })
      .nullable()
      .describe('null: the first release'),
  })
  .meta({ id: 'Release' })
export type ReleaseSummary = z.infer<typeof ReleaseSummary>

/** The same with its figures counted by indicator and level. */
export const ReleaseDetail = ReleaseSummary.extend({
  counts: z.array(
    z.object({
      indicator: z.string(),
      level: Level,
      told: z.number().int(),
      absent: z.array(z.object({ reason: AbsenceReason, figures: z.number().int() })),
    }),
  ),
}).meta({ id: 'ReleaseDetail' })
export type ReleaseDetail = z.infer<typeof ReleaseDetail>

/** The noise of a data set, as far as a reader needs it. */
const TableNoise = z
  .object({
    fromYear: z.number().int().describe('first school year told with it'),
    most: z.number().int().describe('largest change of a number, in either direction'),
    variance: z.number().describe('of the change; its standard deviation is the root'),
    smallest: z.number().int().describe('no answer is one of 1 … smallest'),
    minimum: z.number().int().describe('answers of 1 … minimum − 1 are not told'),
    reason: Words,
  })
  .meta({ id: 'TableNoise' })

/** A data set that anybody may cut as they like, told with noise throughout. */
export const FreeDataSet = z
  .object({
    code: z.string().describe('e.g. school-changes'),
    name: Words,
    people: Words.describe('who is counted'),
    sensitive: z.boolean(),
    dimensions: z
      .array(
        z.object({ code: z.string().describe('e.g. sex'), name: Words, categories: z.array(z.string()) }),
      )
      .describe('by what it can be cut'),
    noise: z.array(TableNoise).describe('by the school year it holds from, ascending'),
    schoolYears: z.array(SchoolYear).describe('years that can be asked about, ascending'),
  })
  .meta({ id: 'FreeDataSet' })
export type FreeDataSet = z.infer<typeof FreeDataSet>

/** A count with noise, or the reason why it is not told. */
const FreeCell = z
  .object({
    categories: z
      .record(z.string(), z.string())
      .describe('of each dimension asked for or held, its category'),
    n: z.number().int().nullable().describe('people, with noise'),
    low: z.number().int().nullable().describe('the true number is not below'),
    high: z.number().int().nullable().describe('the true number is not above'),
    absent: AbsenceReason.nullable().describe('why there is no number; null: it is told'),
  })
  .meta({ id: 'FreeCell' })

/** One row of a free table. */
export const FreeTableRow = z.object({ unit: Unit, cell: FreeCell }).meta({ id: 'FreeTableRow' })
export type FreeTableRow = z.infer<typeof FreeTableRow>

/** The answer to a question to a free data set. */
export const FreeTable = z
  .object({
    dataSet: z.string(),
    schoolYear: SchoolYear,
    level: Level,
    by: z.array(z.string()),
    where: z.record(z.string(), z.string()),
    addsUp: z
      .literal(false)
      .describe('every number has noise of its own: totals are not sums of their parts'),
    noise: TableNoise.nullable().describe('null: this year cannot be asked about'),
    rows: z.array(FreeTableRow).describe('units by name × categories; there is no order by number'),
    dataVersion: DataVersion,
  })
  .meta({ id: 'FreeTable' })
export type FreeTable = z.infer<typeof FreeTable>

/** Which reports of all own schools are asked for. */
export const ReportSetAsked = z
  .object({
    schoolYear: SchoolYear,
    figures: z
      .enum(['released', 'own'])
      .default('released')
      .describe('released: as everybody sees them, to be handed on; own: unprotected, for work only'),
    language: Locale.default('lv'),
  })
  .meta({ id: 'ReportSetAsked' })
export type ReportSetAsked = z.infer<typeof ReportSetAsked>

/** Reports of all schools of a municipality or of the state, made one by one by a job. */
export const ReportSet = ReportSetAsked.extend({
  id: z.uuid(),
  askedAt: z.iso.datetime({ offset: true }),
  madeAt: z.iso.datetime({ offset: true }).nullable().describe('null: not whole yet'),
  untilAt: z.iso.datetime({ offset: true }).nullable().describe('the first of the files is deleted then'),
  state: z
    .enum(['waiting', 'running', 'done', 'over', 'failed', 'cancelled'])
    .describe('done: can be fetched; over: its files are deleted, as their time is over'),
  schools: z.number().int().nullable().describe('how many there are to be; null: not begun'),
  made: z.number().int().describe('how many are looked at'),
  leftOut: z.number().int().describe('of these, schools of which the asker has no such report'),
  bytes: z.number().int().describe('of all files'),
}).meta({ id: 'ReportSet' })
export type ReportSet = z.infer<typeof ReportSet>
