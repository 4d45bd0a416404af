import type { ProfileFigure } from '#modules/publications/model.ts'
import { IntervalLine } from '../charts/interval-line.tsx'
import { codes } from '../indicators/codes.ts'
import { ruleFor } from '../parts/absences.ts'
import { Absent, HowProtected } from '../parts/absent.tsx'
import { Fig, Figs } from '../parts/fig.tsx'
import { Section } from '../parts/page.tsx'
import { query } from '../query.ts'
import { absenceClause, isShown, pupils } from '../text/sentences.ts'
import { figureOf, gapBySexOf, scaleOf, type UnitView } from './unit-view.ts'

/** The unit in large numbers: how many, how many took part, with what result and progress. What is absent is explained below. */
export function OverviewSection({ view }: { view: UnitView }) {
  const { t } = view.language
  const figures = headFigures(view).filter(({ cell }) => isShown(cell))
  if (figures.length === 0) return null
  return (
    <Section title={t('unit.now')} id="now">
      <Figs>
        {figures.map((figure) => (
          <UnitFig key={figure.indicator + figure.subject} view={view} figure={figure} />
        ))}
      </Figs>
    </Section>
  )
}

/** Learners, participation and result of the main test, progress; the state's progress is zero and not shown. */
export function headFigures({ data }: UnitView): ProfileFigure[] {
  const subject = data.main?.subject
  const progress = data.profile.unit.level === 'state' ? undefined : figureOf(data, codes.progress, subject)
  return [
    figureOf(data, codes.learners),
    subject && figureOf(data, codes.participation, subject),
    subject && figureOf(data, data.resultCode, subject),
    progress,
    subject && data.profile.unit.level === 'state' && figureOf(data, gapBySexOf(data)?.code ?? '', subject),
  ].filter((figure) => figure !== undefined && figure !== null && figure !== false && figure !== '')
}

export function UnitFig({ view, figure }: { view: UnitView; figure: ProfileFigure }) {
  const { language, data } = view
  const { t, name, to, number } = language
  const indicator = view.indicatorOf(figure.indicator)
  const assessment = view.assessmentOf(figure.subject)
  if (!indicator) return null
  const { cell } = figure
  const write = view.writerOf(figure)
  const label = (
    <a
      href={
        to('unitIndicator', { id: data.profile.unit.id, code: indicator.code, year: data.yearInAddress }) +
        (figure.subject === '-' ? '' : `?${query({ subject: figure.subject })}`)
      }
    >
      {name(indicator.short)}
      {assessment && `: ${name(assessment.name)}`}
    </a>
  )
  if (!isShown(cell)) {
    return (
      <Fig name={label} value={<Absent cell={cell} indicator={indicator} rules={view.rules} />}>
        {absenceClause(language, cell.absent ?? 'unavailable', ruleFor(view.rules, indicator))}.{' '}
        <HowProtected reason={cell.absent ?? 'unavailable'} />
      </Fig>
    )
  }
  const unit =
    indicator.unit === 'points' && assessment
      ? t('figure.outOf', { maximum: number(assessment.scale.maximum) })
      : indicator.unit === 'points_difference'
        ? t('figure.points')
        : undefined
  return (
    <Fig
      name={label}
      value={write.value(cell.value)}
      unit={unit}
      drawing={
        cell.low !== null &&
        cell.high !== null && (
          <IntervalLine
            scale={scaleOf(view, figure)}
            marks={[{ of: 'own', value: cell.value, low: cell.low, high: cell.high }]}
          />
        )
      }
    >
      {indicator.unit === 'pupils'
        ? name(indicator.of)
        : [write.surely(cell), pupils(language, cell.n ?? 0)].filter(Boolean).join(', ')}
    </Fig>
  )
}
