import type { Scale } from '../charts/scale.ts'
import css from '../charts/strip.module.css'
import type { ToldGrowth } from './growth-section.tsx'

const HEIGHT = 40 // px

/** The middle half of all schools as a band, zero as the upright line, the own figure as a dot with its interval. Only a picture. */
export function GrowthStrip({ figure, scale }: { figure: ToldGrowth; scale: Scale }) {
  const { valueAdded, elsewhere } = figure
  return (
    <svg className={css.strip} width="100%" height={HEIGHT} aria-hidden="true">
      <line className={css.rail} x1="0" x2="100%" y1="50%" y2="50%" />
      {elsewhere && (
        <rect
          className={css.half}
          x={scale.at(elsewhere.p25)}
          width={`${Math.max(0, scale.percent(elsewhere.p75) - scale.percent(elsewhere.p25))}%`}
          y="8"
          height={HEIGHT - 16}
          rx="3"
        />
      )}
      <line className={css.zero} x1={scale.at(0)} x2={scale.at(0)} y1="2" y2={HEIGHT - 2} />
      <line
        className={css.interval}
        x1={scale.at(valueAdded.low)}
        x2={scale.at(valueAdded.high)}
        y1="50%"
        y2="50%"
      />
      <circle className={css.own} cx={scale.at(valueAdded.value)} cy="50%" r="6" />
    </svg>
  )
}
