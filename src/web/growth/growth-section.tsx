import type { GrowthFigure, SchoolGrowth } from '#modules/growth/model.ts'
import { ChartFrame } from '../charts/chart-frame.tsx'
import { Ends } from '../charts/ends.tsx'
import { scaleOver } from '../charts/scale.ts'
import { Strip } from '../charts/strip.tsx'
import { tickWriter } from '../charts/write-tick.ts'
import { codes } from '../indicators/codes.ts'
import { Section } from '../parts/page.tsx'
import { figureOf, type UnitView, versionOf } from '../publications/unit-view.ts'
import css from './growth-section.module.css'
import { GrowthTable } from './growth-table.tsx'
import { growthSentence, notKnownYet, whoCounts } from './growth-words.ts'

/**
 * How far the learners of a school came from grade 3 to grade 6, beside learners elsewhere who started level. One school by itself: a
 * dot with its interval over the middle half of all schools; nobody has a place in an order.
 */
export function GrowthSection({ view, growth }: { view: UnitView; growth: SchoolGrowth | null }) {
  if (!growth) return null
  const { language, data } = view
  const { t, year } = language
  const shownYear = data.profile.schoolYear ?? 0
  const latest = growth.figures.find(({ schoolYear }) => schoolYear <= shownYear)?.schoolYear
  const figures = growth.figures.filter(({ schoolYear }) => schoolYear === latest)
  if (figures.length === 0) {
    // the section before says it already, unless it has other tests to tell of
    if (!figureOf(data, codes.progress)) return null
    return (
      <Section title={t('growth.title')} id="growth">
        <p>{notKnownYet(language, growth, shownYear)}</p>
      </Section>
    )
  }
  const told = figures.filter(isTold)
  const ends = told.flatMap(({ valueAdded, elsewhere }) => [
    valueAdded.low,
    valueAdded.high,
    elsewhere?.p10 ?? 0,
    elsewhere?.p90 ?? 0,
  ])
  const scale = scaleOver([0, ...ends])
  const write = tickWriter(scale, 'points_difference', language)
  return (
    <Section
      title={t('growth.title')}
      id="growth"
      aside={figures.some(({ status }) => status === 'preliminary') && <p>{t('growth.preliminary')}</p>}
    >
      <ChartFrame
        title={t('growth.chart')}
        say={t('growth.how')}
        origin={{
          year: latest ?? null,
          source: t('growth.source'),
          version: versionOf(language, data.profile),
        }}
        table={told.length > 0 && <GrowthTable figures={told} />}
      >
        <ul className={css.rows}>
          {figures.map((figure) => (
            <li key={figure.domain}>
              <h4>{t(`results.domains.${figure.domain}`)}</h4>
              {isTold(figure) ? (
                <>
                  <Strip
                    scale={scale}
                    half={figure.elsewhere && { low: figure.elsewhere.p25, high: figure.elsewhere.p75 }}
                    own={figure.valueAdded}
                    hasZero
                  />
                  <p>{growthSentence(language, figure)}</p>
                  <p className="small">{whoCounts(language, figure)}</p>
                </>
              ) : (
                <p>{t('growth.tooFew')}</p>
              )}
            </li>
          ))}
        </ul>
        {told.length > 0 && <Ends low={write(scale.low)} high={write(scale.high)} />}
      </ChartFrame>
      <p className={`note ${css.note}`}>
        {t('growth.doesNotSay')} {t('growth.years', { from: year(figures[0]!.fromYear) })}
      </p>
    </Section>
  )
}

export type ToldGrowth = GrowthFigure & { valueAdded: NonNullable<GrowthFigure['valueAdded']> }

function isTold(figure: GrowthFigure): figure is ToldGrowth {
  return figure.valueAdded !== null
}
