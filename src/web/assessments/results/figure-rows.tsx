import type { Indicator } from '#modules/indicators/model.ts'
import type { Cell } from '#terms/cell.ts'
import type { Config } from '#terms/config.ts'
import { Axis } from '../../charts/axis.tsx'
import { IntervalLine, type Mark, MarkKey } from '../../charts/interval-line.tsx'
import type { Scale } from '../../charts/scale.ts'
import unitCss from '../../charts/unit-table.module.css'
import { tickWriter } from '../../charts/write-tick.ts'
import { AbsenceKey, Absent } from '../../parts/absent.tsx'
import { WideTable } from '../../parts/wide-table.tsx'
import { figureWriter } from '../../text/figure.ts'
import { useLanguage } from '../../text/language.ts'
import { isShown, peopleOf } from '../../text/sentences.ts'
import css from './place.module.css'

export interface FigureRow {
  key: string
  name: string
  indicator: Indicator
  cell: Cell
  /** the same of the state, drawn as an upright line; left out on its own page */
  state?: Cell | undefined
  /** what may be said of it, in a few words */
  words?: string | null
}

/** Figures of one unit side by side on one scale: name, drawing with interval, number, what it means. */
export function FigureRows({
  caption,
  rows,
  scale,
  rules,
}: {
  caption: string
  rows: readonly FigureRow[]
  scale: Scale
  rules: Config['rules']
}) {
  const language = useLanguage()
  const { t, to } = language
  const [first] = rows
  if (!first) return null
  const unit = first.indicator.unit
  const write = figureWriter(language, unit, rows.map(({ cell }) => cell).filter(isShown))
  const withState = rows.some(({ state }) => isShown(state))
  const withWords = rows.some(({ words }) => words)
  return (
    <>
      {withState && (
        <p className={unitCss.key}>
          <MarkKey of="own">{t('results.place.key.own')}</MarkKey>
          <MarkKey of="state">{t('results.place.key.state')}</MarkKey>
        </p>
      )}
      <WideTable label={caption}>
        <thead>
          <tr>
            <th scope="col">
              <span className="hidden">{t('results.group')}</span>
            </th>
            <th scope="col" className={css.draw}>
              <span className="hidden">{t('column.drawing')}</span>
              <Axis scale={scale} write={tickWriter(scale, unit, language)} />
            </th>
            <th scope="col" className="n">
              {t('results.place.figure')}
            </th>
            <th scope="col" className="n">
              {t('column.interval')}
            </th>
            {withState && (
              <th scope="col" className="n">
                {t('results.place.inState')}
              </th>
            )}
            {withWords && <th scope="col">{t('column.inWords')}</th>}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, name, indicator, cell, state, words }) => (
            <tr key={key} className={css.rows}>
              <th scope="row">
                <a href={to('indicator', { code: indicator.code })}>{name}</a>
                {cell.n !== null && (
                  <span className={css.people}>{peopleOf(language, indicator, cell.n)}</span>
                )}
              </th>
              <td className={css.draw}>
                {isShown(cell) && <IntervalLine scale={scale} marks={marksOf(cell, state)} />}
              </td>
              <td className="n">
                {isShown(cell) ? (
                  <b>{write.value(cell.value)}</b>
                ) : (
                  <Absent cell={cell} indicator={indicator} rules={rules} />
                )}
              </td>
              <td className="n">
                {isShown(cell) && cell.low !== null && cell.high !== null && write.range(cell.low, cell.high)}
              </td>
              {withState && <td className="n">{isShown(state) && write.value(state.value)}</td>}
              {withWords && <td className="small">{words}</td>}
            </tr>
          ))}
        </tbody>
      </WideTable>
      <AbsenceKey figures={rows} rules={rules} />
    </>
  )
}

function marksOf(cell: Cell & { value: number }, state: Cell | undefined): Mark[] {
  const own: Mark = { of: 'own', value: cell.value, low: cell.low, high: cell.high }
  return isShown(state) ? [{ of: 'state', value: state.value, low: null, high: null }, own] : [own]
}
