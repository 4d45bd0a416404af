import type { Day } from '#terms/day.ts'
import type { Words } from '#terms/locale.ts'
import type { ResultChange, ResultDomain, ResultGrowth } from './model.ts'

/** A result as the database hands it out: numbers, and names of the test. */
export interface ReadableResult {
  round: string
  domain: ResultDomain
  grade: number
  schoolYear: number
  name: Words
  heldOn: Day | null
  /** points of the reporting scale */
  score: number
  /** standard error; null: not known */
  error: number | null
  level: number | null
  /** points from which on levels 2, 3 and 4 begin; null: not known */
  cuts: readonly number[] | null
  strands: readonly { strand: string; points: number; most: number; level: number | null }[]
  version: number
  changed: ResultChange | null
  supported: boolean
  isOfficial: boolean
  growth: ResultGrowth | null
}

/** The mark of a school year in one subject. */
export interface YearMark {
  schoolYear: number
  scale: 'ten' | 'levels'
  subject: string
  mark: number
}
