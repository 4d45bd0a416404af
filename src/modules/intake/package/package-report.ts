import type { Counts, Entity, ImportDetail, PackageReport } from '../model.ts'

/**
 * The files of a package as one: what the command line and a job tell of it.
 *
 * @param imports  the manifest first
 */
export function togetherReport(
  imports: readonly ImportDetail[],
  file: string,
  seconds: number,
): PackageReport {
  const sum = (of: (each: ImportDetail) => number) => imports.reduce((total, each) => total + of(each), 0)
  const first = imports[0]!
  const refused = imports.find(({ refusals }) => refusals > 0)
  const rowsRead = sum((each) => each.rowsRead)
  return {
    ...first,
    file,
    bytes: sum(({ bytes }) => bytes ?? 0),
    sha256: null, // every file has its own
    state: imports.find(({ state }) => state === 'merged')?.state ?? refused?.state ?? first.state,
    failure: refused?.failure ?? first.failure,
    rowsRead,
    rowsRefused: sum((each) => each.rowsRefused),
    refusals: sum((each) => each.refusals),
    counts: imports.map(({ counts }) => counts).reduce(added),
    refusalList: imports.flatMap(({ refusalList }) => refusalList),
    files: [...imports],
    seconds,
    rowsPerSecond: Math.round(rowsRead / seconds),
  }
}

type AllCounts = Partial<Record<Entity, Counts>>

function added(all: AllCounts, more: AllCounts): AllCounts {
  const sum = { ...all }
  for (const [entity, counts] of Object.entries(more) as [Entity, Counts][]) {
    const known = sum[entity]
    sum[entity] = known
      ? (Object.fromEntries(
          Object.entries(counts).map(([what, n]) => [what, n + known[what as keyof Counts]]),
        ) as Counts)
      : counts
  }
  return sum
}
