import { type LoaderFunctionArgs, useLoaderData } from 'react-router'
import { areaNames } from '#terms/criteria.ts'
import { ChartFrame } from '../charts/chart-frame.tsx'
import { Histogram, HistogramTable } from '../charts/histogram.tsx'
import { SeriesChart } from '../charts/series-chart.tsx'
import { UnitTable } from '../charts/unit-table.tsx'
import { Page, Section } from '../parts/page.tsx'
import { YearChoice } from '../parts/year-choice.tsx'
import { usePortal } from '../portal.ts'
import { AudienceMark } from '../publications/audience-mark.tsx'
import { BordersChoice } from '../publications/borders-choice.tsx'
import { isSeries } from '../publications/change-section.tsx'
import { seriesCsvAddress } from '../publications/load-series.ts'
import { csvAddress, type UnitView, versionOf, viewOf } from '../publications/unit-view.ts'
import { query } from '../query.ts'
import { useLanguage } from '../text/language.ts'
import { inPlace, isShown, peopleOf, spreadSentence } from '../text/sentences.ts'
import { AboutIndicator } from './about-indicator.tsx'
import { BreakdownCharts } from './breakdown-charts.tsx'
import { codes } from './codes.ts'
import { ComparedWith } from './compared-with.tsx'
import { figureSentence } from './figure-sentence.ts'
import css from './indicator-page.module.css'
import { loadUnitIndicator, type UnitIndicatorData } from './load-unit-indicator.ts'
import { SimilarSchools } from './similar-schools.tsx'
import { subjectName } from './subject-name.ts'

export function loader(args: LoaderFunctionArgs) {
  return loadUnitIndicator(args)
}

interface Props {
  view: UnitView
  data: UnitIndicatorData
}

/** One indicator at one unit: how it is doing, compared with whom, how it changed, its parts, what is inside, what next. */
export default function UnitIndicatorPage() {
  const data = useLoaderData<typeof loader>()
  const language = useLanguage()
  const view = viewOf(data, language, usePortal()?.config.rules ?? [])
  const { t, to, name, year } = language
  const { indicator, profile, figure, subject } = data
  const { unit, path } = profile
  const subjectSaid = subjectName(language, subject, view.assessmentOf(subject))
  return (
    <Page
      title={name(indicator.name)}
      windowTitle={`${name(indicator.short)}: ${name(unit.name)}`}
      crumbs={[...path, unit].map((place) => ({
        name: name(place.name),
        to: to(place.level, { id: place.id, year: data.yearInAddress }),
      }))}
      lead={
        figure ? figureSentence(view, indicator, figure) : t('unitIndicator.none', { name: name(unit.name) })
      }
      facts={
        <>
          <span>
            <b>{name(unit.name)}</b>
          </span>
          {subjectSaid && <span>{subjectSaid}</span>}
          {profile.schoolYear && <span>{year(profile.schoolYear)}</span>}
          <span>{name(areaNames[indicator.area])}</span>
          <span>{indicator.code}</span>
        </>
      }
    >
      <details className={css.definition}>
        <summary>{t('unitIndicator.definition')}</summary>
        <p>{name(indicator.definition)}</p>
        <p>
          <b>{t('indicator.doesNotSay')}</b> {name(indicator.doesNotSay)}
        </p>
      </details>
      <SubjectChoice data={data} view={view} />
      <YearChoice
        years={data.years}
        chosen={profile.schoolYear}
        to={(chosen) =>
          to('unitIndicator', { id: unit.id, code: indicator.code, year: chosen }) +
          (subject === '-' ? '' : `?${query({ subject })}`)
        }
      />
      <AudienceMark view={view} />
      {figure && <ComparedWith view={view} indicator={indicator} figure={figure} />}
      {figure && <SimilarSchools view={view} indicator={indicator} figure={figure} peers={data.peers} />}
      <Change view={view} data={data} />
      {figure && <BreakdownCharts view={view} indicator={indicator} figure={figure} />}
      <SpreadOf view={view} data={data} />
      <Inside view={view} data={data} />
      <Next view={view} data={data} />
      <AboutIndicator indicator={indicator} catalogue={data.catalogue} />
    </Page>
  )
}

function SubjectChoice({ view, data }: Props) {
  const { language } = view
  const { t, to } = language
  if (data.subjects.length < 2) return null
  const here = to('unitIndicator', {
    id: data.profile.unit.id,
    code: data.indicator.code,
    year: data.yearInAddress,
  })
  return (
    <nav className={`${css.choice} no-print`} aria-label={t('unitIndicator.subjects')}>
      <ul className="chips">
        {data.subjects.map((subject) => (
          <li key={subject}>
            <a
              href={`${here}?${query({ subject })}`}
              aria-current={subject === data.subject ? 'page' : undefined}
            >
              {subjectName(language, subject, view.assessmentOf(subject)) ?? t('subject.all')}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

function Change({ view, data }: Props) {
  const { t, to, name } = view.language
  const { indicator, series, seriesOfState, profile } = data
  if (
    (indicator.code === codes.progress || indicator.code === codes.growth) &&
    profile.unit.level === 'state'
  )
    return null
  const here = to('unitIndicator', {
    id: profile.unit.id,
    code: indicator.code,
    year: data.yearInAddress,
  })
  return (
    <Section title={t('series.title')} id="change">
      {(series.bordersDiffer || series.borders === 'today') && (
        <BordersChoice here={here} chosen={series.borders} />
      )}
      {isSeries(series) ? (
        <SeriesChart
          title={name(indicator.short)}
          indicator={indicator}
          series={series}
          state={seriesOfState}
          rules={view.rules}
          origin={{
            source: name(indicator.source),
            version: versionOf(view.language, profile),
            csv: seriesCsvAddress(series),
            definition: '#about',
          }}
        />
      ) : (
        <p>{t('series.oneYear')}</p>
      )}
    </Section>
  )
}

function SpreadOf({ view, data: { figure, profile, indicator } }: Props) {
  const { language } = view
  const { t } = language
  if (!figure?.cell.spread) return null
  const state = figure.against.find(({ unit }) => unit.level === 'state')?.cell.spread ?? null
  const drawn = { own: figure.cell.spread, state, ownName: t(`level.${profile.unit.level}`) }
  return (
    <Section title={t('spread.title')} id="spread">
      <ChartFrame
        title={t('spread.title')}
        say={spreadSentence(language, figure.cell.spread, indicator.unit)}
        origin={view.originOf(figure)}
        table={<HistogramTable {...drawn} />}
      >
        <Histogram {...drawn} />
      </ChartFrame>
    </Section>
  )
}

/** The units inside this one with the same indicator, by name. */
function Inside({ view, data }: Props) {
  const { language } = view
  const { t, name } = language
  const { indicator, profile, children, subject, figure, childLevel } = data
  if (!children || !childLevel || childLevel === 'state') return null
  const above =
    figure?.against.find(({ unit }) => unit.level === 'state')?.cell ??
    (profile.unit.level === 'state' ? figure?.cell : undefined)
  const isCount = indicator.kind === 'count'
  return (
    <Section
      title={t(`children.title.${childLevel}`, {
        place: inPlace(language, profile.unit.name, profile.unit.level),
      })}
      id="children"
    >
      <ChartFrame
        title={name(indicator.short)}
        say={t(isCount ? 'children.say.count' : 'unitIndicator.inside')}
        origin={{
          year: profile.schoolYear,
          source: name(indicator.source),
          version: versionOf(language, profile),
          csv: csvAddress({
            indicator: indicator.code,
            year: profile.schoolYear,
            subject,
            level: childLevel,
            parent: profile.unit.level === 'state' ? null : profile.unit.id,
          }),
          definition: '#about',
        }}
      >
        <UnitTable
          caption={name(indicator.name)}
          indicator={indicator}
          figures={children.items}
          state={!isCount && isShown(above) ? above.value : null}
          assessment={data.main}
          rules={view.rules}
          year={data.yearInAddress}
        />
        {children.next && <p className="note">{t('children.partial')}</p>}
      </ChartFrame>
    </Section>
  )
}

/** What stands beside it in the same criterion, and where to go from here. */
function Next({ view, data }: Props) {
  const { language } = view
  const { t, to, name } = language
  const { indicator, profile, catalogue, yearInAddress } = data
  const id = profile.unit.id
  const beside = catalogue.filter(({ area, code }) => area === indicator.area && code !== indicator.code)
  const figures = beside.flatMap((each) => {
    const figure = profile.figures.find(
      ({ indicator: code, subject }) => code === each.code && (subject === data.subject || subject === '-'),
    )
    return figure ? [{ each, figure }] : []
  })
  return (
    <Section>
      <div className="grid two">
        {figures.length > 0 && (
          <div className="stack">
            <h2>{t('unitIndicator.beside')}</h2>
            <ul className={css.beside}>
              {figures.map(({ each, figure }) => (
                <li key={each.code}>
                  <a href={to('unitIndicator', { id, code: each.code, year: yearInAddress })}>
                    {name(each.short)}
                  </a>{' '}
                  <span>
                    {isShown(figure.cell)
                      ? [
                          view.writerOf(figure).value(figure.cell.value),
                          figure.cell.n !== null && each.kind !== 'count'
                            ? peopleOf(language, each, figure.cell.n)
                            : null,
                        ]
                          .filter(Boolean)
                          .join(', ')
                      : t(`absence.${figure.cell.absent ?? 'unavailable'}`)}
                  </span>
                </li>
              ))}
            </ul>
          </div>
        )}
        <div className="stack no-print">
          <h2>{t('meaning.next')}</h2>
          <ul className="bullets">
            <li>
              <a href={`${to(profile.unit.level, { id, year: yearInAddress })}#${indicator.area}`}>
                {t('unitIndicator.all', { name: name(profile.unit.name) })}
              </a>
            </li>
            <li>
              <a href={to('indicator', { code: indicator.code, year: yearInAddress })}>
                {t('unitIndicator.everywhere')}
              </a>
            </li>
            <li>
              <a href={to('help')}>{t('meaning.help')}</a>
            </li>
          </ul>
        </div>
      </div>
    </Section>
  )
}
