import type { RunReport } from './model.ts'

/** Which share of pupils would be at each level, if levels began at these cuts; scores are spread evenly within a bar. */
export function sharesAt(
  { bandwidth, histogram }: Pick<RunReport, 'bandwidth' | 'histogram'>,
  cuts: readonly number[],
): number[] {
  const total = histogram.reduce((sum, { share }) => sum + share, 0)
  const below = cuts.map(
    (cut) =>
      histogram.reduce(
        (sum, { from, share }) => sum + share * Math.min(1, Math.max(0, (cut - from) / bandwidth)),
        0,
      ) / total,
  )
  return [...below, 1].map((share, at) => share - (below[at - 1] ?? 0))
}
