import type { Row } from '../contract.ts'
import { type Handlers, isPicked, type Ledger } from './ledger.ts'

const TAKES = { small: 2, demo: 20, country: 400 } // one result in so many may have a fault

const ofResult = ['result.other_institution', 'result.other_grade', 'result.long_preliminary'] as const
const NO_ENROLMENT = 'result.no_enrolment'

/** Faults of the results of the year that is over. */
export class ResultFaults {
  private readonly ledger: Ledger
  private readonly lastYear: number
  private elsewhere: unknown = null
  /** who finished school years ago, so that no result of today can be theirs */
  private readonly gone: unknown[] = []

  constructor(ledger: Ledger, lastYear: number) {
    this.ledger = ledger
    this.lastYear = lastYear
  }

  readonly handlers: Handlers = {
    destinations: (row) => {
      const isLongAgo = Number(String(row.on).slice(0, 4)) <= this.lastYear - 2
      if (isLongAgo && this.gone.length < 2_000 && isPicked(row.learner_uid, 2))
        this.gone.push(row.learner_uid)
      return row
    },
    results: (row) => {
      const { learner_uid: uid, assessment, reg_number: reg } = row
      const found = /^(M-(\d+)-)([36])(-[A-Z]+)$/.exec(String(assessment))
      if (!found || Number(found[2]) !== this.lastYear - 1) return row
      const elsewhere = this.elsewhere
      this.elsewhere = reg
      if (this.ledger.isTouched('learner', uid) || !isPicked(uid, TAKES[this.ledger.size])) return [row]
      if (this.gone.length > 0 && this.ledger.wanted([NO_ENROLMENT], 'learner'))
        return [row, this.ofNobody(row)]
      const fault = this.ledger.wanted(ofResult, 'learner')
      if (!fault || elsewhere === null || elsewhere === reg) return [row]
      this.ledger.plant(fault, 'learner', fault === 'result.other_institution' ? elsewhere : reg, uid)
      if (fault === 'result.other_institution') return [{ ...row, reg_number: elsewhere as string }]
      if (fault === 'result.long_preliminary') return [{ ...row, status: 'preliminary' }]
      return [{ ...row, assessment: `${found[1]}${found[3] === '3' ? 6 : 3}${found[4]}` }]
    },
  }

  /** The same result under the code of somebody who has long left. */
  private ofNobody(row: Row<'results'>): Row<'results'> {
    const uid = this.gone.pop() as string
    this.ledger.plant(NO_ENROLMENT, 'learner', row.reg_number, uid)
    return { ...row, learner_uid: uid }
  }
}
