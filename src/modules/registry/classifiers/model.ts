import { z } from 'zod'
import { Day } from '#terms/day.ts'
import { Words } from '#terms/locale.ts'

/** What one code means. */
export const ClassifierEntry = z
  .object({
    code: z.string(),
    label: Words,
    parentCode: z.string().nullable().describe('broader code, of this classifier or of the one it refines'),
    from: Day.nullable().describe('first day; null: always'),
    until: Day.nullable().describe('last day; null: no end is known'),
  })
  .meta({ id: 'ClassifierEntry' })
export type ClassifierEntry = z.infer<typeof ClassifierEntry>

/** A list of codes with what they mean. */
export const Classifier = z
  .object({
    name: z.string().describe('leave_reason, subject, …'),
    title: Words.nullable().describe('null: a list the system has no name for'),
    usedIn: z.array(z.string()).describe('file and column of the import contract: enrolments.leave_reason'),
    entries: z.array(ClassifierEntry).describe('in the order of the list'),
  })
  .meta({ id: 'Classifier' })
export type Classifier = z.infer<typeof Classifier>
