import { OUT, type Population } from './population.ts'

/** Why somebody leaves a place of study. */
export const leaveReasons = [
  '',
  'completed',
  'transferred',
  'abroad',
  'institution_closed',
  'absence',
  'low_achievement',
  'work',
  'family',
  'other',
  'graduated_without_certificate',
] as const
export type LeaveReason = (typeof leaveReasons)[number]
export const reasonCode = (reason: LeaveReason): number => leaveReasons.indexOf(reason)

/** Leaving for one of these without a document of education is what early leaving means. */
export const withoutDocument = ['absence', 'low_achievement', 'work', 'family', 'other'] as const

const early = new Set(withoutDocument.map(reasonCode))

export const NONE = -1

/** What happens to learners within one school year and at its end, in columns. Days are numbers from 1 September on. */
export class Events {
  /** first day; 0 for those who are there from the beginning */
  readonly from: Int16Array
  /** last day in the first school of the year; NONE: to its end */
  readonly to: Int16Array
  readonly reason: Uint8Array
  /** school changed to on the day after; OUT: none */
  readonly movedTo: Int16Array
  /** reason at the end of the year in the school then attended; 0: comes back in September */
  readonly endReason: Uint8Array
  readonly nextSchool: Int16Array
  readonly nextGrade: Int8Array
  readonly nextLetter: Int8Array
  /** 1: repeats the grade next year */
  readonly nextRepeats: Uint8Array
  /** chance of leaving without a document in this year; NaN where nobody is at risk */
  readonly risk: Float32Array

  constructor({ school }: Population) {
    const room = school.length
    this.from = new Int16Array(room)
    this.to = new Int16Array(room)
    this.reason = new Uint8Array(room)
    this.movedTo = new Int16Array(room)
    this.endReason = new Uint8Array(room)
    this.nextSchool = new Int16Array(room)
    this.nextGrade = new Int8Array(room)
    this.nextLetter = new Int8Array(room)
    this.nextRepeats = new Uint8Array(room)
    this.risk = new Float32Array(room)
  }

  /** A year in which nothing has happened yet. */
  clear(): void {
    this.from.fill(0)
    this.to.fill(NONE)
    this.reason.fill(0)
    this.movedTo.fill(OUT)
    this.endReason.fill(0)
    this.nextSchool.fill(OUT)
    this.nextRepeats.fill(0)
    this.risk.fill(Number.NaN)
  }

  /** Whether a learner left within the year without a document of education. */
  leftEarly(learner: number): boolean {
    return this.to[learner] !== NONE && early.has(this.reason[learner]!)
  }

  /** Whether a learner is taught on a day, and where. */
  schoolOn(learner: number, day: number, school: number): number {
    if (school === OUT || day < this.from[learner]!) return OUT
    const to = this.to[learner]!
    return to === NONE || day <= to ? school : this.movedTo[learner]!
  }
}
