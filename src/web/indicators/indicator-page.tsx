import { type LoaderFunctionArgs, useLoaderData } from 'react-router'
import { areaNames } from '#terms/criteria.ts'
import { BoundaryMap } from '../charts/boundary-map.tsx'
import { ChartFrame } from '../charts/chart-frame.tsx'
import { PartsTable } from '../charts/parts-table.tsx'
import { SeriesChart } from '../charts/series-chart.tsx'
import { TileMap } from '../charts/tile-map.tsx'
import { UnitTable } from '../charts/unit-table.tsx'
import { Fig, Figs } from '../parts/fig.tsx'
import { Page, Section } from '../parts/page.tsx'
import { YearChoice } from '../parts/year-choice.tsx'
import { usePortal } from '../portal.ts'
import { isSeries } from '../publications/change-section.tsx'
import { seriesCsvAddress } from '../publications/load-series.ts'
import { csvAddress, versionOf } from '../publications/unit-view.ts'
import { query } from '../query.ts'
import { figureWriter } from '../text/figure.ts'
import { useLanguage } from '../text/language.ts'
import { isShown, pupils } from '../text/sentences.ts'
import { AboutIndicator } from './about-indicator.tsx'
import { codes } from './codes.ts'
import css from './indicator-page.module.css'
import { type IndicatorData, loadIndicator } from './load-indicator.ts'

export function loader(args: LoaderFunctionArgs) {
  return loadIndicator(args)
}

/** One indicator: what it is, the country's figure, the municipalities by name, and what it does not say. */
export default function IndicatorPage() {
  const data = useLoaderData<typeof loader>()
  const { t, to, name, year } = useLanguage()
  const { indicator, state, assessment } = data
  const heading = name(indicator.name)
  return (
    <Page
      title={heading}
      windowTitle={state?.schoolYear ? `${heading}, ${year(state.schoolYear)}` : heading}
      crumbs={[{ name: t('nav.indicators'), to: to('indicators') }]}
      lead={name(indicator.definition)}
      facts={
        <>
          <span>{indicator.code}</span>
          <span>{name(areaNames[indicator.area])}</span>
          {state?.schoolYear && <span>{year(state.schoolYear)}</span>}
        </>
      }
    >
      {state && (
        <YearChoice
          years={state.schoolYears}
          chosen={state.schoolYear}
          to={(chosen) => to('indicator', { code: indicator.code, year: chosen })}
        />
      )}
      {data.assessments.length > 1 && <TestChoice data={data} />}
      {indicator.switchedOff && (
        <p className="note">
          {t('indicator.switchedOff', {
            linkage: name(indicator.switchedOff.linkage),
            reason: indicator.switchedOff.reason ?? t('indicator.offAsDelivered'),
          })}{' '}
          <a href={`${to('processing')}#linkages`}>{t('processing.linkages')}</a>
        </p>
      )}
      <StateFigure data={data} />
      <OverYears data={data} />
      {data.units.length > 0 && (
        <Section title={t('indicator.municipalities')} id="municipalities">
          <Municipalities data={data} />
        </Section>
      )}
      <AboutIndicator indicator={indicator} catalogue={data.catalogue} />
      {assessment && <p className="small">{t('indicator.scale', { scale: name(assessment.scale.name) })}</p>}
    </Page>
  )
}

function TestChoice({ data }: { data: IndicatorData }) {
  const { t, to, name } = useLanguage()
  const here = to('indicator', { code: data.indicator.code, year: data.yearInAddress })
  return (
    <nav className={`${css.choice} no-print`} aria-label={t('indicator.tests')}>
      <ul className="chips">
        {data.assessments.map((assessment) => (
          <li key={assessment.id}>
            <a
              href={`${here}?${query({ subject: assessment.subject })}`}
              aria-current={assessment.id === data.assessment?.id ? 'page' : undefined}
            >
              {name(assessment.name)}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

/** Squares or borders: each is an address of its own. */
function MapChoice({ data }: { data: IndicatorData }) {
  const { t, to } = useLanguage()
  const here = to('indicator', { code: data.indicator.code, year: data.yearInAddress })
  const subject = data.assessments.length > 1 ? data.assessment?.subject : null
  return (
    <nav className={`${css.mapChoice} no-print`} aria-label={t('map.choice')}>
      <ul className="chips">
        {(['squares', 'borders'] as const).map((kind) => (
          <li key={kind}>
            <a
              href={`${here}?${query({ subject, map: kind === 'borders' ? kind : null })}#municipalities`}
              aria-current={(kind === 'borders') === (data.borders !== null) ? 'page' : undefined}
            >
              {t(`map.${kind}`)}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

function stateFigure({ state, indicator, assessment }: IndicatorData) {
  return state?.figures.find(
    (figure) =>
      figure.indicator === indicator.code && (assessment === null || figure.subject === assessment.subject),
  )
}

function StateFigure({ data }: { data: IndicatorData }) {
  const language = useLanguage()
  const { t, name, number } = language
  const rules = usePortal()?.config.rules ?? []
  const { indicator, assessment, state } = data
  const figure = stateFigure(data)
  if (!state || !figure || !isShown(figure.cell)) {
    return (
      <Section>
        <p>{t('indicator.noFigure')}</p>
      </Section>
    )
  }
  const { cell } = figure
  const parts = figure.parts.filter(({ breakdown, n }) => breakdown === 'sex' && n !== 0)
  const write = figureWriter(language, indicator.unit, [cell, ...parts].filter(isShown))
  return (
    <Section title={name(state.unit.name)}>
      <div className="grid two">
        <Figs>
          <Fig
            name={assessment ? `${name(indicator.short)}: ${name(assessment.name)}` : name(indicator.short)}
            value={write.value(cell.value)}
            unit={
              indicator.unit === 'points' && assessment
                ? t('figure.outOf', { maximum: number(assessment.scale.maximum) })
                : undefined
            }
          >
            {indicator.code === codes.progress
              ? t('sentence.progressState')
              : indicator.unit === 'pupils'
                ? name(indicator.of)
                : [write.surely(cell), pupils(language, cell.n ?? 0)].filter(Boolean).join(', ')}
          </Fig>
        </Figs>
        {parts.length > 0 && (
          <ChartFrame
            title={t('sex.title')}
            say={t(indicator.unit === 'pupils' ? 'indicator.bySexCount' : 'indicator.bySex')}
            origin={{}}
          >
            <PartsTable
              caption={t('sex.title')}
              indicator={indicator}
              rules={rules}
              rows={parts.map((part) => ({ name: t(`sex.${part.category as 'female'}`), cell: part }))}
            />
          </ChartFrame>
        )}
      </div>
    </Section>
  )
}

/** The state over the years, or why there is no series yet. */
function OverYears({ data }: { data: IndicatorData }) {
  const language = useLanguage()
  const { t, name } = language
  const rules = usePortal()?.config.rules ?? []
  const { indicator, assessment, series, state } = data
  if (!series || !state) return null
  // in the state as a whole progress is zero in every year
  if (indicator.code === codes.progress) return null
  return (
    <Section title={t('series.title')} id="change">
      {isSeries(series) ? (
        <SeriesChart
          title={`${name(state.unit.name)}: ${name(assessment?.name ?? indicator.short)}`}
          indicator={indicator}
          series={series}
          state={null}
          rules={rules}
          origin={{
            source: name(indicator.source),
            version: versionOf(language, state),
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

function Municipalities({ data }: { data: IndicatorData }) {
  const language = useLanguage()
  const { t, name } = language
  const rules = usePortal()?.config.rules ?? []
  const { indicator, assessment, state, units, map, borders } = data
  const figure = stateFigure(data)
  const aboutTable = t(indicator.unit === 'pupils' ? 'children.say.count' : 'places.say')
  const marked = indicator.unit === 'points' || indicator.unit === 'share'
  return (
    <ChartFrame
      title={assessment ? `${name(indicator.short)}: ${name(assessment.name)}` : name(indicator.short)}
      say={map ? t('map.say') : borders ? t('map.sayBorders') : aboutTable}
      origin={{
        year: state?.schoolYear,
        source: name(indicator.source),
        version: state ? versionOf(language, state) : undefined,
        csv: csvAddress({
          indicator: indicator.code,
          year: state?.schoolYear,
          subject: assessment?.subject,
          level: 'municipality',
        }),
        definition: '#about',
      }}
    >
      {data.mayChooseMap && <MapChoice data={data} />}
      {borders && (
        <>
          <BoundaryMap
            label={t('map.labelBorders', { indicator: name(indicator.name) })}
            indicator={indicator}
            borders={borders}
            figures={units}
            rules={rules}
            year={data.yearInAddress}
          />
          <p className={css.aboutTable}>{aboutTable}</p>
        </>
      )}
      {map && (
        <>
          <TileMap
            label={t('map.label', { indicator: name(indicator.name) })}
            indicator={indicator}
            tiles={map.items}
            source={map.source ?? ''}
            figures={units}
            rules={rules}
            year={data.yearInAddress}
          />
          <p className={css.aboutTable}>{aboutTable}</p>
        </>
      )}
      <UnitTable
        caption={name(indicator.name)}
        indicator={indicator}
        figures={units}
        state={marked && figure && isShown(figure.cell) ? figure.cell.value : null}
        assessment={assessment}
        rules={rules}
        year={data.yearInAddress}
      />
      {data.partial && <p className="note">{t('indicator.partial')}</p>}
    </ChartFrame>
  )
}
