/** Minutes a pupil is expected to need for a question of a kind: a proposal, until times of a round are looked at. */
const minutesOfKind: Readonly<Record<string, number>> = {
  choice: 1.2,
  inlineChoice: 0.8,
  hotText: 1.5,
  match: 2,
  order: 1.5,
  textEntry: 1.2,
  numberLine: 1,
  extendedText: 5,
}

/** For every point beyond one a kind of question. */
const MINUTES_MORE = 0.5

/**
 * How long an item is expected to take.
 *
 * @param kinds   of what is asked, each once; one that is not known counts like a choice
 * @param points  the most it can give
 * @returns       minutes, to a tenth
 */
export function minutesOf(kinds: readonly string[], points: number): number {
  const sum = kinds.reduce((minutes, kind) => minutes + (minutesOfKind[kind] ?? minutesOfKind.choice!), 0)
  const more = Math.max(0, points - kinds.length) * MINUTES_MORE
  return Math.round((sum + more) * 10) / 10
}
