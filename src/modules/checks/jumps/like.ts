/** What an institution is like, for the choice of those it is laid beside. */
export interface Nature {
  institutionId: number
  kind: string
  /** learners of the latest year there are any */
  learners: number
}

/** Institutions of every kind: good enough to say what a year brought to all, not to say what is far out. */
export const ALL = 'all'

/** Fewest institutions of a group; smaller ones join the next wider one. */
const FEWEST = 12

/**
 * Groups of like institutions: the same kind and about the same size (fewer than 100 learners, fewer than 400, more); where those
 * are too few the same kind, and then all. Small schools change by chance more than large ones, so they are not laid beside them.
 *
 * @returns  by institution: `general 100`, `special`, `all`
 */
export function likeGroups(natures: readonly Nature[]): Map<number, string> {
  const sized = ({ kind, learners }: Nature) => `${kind} ${learners < 100 ? 0 : learners < 400 ? 100 : 400}`
  const of = (name: (nature: Nature) => string) => Map.groupBy(natures, name)
  const [bySize, byKind] = [of(sized), of(({ kind }) => kind)]
  return new Map(
    natures.map((nature) => {
      const size = sized(nature)
      const isEnough = (group: readonly Nature[] | undefined) => (group?.length ?? 0) >= FEWEST
      const group = isEnough(bySize.get(size)) ? size : isEnough(byKind.get(nature.kind)) ? nature.kind : ALL
      return [nature.institutionId, group]
    }),
  )
}
