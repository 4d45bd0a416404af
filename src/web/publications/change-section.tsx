import type { Indicator } from '#modules/indicators/model.ts'
import type { Series } from '#modules/publications/model.ts'
import { SeriesChart } from '../charts/series-chart.tsx'
import { codes } from '../indicators/codes.ts'
import { Section } from '../parts/page.tsx'
import { BordersChoice } from './borders-choice.tsx'
import { seriesCsvAddress } from './load-series.ts'
import type { UnitPageData } from './load-unit-page.ts'
import { type UnitView, versionOf } from './unit-view.ts'

/** How the unit changed over the years, or why that cannot be said yet. */
export function ChangeSection({ view, data }: { view: UnitView; data: UnitPageData }) {
  const { t, to, name } = view.language
  const { learners, result, resultOfState, borders } = data.series
  const { unit } = data.profile
  const learnersOf = view.indicatorOf(codes.learners)
  const resultOf = view.indicatorOf(data.resultCode)
  const all = [learners, result].filter((each) => each !== null)
  if (all.length === 0) return null
  const hasSeries = all.some(isSeries)
  const differ = all.some(({ bordersDiffer }) => bordersDiffer)
  const isGone = borders === 'today' && differ && all.every(({ points }) => points.length === 0)
  return (
    <Section title={t('series.title')} id="change">
      {(differ || borders === 'today') && (
        <BordersChoice here={to(unit.level, { id: unit.id, year: data.yearInAddress })} chosen={borders} />
      )}
      {!hasSeries && <p>{t(isGone ? 'series.gone' : 'series.oneYear')}</p>}
      {hasSeries && (
        <div className="grid two">
          {result && resultOf && isSeries(result) && (
            <SeriesChart
              title={t('series.result', { name: name(data.main?.name ?? resultOf.short) })}
              indicator={resultOf}
              series={result}
              state={resultOfState}
              rules={view.rules}
              origin={originOf(view, resultOf, result)}
            />
          )}
          {learners && learnersOf && isSeries(learners) && (
            <SeriesChart
              title={t('series.learners')}
              indicator={learnersOf}
              series={learners}
              state={null}
              rules={view.rules}
              origin={originOf(view, learnersOf, learners)}
            />
          )}
        </div>
      )}
      {hasSeries && unit.level === 'school' && (
        <p className="small">
          {t(data.register.predecessors.length > 0 ? 'register.ownPage' : 'series.ownSchool')}
        </p>
      )}
    </Section>
  )
}

/** Two years make a series, even where one of them is hidden; one does not. */
export function isSeries({ points }: Series): boolean {
  return points.length > 1
}

function originOf({ language, data }: UnitView, indicator: Indicator, series: Series) {
  return {
    source: language.name(indicator.source),
    version: versionOf(language, data.profile),
    csv: seriesCsvAddress(series),
    definition: language.to('indicator', { code: indicator.code }),
  }
}
