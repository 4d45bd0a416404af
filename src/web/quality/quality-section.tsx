import type { ReactNode } from 'react'
import type { Trend } from '#modules/publications/model.ts'
import { areaNames, qualityAreas } from '#terms/criteria.ts'
import { MarkKey } from '../charts/interval-line.tsx'
import type { KeyedFigure } from '../parts/absences.ts'
import { AbsenceKey } from '../parts/absent.tsx'
import { Section } from '../parts/page.tsx'
import type { UnitView } from '../publications/unit-view.ts'
import { useLanguage } from '../text/language.ts'
import { type CriterionView, contextOf, criteriaOf, type IndicatorRows } from './criteria-view.ts'
import { FigureRow } from './figure-row.tsx'
import { OtherFigure } from './other-figure.tsx'
import css from './quality.module.css'

/** The four areas of quality with their twelve criteria at one unit, in the order of the framework. */
export function QualitySection({ view, trends }: { view: UnitView; trends: readonly Trend[] }) {
  const { t, name } = view.language
  const { profile } = view.data
  const criteria = criteriaOf(view.data, trends)
  const context = contextOf(view.data, trends)
  return (
    <Section
      title={t('quality.title')}
      id="quality"
      aside={
        profile.path.length > 0 && (
          <p className={css.key}>
            <MarkKey of="own">{t(`chart.key.own.${profile.unit.level}`)}</MarkKey>
            {profile.path.toReversed().map(({ id, level, name: place }) => (
              <MarkKey key={id} of={level === 'school' ? 'own' : level}>
                {name(place)}
              </MarkKey>
            ))}
          </p>
        )
      }
    >
      {qualityAreas.map((area, index) => (
        <Area
          key={area.key}
          name={`${index + 1}. ${name(area.name)}`}
          isOpen={index === 0}
          indicators={criteria
            .filter((each) => area.criteria.some((key) => key === each.area))
            .reduce((sum, { indicators }) => sum + indicators.length, 0)}
        >
          {area.criteria.map((key, at) => (
            <Criterion
              key={key}
              view={view}
              criterion={criteria.find((each) => each.area === key)!}
              number={`${index + 1}.${at + 1}.`}
            />
          ))}
        </Area>
      ))}
      {context.indicators.length > 0 && (
        <Area name={name(areaNames.context)} indicators={context.indicators.length}>
          <p className="small">{t('quality.context')}</p>
          <Rows view={view} indicators={context.indicators} />
        </Area>
      )}
      <AbsenceKey figures={hidden(criteria)} rules={view.rules} />
      {profile.path.length > 0 && <p className="small">{t('unit.comparedHow')}</p>}
    </Section>
  )
}

/** An area that folds, so that the page is not as long as all twelve criteria; in print all are open. */
function Area(props: { name: string; indicators: number; isOpen?: boolean; children: ReactNode }) {
  const { t, count } = useLanguage()
  const { name, indicators, isOpen = false, children } = props
  return (
    <details className={css.area} open={isOpen}>
      <summary>
        <h3>{name}</h3>{' '}
        <span className="small">{t('quality.indicators', { count: indicators, n: count(indicators) })}</span>
      </summary>
      {children}
    </details>
  )
}

/** Figures whose absence is to be explained once, at the end. */
function hidden(criteria: readonly CriterionView[]): KeyedFigure[] {
  return criteria.flatMap(({ indicators }) =>
    indicators.flatMap(({ indicator, lead, others }) =>
      [lead, ...others].map(({ figure }) => ({ indicator, cell: figure.cell })),
    ),
  )
}

function Criterion(props: { view: UnitView; criterion: CriterionView; number: string }) {
  const { view, criterion } = props
  const { name } = view.language
  return (
    <section className={css.criterion} aria-labelledby={criterion.area}>
      <h4 id={criterion.area}>
        {props.number} {name(areaNames[criterion.area])}
      </h4>
      {criterion.indicators.length > 0 && <Rows view={view} indicators={criterion.indicators} />}
      <Missing view={view} criterion={criterion} />
    </section>
  )
}

function Rows({ view, indicators }: { view: UnitView; indicators: readonly IndicatorRows[] }) {
  const { t, count } = view.language
  return (
    <ul className={css.rows}>
      {indicators.map(({ indicator, lead, others }) => (
        <li key={indicator.code}>
          <FigureRow view={view} indicator={indicator} row={lead} />
          {others.length > 0 && (
            <details className={css.more}>
              <summary>{t('quality.more', { count: others.length, n: count(others.length) })}</summary>
              <ul className={css.others}>
                {others.map((row) => (
                  <OtherFigure key={row.figure.subject} view={view} indicator={indicator} row={row} />
                ))}
              </ul>
            </details>
          )}
        </li>
      ))}
    </ul>
  )
}

/** In one quiet line: what is asked everywhere but has no data here, and what will bring the rest of the criterion. */
function Missing({ view, criterion }: { view: UnitView; criterion: CriterionView }) {
  const { t, to, name } = view.language
  const { indicators, without, planned } = criterion
  const feeders = [...new Set(planned.map(({ feeder }) => feeder))]
  const said = [
    ...(without.length > 0
      ? [t('quality.without', { names: without.map(({ short }) => name(short)).join(', ') })]
      : []),
    ...(planned.length > 0
      ? [
          t(indicators.length + without.length > 0 ? 'quality.later' : 'quality.notYet', {
            feeders: feeders.map((feeder) => t(`feeder.${feeder}`)).join(', '),
          }),
        ]
      : []),
  ]
  if (said.length === 0) return null
  return (
    <p className={css.quiet}>
      {said.join(' ')}{' '}
      {planned.length > 0 && (
        <a className="no-print" href={`${to('indicators')}#${criterion.area}`}>
          {t('quality.which')}
        </a>
      )}
    </p>
  )
}
