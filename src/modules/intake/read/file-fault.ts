import type { Detail, Rule } from '../rules.ts'

/** The file itself cannot be read on from here. */
export class FileFault extends Error {
  readonly rule: Rule
  readonly line: number
  readonly detail: Detail
  constructor(rule: Rule, line: number, detail: Detail = {}) {
    super(rule)
    this.name = 'FileFault'
    this.rule = rule
    this.line = line
    this.detail = detail
  }
}
