import type { ReactNode } from 'react'
import type { UnitFigure } from '#modules/publications/model.ts'
import { ChartFrame } from '../charts/chart-frame.tsx'
import { csvAddress, figureOf, type UnitView, versionOf } from '../publications/unit-view.ts'
import { figureWriter } from '../text/figure.ts'
import { isShown } from '../text/sentences.ts'

/** What stands around the municipalities of the front page, be they a list or a map: the test, its range, where the figures are from. */
export function PlaceFrame(props: {
  view: UnitView
  figures: readonly UnitFigure[]
  say: string
  children: ReactNode
}) {
  const { view, figures } = props
  const { language, data } = view
  const { t, to, name, count } = language
  const indicator = view.indicatorOf(data.resultCode)
  const { main, profile } = data
  if (!indicator || !main) return null
  const shown = figures.map(({ cell }) => cell).filter(isShown)
  const write = figureWriter(language, indicator.unit, shown)
  const values = shown.map(({ value }) => value)
  const country = figureOf(data, data.resultCode, main.subject)?.cell
  return (
    <ChartFrame
      title={
        values.length === 0
          ? t('places.titleNone', { test: name(main.name) })
          : t('places.title', {
              test: name(main.name),
              low: write.value(Math.min(...values)),
              high: write.value(Math.max(...values)),
            })
      }
      say={props.say}
      origin={{
        people: country?.n ? t('count.pupils', { count: country.n, n: count(country.n) }) : undefined,
        year: profile.schoolYear,
        source: name(indicator.source),
        version: versionOf(language, profile),
        csv: csvAddress({
          indicator: indicator.code,
          year: profile.schoolYear,
          subject: main.subject,
          level: 'municipality',
        }),
        definition: to('indicator', { code: indicator.code }),
      }}
    >
      {props.children}
    </ChartFrame>
  )
}
