import { z } from 'zod'
import { type FieldFault, Problem } from '#http/problem.ts'
import { type FreeDataSet, type FreeQuestion, rowsPerUnit } from '#modules/disclosure/index.ts'
import { Level } from '#terms/level.ts'
import { SchoolYear } from '#terms/school-year.ts'

export const FreeTableQuery = z.object({
  year: SchoolYear,
  level: Level.describe('level of the units listed'),
  by: z.string().max(200).default('').describe('dimensions told apart, with commas between: sex,grade'),
  where: z
    .string()
    .max(400)
    .default('')
    .describe('dimensions held to one category, with commas between: sex:female,grade:9'),
  parent: z.uuid().optional().describe('only units in this territory'),
  unit: z.uuid().optional().describe('only this unit'),
})
export type FreeTableQuery = z.infer<typeof FreeTableQuery>

/**
 * The question of a request to a data set.
 *
 * @throws  Problem invalid_request if `by` or `where` name what the data set does not have
 */
export function questionOf(
  dataSet: FreeDataSet,
  { year, level, by, where }: Pick<FreeTableQuery, 'year' | 'level' | 'by' | 'where'>,
): FreeQuestion {
  const codes = dataSet.dimensions.map(({ code }) => code)
  const asked = listed(by)
  if (asked.some((code) => !codes.includes(code)) || new Set(asked).size < asked.length) {
    throw refused('by', {
      lv: `Jābūt dalījumiem no šiem, katram vienu reizi: ${codes.join(', ')}.`,
      en: `Must be dimensions of these, each once: ${codes.join(', ')}.`,
    })
  }
  const held = listed(where).map((each) => each.split(':'))
  for (const [code = '', category = '', ...more] of held) {
    const dimension = dataSet.dimensions.find((each) => each.code === code)
    const isOnce = held.filter(([other]) => other === code).length === 1
    if (dimension?.categories.includes(category) && more.length === 0 && isOnce) continue
    const known = dataSet.dimensions.map((each) => `${each.code}:${each.categories.join('|')}`).join(', ')
    throw refused('where', {
      lv: `Katram dalījumam var izvēlēties vienu no tā vērtībām; vairāku vērtību summas nesniedzam. Iespējas: ${known}.`,
      en: `Every dimension is held to one of its categories; sums of several are not answered. There are: ${known}.`,
    })
  }
  return { dataSet, schoolYear: year, level, by: asked, where: Object.fromEntries(held) }
}

/** @throws Problem invalid_request if an answer has more rows than can be given; it is never cut in silence */
export function requireAtMost(most: number, question: FreeQuestion, units: number): void {
  const rows = units * rowsPerUnit(question)
  if (rows <= most) return
  throw refused('by', {
    lv: `Atbildes rindu skaits būtu ${rows}, sniedzam ne vairāk kā ${most}: izvēlieties mazāk dalījumu, vienu vērtību (where) vai vienu teritoriju (parent).`,
    en: `The answer would have ${rows} rows, at most ${most} are given: ask for fewer dimensions, one category (where) or one territory (parent).`,
  })
}

function listed(text: string): string[] {
  return text === '' ? [] : text.split(',').map((each) => each.trim())
}

function refused(field: string, fault: FieldFault['fault']): Problem {
  return new Problem('invalid_request', { errors: [{ field, fault }] })
}
