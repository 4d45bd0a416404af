import type { SchoolName } from './naming.ts'

/** Kinds and types as the registers tell them apart. */
export type Kind = 'general' | 'special' | 'preschool' | 'vocational' | 'direction' | 'interest'
export type Type =
  | 'primary'
  | 'basic'
  | 'secondary'
  | 'state_gymnasium'
  | 'special'
  | 'hospital'
  | 'preschool'
  | 'technical'
  | 'music_art'
  | 'sport'
  | 'interest'
export type Form = 'full_time' | 'evening' | 'part_time' | 'distance'

export interface Site {
  id: string
  municipality: number
  degurba: string
  lat: number
  lon: number
  address: string
  floorArea: number
  builtIn: number
  condition: number
  isAccessible: boolean
}

/** A programme a vocational school offers. */
export interface Trade {
  code: string
  /** courses (grades 10 …) */
  courses: number
}

export interface School {
  at: number
  reg: string
  kind: Kind
  type: Type
  form: Form
  founder: string
  isPrivate: boolean
  name: SchoolName
  /** the village it is named after, where its address is */
  village: string
  municipality: number
  /** countryside: sparsely populated */
  isRural: boolean
  /** learners it is planned for, in a year like 2025/26 */
  size: number
  /** first and last grade; 0 is preschool */
  from: number
  to: number
  hasPreschool: boolean
  /** where basic education was given in the language of a minority until the transition of 2023–2025 */
  isMinority: boolean
  /** type of special programme of a special school */
  need: number
  trades: readonly Trade[]
  sites: readonly Site[]
  /** school years with learners, by the year they end */
  opens: number
  closes: number
  successor: number
  /** what it was up to and with a school year, before secondary education was closed in it */
  before: { until: number; type: Type; to: number; name: SchoolName } | null
  /** made-up truth in standard deviations: what it adds to each subject, to growth, and how well off its neighbourhood is */
  effect: { literacy: number; numeracy: number; science: number; growth: number }
  context: number
}

export const NEVER = 9999

/** Whether a school takes learners of a grade in a school year. */
export function offers(school: School, grade: number, year: number): boolean {
  if (year < school.opens || year > school.closes) return false
  if (grade === 0) return school.hasPreschool || school.kind === 'preschool'
  const to = school.before && year <= school.before.until ? school.before.to : school.to
  return grade >= school.from && grade <= to
}
