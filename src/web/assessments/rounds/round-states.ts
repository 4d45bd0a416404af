import type { RoundState } from '#modules/assessments/model.ts'

/** Nobody sits the test any more. */
export const isOver = (state: RoundState) =>
  state !== 'planned' && state !== 'rostered' && state !== 'open' && state !== 'cancelled'
