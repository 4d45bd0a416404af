import type { ReactNode } from 'react'
import { useLanguage } from '../text/language.ts'
import { Axis } from './axis.tsx'
import css from './curve-plot.module.css'
import type { Scale } from './scale.ts'

/** Points of one curve, from left to right. */
export type Curve = readonly (readonly [x: number, y: number])[]

/** Curves over a scale of whole points, on a grid that says how high; single places are drawn over them. */
export function CurvePlot(props: {
  /** along the plot, written under it */
  scale: Scale
  /** upwards, written at the lines of the grid */
  upwards: Scale
  /** what is drawn upwards */
  label: string
  curves: readonly { key: string; points: Curve }[]
  /** px */
  height: number
  /** what else is drawn; y gives pixels from the top */
  over?: (y: (value: number) => number) => ReactNode
}) {
  const { scale, upwards, height, curves } = props
  const { number } = useLanguage()
  const y = (value: number) => height - (height * upwards.percent(value)) / 100
  return (
    <div className={css.box}>
      <p className={css.legend}>{props.label}</p>
      <svg className={css.plot} width="100%" height={height} aria-hidden="true">
        {upwards.ticks.map((tick) => (
          <g key={tick}>
            <line className={css.grid} x1="0" x2="100%" y1={y(tick)} y2={y(tick)} />
            <text x="0" y={y(tick) - 3}>
              {number(tick, upwards.decimals)}
            </text>
          </g>
        ))}
        <svg
          viewBox={`0 0 100 ${height}`}
          width="100%"
          height={height}
          preserveAspectRatio="none"
          aria-hidden="true"
        >
          {curves.map(({ key, points }) => (
            <polyline
              key={key}
              className={css.curve}
              points={points.map(([at, value]) => `${scale.percent(at)},${y(value)}`).join(' ')}
            />
          ))}
        </svg>
        {props.over?.(y)}
      </svg>
      <Axis scale={scale} write={(x) => number(x, 0)} />
    </div>
  )
}
