import type { Indicator } from '#modules/indicators/model.ts'
import type { Peers, ProfileFigure } from '#modules/publications/model.ts'
import { ChartFrame } from '../charts/chart-frame.tsx'
import { limitsOf, scaleAround } from '../charts/scale.ts'
import css from '../charts/strip.module.css'
import { UnitTable } from '../charts/unit-table.tsx'
import { tickWriter } from '../charts/write-tick.ts'
import { Section } from '../parts/page.tsx'
import type { UnitView } from '../publications/unit-view.ts'
import { figureWriter } from '../text/figure.ts'
import type { Language } from '../text/language.ts'
import { isShown } from '../text/sentences.ts'

const HEIGHT = 44 // px

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
        <svg className={css.strip} width="100%" height={HEIGHT} aria-hidden="true">
          <line className={css.rail} x1="0" x2="100%" y1="50%" y2="50%" />
          {summary && (
            <rect
              className={css.half}
              x={scale.at(summary.low)}
              width={`${Math.max(0, scale.percent(summary.high) - scale.percent(summary.low))}%`}
              y="10"
              height={HEIGHT - 20}
              rx="3"
            />
          )}
          {similar.schools.map(
            ({ unit, cell: theirs }) =>
              isShown(theirs) && (
                <line
                  key={unit.id}
                  className={css.school}
                  x1={scale.at(theirs.value)}
                  x2={scale.at(theirs.value)}
                  y1="14"
                  y2={HEIGHT - 14}
                />
              ),
          )}
          {own && own.low !== null && own.high !== null && (
            <line className={css.interval} x1={scale.at(own.low)} x2={scale.at(own.high)} y1="50%" y2="50%" />
          )}
          {own && <circle className={css.own} cx={scale.at(own.value)} cy="50%" r="6" />}
        </svg>
        <p className={css.ends} aria-hidden="true">
          <span>{write(scale.low)}</span>
          <span>{write(scale.high)}</span>
        </p>
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
