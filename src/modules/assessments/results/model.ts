import { z } from 'zod'
import { Day } from '#terms/day.ts'
import { PlaceName, Words } from '#terms/locale.ts'
import { SchoolYear } from '#terms/school-year.ts'
import { Sex } from '#terms/sex.ts'

export const ResultDomain = z.enum(['reading', 'numeracy', 'science'])
export type ResultDomain = z.infer<typeof ResultDomain>

const Level = z.number().int().min(1).max(4).describe('1 lowest … 4 highest')
const Points = z.number().describe('points of the reporting scale')

/** How far a learner came since the earlier test of the same domain. */
export const ResultGrowth = z.object({
  fromGrade: z.number().int(),
  fromYear: SchoolYear,
  fromScore: Points,
  percentile: z
    .number()
    .int()
    .describe('of a hundred who started level, how many came less far; from 1 to 99'),
  expected: Points.describe('mean later result of those who started level'),
  residual: Points.describe('result less the expected one'),
  error: Points.nullable().describe('of the residual; null: not known'),
})
export type ResultGrowth = z.infer<typeof ResultGrowth>

/** A strand of a result; what its level means in words where somebody has written it. */
export const ResultStrand = z.object({
  strand: z.string(),
  name: Words,
  points: z.number(),
  most: z.number(),
  level: Level.nullable(),
  can: Words.nullable(),
})
export type ResultStrand = z.infer<typeof ResultStrand>

/** What a result was before it changed last. */
export const ResultChange = z.object({
  at: z.iso.datetime(),
  why: z
    .enum(['second_look', 'scaled'])
    .describe('second_look: answers were looked at again; scaled: the whole test was worked out anew'),
  score: Points.describe('before'),
  level: Level.nullable().describe('before'),
})
export type ResultChange = z.infer<typeof ResultChange>

/** One result of one child with everything that is said about it. */
export const ResultSheet = z
  .object({
    round: z.string().describe('code of the test'),
    name: Words,
    domain: ResultDomain,
    domainName: Words,
    grade: z.number().int(),
    schoolYear: SchoolYear,
    heldOn: Day.nullable(),
    score: Points,
    low: Points.nullable().describe(
      'the true score lies between low and high in 9 cases of 10; null: the error is not known',
    ),
    high: Points.nullable(),
    error: Points.nullable().describe('standard error; null: the test came scored from outside, without it'),
    level: Level.nullable(),
    levelName: Words.nullable(),
    levels: z.array(Words).length(4).describe('names of all levels, lowest first'),
    levelChance: z
      .number()
      .min(0)
      .max(1)
      .nullable()
      .describe('how probable this level is; null where error or cut scores are not known'),
    summary: Words.nullable().describe('what the level means in this grade and domain'),
    strands: z.array(ResultStrand).describe('empty: the test came without them'),
    home: z.array(Words).describe('what to try at home'),
    school: z.array(Words).describe('what helps at school'),
    before: z
      .object({ grade: z.number().int(), schoolYear: SchoolYear, score: Points, level: Level.nullable() })
      .nullable()
      .describe('the earlier result of the same domain'),
    growth: ResultGrowth.nullable(),
    supported: z.boolean().describe('with adjustments'),
    isOfficial: z.boolean(),
    version: z.number().int().describe('of those the reader could read; a correction makes a new one'),
    changed: ResultChange.nullable().describe('null: it is what it was when it could first be read'),
  })
  .meta({ id: 'ResultSheet' })
export type ResultSheet = z.infer<typeof ResultSheet>

/** Results of the own learner: oneself, or one's child. */
export const OwnResults = z
  .object({
    learner: z.object({ id: z.uuid(), name: z.string().nullable() }),
    sheets: z.array(ResultSheet).describe('official ones, the latest first'),
  })
  .meta({ id: 'OwnResults' })
export type OwnResults = z.infer<typeof OwnResults>

/** That results appeared: no name and no result. */
export const ResultNotice = z
  .object({ round: z.string().describe('code of the round'), name: Words, appearedAt: z.iso.datetime() })
  .meta({ id: 'ResultNotice' })
export type ResultNotice = z.infer<typeof ResultNotice>

/** Why a child may need support. */
export const SupportReason = z.enum(['lowest_level', 'fell_back', 'marks_higher', 'other'])
export type SupportReason = z.infer<typeof SupportReason>

export const SupportNeed = z.object({
  domain: ResultDomain,
  reasons: z.array(SupportReason),
  mark: z.string().nullable().describe('mark of the year beside the result, where it is a reason'),
  request: z
    .object({ id: z.uuid(), madeOn: Day })
    .nullable()
    .describe('that a plan be begun was asked; null: not yet'),
})
export type SupportNeed = z.infer<typeof SupportNeed>

/** A learner of a class with the latest result of each domain. */
export const ClassLearner = z.object({
  id: z.uuid(),
  name: z.string().nullable(),
  code: z.string(),
  sex: Sex,
  sheets: z.array(ResultSheet),
  needs: z.array(SupportNeed),
})
export type ClassLearner = z.infer<typeof ClassLearner>

/** A test of a class: a column, or one for each strand. */
export const ClassTest = z.object({
  round: z.string(),
  name: Words,
  domain: ResultDomain,
  domainName: Words,
  grade: z.number().int(),
  schoolYear: SchoolYear,
  isOfficial: z.boolean(),
  tested: z.number().int().describe('learners of the class with a result'),
  strands: z.array(z.object({ strand: z.string(), name: Words })).describe('empty: not known'),
})
export type ClassTest = z.infer<typeof ClassTest>

export const ResultClass = z.object({
  id: z.uuid(),
  name: z.string(),
  grade: z.number().int(),
  schoolYear: SchoolYear,
})
export type ResultClass = z.infer<typeof ResultClass>

/** A class as its teacher or head sees it: by name, never in order of results. */
export const ClassResults = z
  .object({
    class: ResultClass,
    school: z.object({ id: z.uuid(), name: PlaceName }),
    tests: z.array(ClassTest),
    learners: z.array(ClassLearner).describe('by name'),
  })
  .meta({ id: 'ClassResults' })
export type ClassResults = z.infer<typeof ClassResults>

/** How the pupils of a class or school did on one item. */
export const ItemMapRow = z
  .object({
    position: z.number().int(),
    strand: z.string(),
    strandName: Words,
    process: z.string(),
    most: z.number().int(),
    title: z.string().nullable().describe('null: the item is in use, its words stay secret'),
    item: z.uuid().nullable(),
    n: z.number().int(),
    share: z.number().min(0).max(1).describe('points got of points possible'),
    allN: z.number().int().nullable().describe('null: fewer than ten'),
    allShare: z.number().min(0).max(1).nullable(),
  })
  .meta({ id: 'ItemMapRow' })
export type ItemMapRow = z.infer<typeof ItemMapRow>

/** Mean and levels of some pupils. */
export const GroupResult = z.object({
  by: z.enum(['all', 'class', 'sex', 'language', 'support', 'year']),
  key: z.string().describe('what the pupils have in common, in the code of the bank'),
  classId: z.uuid().nullable(),
  n: z.number().int(),
  mean: Points,
  low: Points.nullable().describe('95 % interval; null below five pupils'),
  high: Points.nullable(),
  levels: z.array(z.number().int()).length(4).nullable().describe('pupils at each level, lowest first'),
  verdict: z
    .enum(['higher', 'lower', 'none'])
    .nullable()
    .describe(
      'against the other pupils of the test, for years against the year before: said where the 95 % interval of the difference leaves out zero; null: cannot be said',
    ),
})
export type GroupResult = z.infer<typeof GroupResult>

/** One domain and grade of a school: the latest test, and the ones before. */
export const SchoolTest = z.object({
  round: z.string(),
  name: Words,
  domain: ResultDomain,
  domainName: Words,
  grade: z.number().int(),
  schoolYear: SchoolYear,
  isOfficial: z.boolean(),
  all: GroupResult,
  groups: z.array(GroupResult).describe('by class, sex, language of the class, support'),
  years: z
    .array(
      GroupResult.extend({
        linkError: Points.nullable().describe(
          'of the scale against that of the year before, part of the verdict; null: not known, or there is no common scale',
        ),
      }),
    )
    .describe('the same test of earlier years and this one, oldest first'),
})
export type SchoolTest = z.infer<typeof SchoolTest>

export const SchoolResults = z
  .object({
    school: z.object({ id: z.uuid(), name: PlaceName }),
    levels: z.array(Words).length(4),
    tests: z.array(SchoolTest).describe('by grade and domain'),
    classes: z.array(ResultClass).describe('classes with results, the latest school year first'),
  })
  .meta({ id: 'SchoolResults' })
export type SchoolResults = z.infer<typeof SchoolResults>

/** A round whose results are told, and with which others it may be compared. */
export const ToldRound = z
  .object({
    id: z.uuid(),
    code: z.string(),
    subject: z.string().describe('under which figures of indicators stand'),
    domain: ResultDomain,
    domainName: Words,
    grade: z.number().int(),
    schoolYear: SchoolYear,
    name: Words,
    isOfficial: z.boolean().describe('false: told to schools only'),
    scale: z
      .string()
      .nullable()
      .describe('results of rounds on scales of the same name may be subtracted; null: not known'),
    linkedTo: z.string().nullable().describe('code of the round over whose items the scale was carried here'),
    linkError: Points.nullable().describe(
      'of the scale against its first round; does not shrink with pupils',
    ),
    toldAt: z.iso.datetime().nullable(),
    levels: z.array(Words).length(4).describe('names of all levels, lowest first'),
  })
  .meta({ id: 'ToldRound' })
export type ToldRound = z.infer<typeof ToldRound>

/** A request that a plan of support be begun. */
export const SupportRequest = z
  .object({
    id: z.uuid(),
    name: z.string().nullable(),
    code: z.string(),
    className: z.string().nullable(),
    grade: z.number().int().nullable(),
    domain: ResultDomain,
    reasons: z.array(SupportReason),
    madeOn: Day,
  })
  .meta({ id: 'SupportRequest' })
export type SupportRequest = z.infer<typeof SupportRequest>

export const NewSupportRequest = z.object({
  learner: z.uuid(),
  domain: ResultDomain,
  reasons: z.array(SupportReason).min(1).max(4),
})

export const ReleaseStep = z.enum(['preliminary', 'official'])
export type ReleaseStep = z.infer<typeof ReleaseStep>

/** A round, and how far its results have come. */
export const ReleasableRound = z
  .object({
    code: z.string(),
    name: Words,
    domain: ResultDomain,
    grade: z.number().int(),
    schoolYear: SchoolYear,
    state: z.string(),
    outcomes: z.number().int().describe('learners with a result'),
    preliminaryAt: z.iso.datetime().nullable(),
    officialAt: z.iso.datetime().nullable(),
    next: ReleaseStep.nullable().describe('the step that may be taken now'),
  })
  .meta({ id: 'ReleasableRound' })
export type ReleasableRound = z.infer<typeof ReleasableRound>

/** The latest job that computes the figures of groups, or releases them. */
export const FiguresJob = z
  .object({
    kind: z.enum(['compute', 'publish']),
    state: z.enum(['waiting', 'running', 'done', 'failed', 'cancelled']),
    done: z.number().min(0).max(1),
    askedAt: z.iso.datetime(),
    endedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'FiguresJob' })
export type FiguresJob = z.infer<typeof FiguresJob>

/** How the pupils who took a round lie in schools: errors of means have to know. */
export const RoundClusters = z
  .object({
    spread: z
      .number()
      .min(0)
      .describe(
        'how unequal the schools of the country are: variance of pupils a school over its squared mean',
      ),
    places: z
      .array(z.object({ id: z.uuid(), schools: z.number().int().describe('with pupils who took it') }))
      .describe('the state, regions, municipalities'),
  })
  .meta({ id: 'RoundClusters' })
export type RoundClusters = z.infer<typeof RoundClusters>
