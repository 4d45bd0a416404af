import type { Row } from '../contract.ts'
import { type Handlers, isPicked, type Ledger } from './ledger.ts'
import type { SchoolFaults } from './schools.ts'

/** A class as far as faults need to know it. */
export interface ClassInfo {
  id: string
  reg: string
  grade: number
  programme: string | null
  combined: boolean
}

const TAKES = { small: 1, demo: 4, country: 60 } // one class in so many may have a fault
const NOT_OFFERED = '21013011'
const TOO_MANY = 42
const WITHOUT_PROGRAMME = 4 // classes; everybody in them has none

const ofAll = ['class.empty', 'class.no_teacher', 'registry.unknown-code.class-language'] as const
const ofStrange = ['class.teacher_not_employed'] as const
const ofProgramme = ['class.programme_not_offered'] as const
const ofNamed = ['class.name_and_grade', 'class.too_large'] as const
type Fault = (typeof ofAll | typeof ofStrange | typeof ofProgramme | typeof ofNamed)[number]

/** Faults of the classes of the newest year, and what enrolments need to know of classes. */
export class ClassFaults {
  /** classes of the newest year by code, and by institution and grade */
  readonly classes = new Map<string, ClassInfo>()
  readonly byGrade = new Map<string, ClassInfo[]>()
  /** codes of programmes in which an institution has classes */
  readonly programmes = new Map<string, Set<string>>()
  /** classes of which learners lose the programme of their own, and those that have none themselves */
  readonly notOffered = new Set<string>()
  readonly withoutProgramme = new Set<string>()
  /** classes into which strangers are entered, with how many are missing, by grade */
  readonly tooLarge = new Map<number, { id: string; reg: string; missing: number }[]>()
  private readonly ledger: Ledger
  private readonly schools: SchoolFaults
  private readonly lastYear: number
  private stranger: { reg: string; teacher: string } | null = null

  constructor(ledger: Ledger, schools: SchoolFaults, lastYear: number) {
    this.ledger = ledger
    this.schools = schools
    this.lastYear = lastYear
  }

  readonly handlers: Handlers = {
    class_groups: (row) => {
      const reg = String(row.reg_number)
      const at = this.schools.has(reg, 'institution.no_site') ? { ...row, site_id: null } : row
      if (row.school_year !== this.lastYear) return [at]
      const changed = this.change(at, reg)
      const own: ClassInfo = {
        id: String(row.class_id),
        reg,
        grade: Number(row.grade),
        programme: changed[0]!.programme_code === null ? null : String(changed[0]!.programme_code),
        combined: row.combined === true,
      }
      this.classes.set(own.id, own)
      const key = `${reg} ${own.grade}`
      this.byGrade.set(key, [...(this.byGrade.get(key) ?? []), own])
      if (row.programme_code !== null) {
        const programmes = this.programmes.get(reg) ?? new Set()
        this.programmes.set(reg, programmes.add(String(row.programme_code)))
      }
      return changed
    },
  }

  private change(row: Row<'class_groups'>, reg: string): readonly Row<'class_groups'>[] {
    const { ledger } = this
    const id = String(row.class_id)
    const grade = Number(row.grade)
    const code = row.programme_code === null ? '' : String(row.programme_code)
    const isGeneral = /^(11|21|31)01/.test(code)
    if (isGeneral && row.class_teacher_uid !== null) {
      this.stranger ??= { reg, teacher: String(row.class_teacher_uid) }
    }
    if (
      code === '' ||
      row.class_teacher_uid === null ||
      this.schools.isShut(reg) ||
      !isPicked(id, TAKES[ledger.size])
    )
      return [row]
    if (isGeneral && grade >= 2 && this.withoutProgramme.size < WITHOUT_PROGRAMME) {
      this.withoutProgramme.add(id)
      return [{ ...row, programme_code: null }]
    }
    const isNamed = isGeneral && row.combined !== true && /^\d+\D/.test(String(row.name)) && grade <= 9
    // A stranger to preschools is a teacher of a general school.
    const isStrange = !isGeneral && this.stranger !== null && this.stranger.reg !== reg
    const fault = ledger.wanted<Fault>(
      [
        ...(isNamed ? ofNamed : []),
        ...(isStrange ? ofStrange : []),
        // Enrolments of schools beside the main one have passed already.
        ...(/^[0-3]101/.test(code) ? ofProgramme : []),
        ...ofAll,
      ],
      'class',
    )
    if (!fault) return [row]
    ledger.plant(fault, 'class', reg, fault === 'class.empty' ? `${id}-2` : id)
    switch (fault) {
      case 'class.empty':
        return [row, { ...row, class_id: `${id}-2`, name: `${row.name}2` }]
      case 'class.no_teacher':
        return [{ ...row, class_teacher_uid: null }]
      case 'class.teacher_not_employed':
        return [{ ...row, class_teacher_uid: this.stranger!.teacher }]
      case 'class.programme_not_offered':
        this.notOffered.add(id)
        return [{ ...row, programme_code: NOT_OFFERED }]
      case 'registry.unknown-code.class-language':
        return [{ ...row, language: 'cita' }]
      case 'class.name_and_grade':
        return [{ ...row, name: String(row.name).replace(/^\d+/, String(grade + 1)) }]
      default:
        this.tooLarge.set(grade, [...(this.tooLarge.get(grade) ?? []), { id, reg, missing: TOO_MANY }])
        return [row]
    }
  }
}
