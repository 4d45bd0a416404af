import type { Indicator } from '#modules/indicators/model.ts'
import type { Cell } from '#terms/cell.ts'
import type { Config } from '#terms/config.ts'
import { AbsenceKey, Absent } from '../parts/absent.tsx'
import { figureWriter } from '../text/figure.ts'
import { useLanguage } from '../text/language.ts'
import { isShown, peopleOf } from '../text/sentences.ts'
import { IntervalLine } from './interval-line.tsx'
import css from './parts-table.module.css'
import { limitsOf, scaleOver } from './scale.ts'

/** A few parts of one whole (girls and boys) on one scale: name, drawing, number with interval, people. */
export function PartsTable(props: {
  caption: string
  indicator: Indicator
  rules: Config['rules']
  rows: readonly { name: string; cell: Cell }[]
}) {
  const language = useLanguage()
  const shown = props.rows.map(({ cell }) => cell).filter(isShown)
  const write = figureWriter(language, props.indicator.unit, shown)
  const ends = shown.flatMap(({ value, low, high }) => [low ?? value, high ?? value])
  const scale = scaleOver(ends, props.indicator.unit === 'pupils' ? limitsOf('pupils', null) : null)
  const withPeople = props.indicator.unit !== 'pupils'
  return (
    <>
      <table className={css.parts}>
        <caption className="hidden">{props.caption}</caption>
        <tbody>
          {props.rows.map(({ name, cell }) => (
            <tr key={cell.category}>
              <th scope="row">
                {name}
                <span className={css.people}>
                  {withPeople && cell.n !== null && peopleOf(language, props.indicator, cell.n)}
                </span>
              </th>
              <td className={css.draw}>
                {isShown(cell) && (
                  <IntervalLine
                    scale={scale}
                    marks={[{ of: 'own', value: cell.value, low: cell.low, high: cell.high }]}
                  />
                )}
              </td>
              <td className={css.value}>
                {isShown(cell) ? (
                  <>
                    <b>{write.value(cell.value)}</b>
                    {cell.low !== null && cell.high !== null && (
                      <span className={css.people}>{write.range(cell.low, cell.high)}</span>
                    )}
                  </>
                ) : (
                  <Absent cell={cell} indicator={props.indicator} rules={props.rules} />
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <AbsenceKey
        figures={props.rows.map(({ cell }) => ({ cell, indicator: props.indicator }))}
        rules={props.rules}
      />
    </>
  )
}
