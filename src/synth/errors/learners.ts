import type { Row } from '../contract.ts'
import { MERGED } from '../network/municipalities.ts'
import type { ClassFaults, ClassInfo } from './classes.ts'
import { type Handlers, isPicked, type Ledger } from './ledger.ts'

const TAKES = { small: 1, demo: 12, country: 120 } // one learner in so many may have a fault
const YEARS_OLDER = 4

const ofAll = [
  ...([
    'learner.no_birth_month',
    'learner.no_sex',
    'learner.no_residence',
    'learner.residence_gone',
  ] as const),
  ...(['enrolment.left_without_reason', 'enrolment.very_short', 'enrolment.long_way'] as const),
  ...(['registry.unknown-code.enrolment-leaving', 'registry.unknown-code.learner-citizenship'] as const),
  'enrolment.left_for_nowhere',
] as const
const ofYoung = ['enrolment.age_and_grade'] as const
const ofReturning = [
  ...(['enrolment.marked_repeats_not', 'enrolment.missing_this_year'] as const),
  ...(['enrolment.grade_jump', 'enrolment.repeats_unmarked'] as const),
] as const
const ofSpecial = [
  ...(['learner.special_programme_without_need', 'learner.need_of_other_kind'] as const),
  'enrolment.programme_not_offered',
] as const
const ofOtherProgramme = ['enrolment.programme_not_of_class'] as const

type Fault = (
  | typeof ofAll
  | typeof ofYoung
  | typeof ofReturning
  | typeof ofSpecial
  | typeof ofOtherProgramme
)[number]

type Enrolment = Row<'enrolments'>

const isSpecialCode = (code: unknown) => /^[123]1015/.test(String(code))
const isOrdinaryCode = (code: unknown) => /^[123]101[^5]/.test(String(code))
const isOver = (to: unknown, year: number) => to === null || String(to) === `${year}-08-31`

/** Whoever is gone is gone from every place. */
const isGone = (fault: Fault | undefined) =>
  fault === 'enrolment.missing_this_year' || fault === 'enrolment.left_for_nowhere'

/** Faults of learners and their enrolments in the newest year. */
export class LearnerFaults {
  private readonly faults = new Map<unknown, Fault>()
  /** where learners who may get a fault were in the year before */
  private readonly before = new Map<unknown, { grade: number; reg: string }>()
  private readonly grades = new Map<string, number>()
  private readonly seated = new Map<string, number>()
  private readonly lastYear: number
  private readonly ledger: Ledger
  private readonly classes: ClassFaults

  constructor(ledger: Ledger, classes: ClassFaults, lastYear: number) {
    this.ledger = ledger
    this.classes = classes
    this.lastYear = lastYear
  }

  readonly handlers: Handlers = {
    class_groups: (row) => {
      if (row.school_year === this.lastYear - 1) this.grades.set(String(row.class_id), Number(row.grade))
      return row
    },
    enrolments: (row) => {
      const id = String(row.class_id)
      const year = Number(id.slice(11, 15))
      if (year === this.lastYear - 1) this.remember(row, id, year)
      return year === this.lastYear ? this.newest(row, id) : row
    },
    representations: (row) => (this.faults.get(row.child_uid) === 'learner.no_birth_month' ? [] : row),
    learners: (row) => {
      switch (this.faults.get(row.learner_uid)) {
        case 'learner.no_birth_month':
          return [{ ...row, birth_month: null }]
        case 'learner.no_sex':
          return [{ ...row, sex: 'unknown' }]
        case 'learner.no_residence':
          return [{ ...row, residence_code: null }]
        case 'learner.residence_gone':
          return [{ ...row, residence_code: MERGED.code }]
        case 'registry.unknown-code.learner-citizenship':
          return [{ ...row, citizenship_group: 'cita' }]
        case 'learner.special_programme_without_need':
          return [{ ...row, special_need: null }]
        case 'learner.need_of_other_kind':
          return [{ ...row, special_need: Number(row.special_need) === 56 ? 58 : 56 }]
        case 'enrolment.age_and_grade': {
          const [year, month] = String(row.birth_month).split('-')
          return [{ ...row, birth_month: `${Number(year) - YEARS_OLDER}-${month}` }]
        }
        default:
          return row
      }
    },
  }

  private remember({ learner_uid, main, to }: Enrolment, id: string, year: number): void {
    if (main !== true || !isOver(to, year) || !isPicked(learner_uid, TAKES[this.ledger.size])) return
    const grade = this.grades.get(id)
    if (grade !== undefined) this.before.set(learner_uid, { grade, reg: id.slice(0, 10) })
  }

  /** An enrolment of the newest year, and the strangers who are entered beside it. */
  private newest(row: Enrolment, id: string): readonly Enrolment[] {
    if (row.main !== true) return isGone(this.faults.get(row.learner_uid)) ? [] : [row]
    const own = this.classes.classes.get(id)
    if (!own) return [row]
    if (this.classes.withoutProgramme.has(id)) {
      this.ledger.plant('enrolment.no_programme', 'learner', own.reg, row.learner_uid)
      return [{ ...row, programme_code: null }]
    }
    if (this.classes.notOffered.has(id)) return [{ ...row, programme_code: null }]
    const changed = this.change(row, own)
    if (changed === null) return []
    const seat = String(changed.class_id)
    this.seated.set(seat, (this.seated.get(seat) ?? 0) + 1)
    return [changed, ...this.strangers(changed, own)]
  }

  /** The same learner once more, in classes that are too large by many such errors. */
  private strangers(row: Enrolment, { reg, grade }: ClassInfo): readonly Enrolment[] {
    if (row.to !== null || row.from !== null) return []
    const open =
      this.classes.tooLarge.get(grade)?.filter((each) => each.missing > 0 && each.reg !== reg) ?? []
    const nothing = { programme_code: null, transport_minutes: null, main: false, repeated: false }
    return open.map((each) => {
      each.missing -= 1
      return { ...row, ...nothing, class_id: each.id }
    })
  }

  /** The row with a fault, if it gets one; null: it is left out. */
  private change(row: Enrolment, own: ClassInfo): Enrolment | null {
    const { ledger } = this
    const uid = row.learner_uid
    const { reg, grade, id } = own
    const isPlain = row.to === null && row.from === null && row.leave_reason === null && !row.repeated
    const isSpecial = isSpecialCode(row.programme_code)
    if (!isPlain || grade < 1 || grade > 9 || !/^[12]101/.test(String(row.programme_code))) return row
    if (!isSpecial && !isPicked(uid, TAKES[ledger.size])) return row
    if (ledger.isTouched('learner', uid) || (this.seated.get(id) ?? 0) === 0) return row
    const before = this.before.get(uid)
    const isReturning = before !== undefined && before.grade === grade - 1 && before.grade >= 1
    const other = this.otherProgramme(row, own)
    const list: Fault[] = isSpecial
      ? [...ofSpecial]
      : [
          ...(isReturning && grade >= 3 && grade <= 7 ? ofReturning : []),
          ...(grade <= 5 ? ofYoung : []),
          ...(other ? ofOtherProgramme : []),
          ...ofAll,
        ]
    const fault = ledger.wanted(list, 'learner')
    if (!fault) return row
    const changed = this.changed(row, own, fault, other)
    if (changed === undefined) return row
    this.faults.set(uid, fault)
    ledger.plant(fault, 'learner', fault === 'enrolment.missing_this_year' ? before!.reg : reg, uid)
    return changed
  }

  /** undefined: this fault cannot be given to this learner. */
  private changed(
    row: Enrolment,
    own: ClassInfo,
    fault: Fault,
    other: string | undefined,
  ): Enrolment | null | undefined {
    const september = (day: number) => `${this.lastYear - 1}-09-${String(day).padStart(2, '0')}`
    switch (fault) {
      case 'enrolment.left_without_reason':
        return { ...row, to: september(20) }
      case 'enrolment.left_for_nowhere':
        return { ...row, to: september(8), leave_reason: 'other' }
      case 'enrolment.very_short':
        return { ...row, to: september(3), leave_reason: 'abroad' }
      case 'registry.unknown-code.enrolment-leaving':
        return { ...row, to: september(21), leave_reason: 'nezinams' }
      case 'enrolment.long_way':
        return { ...row, transport_minutes: 185 }
      case 'enrolment.missing_this_year':
        return null
      case 'enrolment.marked_repeats_not':
        return { ...row, repeated: true }
      case 'enrolment.grade_jump':
        return this.moved(row, own, 1)
      case 'enrolment.repeats_unmarked':
        return this.moved(row, own, -1)
      case 'enrolment.programme_not_offered':
        return { ...row, programme_code: `${String(row.programme_code).slice(0, 7)}3` }
      case 'enrolment.programme_not_of_class':
        return other ? { ...row, programme_code: other } : undefined
      default:
        return row
    }
  }

  /** Into a class of the next grade, or of the one before, of the same school and programme. */
  private moved(row: Enrolment, { reg, grade, programme }: ClassInfo, step: number): Enrolment | undefined {
    const there = this.classes.byGrade
      .get(`${reg} ${grade + step}`)
      ?.find((each) => each.programme === programme)
    return there && { ...row, class_id: there.id }
  }

  /** Another ordinary programme in which the school teaches. */
  private otherProgramme(row: Enrolment, { reg }: ClassInfo): string | undefined {
    const own = this.classes.programmes.get(reg)
    return own && [...own].find((code) => code !== row.programme_code && isOrdinaryCode(code))
  }
}
