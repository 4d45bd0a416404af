import type { Indicator } from '#modules/indicators/model.ts'
import type { UnitFigure } from '#modules/publications/model.ts'
import type { Assessment } from '#modules/records/model.ts'
import type { Cell } from '#terms/cell.ts'
import type { Config } from '#terms/config.ts'
import { AbsenceKey, Absent } from '../parts/absent.tsx'
import { figureWriter } from '../text/figure.ts'
import { useLanguage } from '../text/language.ts'
import { isShown, peopleWord } from '../text/sentences.ts'
import { Axis } from './axis.tsx'
import { IntervalLine, type Mark, MarkKey } from './interval-line.tsx'
import { limitsOf, scaleOver } from './scale.ts'
import css from './unit-table.module.css'
import { tickWriter } from './write-tick.ts'

/**
 * Units in alphabetical order, each with its figure drawn on one common scale: a table and a chart at once. There is no
 * order by result. An upright line marks the state.
 */
export function UnitTable(props: {
  caption: string
  indicator: Indicator
  figures: readonly UnitFigure[]
  state: number | null
  /** the test the figures are of, if any */
  assessment: Assessment | null
  rules: Config['rules']
  /** keeps the year in the links */
  year: number | null
}) {
  const language = useLanguage()
  const { t, to, name, count } = language
  const { indicator, figures } = props
  const shown = figures.map(({ cell }) => cell).filter(isShown)
  const write = figureWriter(language, indicator.unit, shown)
  const scale = scaleOver(
    [
      ...shown.flatMap(({ value, low, high }) => [low ?? value, high ?? value]),
      ...(props.state === null ? [] : [props.state]),
    ],
    limitsOf(indicator.unit, props.assessment),
  )
  const withN = indicator.unit !== 'pupils'
  return (
    <>
      {props.state !== null && (
        <p className={css.key}>
          <MarkKey of="own">{t('chart.key.unitWithInterval')}</MarkKey>
          <MarkKey of="state">{t('chart.key.stateValue', { value: write.value(props.state) })}</MarkKey>
        </p>
      )}
      <table className={css.table}>
        <caption className="hidden">{props.caption}</caption>
        <thead>
          <tr>
            <th scope="col">{t(figures[0]?.unit.level === 'school' ? 'column.school' : 'column.unit')}</th>
            <th scope="col" className={css.draw}>
              <span className="hidden">{t('column.drawing')}</span>
              {shown.length > 0 && <Axis scale={scale} write={tickWriter(scale, indicator.unit, language)} />}
            </th>
            <th scope="col" className={css.n}>
              {name(indicator.short)}
            </th>
            {withN && (
              <>
                <th scope="col" className={css.n}>
                  {t('column.interval')}
                </th>
                <th scope="col" className={css.n}>
                  {t(`column.${peopleWord(indicator)}`)}
                </th>
              </>
            )}
          </tr>
        </thead>
        <tbody>
          {figures.map(({ unit, cell }) => (
            <tr key={unit.id}>
              <th scope="row">
                <a href={to(unit.level, { id: unit.id, year: props.year })}>{name(unit.name)}</a>
              </th>
              <td className={css.draw}>
                <IntervalLine tall scale={scale} marks={marksOf(cell, props.state)} />
              </td>
              <td className={css.value}>
                {isShown(cell) ? (
                  write.value(cell.value)
                ) : (
                  <Absent cell={cell} indicator={indicator} rules={props.rules} />
                )}
              </td>
              {withN && (
                <>
                  <td className={css.range}>
                    {isShown(cell) &&
                      cell.low !== null &&
                      cell.high !== null &&
                      write.range(cell.low, cell.high)}
                  </td>
                  <td className={css.people} data-label={t(`column.${peopleWord(indicator)}`)}>
                    {cell.n === null ? '' : count(cell.n)}
                  </td>
                </>
              )}
            </tr>
          ))}
        </tbody>
      </table>
      <AbsenceKey figures={figures.map(({ cell }) => ({ cell, indicator }))} rules={props.rules} />
    </>
  )
}

/** The unit itself, where it is shown, and the state, which runs through every row as one line. */
function marksOf(cell: Cell, state: number | null): Mark[] {
  const marks: Mark[] = state === null ? [] : [{ of: 'state', value: state, low: null, high: null }]
  if (isShown(cell)) marks.push({ of: 'own', value: cell.value, low: cell.low, high: cell.high })
  return marks
}
