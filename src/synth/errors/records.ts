import type { Row } from '../contract.ts'
import { type Handlers, isPicked, type Ledger } from './ledger.ts'

const TAKES = { small: 1, demo: 10, country: 100 } // one record in so many may have a fault

const ofMarks = [
  ...(['marks.no_enrolment', 'marks.year_far_from_terms', 'marks.no_year_mark'] as const),
  ...(['marks.other_grade', 'marks.scale_of_other_grade'] as const),
] as const
const ofAbsence = [
  ...(['absence.no_enrolment', 'absence.more_than_lessons'] as const),
  ...(['absence.lessons_of_month', 'absence.nearly_everything'] as const),
] as const
const ofLessons = [
  ...(['lessons.more_delivered', 'lessons.few_delivered'] as const),
  ...(['lessons.too_many_planned', 'lessons.missing'] as const),
] as const
const ofExam = ['exam.parts_and_result', 'exam.two_levels'] as const

const DOUBLED = 230 // lessons of a month
const MOST = 1_990 // lessons of a subject in a year

/** Faults of marks, absence, lessons and exams of the year that is over. Whoever has one may have a fault of the register, too. */
export class RecordFaults {
  private readonly ledger: Ledger
  private readonly lastYear: number
  private readonly touched = new Set<unknown>()
  private elsewhere: Record<'marks' | 'absence', unknown> = { marks: null, absence: null }
  /** schools some class of which has its lessons */
  private readonly taught = new Set<string>()
  /** exams whose results are told part by part */
  private readonly exams = new Set<unknown>()

  constructor(ledger: Ledger, lastYear: number) {
    this.ledger = ledger
    this.lastYear = lastYear
  }

  readonly handlers: Handlers = {
    assessments: (row) => {
      if (row.kind === 'exam' && row.parts !== null) this.exams.add(row.code)
      return row
    },
    results: (row) => {
      const isOfYear = String(row.assessment).endsWith(`-${this.lastYear - 1}`)
      return isOfYear && this.exams.has(row.assessment) && this.isOpen(row.learner_uid) ? this.exam(row) : row
    },
    marks: (row) => (this.isOfYear(row) && this.isOpen(row.learner_uid) ? this.marks(row) : row),
    absences: (row) => (this.isOfYear(row) && this.isOpen(row.learner_uid) ? this.absence(row) : row),
    lessons: (row) => this.lessons(row),
  }

  private isOfYear({ school_year }: { readonly school_year: unknown }): boolean {
    return school_year === this.lastYear - 1
  }

  private isOpen(key: unknown): boolean {
    return !this.touched.has(key) && isPicked(key, TAKES[this.ledger.size])
  }

  private plant(check: string, subject: 'learner' | 'class', reg: unknown, key: unknown): void {
    this.touched.add(key)
    this.ledger.plantBeside(check, subject, reg, key)
  }

  private exam(row: Row<'results'>): readonly Row<'results'>[] {
    const { learner_uid: uid, reg_number: reg } = row
    const code = String(row.assessment)
    const other = code.replace(/-ol-(\d+)$/, '-al-$1')
    const fault = this.ledger.wanted(
      ofExam.filter((each) => each !== 'exam.two_levels' || (other !== code && this.exams.has(other))),
      'learner',
    )
    if (!fault) return [row]
    this.plant(fault, 'learner', reg, uid)
    if (fault === 'exam.two_levels') return [row, { ...row, assessment: other, parts: null }]
    return [{ ...row, value: Number(row.value) + (Number(row.value) > 50 ? -7 : 7) }]
  }

  private marks(row: Row<'marks'>): Row<'marks'> {
    const { learner_uid: uid, reg_number: reg } = row
    const grade = Number(row.grade)
    const [first, ...rest] = String(row.marks).split(' ')
    const [subject, told] = first!.split(':') as [string, string]
    const terms = told.split('/')
    const isWhole = !terms.includes('-')
    const elsewhere = this.elsewhere.marks
    this.elsewhere.marks = reg
    const fault = this.ledger.wanted(
      ofMarks.filter(
        (each) =>
          (each !== 'marks.no_enrolment' || (elsewhere !== null && elsewhere !== reg)) &&
          (each !== 'marks.other_grade' || (grade >= 5 && grade <= 11)) &&
          (each !== 'marks.scale_of_other_grade' || grade <= 3) &&
          (each !== 'marks.no_year_mark' || isWhole) &&
          (each !== 'marks.year_far_from_terms' || (isWhole && row.scale === 'ten')),
      ),
      'learner',
    )
    if (!fault) return row
    const ofYear = (mark: number | '-') =>
      ({ ...row, marks: [`${subject}:${terms[0]}/${terms[1]}/${mark}`, ...rest].join(' ') }) as const
    const [low, high] = [Math.min(...terms.map(Number)), Math.max(...terms.map(Number))]
    this.plant(fault, 'learner', fault === 'marks.no_enrolment' ? elsewhere : reg, uid)
    switch (fault) {
      case 'marks.no_enrolment':
        return { ...row, reg_number: elsewhere as string }
      case 'marks.other_grade':
        return { ...row, grade: grade + 1 }
      case 'marks.scale_of_other_grade':
        return { ...row, scale: 'ten' }
      case 'marks.no_year_mark':
        return ofYear('-')
      default:
        return ofYear(high <= 8 ? high + 2 : low - 2)
    }
  }

  private absence(row: Row<'absences'>): Row<'absences'> {
    const { learner_uid: uid, reg_number: reg } = row
    const held = String(row.lessons).split(' ').map(Number)
    const at = held.findIndex((lessons) => lessons > 0)
    const elsewhere = this.elsewhere.absence
    this.elsewhere.absence = reg
    const fault = this.ledger.wanted(
      ofAbsence.filter(
        (each) =>
          (each !== 'absence.no_enrolment' || (elsewhere !== null && elsewhere !== reg)) &&
          (each !== 'absence.nearly_everything' || held.reduce((sum, each) => sum + each, 0) >= 200),
      ),
      'learner',
    )
    if (!fault) return row
    const inMonth = (lessons: unknown, many: number) =>
      String(lessons)
        .split(' ')
        .map((each, month) => (month === at ? many : each))
        .join(' ')
    this.plant(fault, 'learner', fault === 'absence.no_enrolment' ? elsewhere : reg, uid)
    switch (fault) {
      case 'absence.no_enrolment':
        return { ...row, reg_number: elsewhere as string }
      case 'absence.more_than_lessons':
        return { ...row, excused: inMonth(row.excused, held[at]! + 5) }
      case 'absence.lessons_of_month':
        return { ...row, lessons: inMonth(row.lessons, DOUBLED) }
      default:
        return { ...row, excused: row.lessons, unexcused: held.map(() => 0).join(' ') }
    }
  }

  private lessons(row: Row<'lessons'>): readonly Row<'lessons'>[] {
    const id = String(row.class_id)
    const reg = id.slice(0, 10)
    if (Number(id.slice(11, 15)) !== this.lastYear - 1) return [row]
    const hasOther = this.taught.has(reg)
    const fault = this.isOpen(id)
      ? this.ledger.wanted(
          ofLessons.filter((each) => each !== 'lessons.missing' || hasOther),
          'class',
        )
      : null
    if (fault !== 'lessons.missing') this.taught.add(reg)
    if (!fault) return [row]
    this.plant(fault, 'class', reg, id)
    if (fault === 'lessons.missing') return []
    const [first, ...rest] = String(row.lessons).split(' ')
    const [subject, told] = first!.split(':') as [string, string]
    const planned = Number(told.split('/')[0])
    const changed =
      fault === 'lessons.more_delivered'
        ? `${planned}/${Math.ceil(planned * 1.4)}`
        : fault === 'lessons.few_delivered'
          ? `${planned}/${Math.floor(planned * 0.2)}`
          : `${MOST}/${MOST - 40}`
    return [{ ...row, lessons: [`${subject}:${changed}`, ...rest].join(' ') }]
  }
}
