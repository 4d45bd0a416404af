import { type CountQuery, differencing, type ProgrammeSolver } from '#stats/disclosure/index.ts'
import { spanOfAnswers } from './view-span.ts'

/** The smallest groups a view can tell apart, and the filters that an audience can set. */
export interface View {
  /** by the name of each filter, its categories */
  readonly filters: Readonly<Record<string, readonly string[]>>
  readonly atoms: readonly ViewAtom[]
}

/** People with the same category of every filter. */
export interface ViewAtom {
  readonly people: number
  /** by the name of each filter; null: no category, e.g. not answered */
  readonly categories: Readonly<Record<string, string | null>>
}

/** What the filters are set to; a filter that is not named is not set. */
export type Selection = Readonly<Record<string, string>>

/**
 * Why a selection is not answered: `nobody` there, `too_few` people, `would_reveal` fewer than the minimum beside other
 * answers, or `unproved`: too large to show that it would not.
 */
export type Unanswered = 'nobody' | 'too_few' | 'would_reveal' | 'unproved'

/** One combination of filters and whether it may be answered. */
export interface Verdict {
  readonly selection: Selection
  readonly key: string
  /** null: it may be answered */
  readonly refused: Unanswered | null
}

export interface GuardOptions {
  /** fewest people that may be told apart */
  readonly minimum: number
  /** for the audit of what is answered */
  readonly solver: ProgrammeSolver
  /** keys of selections that were answered before: they go first, and stay where they are safe together */
  readonly earlier?: readonly string[]
  /** most rows of small groups looked at in all; what is not looked at is not answered; 10 million when left out */
  readonly effort?: number
}

/** Combinations of filters that one view can have. */
export const mostSelections = 5_000
const EFFORT = 10_000_000
/** Programmes of the audit grow with atoms × answers; beyond so many the proof by the span stands alone. */
const MOST_AUDITED = 60

/**
 * Which combinations of filters may be answered with a count and a mean, so that no answer, no complement within another
 * answer and no weighted sum or difference of answers speaks about fewer than the minimum of people only.
 *
 * Decided one after another and the same every time: answered before, then few filters before many, many people before
 * few, then by key. What a later one would reveal is the later one's refusal.
 *
 * How it is shown: the answers span a space of sums over atoms. A sum that speaks about a small group only exists exactly
 * when the rows of that group in a basis of the null space are dependent; all groups of fewer than the minimum are
 * looked at. At the end `differencing` attacks the counts of what is answered, with linear programmes, in views of up to
 * 60 atoms.
 *
 * @returns  a verdict for every combination, in the order of decision
 * @throws   RangeError if the view is malformed, has more than 5,000 combinations, or an earlier answer is none of them
 */
export function answerable(view: View, options: GuardOptions): Verdict[] {
  const { minimum, solver, earlier = [], effort = EFFORT } = options
  if (!(Number.isInteger(minimum) && minimum >= 2)) {
    throw new RangeError('answerable requires a whole minimum of at least 2')
  }
  requireView(view)
  // atoms without people add nothing to any answer; those who ask are taken to know that nobody is there
  const atoms = view.atoms.filter(({ people }) => people > 0)
  const people = atoms.map((atom) => atom.people)
  const candidates = selections(view).map((selection) => {
    const members = [...atoms.keys()].filter((at) => isWithin(atoms[at]!, selection))
    return {
      selection,
      key: selectionKey(selection),
      members,
      people: members.reduce((sum, at) => sum + people[at]!, 0),
    }
  })
  const order = inOrder(candidates, earlier)
  const span = spanOfAnswers(people, minimum, effort)
  const refused = new Map<string, Unanswered>()
  const answered: CountQuery[] = []
  for (const { key, members, people: n } of order) {
    const verdict = n === 0 ? 'nobody' : n < minimum ? 'too_few' : span.take(members)
    if (verdict) refused.set(key, verdict)
    else answered.push({ name: key, atoms: members })
  }
  for (const key of withdrawn(people, answered, minimum, solver)) refused.set(key, 'would_reveal')
  return order.map(({ selection, key }) => ({ selection, key, refused: refused.get(key) ?? null }))
}

/** The name of a selection: its filters by name. The whole view is the empty one. */
export function selectionKey(selection: Selection): string {
  return Object.entries(selection)
    .map(([filter, category]) => `${filter}=${category}`)
    .sort()
    .join('&')
}

/** Answers that the attack on counts can use against small groups, the latest first, until it finds nothing. */
function withdrawn(
  people: readonly number[],
  answered: readonly CountQuery[],
  minimum: number,
  solver: ProgrammeSolver,
): string[] {
  if (people.length > MOST_AUDITED) return []
  for (let kept = answered.length; kept > 0; kept--) {
    const { unsafe, derived } = differencing(people, answered.slice(0, kept), minimum, solver)
    const found = unsafe.length > 0 || [...derived.values()].some((n) => n > 0 && n < minimum)
    if (!found) return answered.slice(kept).map(({ name }) => name)
  }
  return answered.map(({ name }) => name)
}

type Candidate = { selection: Selection; key: string; members: number[]; people: number }

function inOrder(candidates: readonly Candidate[], earlier: readonly string[]): Candidate[] {
  const before = new Map(earlier.map((key, at) => [key, at]))
  if (earlier.some((key) => !candidates.some((each) => each.key === key))) {
    throw new RangeError('answerable requires earlier answers that are combinations of the filters')
  }
  const filters = ({ selection }: Candidate) => Object.keys(selection).length
  return candidates.toSorted(
    (a, b) =>
      (before.get(a.key) ?? before.size) - (before.get(b.key) ?? before.size) ||
      filters(a) - filters(b) ||
      b.people - a.people ||
      (a.key < b.key ? -1 : 1),
  )
}

/** Every combination of the filters, each set to a category or not at all. */
function selections({ filters }: View): Selection[] {
  return Object.entries(filters).reduce<Selection[]>(
    (found, [filter, categories]) =>
      found.flatMap((before) => [
        before,
        ...categories.map((category) => ({ ...before, [filter]: category })),
      ]),
    [{}],
  )
}

function isWithin({ categories }: ViewAtom, selection: Selection): boolean {
  return Object.entries(selection).every(([filter, category]) => categories[filter] === category)
}

function requireView({ filters, atoms }: View): void {
  const combinations = Object.values(filters).reduce((product, each) => product * (each.length + 1), 1)
  if (combinations > mostSelections) {
    throw new RangeError(
      `answerable requires at most ${mostSelections} combinations of filters, not ${combinations}`,
    )
  }
  for (const [filter, categories] of Object.entries(filters)) {
    if (new Set(categories).size < categories.length) {
      throw new RangeError(`answerable requires different categories: ${filter}`)
    }
  }
  for (const { people, categories } of atoms) {
    const isKnown = Object.entries(filters).every(
      ([filter, known]) => categories[filter] === null || known.includes(categories[filter] ?? ''),
    )
    if (!(Number.isSafeInteger(people) && people >= 0 && isKnown)) {
      throw new RangeError(
        'answerable requires whole numbers of people, and of every filter a category or null',
      )
    }
  }
}
