import { z } from 'zod'
import { ChecksRun, Score, Subject } from '#modules/checks/model.ts'
import { PlaceName } from '#terms/locale.ts'
import { SchoolYear } from '#terms/school-year.ts'

const Instant = z.iso.datetime({ offset: true })
const Place = z.object({ id: z.uuid(), name: PlaceName })

const NextImport = Instant.nullable().describe('when the next delivery is due by itself; null: none is')

const HasPreschool = z
  .boolean()
  .describe('the institution has preschool groups, in the register or in an observation')

/** How much a check found that still stands; whom it is about is on the page of the findings. */
export const OpenFindings = z
  .object({
    check: z.string().describe('code of the check'),
    subject: Subject,
    n: z.number().int(),
    since: Instant.describe('when the oldest of them was found first'),
  })
  .meta({ id: 'OpenFindings' })
export type OpenFindings = z.infer<typeof OpenFindings>

/** What waits for the head of a school. */
export const SchoolWork = z
  .object({
    institution: Place,
    run: ChecksRun.nullable().describe('null: the checks were never asked'),
    score: Score.nullable().describe('null: nothing of this institution was asked about'),
    before: Score.nullable().describe('of the run before'),
    findings: z.array(OpenFindings).describe('what cannot be so before what is only doubtful'),
    changedAt: Instant.nullable().describe('end of the latest import that brought something new of it'),
    nextImportAt: NextImport,
    reminders: z
      .array(z.object({ id: z.uuid(), at: Instant, by: PlaceName, open: z.number().int() }))
      .describe('of the municipality, in the last four weeks, the latest first'),
    hasPreschool: HasPreschool,
  })
  .meta({ id: 'SchoolWork' })
export type SchoolWork = z.infer<typeof SchoolWork>

/** A school of the municipality, as its records stand. */
export const SchoolState = z
  .object({
    institution: Place,
    score: Score.nullable(),
    before: Score.nullable().describe('of the run before'),
    changedAt: Instant.nullable().describe('end of the latest import that brought something new of it'),
    remindedAt: Instant.nullable().describe('when it was reminded last'),
    mayRemind: z.boolean().describe('something stands, and the last reminder is more than seven days ago'),
  })
  .meta({ id: 'SchoolState' })
export type SchoolState = z.infer<typeof SchoolState>

/** What waits for a municipality. */
export const MunicipalityWork = z
  .object({
    municipality: Place,
    run: ChecksRun.nullable(),
    nextImportAt: NextImport,
    schools: z.array(SchoolState).describe('by name; there is no order by score'),
  })
  .meta({ id: 'MunicipalityWork' })
export type MunicipalityWork = z.infer<typeof MunicipalityWork>

/** What waits for a class teacher. */
export const TeacherWork = z
  .object({
    institution: Place,
    classes: z
      .array(
        z.object({
          id: z.uuid(),
          name: z.string(),
          grade: z.number().int().nullable(),
          schoolYear: SchoolYear,
          learners: z.number().int(),
        }),
      )
      .describe('classes whose class teacher the caller is; by grade and name'),
    hasPreschool: HasPreschool,
  })
  .meta({ id: 'TeacherWork' })
export type TeacherWork = z.infer<typeof TeacherWork>

/** That a school was reminded. */
export const Reminder = z.object({ at: Instant }).meta({ id: 'Reminder' })
export type Reminder = z.infer<typeof Reminder>
