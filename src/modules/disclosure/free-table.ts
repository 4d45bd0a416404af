import type { AbsenceReason } from '#terms/cell.ts'
import type { Level } from '#terms/level.ts'
import type { Words } from '#terms/locale.ts'
import { intervals, type Noise } from './noise.ts'

/**
 * What was answered with the noise of cell keys. Made only in this file, from answers of the database. The mark is in the
 * type alone: no such field exists. It is a word, because symbols fall off on the way to the type of a JSON answer.
 */
export type Noisy<T> = T & { readonly 'noise of cell keys': true }

/** A free data set as anybody may know it. */
export interface FreeDataSet {
  code: string
  name: Words
  people: Words
  sensitive: boolean
  dimensions: { code: string; name: Words; categories: string[] }[]
  /** of school years, by the year it holds from, ascending */
  noise: (Noise & { reason: Words })[]
  /** school years that can be asked about, ascending */
  schoolYears: number[]
}

/** A question to a free data set: every asked unit × every category of `by`, held to one category where `where` says so. */
export interface FreeQuestion {
  dataSet: FreeDataSet
  schoolYear: number
  level: Level
  by: readonly string[]
  where: Readonly<Record<string, string>>
}

/** A count with its noise; the true one lies between `low` and `high`. */
export interface FreeCell {
  /** of each dimension asked for or held */
  categories: Record<string, string>
  n: number | null
  low: number | null
  high: number | null
  absent: AbsenceReason | null
}

/** One row of an answer. */
export interface FreeRow {
  unitId: number
  cell: Noisy<FreeCell>
}

/** A row as the database answers it: null where it is below the minimum. */
export interface FreeAnswer {
  unitId: number
  categories: readonly string[]
  answer: number | null
}

/** For each dimension whether it is told apart, and the category it is held to. */
export function cutOf({ dataSet, by, where }: Pick<FreeQuestion, 'dataSet' | 'by' | 'where'>) {
  const split = dataSet.dimensions.map(({ code }) => by.includes(code) || code in where)
  const picked = dataSet.dimensions.map(({ code }) => where[code] ?? null)
  return { split, picked }
}

/** Every combination of categories a question has rows for, in the order of the data set. */
export function combinations({
  dataSet,
  ...rest
}: Pick<FreeQuestion, 'dataSet' | 'by' | 'where'>): string[][] {
  const { split, picked } = cutOf({ dataSet, ...rest })
  return dataSet.dimensions.reduce<string[][]>(
    (found, { categories }, at) => {
      const own = picked[at] ? [picked[at]] : split[at] ? categories : ['-']
      return found.flatMap((before) => own.map((category) => [...before, category]))
    },
    [[]],
  )
}

/** How many rows a question has for each unit. */
export function rowsPerUnit({ dataSet, ...rest }: Pick<FreeQuestion, 'dataSet' | 'by' | 'where'>): number {
  const { split, picked } = cutOf({ dataSet, ...rest })
  const rows = dataSet.dimensions.map(({ categories }, at) =>
    split[at] && !picked[at] ? categories.length : 1,
  )
  return rows.reduce((product, each) => product * each, 1)
}

/** The noise that a data set is told with in a school year. */
export function noiseOf({ noise }: FreeDataSet, year: number): FreeDataSet['noise'][number] | undefined {
  return noise.findLast(({ fromYear }) => fromYear <= year)
}

/**
 * All rows of an answer: those the database answered, and 0 wherever it did not, so that no row tells by being there that
 * somebody stands behind it.
 *
 * @param units    asked for, in order
 * @param isThere  whether a unit was there in that year; one that was not has no number
 */
export function rowsOf(
  question: FreeQuestion,
  units: readonly number[],
  isThere: (unitId: number) => boolean,
  answers: readonly FreeAnswer[],
): FreeRow[] {
  const { dataSet, schoolYear } = question
  const noise = noiseOf(dataSet, schoolYear)
  const isKnown = noise !== undefined && dataSet.schoolYears.includes(schoolYear)
  const rows = combinations(question)
  const names = dataSet.dimensions.map(({ code }) => code)
  const told = new Map(answers.map((each) => [`${each.unitId} ${each.categories.join(' ')}`, each.answer]))
  const between = isKnown ? intervals(noise) : null
  const numberOf = (unitId: number, categories: readonly string[]) => {
    if (!isKnown || !between) return absent('unavailable')
    if (!isThere(unitId)) return absent('not_applicable')
    const key = `${unitId} ${categories.join(' ')}`
    const answer = told.has(key) ? told.get(key)! : 0
    return answer === null ? absent('too_few') : { n: answer, ...between(answer), absent: null }
  }
  return units.flatMap((unitId) =>
    rows.map((categories): FreeRow => {
      const named = names.flatMap((name, at) => (categories[at] === '-' ? [] : [[name, categories[at]!]]))
      const cell: FreeCell = {
        categories: Object.fromEntries(named),
        ...numberOf(unitId, categories),
      }
      return { unitId, cell: cell as Noisy<FreeCell> }
    }),
  )
}

function absent(reason: AbsenceReason) {
  return { n: null, low: null, high: null, absent: reason }
}
