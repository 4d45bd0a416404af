import type { LinePoint } from './line-runs.ts'
import { bandPath, linePath, lineRuns } from './line-runs.ts'
import type { Scale } from './scale.ts'
import css from './trend-line.module.css'

const HEIGHT = 34 // px
const EDGE = 5 // px above and below, per cent left and right

/**
 * A few years in the space of a word: line with the band of its intervals, a dot at the last year. Only a picture: what it
 * shows stands beside it in words.
 */
export function TrendLine({ points, scale }: { points: readonly LinePoint[]; scale: Scale }) {
  const [first, last] = [points[0]?.year ?? 0, points.at(-1)?.year ?? 0]
  const x = (year: number) =>
    first === last ? 50 : EDGE + ((100 - 2 * EDGE) * (year - first)) / (last - first)
  const y = (value: number) => EDGE + (HEIGHT - 2 * EDGE) * (1 - scale.percent(value) / 100)
  const runs = lineRuns(points)
  const end = runs.at(-1)?.at(-1)
  return (
    <svg className={css.trend} width="100%" height={HEIGHT} aria-hidden="true">
      <svg
        viewBox={`0 0 100 ${HEIGHT}`}
        preserveAspectRatio="none"
        width="100%"
        height={HEIGHT}
        aria-hidden="true"
      >
        {runs.map((run) => (
          <path key={`band ${run[0]!.year}`} className={css.band} d={bandPath(run, x, y)} />
        ))}
        {runs.map((run) => (
          <path key={run[0]!.year} className={css.line} d={linePath(run, x, y)} />
        ))}
      </svg>
      {runs
        .filter((run) => run.length === 1)
        .map(([point]) => (
          <g key={point!.year}>
            {point!.low !== null && point!.high !== null && (
              <line
                className={css.interval}
                x1={`${x(point!.year)}%`}
                x2={`${x(point!.year)}%`}
                y1={y(point!.low)}
                y2={y(point!.high)}
              />
            )}
            <circle className={css.dot} cx={`${x(point!.year)}%`} cy={y(point!.value)} r="3" />
          </g>
        ))}
      {end && <circle className={css.dot} cx={`${x(end.year)}%`} cy={y(end.value)} r="3.5" />}
    </svg>
  )
}
