import css from './line-band.module.css'
import { bandPath, type LinePoint, linePath, lineRuns } from './line-runs.ts'
import type { Scale } from './scale.ts'

const TOP = 22 // px above the highest value, where a change of borders is named
const HEIGHT = 190 // px from the highest to the lowest value
const FOOT = 26 // px for the years
const EDGE = 7 // per cent of the width left and right of the first and last year
const MOST_NAMES = 5 // of years under the drawing
const LABEL = 17 // px between two names at the end of their lines

/** One line of the drawing. */
export interface Line {
  of: 'own' | 'state'
  /** stands at the end of the line */
  name: string
  points: readonly LinePoint[]
}

/** Something that happened between two years, drawn upright. */
export interface Turn {
  /** the first year after it */
  year: number
  name: string
}

/** What is aimed at in some years, drawn as a level line across them. */
export interface Aim {
  value: number
  from: number
  until: number
  /** „mērķis 90 %” */
  name: string
}

/**
 * Values over years: own line with the band of its intervals, the state's line without. Only a picture: sentence and table
 * stand beside it with the same numbers. Across in per cent of the width at hand, down in pixels.
 */
export function LineBand(props: {
  lines: readonly Line[]
  scale: Scale
  turns: readonly Turn[]
  aims?: readonly Aim[]
  writeTick: (value: number) => string
  writeYear: (year: number) => string
}) {
  const { lines, scale, turns } = props
  const aims = props.aims ?? []
  const years = [
    ...new Set([
      ...lines.flatMap(({ points }) => points.map(({ year }) => year)),
      ...aims.map(({ until }) => until),
    ]),
  ].sort((a, b) => a - b)
  const [first, last] = [years[0]!, years.at(-1)!]
  const x = (year: number) =>
    first === last ? 50 : round(EDGE + ((100 - 2 * EDGE) * (year - first)) / (last - first))
  const y = (value: number) => round(TOP + HEIGHT * (1 - scale.percent(value) / 100))
  const height = TOP + HEIGHT + FOOT
  // as many names of years as there is room for, the last one always
  const step = Math.ceil(years.length / MOST_NAMES)
  const named = years.filter((_, at) => (years.length - 1 - at) % step === 0)
  // the own line last: it lies above the others
  const runs = lines
    .toSorted((a, b) => (a.of === b.of ? 0 : a.of === 'own' ? 1 : -1))
    .flatMap(({ of, points }) => lineRuns(points).map((run) => ({ of, run })))
  return (
    <div className={css.chart} aria-hidden="true">
      <svg className={css.values} height={height} aria-hidden="true">
        {scale.ticks.map((tick) => (
          <text key={tick} x="100%" y={y(tick)} dy="0.35em" textAnchor="end">
            {props.writeTick(tick)}
          </text>
        ))}
      </svg>
      <svg className={css.plot} height={height} width="100%" aria-hidden="true">
        {scale.ticks.map((tick) => (
          <line key={tick} className={css.grid} x1="0" x2="100%" y1={y(tick)} y2={y(tick)} />
        ))}
        {turns.map(({ year, name }) => {
          const at = (x(year) + x(year - 1)) / 2
          return (
            <g key={year}>
              <line className={css.turn} x1={`${at}%`} x2={`${at}%`} y1={TOP - 6} y2={TOP + HEIGHT} />
              <text x={`${at}%`} y={TOP - 11} textAnchor={at > 70 ? 'end' : at < 30 ? 'start' : 'middle'}>
                {name}
              </text>
            </g>
          )
        })}
        {aims.map(({ value, from, until, name }) => (
          <g key={`${name} ${from}`}>
            <line
              className={css.aim}
              x1={`${x(Math.max(first, from))}%`}
              x2={`${x(until)}%`}
              y1={y(value)}
              y2={y(value)}
            />
            <text className={css.aimName} x={`${x(until)}%`} y={y(value) - 6} textAnchor="end">
              {name}
            </text>
          </g>
        ))}
        <svg
          viewBox={`0 0 100 ${height}`}
          preserveAspectRatio="none"
          width="100%"
          height={height}
          aria-hidden="true"
        >
          {runs
            .filter(({ of }) => of === 'own')
            .map(({ run }) => (
              <path key={run[0]!.year} className={css.band} d={bandPath(run, x, y)} />
            ))}
          {runs.map(({ of, run }) => (
            <path key={`${of} ${run[0]!.year}`} className={css[of]} d={linePath(run, x, y)} />
          ))}
        </svg>
        {runs.flatMap(({ of, run }) =>
          run.map(({ year, value, low, high }) => (
            <g key={`${of} ${year}`}>
              {of === 'own' && run.length === 1 && low !== null && high !== null && (
                <line
                  className={css.interval}
                  x1={`${x(year)}%`}
                  x2={`${x(year)}%`}
                  y1={y(low)}
                  y2={y(high)}
                />
              )}
              {(of === 'own' || run.length === 1) && (
                <circle
                  className={css[`${of}Dot`]}
                  cx={`${x(year)}%`}
                  cy={y(value)}
                  r={of === 'own' ? 4.5 : 3}
                />
              )}
            </g>
          )),
        )}
        {named.map((year, at) => (
          <text
            key={year}
            className={at === 0 || at === named.length - 1 ? undefined : css.between}
            x={`${x(year)}%`}
            y={height - 6}
            textAnchor="middle"
          >
            {props.writeYear(year)}
          </text>
        ))}
      </svg>
      <svg className={css.names} height={height} aria-hidden="true">
        {namesAt(lines, y).map(({ of, name, at }) => (
          <text key={of} className={css[`${of}Name`]} x="0" y={at} dy="0.35em">
            {name}
          </text>
        ))}
      </svg>
    </div>
  )
}

/** Where the names at the ends of the lines stand: at the last value, pushed apart where they would meet. */
function namesAt(lines: readonly Line[], y: (value: number) => number) {
  const ends = lines
    .flatMap(({ of, name, points }) => {
      const end = points.findLast(({ value }) => value !== null)
      return end ? [{ of, name, at: y(end.value!) }] : []
    })
    .sort((a, b) => a.at - b.at)
  for (const [index, end] of ends.entries()) {
    const above = ends[index - 1]
    if (above) end.at = Math.max(end.at, above.at + LABEL)
  }
  return ends
}

function round(x: number): number {
  return Math.round(x * 100) / 100
}
