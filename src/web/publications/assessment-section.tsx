import type { ProfileFigure } from '#modules/publications/model.ts'
import type { Assessment } from '#modules/records/model.ts'
import type { Cell, Spread } from '#terms/cell.ts'
import { ChartFrame } from '../charts/chart-frame.tsx'
import { Histogram, HistogramTable } from '../charts/histogram.tsx'
import { PartsTable } from '../charts/parts-table.tsx'
import { HowProtected } from '../parts/absent.tsx'
import { Section } from '../parts/page.tsx'
import { gapSentence, isShown, pupils, spreadSentence } from '../text/sentences.ts'
import { figureOf, gapBySexOf, type UnitView } from './unit-view.ts'

/** One test: how results are spread, and girls and boys. */
export function AssessmentSection({ view, assessment }: { view: UnitView; assessment: Assessment }) {
  const result = figureOf(view.data, view.data.resultCode, assessment.subject)
  const gapOf = gapBySexOf(view.data)
  const gap = gapOf && figureOf(view.data, gapOf.code, assessment.subject)
  if (!result || !isShown(result.cell)) return null
  const { t, name } = view.language
  return (
    <Section title={name(assessment.name)}>
      <div className="grid wide-narrow">
        {result.cell.spread && (
          <SpreadChart view={view} figure={result} cell={result.cell} spread={result.cell.spread} />
        )}
        {gap && <SexChart view={view} gap={gap} result={result} />}
        {!result.cell.spread && (
          <div>
            <h3 className="chart-title">{t('spread.title')}</h3>
            <p className="small">
              {t(`spread.absent.${result.cell.spreadAbsent ?? 'unavailable'}`)}{' '}
              <HowProtected reason={result.cell.spreadAbsent ?? 'unavailable'} />
            </p>
          </div>
        )}
      </div>
    </Section>
  )
}

function SpreadChart(props: { view: UnitView; figure: ProfileFigure; cell: Cell; spread: Spread }) {
  const { view, figure, cell, spread } = props
  const { language } = view
  const { t } = language
  const ownName = t(`level.${view.data.profile.unit.level}`)
  const state = figure.against.find(({ unit }) => unit.level === 'state')?.cell.spread ?? null
  const drawn = { own: spread, state, ownName }
  return (
    <ChartFrame
      title={t('spread.title')}
      say={spreadSentence(language, spread)}
      origin={view.originOf(figure, pupils(language, cell.n ?? 0))}
      table={<HistogramTable {...drawn} />}
    >
      <Histogram {...drawn} />
    </ChartFrame>
  )
}

function SexChart({ view, gap, result }: { view: UnitView; gap: ProfileFigure; result: ProfileFigure }) {
  const { language } = view
  const { t } = language
  const indicator = view.indicatorOf(view.data.resultCode)
  const parts = result.parts.filter(({ breakdown, n }) => breakdown === 'sex' && n !== 0)
  if (!indicator || !isShown(gap.cell)) {
    return (
      <div>
        <h3 className="chart-title">{t('sex.title')}</h3>
        <p className="small">
          {t(`sex.absent.${gap.cell.absent ?? 'unavailable'}`)}{' '}
          <HowProtected reason={gap.cell.absent ?? 'unavailable'} />
        </p>
      </div>
    )
  }
  return (
    <ChartFrame
      title={t('sex.title')}
      say={gapSentence(language, gap.cell, view.writerOf(gap))}
      origin={view.originOf(gap)}
    >
      <PartsTable
        caption={t('sex.title')}
        indicator={indicator}
        rules={view.rules}
        rows={parts.map((cell) => ({ name: t(`sex.${cell.category as 'female'}`), cell }))}
      />
    </ChartFrame>
  )
}
