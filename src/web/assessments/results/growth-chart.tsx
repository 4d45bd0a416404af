import { scaleLinear } from 'd3-scale'
import type { ResultSheet } from '#modules/assessments/model.ts'
import { useLanguage } from '../../text/language.ts'
import css from './results.module.css'

const WIDTH = 360 // px
const HEIGHT = 190
const LEFT = 60
const RIGHT = 230
const APART = 18 // px between two labels
const ROOM = 40 // points of the scale above and below what is drawn

/**
 * The result before and this one, with the band in which the true one lies; dashed: children who started level. Drawn only where
 * growth was computed: else the two tests may not be on one scale.
 */
export function GrowthChart({ sheet, say }: { sheet: ResultSheet; say: string }) {
  const { t, number } = useLanguage()
  const { before, score, low, high, growth, grade } = sheet
  if (!before || !growth) return null
  const values = [before.score, score, low ?? score, high ?? score, growth.expected]
  const y = scaleLinear([Math.min(...values) - ROOM, Math.max(...values) + ROOM], [HEIGHT - 30, 8])
  const then = y(before.score)
  const now = y(score)
  const gap = y(growth.expected) - now
  const beside = now + 5 + (gap < 0 ? Math.min(gap, -APART) : Math.max(gap, APART))
  return (
    <svg className={css.chart} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={say}>
      <line className={css.rule} x1={0} x2={WIDTH} y1={HEIGHT - 26} y2={HEIGHT - 26} />

      <line className={css.other} x1={LEFT} x2={RIGHT} y1={then} y2={y(growth.expected)} />
      <text x={RIGHT + 16} y={beside}>
        {t('results.similarStart')}
      </text>

      <line className={css.line} x1={LEFT} x2={RIGHT} y1={then} y2={now} />
      {low !== null && high !== null && (
        <line className={css.band} x1={RIGHT} x2={RIGHT} y1={y(low)} y2={y(high)} />
      )}
      <circle className={css.dot} cx={LEFT} cy={then} r={5} />
      <circle className={css.dot} cx={RIGHT} cy={now} r={5.5} />
      <text className={css.mine} x={LEFT - 14} y={then + 5} textAnchor="end">
        {number(before.score, 0)}
      </text>
      <text className={css.mine} x={RIGHT + 16} y={now + 5}>
        {number(score, 0)}
      </text>
      <text x={LEFT} y={HEIGHT - 8} textAnchor="middle">
        {t('results.grade', { grade: before.grade })}, {before.schoolYear}
      </text>
      <text x={RIGHT} y={HEIGHT - 8} textAnchor="middle">
        {t('results.grade', { grade })}, {sheet.schoolYear}
      </text>
    </svg>
  )
}
