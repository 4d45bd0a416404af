import type { SchoolState } from '#modules/worklists/model.ts'

/** Which of the own schools are listed. */
export const schoolChoices = ['all', 'open', 'worse'] as const
export type SchoolChoice = (typeof schoolChoices)[number]

/** The choice an address names; all where it names none. */
export function choiceOf(said: string | null): SchoolChoice {
  return schoolChoices.find((choice) => choice === said) ?? 'all'
}

/** open: something is to be corrected; worse: more than in the run before. */
export function isShown(
  { score, before }: Pick<SchoolState, 'score' | 'before'>,
  choice: SchoolChoice,
): boolean {
  if (choice === 'all') return true
  if (!score || score.faults === 0) return false
  return choice === 'open' || (before !== null && score.faults > before.faults)
}
