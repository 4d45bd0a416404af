import { type Handlers, isPicked, type Ledger } from './ledger.ts'
import type { SchoolFaults } from './schools.ts'

const TAKES = { small: 1, demo: 2, country: 3 } // one institution in so many may have a fault

const ofEvery = ['finance.no_grant', 'finance.pay_of_pupil'] as const
const ofMunicipal = ['finance.missing'] as const

/** Faults of the costs of the latest calendar year that was over when the newest school year began. */
export class MoneyFaults {
  private readonly ledger: Ledger
  private readonly schools: SchoolFaults
  private readonly lastYear: number
  private readonly ofMunicipality = new Set<unknown>()
  private readonly closed = new Set<unknown>()

  constructor(ledger: Ledger, schools: SchoolFaults, lastYear: number) {
    this.ledger = ledger
    this.schools = schools
    this.lastYear = lastYear
  }

  readonly handlers: Handlers = {
    institutions: (row) => {
      if (String(row.founder_id).startsWith('M-')) this.ofMunicipality.add(row.reg_number)
      if (row.closed_on !== null) this.closed.add(row.reg_number)
      return row
    },
    finance: (row) => {
      const { ledger } = this
      const reg = row.reg_number
      const isOpen =
        row.year === this.lastYear - 2 &&
        Number(row.salary_state_grant) > 0 &&
        !this.closed.has(reg) &&
        !this.schools.isShut(reg) &&
        !ledger.isTouched('institution', reg) &&
        isPicked(reg, TAKES[ledger.size])
      const fault =
        isOpen &&
        ledger.wanted([...(this.ofMunicipality.has(reg) ? ofMunicipal : []), ...ofEvery], 'institution')
      if (!fault) return [row]
      ledger.plant(fault, 'institution', reg, reg)
      if (fault === 'finance.missing') return []
      if (fault === 'finance.no_grant') return [{ ...row, salary_state_grant: null }]
      const inThousands = (euros: unknown) =>
        euros === null ? null : Number((Number(euros) / 1_000).toFixed(2))
      return [
        {
          ...row,
          salary_state_grant: inThousands(row.salary_state_grant),
          salary_municipal: inThousands(row.salary_municipal),
        },
      ]
    },
  }
}
