import { scaleLinear } from 'd3-scale'
import type { MarkerReport } from '#modules/assessments/model.ts'
import { useLanguage } from '../../text/language.ts'
import css from './marking.module.css'

const WIDTH = 320
const HEIGHT = 120
const LEFT = 8

/** How far one marker has drifted: gathered generosity above the middle, severity below, with the lines at which it rings. */
export function DriftChart({ marker: { name, drift } }: { marker: MarkerReport }) {
  const { t, count, number } = useLanguage()
  const said = t(`marking.driftSay.${drift.alarm ?? 'none'}`, {
    name: name ?? '',
    n: count(drift.steps.length),
  })
  if (drift.steps.length === 0) return null
  const reach = Math.max(drift.limit * 1.25, ...drift.steps.map(({ high, low }) => Math.max(high, low)))
  const x = scaleLinear([0, drift.steps.length], [LEFT, WIDTH - LEFT])
  const y = scaleLinear([reach, -reach], [6, HEIGHT - 6])
  const points = (of: (step: MarkerReport['drift']['steps'][number]) => number) =>
    [0, ...drift.steps.map(of)].map((value, at) => `${x(at).toFixed(1)},${y(value).toFixed(1)}`).join(' ')
  return (
    <figure className={css.drift}>
      <figcaption>{said}</figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={said}>
        <line className={css.rail} x1={LEFT} x2={WIDTH - LEFT} y1={y(0)} y2={y(0)} />
        {[drift.limit, -drift.limit].map((limit) => (
          <line key={limit} className={css.limit} x1={LEFT} x2={WIDTH - LEFT} y1={y(limit)} y2={y(limit)} />
        ))}
        <polyline className={css.line} points={points(({ high }) => high)} />
        <polyline className={css.line} points={points(({ low }) => -low)} />
        <text className={css.tick} x={LEFT} y={y(drift.limit) - 4}>
          {t('marking.driftUp')}, {number(drift.limit, 0)}
        </text>
        <text className={css.tick} x={LEFT} y={y(-drift.limit) + 12}>
          {t('marking.driftDown')}, {number(drift.limit, 0)}
        </text>
      </svg>
    </figure>
  )
}
