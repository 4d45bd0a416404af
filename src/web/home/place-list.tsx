import type { CSSProperties } from 'react'
import type { UnitFigure } from '#modules/publications/model.ts'
import { Axis } from '../charts/axis.tsx'
import { IntervalLine, MarkKey } from '../charts/interval-line.tsx'
import { limitsOf, scaleOver } from '../charts/scale.ts'
import { AbsenceKey, Absent } from '../parts/absent.tsx'
import { figureOf, type UnitView } from '../publications/unit-view.ts'
import { figureWriter } from '../text/figure.ts'
import { isShown } from '../text/sentences.ts'
import { PlaceFrame } from './place-frame.tsx'
import css from './place-list.module.css'

/**
 * Municipalities by name, each as a dot with its interval on one scale. Stands on the front page where the country has
 * no tile map; every line reads as a sentence for whoever does not see the drawing.
 */
export function PlaceList({ view, figures }: { view: UnitView; figures: readonly UnitFigure[] }) {
  const { language, data } = view
  const { t, to, name, number } = language
  const indicator = view.indicatorOf(data.resultCode)
  const { main } = data
  if (!indicator || !main) return null
  const shown = figures.map(({ cell }) => cell).filter(isShown)
  const write = figureWriter(language, indicator.unit, shown)
  const country = figureOf(data, data.resultCode, main.subject)?.cell
  const state = isShown(country) ? country.value : null
  const scale = scaleOver(
    shown.flatMap(({ value, low, high }) => [low ?? value, high ?? value]),
    limitsOf(indicator.unit, main),
  )
  const rows = { '--rows': Math.ceil(figures.length / 2) } as CSSProperties
  return (
    <PlaceFrame view={view} figures={figures} say={t('places.say')}>
      <p className={css.key}>
        <MarkKey of="own">{t('chart.key.unitWithInterval')}</MarkKey>
        {state !== null && (
          <MarkKey of="state">{t('chart.key.stateValue', { value: write.value(state) })}</MarkKey>
        )}
      </p>
      <div className={css.heads} aria-hidden="true">
        <div className={css.head}>
          <Axis scale={scale} write={(x) => number(x, scale.decimals)} />
        </div>
        <div className={css.head}>
          <Axis scale={scale} write={(x) => number(x, scale.decimals)} />
        </div>
      </div>
      <ul className={css.list} style={rows}>
        {figures.map(({ unit, cell }) => (
          <li key={unit.id}>
            <a href={to(unit.level, { id: unit.id })}>{name(unit.name)}</a>
            <span className={css.draw}>
              {isShown(cell) && (
                <IntervalLine
                  tall
                  scale={scale}
                  marks={[
                    ...(state === null
                      ? []
                      : [{ of: 'state' as const, value: state, low: null, high: null }]),
                    { of: 'own', value: cell.value, low: cell.low, high: cell.high },
                  ]}
                />
              )}
            </span>
            <span className={css.value}>
              {isShown(cell) ? (
                <>
                  {write.value(cell.value)}
                  {cell.low !== null && cell.high !== null && (
                    <span className="hidden"> ({write.interval(cell.low, cell.high)})</span>
                  )}
                </>
              ) : (
                <Absent cell={cell} indicator={indicator} rules={view.rules} />
              )}
            </span>
          </li>
        ))}
      </ul>
      <AbsenceKey figures={figures.map(({ cell }) => ({ cell, indicator }))} rules={view.rules} />
    </PlaceFrame>
  )
}
