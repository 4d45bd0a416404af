import { z } from 'zod'
import { Words } from '#terms/locale.ts'
import { SchoolYear } from '#terms/school-year.ts'
import { isStorable } from '#terms/text.ts'
import { Place } from '../content/item.ts'

/** Shapes of rounds: which test is given to whom, when and in which form, and who took part. */

const instant = z.iso.datetime({ offset: true })
const count = z.number().int().min(0)

export const RoundKind = z
  .enum(['census', 'sample', 'rehearsal'])
  .describe(
    'census: every pupil of the grade; sample: of schools that were drawn; rehearsal: nothing comes of it',
  )
export type RoundKind = z.infer<typeof RoundKind>

export const RoundState = z.enum([
  'planned',
  'rostered',
  'open',
  'closed',
  'scaled',
  'preliminary',
  'official',
  'cancelled',
])
export type RoundState = z.infer<typeof RoundState>

const Code = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9-]{1,39}$/)
const Domain = Place.shape.domain
const Reason = z.string().trim().max(1000).refine(isStorable)

export const RoundSettings = z.object({
  seed: z
    .number()
    .int()
    .min(0)
    .max(1_000_000_000)
    .default(1)
    .describe('the same seed draws and deals the same'),
  rosterDay: z.iso
    .date()
    .optional()
    .describe('enrolments of that day; left out: of the day the roster is made'),
  sample: z
    .object({ schools: z.number().int().min(2).max(2000) })
    .optional()
    .describe('how many schools are drawn; left out: all take part'),
  withoutAnchors: Reason.optional().describe('why a form has no anchors; required where one has none'),
  questionnaire: z
    .string()
    .trim()
    .max(60)
    .refine(isStorable)
    .optional()
    .describe(
      'name of a context questionnaire that goes with the round; the survey itself is not part of this system yet',
    ),
})
export type RoundSettings = z.infer<typeof RoundSettings>

export const NewRound = z
  .object({
    code: Code.describe('e.g. 2027-6-numeracy'),
    kind: RoundKind,
    domain: Domain,
    grade: z.number().int().min(0).max(9),
    schoolYear: SchoolYear,
    name: Words,
    opensAt: instant,
    closesAt: instant,
    minutes: z.number().int().min(1).max(300),
    forms: z.array(z.object({ code: Code, share: z.number().positive().max(1000).default(1) })).max(20),
    settings: RoundSettings.prefault({}),
  })
  .meta({ id: 'NewRound' })
export type NewRound = z.input<typeof NewRound>

export const NewForm = z
  .object({
    code: Code.describe('e.g. RP6-2027-A'),
    domain: Domain,
    grade: z.number().int().min(0).max(9),
    items: z
      .array(z.object({ code: z.string().max(40).refine(isStorable), anchor: z.boolean().default(false) }))
      .min(1)
      .max(80)
      .describe('in order; an anchor may be of another grade'),
    minutes: z.number().int().min(1).max(300).optional().describe('to work; left out: not said'),
  })
  .meta({ id: 'NewForm' })
export type NewForm = z.input<typeof NewForm>

export const FormSummary = z
  .object({
    id: z.uuid(),
    code: z.string(),
    domain: Domain,
    grade: z.number().int(),
    state: z.enum(['draft', 'fixed']).describe('fixed: stays as it is, rounds may use it'),
    items: count,
    anchors: count.describe('items that link it to another form'),
    points: count.describe('the most it can give'),
    minutes: z.number().int().nullable().describe('to work; null: not said'),
    rounds: z.array(z.string()).describe('codes of rounds that use it'),
  })
  .meta({ id: 'FormSummary' })
export type FormSummary = z.infer<typeof FormSummary>

export const FormDetail = FormSummary.extend({
  order: z.array(
    z.object({
      position: z.number().int(),
      id: z.uuid().describe('of the item'),
      item: z.string().describe('code of the item'),
      version: z.number().int(),
      strand: z.string(),
      points: z.number().int(),
      anchor: z.boolean(),
      state: z.string().describe('of the item, today'),
    }),
  ),
}).meta({ id: 'FormDetail' })
export type FormDetail = z.infer<typeof FormDetail>

export const Participation = z
  .object({ expected: count, tested: count, absent: count, exempt: count })
  .describe('pupils; who is neither tested nor absent nor exempt is still expected')
export type Participation = z.infer<typeof Participation>

/** Share of pupils who were tested among those who were to be, 0–1; null where nobody was to be. Who is exempt does not count. */
export function participationRate({ expected, tested, absent }: Participation): number | null {
  const wanted = expected + tested + absent
  return wanted === 0 ? null : tested / wanted
}

/** Below it a school's figures are not reported (docs/assessments/rounds.md). */
export const ENOUGH = 0.9

export const RoundSummary = z
  .object({
    id: z.uuid(),
    code: z.string(),
    kind: RoundKind,
    domain: Domain,
    grade: z.number().int(),
    schoolYear: SchoolYear,
    name: Words,
    opensAt: instant,
    closesAt: instant,
    minutes: z.number().int(),
    state: RoundState,
    forms: z.array(z.string()).describe('codes'),
    participation: Participation,
  })
  .meta({ id: 'RoundSummary' })
export type RoundSummary = z.infer<typeof RoundSummary>

export const RosterJob = z
  .object({
    state: z.enum(['waiting', 'running', 'done', 'failed', 'cancelled']),
    done: z.number().min(0).max(1),
    askedAt: instant,
    failure: z.string().nullable(),
  })
  .meta({ id: 'RosterJob' })
export type RosterJob = z.infer<typeof RosterJob>

export const RoundEvent = z
  .object({
    at: instant,
    person: z.string().nullable().describe('null: the operator, or a job'),
    kind: z.enum(['planned', 'roster', 'moved', 'paper', 'scores']),
    state: RoundState.nullable(),
    text: z.string().nullable(),
    facts: z.record(z.string(), z.number()),
  })
  .meta({ id: 'RoundEvent' })
export type RoundEvent = z.infer<typeof RoundEvent>

export const RoundSchool = z
  .object({
    id: z.uuid(),
    name: Words,
    zone: z
      .number()
      .int()
      .nullable()
      .describe('pair of schools that were drawn next to each other; null: not a sample'),
    probability: z.number().nullable().describe('with which it was drawn'),
    participation: Participation,
  })
  .meta({ id: 'RoundSchool' })
export type RoundSchool = z.infer<typeof RoundSchool>

/** Why a line of a file of answers or points cannot be taken over; the file as a whole: gone, no_text, wrong_state. */
export const LineFault = z.enum([
  'gone',
  'no_text',
  'wrong_state',
  'no_csv',
  'wrong_columns',
  'empty_file',
  'too_many_lines',
  'unknown_code',
  'unknown_learner',
  'exempt',
  'answered_online',
  'unknown_place',
  'twice',
  'no_answer',
  'wrong_points',
])
export type LineFault = z.infer<typeof LineFault>

/** Bytes of one file: a round of 20,000 pupils and 40 items has some 11 MB. */
export const MOST_FILE = 16 * 1024 ** 2

export const SentFileReport = z
  .object({
    kind: z.enum(['paper', 'scores']).nullable().describe('answers from paper, or points given elsewhere'),
    lines: count,
    pupils: count,
    taken: count.describe('places that get, or got, something new'),
    unchanged: count.describe('places that stand so already'),
    refused: count.describe('lines; then nothing of the file is taken over'),
    refusals: z
      .array(z.object({ line: count.describe('the header is 1; 0: the whole file'), reason: LineFault }))
      .describe('the first 500'),
  })
  .meta({ id: 'SentFileReport' })
export type SentFileReport = z.infer<typeof SentFileReport>

export const SentFile = z
  .object({
    id: z.uuid(),
    name: z.string(),
    bytes: count,
    sentBy: z.string().nullable(),
    sentAt: instant,
    state: z
      .enum(['checking', 'checked', 'refused', 'applying', 'applied', 'removed'])
      .describe('checked: without faults, waits for the word to be taken over'),
    report: SentFileReport.nullable(),
  })
  .meta({ id: 'SentFile' })
export type SentFile = z.infer<typeof SentFile>

/** How a round is marked. */
export const MarkingSettings = z
  .object({
    doubleShare: z.number().min(0).max(1).describe('of answers that are marked twice'),
    controlShare: z.number().min(0).max(0.5).describe('of turns that are controls'),
    leaseMinutes: z.number().min(2).max(120).describe('that an answer belongs to a marker'),
    hints: z.boolean().describe('markers may ask for a suggestion'),
  })
  .meta({ id: 'MarkingSettings' })
export type MarkingSettings = z.infer<typeof MarkingSettings>

export const RoundDetail = RoundSummary.extend({
  settings: RoundSettings,
  job: RosterJob.nullable().describe('the latest that makes the roster'),
  events: z.array(RoundEvent).describe('newest first'),
  schools: z.array(RoundSchool).describe('with pupils on the roster, by name; never by participation'),
  moves: z.array(z.enum(['roster', 'open', 'closed', 'cancelled'])).describe('what the caller may do now'),
  files: z.array(SentFile).describe('answers from paper and points given elsewhere, the latest first'),
  mostBytes: z.number().int().nullable().describe('of a file the caller may send now; null: none'),
  marking: z
    .object({ ...MarkingSettings.shape, mayChange: z.boolean().describe('now, by the caller') })
    .nullable()
    .describe('null: nobody marks in it'),
}).meta({ id: 'RoundDetail' })
export type RoundDetail = z.infer<typeof RoundDetail>

/** Why a pupil is exempt: what the order of the head stands on. Never a diagnosis. */
export const ExemptReason = z.enum(['specialist_document', 'language_newcomer', 'other_order'])
export type ExemptReason = z.infer<typeof ExemptReason>

/** What a child needs (after QTI/PNP); what is left out is as usual. */
export const Needs = z
  .object({
    size: z
      .union([z.literal(100), z.literal(125), z.literal(150), z.literal(200)])
      .optional()
      .describe('% of letters'),
    colours: z.enum(['plain', 'contrast', 'dark', 'cream']).optional(),
    wide: z.boolean().optional().describe('more room between letters'),
    readAloud: z
      .boolean()
      .optional()
      .describe('texts for reading aloud are shown; never in a test of reading'),
    extraMinutes: z.number().int().min(0).max(120).optional(),
  })
  .meta({ id: 'Needs' })
export type Needs = z.infer<typeof Needs>

export const SchoolSession = z
  .object({
    id: z.uuid(),
    label: z.string().describe('class'),
    plannedAt: instant.nullable(),
    state: z.enum(['planned', 'waiting', 'running', 'ended']),
    round: z.object({
      id: z.uuid(),
      code: z.string(),
      kind: RoundKind,
      domain: Domain,
      grade: z.number().int(),
      schoolYear: SchoolYear,
      name: Words,
      opensAt: instant,
      closesAt: instant,
      minutes: z.number().int(),
      state: RoundState,
    }),
    participation: Participation,
  })
  .meta({ id: 'SchoolSession' })
export type SchoolSession = z.infer<typeof SchoolSession>

export const NamedParticipant = z
  .object({
    id: z.uuid(),
    name: z.string().nullable(),
    personalCode: z.string().nullable(),
    status: z.enum(['expected', 'tested', 'absent', 'exempt']),
    reason: ExemptReason.nullable(),
    needs: Needs,
    form: z.string().nullable(),
    started: z.boolean(),
  })
  .meta({ id: 'NamedParticipant' })
export type NamedParticipant = z.infer<typeof NamedParticipant>

/** A teacher of the institution a session is in. */
export const SessionTeacher = z.object({
  mandate: z.uuid(),
  name: z.string(),
  leads: z.boolean().describe('named by the head; where nobody is, all of them may lead'),
})

export const SessionDetail = SchoolSession.extend({
  participants: z.array(NamedParticipant).describe('by name'),
  staff: z.array(SessionTeacher).describe('teachers of the institution, by name'),
}).meta({ id: 'SessionDetail' })
export type SessionDetail = z.infer<typeof SessionDetail>

export const SessionCodes = SchoolSession.extend({
  codes: z.array(z.object({ name: z.string().nullable(), code: z.string().describe('as it is printed') })),
}).meta({ id: 'SessionCodes' })
export type SessionCodes = z.infer<typeof SessionCodes>

export const NamedLeaders = z
  .object({
    leaders: z.array(z.uuid()).max(200).describe('mandates of teachers; nobody: all of them may lead'),
  })
  .meta({ id: 'NamedLeaders' })

export const SaidParticipation = z
  .object({
    status: z.enum(['expected', 'absent', 'exempt']),
    reason: ExemptReason.optional().describe('required of an exempt pupil'),
    needs: Needs.default({}),
  })
  .meta({ id: 'SaidParticipation' })
export type SaidParticipation = z.infer<typeof SaidParticipation>
