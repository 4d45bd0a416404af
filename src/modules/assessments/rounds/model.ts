import { z } from 'zod'
import { Words } from '#terms/locale.ts'
import { SchoolYear } from '#terms/school-year.ts'
import { Place } from '../content/item.ts'

/** Shapes of rounds: which test is given to whom, when and in which form, and who took part. */

const instant = z.iso.datetime({ offset: true })
const count = z.number().int().min(0)
const plain = (text: string) => !text.includes('\0') && text.isWellFormed()

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
const Reason = z.string().trim().max(1000).refine(plain)

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
    .refine(plain)
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
      .array(z.object({ code: z.string().max(40).refine(plain), anchor: z.boolean().default(false) }))
      .min(1)
      .max(80)
      .describe('in order; an anchor may be of another grade'),
  })
  .meta({ id: 'NewForm' })
export type NewForm = z.input<typeof NewForm>

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
