import type { Indicator } from '#modules/indicators/model.ts'
import type { Trend } from '#modules/publications/model.ts'
import { comparable } from '../charts/comparable.ts'
import { Ends } from '../charts/ends.tsx'
import { limitsOf, scaleAround } from '../charts/scale.ts'
import { TrendLine } from '../charts/trend-line.tsx'
import type { UnitView } from '../publications/unit-view.ts'

/** The comparable years of a figure as a small line, with the first and the last year under it; nothing where there is only one. */
export function YearsLine(props: {
  view: UnitView
  indicator: Indicator
  points: Trend['points']
  subject: string
}) {
  const { view, indicator } = props
  const points = comparable(props.points)
  const told = points.filter(({ cell }) => cell.absent === null && cell.value !== null)
  if (told.length < 2) return null
  const scale = scaleAround(
    told.flatMap(({ cell }) => [cell.value!, cell.low ?? cell.value!, cell.high ?? cell.value!]),
    indicator.unit,
    limitsOf(indicator.unit, view.assessmentOf(props.subject)),
  )
  const { shortYear } = view.language
  return (
    <>
      <TrendLine
        points={points.map(({ schoolYear, cell, breaks }) => ({
          year: schoolYear,
          value: cell.absent === null ? cell.value : null,
          low: cell.low,
          high: cell.high,
          isBroken: breaks.length > 0,
        }))}
        scale={scale}
      />
      <Ends low={shortYear(points[0]!.schoolYear)} high={shortYear(points.at(-1)!.schoolYear)} />
    </>
  )
}
