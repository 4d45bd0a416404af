/** A year of a series as it is drawn. */
export interface LinePoint {
  year: number
  /** null: not told */
  value: number | null
  low: number | null
  high: number | null
  /** the line does not reach here from the point before: the two cannot be compared */
  isBroken: boolean
}

export type ShownPoint = LinePoint & { value: number }

/** Neighbouring years that one line may join: told, one after another, and comparable. */
export function lineRuns(points: readonly LinePoint[]): ShownPoint[][] {
  const runs: ShownPoint[][] = []
  let before: LinePoint | null = null
  for (const point of points) {
    if (isTold(point)) {
      const follows = before !== null && isTold(before) && before.year === point.year - 1 && !point.isBroken
      if (follows) runs.at(-1)!.push(point)
      else runs.push([point])
    }
    before = point
  }
  return runs
}

/** The band between the ends of the intervals as a path, forth along the upper ends and back along the lower; '' for one point. */
export function bandPath(
  run: readonly ShownPoint[],
  x: (year: number) => number,
  y: (value: number) => number,
): string {
  if (run.length < 2 || run.some(({ low, high }) => low === null || high === null)) return ''
  const upper = run.map(({ year, high }) => `${x(year)} ${y(high!)}`)
  const lower = run.toReversed().map(({ year, low }) => `${x(year)} ${y(low!)}`)
  return `M${[...upper, ...lower].join('L')}Z`
}

/** The line through the values as a path; '' for one point. */
export function linePath(
  run: readonly ShownPoint[],
  x: (year: number) => number,
  y: (value: number) => number,
): string {
  return run.length < 2 ? '' : `M${run.map(({ year, value }) => `${x(year)} ${y(value)}`).join('L')}`
}

function isTold(point: LinePoint): point is ShownPoint {
  return point.value !== null
}
