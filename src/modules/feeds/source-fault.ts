import type { FaultCode } from './fault-words.ts'

/** What the sentence of a fault is made of: names, numbers, places; never a value that a source sent about anybody. */
export type FaultDetail = Record<string, string | number>

/** A source does not answer as it should: the run ends, and says why. */
export class SourceFault extends Error {
  readonly code: FaultCode
  readonly detail: FaultDetail
  /** seconds the source asks us to stay away */
  readonly retryAfter: number | undefined

  constructor(code: FaultCode, detail: FaultDetail = {}, retryAfter?: number) {
    super(code)
    this.name = 'SourceFault'
    this.code = code
    this.detail = detail
    this.retryAfter = retryAfter
  }
}
