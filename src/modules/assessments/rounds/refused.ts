/** A round cannot be planned, moved or filled as asked; the code says why (docs/assessments/rounds.md lists them). */
export class RoundRefused extends Error {
  readonly fault: string

  constructor(fault: string) {
    super(fault)
    this.name = 'RoundRefused'
    this.fault = fault
  }
}
