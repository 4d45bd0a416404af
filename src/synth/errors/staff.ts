import type { Row } from '../contract.ts'
import { SNAPSHOT } from '../size.ts'
import { type Handlers, isPicked, type Ledger } from './ledger.ts'
import type { SchoolFaults } from './schools.ts'

const TAKES = { small: 1, demo: 3, country: 25 } // one member of staff in so many may have a fault

const ofAll = [
  ...(['staff.overloaded', 'staff.no_load', 'staff.same_work_twice', 'staff.no_education'] as const),
  ...(['staff.age', 'staff.no_birth_year', 'staff.many_lessons'] as const),
  ...(['registry.unknown-code.staff-education', 'registry.unknown-code.staff-qualification'] as const),
  ...(['registry.unknown-code.staff-position', 'registry.unknown-code.staff-stage'] as const),
  'registry.unknown-code.staff-leaving',
] as const
/** Whoever is qualified for primary education may teach any subject of its grades. */
const ofSubject = [
  ...(['staff.other_subject', 'registry.unknown-code.staff-subject'] as const),
  ...(['staff.lessons_missing', 'staff.few_lessons', 'staff.lessons_together'] as const),
] as const
const AT_CLOSED = 'staff.at_closed_institution'
type Fault = (typeof ofAll | typeof ofSubject)[number] | typeof AT_CLOSED

/** Faults of staff and their contracts. Contracts are told before the people they are about. */
export class StaffFaults {
  private readonly faults = new Map<unknown, Fault>()
  private readonly heads = new Set<unknown>()
  private readonly ledger: Ledger
  private readonly schools: SchoolFaults

  constructor(ledger: Ledger, schools: SchoolFaults) {
    this.ledger = ledger
    this.schools = schools
  }

  readonly handlers: Handlers = {
    employments: (row) => {
      const { reg_number: reg, staff_uid: uid } = row
      const isCurrent = row.to === null
      if (!isCurrent) return this.atClosed(row)
      if (this.schools.isShut(reg)) {
        if (!this.ledger.isTouched('staff', uid)) this.ledger.plant(AT_CLOSED, 'staff', reg, uid)
        return [row]
      }
      if (row.position_code === 'head') {
        return [this.schools.has(reg, 'institution.no_head') ? { ...row, position_code: 'deputy_head' } : row]
      }
      if (this.schools.has(reg, 'institution.two_heads') && !this.heads.has(reg)) {
        this.heads.add(reg)
        return [{ ...row, position_code: 'head', subject_code: null, contact_lessons: null }]
      }
      return this.change(row)
    },
    staff: (row) => {
      switch (this.faults.get(row.staff_uid)) {
        case 'staff.no_education':
          return [{ ...row, education_level: null }]
        case 'staff.no_birth_year':
          return [{ ...row, birth_year: null }]
        case 'staff.age':
          return [{ ...row, birth_year: 1935 }]
        case 'staff.other_subject':
          return [{ ...row, qualification_subjects: 'theatre' }]
        case 'registry.unknown-code.staff-education':
          return [{ ...row, education_level: 'cita' }]
        case 'registry.unknown-code.staff-qualification':
          return [{ ...row, qualification_subjects: `${row.qualification_subjects} cits` }]
        default:
          return [row]
      }
    },
  }

  /** Work that ended when the school was closed, and was never said to have ended. */
  private atClosed(row: Row<'employments'>): readonly Row<'employments'>[] {
    const { ledger } = this
    const isFitting = row.leave_reason === 'institution_closed' && !ledger.isTouched('staff', row.staff_uid)
    if (!isFitting || !ledger.wanted([AT_CLOSED], 'staff')) return [row]
    ledger.plant(AT_CLOSED, 'staff', row.reg_number, row.staff_uid)
    return [{ ...row, to: null, leave_reason: null, rate: 0.1, contact_lessons: null }]
  }

  private change(row: Row<'employments'>): readonly Row<'employments'>[] {
    const { ledger } = this
    const { staff_uid: uid, reg_number: reg } = row
    const isFitting = /^(preschool_)?teacher$/.test(String(row.position_code)) && Number(row.rate) > 0.3
    const hasSubject = row.subject_code !== null && row.stage !== 'basic_1'
    if (!isFitting || ledger.isTouched('staff', uid) || !isPicked(uid, TAKES[ledger.size])) return [row]
    const fault = ledger.wanted<Fault>(hasSubject ? [...ofSubject, ...ofAll] : ofAll, 'staff')
    if (!fault) return [row]
    this.faults.set(uid, fault)
    ledger.plant(fault, 'staff', reg, uid, fault.endsWith('staff-subject') ? ['staff.other_subject'] : [])
    switch (fault) {
      case 'staff.overloaded':
        return [{ ...row, rate: 1.9 }]
      case 'staff.no_load':
        return [{ ...row, rate: 0 }]
      case 'staff.same_work_twice':
        return [row, { ...row, employment_id: `${row.employment_id}-2`, rate: 0.1, contact_lessons: 2 }]
      case 'staff.lessons_missing':
        return [{ ...row, contact_lessons: null }]
      case 'staff.few_lessons':
        return [{ ...row, contact_lessons: 1 }]
      case 'staff.lessons_together':
        return [{ ...row, rate: 1.4, contact_lessons: 41 }]
      case 'staff.many_lessons':
        return [{ ...row, contact_lessons: 55 }]
      case 'registry.unknown-code.staff-position':
        return [{ ...row, position_code: 'skolotajs' }]
      case 'registry.unknown-code.staff-subject':
        return [{ ...row, subject_code: 'priekšmets' }]
      case 'registry.unknown-code.staff-stage':
        return [{ ...row, stage: 'cita' }]
      case 'registry.unknown-code.staff-leaving':
        return [{ ...row, to: `${SNAPSHOT.slice(0, 4)}-09-20`, leave_reason: 'nezinams' }]
      default:
        return [row]
    }
  }
}
