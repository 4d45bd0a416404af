import type { Level } from '#terms/level.ts'

/** What the register says of one place over a time: half-open, days `YYYY-MM-DD`, null where there is no end. */
interface Span {
  from: string | null
  until: string | null
  /** the territory it lies in; null for the state */
  territory: number | null
}

/** What of the register decides which unit lies in which. */
export interface PlaceRegister {
  territories: ReadonlyMap<number, { kind: Level; spans: readonly Span[] }>
  institutions: ReadonlyMap<number, { spans: readonly Span[] }>
  /** who came after whom; several successors where a place was split */
  successions: readonly {
    kind: 'territory' | 'institution'
    predecessor: number
    successor: number
    since: string
  }[]
}

/** A unit and the one it lies in. */
export interface Placed {
  level: Level
  id: number
  parentLevel: Level
  parentId: number
}

/**
 * Which unit lies in which on a day. Everything that was ever in the register has its place, so that the same institutions
 * can be added up in the borders of any day:
 *
 * - a territory that is gone stands for its successor, and that for its own, as far as there is one and only one
 * - an institution lies where it lies on that day; one that is closed, where its only successor lies, otherwise where it lay
 *   last; one not yet opened, where it will lie first
 * - a territory that is gone without a single successor (it was split, or nobody knows) stays a unit of its own
 */
export function placesOn(register: PlaceRegister, day: string): Placed[] {
  const { territories, institutions } = register
  const standing = standingOn(register, day)
  const placed: Placed[] = []
  const reached = new Set<number>()
  const put = (level: Level, id: number, territory: number | null) => {
    if (territory === null || !territories.has(territory)) return
    const parentId = standing('territory', territory)
    const parentLevel = territories.get(parentId)!.kind
    placed.push({ level, id, parentLevel, parentId })
    reach(parentId)
  }
  const reach = (id: number) => {
    if (reached.has(id)) return
    reached.add(id)
    const { kind, spans } = territories.get(id)!
    put(kind, id, spanOn(spans, day)?.territory ?? null)
  }
  for (const [id, { spans }] of institutions) {
    const at = institutions.get(standing('institution', id))?.spans ?? spans
    put('school', id, spanOn(at, day)?.territory ?? null)
  }
  for (const [id, { spans }] of territories) if (holds(spans, day)) reach(id)
  return placed
}

/** What stands for a place on a day: itself, or the end of the chain of its successors. A chain in a circle ends where it began. */
export function standingOn(
  { territories, institutions, successions }: PlaceRegister,
  day: string,
): (kind: 'territory' | 'institution', id: number) => number {
  const successors = Map.groupBy(
    successions.filter(({ since }) => since <= day),
    ({ kind, predecessor }) => `${kind} ${predecessor}`,
  )
  const next = (kind: 'territory' | 'institution', id: number): number | null => {
    const others = new Set(successors.get(`${kind} ${id}`)?.map(({ successor }) => successor))
    return others.size === 1 ? [...others][0]! : null
  }
  return (kind, id) => {
    const known = kind === 'territory' ? territories : institutions
    const seen = new Set<number>()
    for (let at = id; !seen.has(at); ) {
      seen.add(at)
      const after = isGone(known.get(at)?.spans ?? [], day) ? next(kind, at) : null
      if (after === null || !known.has(after)) return at
      at = after
    }
    return id
  }
}

/** The units an institution or territory lies in, from the nearest to the whole. */
export function unitsAround(
  placed: readonly Placed[],
): (level: Level, id: number) => { level: Level; id: number }[] {
  const parents = new Map(
    placed.map(({ level, id, parentLevel, parentId }) => [
      `${level} ${id}`,
      { level: parentLevel, id: parentId },
    ]),
  )
  return (level, id) => {
    const around: { level: Level; id: number }[] = []
    let at = parents.get(`${level} ${id}`)
    // as many steps as there are levels: a register that runs in a circle ends here too
    while (at && around.length < 4) {
      around.push(at)
      at = parents.get(`${at.level} ${at.id}`)
    }
    return around
  }
}

function holds(spans: readonly Span[], day: string): boolean {
  return spans.some(({ from, until }) => (from === null || from <= day) && (until === null || day < until))
}

/** Everything that was said of it has ended. */
export function isGone(spans: readonly Span[], day: string): boolean {
  return spans.length > 0 && spans.every(({ until }) => until !== null && until <= day)
}

/** What holds on the day; otherwise the last that held before, otherwise the first that will. */
function spanOn(spans: readonly Span[], day: string): Span | undefined {
  const inOrder = [...spans].sort((a, b) => ((a.from ?? '') < (b.from ?? '') ? -1 : 1))
  const begun = inOrder.filter(({ from }) => from === null || from <= day)
  return begun.findLast((span) => holds([span], day)) ?? begun.at(-1) ?? inOrder[0]
}
