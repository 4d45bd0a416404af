import type { Indicator } from '#modules/indicators/model.ts'
import type { Peers, ProfileFigure } from '#modules/publications/model.ts'
import { ChartFrame } from '../charts/chart-frame.tsx'
import { Ends } from '../charts/ends.tsx'
import { limitsOf, scaleAround } from '../charts/scale.ts'
import { Strip } from '../charts/strip.tsx'
import { UnitTable } from '../charts/unit-table.tsx'
import { tickWriter } from '../charts/write-tick.ts'
import { Section } from '../parts/page.tsx'
import type { UnitView } from '../publications/unit-view.ts'
import { figureWriter } from '../text/figure.ts'
import type { Language } from '../text/language.ts'
import { isShown } from '../text/sentences.ts'

/**
 * A school among the schools most alike: their middle half as a band, each as a mark, the own one as a dot with its interval.
 * Nobody has a place in an order; names stand in the table, by alphabet.
 */
export function SimilarSchools(props: {
  view: UnitView
  indicator: Indicator
  figure: ProfileFigure
  peers: Peers | null
}) {
  const { view, indicator, figure, peers } = props
  const { language, data } = view
  const { t, name } = language
  const similar = peers?.similar
  if (!similar) return null
  const shown = similar.schools.map(({ cell }) => cell).filter(isShown)
  const how = t('similar.how', {
    by: similar.comparedBy.map((each) => t(`similar.by.${each}`)).join(', '),
  })
  if (shown.length === 0) {
    return (
      <Section title={t('similar.title')} id="similar">
        <p>
          {t('similar.none')} {how}
        </p>
      </Section>
    )
  }
  const { cell } = figure
  const own = isShown(cell) ? cell : null
  const scale = scaleAround(
    [
      ...shown.map(({ value }) => value),
      ...(own ? [own.value, own.low ?? own.value, own.high ?? own.value] : []),
    ],
    indicator.unit,
    limitsOf(indicator.unit, view.assessmentOf(figure.subject)),
  )
  const write = tickWriter(scale, indicator.unit, language)
  const { summary } = similar
  return (
    <Section title={t('similar.title')} id="similar">
      <ChartFrame
        title={t('similar.chart', { count: shown.length, n: language.count(shown.length) })}
        say={`${summary ? similarSentence(language, indicator, summary) : ''} ${how}`.trim()}
        origin={{ year: data.profile.schoolYear, source: name(indicator.source) }}
        table={
          <UnitTable
            caption={t('similar.title')}
            indicator={indicator}
            figures={similar.schools}
            state={null}
            assessment={view.assessmentOf(figure.subject) ?? null}
            rules={view.rules}
            year={data.yearInAddress}
          />
        }
      >
        <Strip
          scale={scale}
          half={summary}
          ticks={similar.schools.flatMap(({ unit, cell: theirs }) =>
            isShown(theirs) ? [{ id: unit.id, value: theirs.value }] : [],
          )}
          own={own}
        />
        <Ends low={write(scale.low)} high={write(scale.high)} />
      </ChartFrame>
    </Section>
  )
}

const Z = 1.96 // of a 95 % interval

/** „Pusei līdzīgo skolu skaitlis ir no 65 līdz 78 %, viduspunkts ir 71 %. Nav skaidras atšķirības.” */
function similarSentence(
  language: Language,
  indicator: Indicator,
  { median, low, high, difference, se }: NonNullable<NonNullable<Peers['similar']>['summary']>,
): string {
  const { t } = language
  const write = figureWriter(language, indicator.unit, [{ low, high }])
  const middle = t('similar.middle', { interval: write.interval(low, high), median: write.value(median) })
  if (se === null) return middle
  const key = difference - Z * se > 0 ? 'higher' : difference + Z * se < 0 ? 'lower' : 'no_clear_difference'
  return `${middle} ${t(`similar.${key}`, { difference: write.difference(difference) })}`
}
