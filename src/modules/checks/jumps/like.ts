/** What an institution is like, for the choice of those it is laid beside. */
export interface Nature {
  institutionId: number
  kind: string
  /** learners of a middling year: one year that is out of the way does not change the company */
  learners: number
}

/** Kinds with few institutions, together: good enough to say what a year brought to all, not to say what is far out. */
export const REST = 'rest'

/** Fewest institutions of a group. */
const FEWEST = 12
/** Learners from which on an institution is of the next size. */
const SIZES = [0, 100, 400]

/**
 * Groups of like institutions: the same kind and about the same size. A size with too few institutions joins the next one; a kind with
 * too few joins the rest. Small schools change by chance more than large ones, so they are not laid beside them.
 *
 * @returns  by institution: kind and smallest size, `general 100`; or `rest`
 */
export function likeGroups(natures: readonly Nature[]): Map<number, string> {
  const groups = new Map<number, string>()
  for (const [kind, those] of Map.groupBy(natures, (each) => each.kind)) {
    const sizes = those.length < FEWEST ? null : sizesOf(those)
    for (const { institutionId, learners } of those) {
      groups.set(institutionId, sizes ? `${kind} ${sizes.findLast((size) => learners >= size)}` : REST)
    }
  }
  return groups
}

/** The smallest sizes of the groups of a kind, each with enough institutions. */
function sizesOf(those: readonly Nature[]): number[] {
  const from = [0]
  for (const size of SIZES.slice(1)) {
    const last = from.at(-1)!
    const below = those.filter(({ learners }) => learners >= last && learners < size).length
    const above = those.filter(({ learners }) => learners >= size).length
    if (below >= FEWEST && above >= FEWEST) from.push(size)
  }
  return from
}
