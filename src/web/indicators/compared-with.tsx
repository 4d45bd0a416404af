import type { Indicator } from '#modules/indicators/model.ts'
import type { ProfileFigure } from '#modules/publications/model.ts'
import type { Cell } from '#terms/cell.ts'
import { Axis } from '../charts/axis.tsx'
import { ChartFrame } from '../charts/chart-frame.tsx'
import { IntervalLine } from '../charts/interval-line.tsx'
import { limitsOf, scaleAround } from '../charts/scale.ts'
import { tickWriter } from '../charts/write-tick.ts'
import { AbsenceKey, Absent } from '../parts/absent.tsx'
import { Section } from '../parts/page.tsx'
import type { UnitView } from '../publications/unit-view.ts'
import { isShown, peopleOf, verdict } from '../text/sentences.ts'
import css from './compared-with.module.css'

/** The unit above the units it lies in, each with its own interval, on one scale; whether they differ is said in words. */
export function ComparedWith(props: { view: UnitView; indicator: Indicator; figure: ProfileFigure }) {
  const { view, indicator, figure } = props
  const { language, data } = view
  const { t, to, name, count } = language
  const { unit } = data.profile
  const rows: { id: string; label: string; href: string | null; cell: Cell; words: string | null }[] = [
    { id: unit.id, label: name(unit.name), href: null, cell: figure.cell, words: null },
    ...figure.against.map(({ unit: other, cell, difference }) => ({
      id: other.id,
      label: name(other.name),
      href: to('unitIndicator', { id: other.id, code: indicator.code, year: data.yearInAddress }),
      cell,
      words: difference && verdict(language, indicator, difference, other.level),
    })),
  ]
  const shown = rows.map(({ cell }) => cell).filter(isShown)
  if (indicator.kind === 'count' && shown.length === 0) return null
  const write = view.writerOf(figure)
  const scale = scaleAround(
    shown.flatMap(({ value, low, high }) => [value, low ?? value, high ?? value]),
    indicator.unit,
    limitsOf(indicator.unit, view.assessmentOf(figure.subject)),
  )
  const isCount = indicator.kind === 'count'
  return (
    <Section title={t(figure.against.length > 0 ? 'unit.compared' : 'unit.now')} id="compared">
      <ChartFrame
        title={name(indicator.short)}
        say={figure.against.length > 0 ? t('unit.comparedHow') : name(indicator.of)}
        origin={view.originOf(figure)}
      >
        <table className={css.compared}>
          <caption className="hidden">{name(indicator.name)}</caption>
          <thead>
            <tr>
              <th scope="col">{t('unitIndicator.place')}</th>
              {!isCount && (
                <th scope="col" className={css.draw}>
                  <span className="hidden">{t('column.drawing')}</span>
                  {shown.length > 0 && (
                    <Axis scale={scale} write={tickWriter(scale, indicator.unit, language)} />
                  )}
                </th>
              )}
              <th scope="col" className={css.n}>
                {name(indicator.short)}
              </th>
              {!isCount && (
                <th scope="col" className={css.n}>
                  {t('column.interval')}
                </th>
              )}
              {figure.against.length > 0 && !isCount && <th scope="col">{t('column.inWords')}</th>}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ id, label, href, cell, words }, at) => (
              <tr key={id} className={at === 0 ? css.own : undefined}>
                <th scope="row">
                  {href ? <a href={href}>{label}</a> : label}
                  {!isCount && cell.n !== null && (
                    <span className={css.small}>{peopleOf(language, indicator, cell.n)}</span>
                  )}
                </th>
                {!isCount && (
                  <td className={css.draw}>
                    {isShown(cell) && (
                      <IntervalLine
                        scale={scale}
                        marks={[{ of: 'own', value: cell.value, low: cell.low, high: cell.high }]}
                      />
                    )}
                  </td>
                )}
                <td className={css.n}>
                  {isShown(cell) ? (
                    <b>{isCount ? count(cell.value) : write.value(cell.value)}</b>
                  ) : (
                    <Absent cell={cell} indicator={indicator} rules={view.rules} />
                  )}
                </td>
                {!isCount && (
                  <td className={css.n}>
                    {isShown(cell) &&
                      cell.low !== null &&
                      cell.high !== null &&
                      write.range(cell.low, cell.high)}
                  </td>
                )}
                {figure.against.length > 0 && !isCount && <td className={css.words}>{words}</td>}
              </tr>
            ))}
          </tbody>
        </table>
        <AbsenceKey figures={rows.map(({ cell }) => ({ cell, indicator }))} rules={view.rules} />
      </ChartFrame>
    </Section>
  )
}
