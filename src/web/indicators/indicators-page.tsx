import { type LoaderFunctionArgs, useLoaderData } from 'react-router'
import { type Trend, Trends } from '#modules/publications/model.ts'
import { areaNames, qualityAreas } from '#terms/criteria.ts'
import { EmptySystem } from '../home/empty-system.tsx'
import { Page, Section } from '../parts/page.tsx'
import { usePortal } from '../portal.ts'
import { loadUnit } from '../publications/load-unit.ts'
import { viewOf } from '../publications/unit-view.ts'
import { type CriterionView, contextOf, criteriaOf } from '../quality/criteria-view.ts'
import { query } from '../query.ts'
import { read } from '../read.ts'
import { useLanguage } from '../text/language.ts'
import { readCatalogue } from './catalogue.ts'
import { CatalogueEntry } from './catalogue-entry.tsx'
import { foundBy } from './found-by.ts'
import css from './indicators-page.module.css'

export async function loader(args: LoaderFunctionArgs) {
  const [catalogue, state] = await Promise.all([readCatalogue(args.context), loadUnit(args, 'state')])
  const id = state?.profile.unit.id
  const trends: readonly Trend[] = id
    ? (await read(args.context, `/trends?${query({ unit: id })}`, Trends)).trends
    : []
  const q = new URL(args.request.url).searchParams.get('q')?.trim().slice(0, 100) ?? ''
  return { catalogue, state, trends, q }
}

/** The catalogue: what is measured, of whom, and the country's figure; and what is not measured yet. */
export default function IndicatorsPage() {
  const data = useLoaderData<typeof loader>()
  const { catalogue, state, trends, q } = data
  const language = useLanguage()
  const { t, name, count } = language
  const rules = usePortal()?.config.rules ?? []
  if (catalogue.length === 0 || !state) return <EmptySystem />
  const view = viewOf(state, language, rules)
  const all = [...criteriaOf(state, trends), contextOf(state, trends)].map((criterion) =>
    matching(criterion, q),
  )
  const live = all.reduce((sum, { indicators, without }) => sum + indicators.length + without.length, 0)
  const planned = all.reduce((sum, criterion) => sum + criterion.planned.length, 0)
  const groups = [
    ...qualityAreas.map((area, index) => ({ ...area, number: `${index + 1}` })),
    { key: 'context', name: areaNames.context, criteria: ['context'] as const, number: '' },
  ]
  return (
    <Page
      title={t('indicators.title')}
      lead={t('indicators.lead')}
      facts={
        <>
          <span>{t('indicators.live', { count: live, n: count(live) })}</span>
          <span>{t('indicators.planned', { count: planned, n: count(planned) })}</span>
        </>
      }
    >
      <search className="no-print">
        <form className={css.search}>
          <input
            name="q"
            type="search"
            defaultValue={q}
            aria-label={t('indicators.find')}
            placeholder={t('indicators.find')}
            maxLength={100}
          />
          <button type="submit">{t('search.go')}</button>
        </form>
      </search>
      {live + planned === 0 && <p className={css.nothing}>{t('indicators.nothing', { q })}</p>}
      {groups.map((group) => {
        const criteria = all.filter(({ area }) => (group.criteria as readonly string[]).includes(area))
        const isEmpty = criteria.every(
          ({ indicators, without, planned }) => indicators.length + without.length + planned.length === 0,
        )
        if (isEmpty) return null
        return (
          <Section
            key={group.key}
            title={`${group.number && `${group.number}. `}${name(group.name)}`}
            id={group.key}
          >
            {criteria.map((criterion, at) => (
              <Criterion
                key={criterion.area}
                view={view}
                criterion={criterion}
                number={
                  group.number && `${group.number}.${group.criteria.indexOf(criterion.area as never) + 1}. `
                }
                isAlone={group.key === 'context' && at === 0}
              />
            ))}
          </Section>
        )
      })}
    </Page>
  )
}

/** What of a criterion the words asked for find. */
function matching(criterion: CriterionView, q: string): CriterionView {
  if (q === '') return criterion
  const inName = areaNames[criterion.area]
  return {
    ...criterion,
    indicators: criterion.indicators.filter(({ indicator }) =>
      foundBy(q, [indicator.code, indicator.name, indicator.short, indicator.definition, inName]),
    ),
    without: criterion.without.filter((indicator) =>
      foundBy(q, [indicator.code, indicator.name, indicator.short, indicator.definition, inName]),
    ),
    planned: criterion.planned.filter(({ code, name }) => foundBy(q, [code, name, inName])),
  }
}

function Criterion(props: {
  view: ReturnType<typeof viewOf>
  criterion: CriterionView
  number: string
  isAlone: boolean
}) {
  const { view, criterion } = props
  const { t, name } = view.language
  const { indicators, without, planned } = criterion
  if (indicators.length + without.length + planned.length === 0) return null
  const Heading = props.isAlone ? 'h3' : 'h4'
  return (
    <section className={css.criterion} aria-labelledby={props.isAlone ? 'context' : criterion.area}>
      {!props.isAlone && (
        <h3 id={criterion.area}>
          {props.number}
          {name(areaNames[criterion.area])}
        </h3>
      )}
      <ul className={css.list}>
        {indicators.map(({ indicator, lead }) => (
          <CatalogueEntry
            key={indicator.code}
            view={view}
            indicator={indicator}
            row={lead}
            Heading={Heading}
          />
        ))}
        {without.map((indicator) => (
          <CatalogueEntry
            key={indicator.code}
            view={view}
            indicator={indicator}
            row={null}
            Heading={Heading}
          />
        ))}
      </ul>
      {planned.length > 0 && (
        <details className={css.planned} open={indicators.length + without.length === 0}>
          <summary>
            {t('indicators.later', { count: planned.length, n: view.language.count(planned.length) })}
          </summary>
          <ul>
            {planned.map((each) => (
              <li key={each.code}>
                {name(each.name)}{' '}
                <span>
                  {each.code} · {t(`feeder.${each.feeder}`)}
                </span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  )
}
