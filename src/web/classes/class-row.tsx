import type { ClassFigure } from '#modules/classes/model.ts'
import { Ends } from '../charts/ends.tsx'
import { IntervalLine, type Mark } from '../charts/interval-line.tsx'
import { limitsOf, scaleAround } from '../charts/scale.ts'
import { tickWriter } from '../charts/write-tick.ts'
import { lineCss as css, FigureLine } from '../quality/figure-line.tsx'
import { figureWriter } from '../text/figure.ts'
import type { ClassView } from './class-view.ts'

/** One figure of a class in a line: how much and of how many, beside the same grades of the school, and in words. */
export function ClassRow(props: {
  view: ClassView
  figure: ClassFigure
  /** one of several subjects, under the one that leads */
  isMinor?: boolean
}) {
  const { view, figure, isMinor = false } = props
  const { language } = view
  const { t, name, count, to } = language
  const { measure, own, school, difference } = figure
  const indicator = view.indicatorOf(measure)
  const unit = indicator?.unit ?? 'share'
  const write = figureWriter(language, unit, [own, ...(school ? [school] : [])])
  const subject = view.nameOf(figure.subject)
  return (
    <FigureLine
      columns="oneYear"
      isMinor={isMinor}
      what={
        <>
          {indicator ? (
            <a href={to('indicator', { code: indicator.code })}>{name(indicator.short)}</a>
          ) : (
            <span>{t('classes.missed')}</span>
          )}
          {subject && <span className={css.small}>{subject}</span>}
        </>
      }
      value={
        <>
          <b>{own.value === null ? '–' : write.value(own.value)}</b>
          {own.low !== null && own.high !== null && write.value(own.low) !== write.value(own.high) && (
            <span className={css.small}>{write.range(own.low, own.high)}</span>
          )}
          <span className={css.small}>
            {measure === 'TEA-02'
              ? t('classes.oneClass')
              : t('count.pupils', { count: own.n, n: count(own.n) })}
          </span>
        </>
      }
      compare={
        <>
          <Comparison view={view} figure={figure} />
          {school && school.value !== null && (
            <p className={css.neighbours}>
              {t('classes.inGrades', { grades: view.grades })} {write.value(school.value)}
              {measure !== 'TEA-02' && <>, {t('count.pupils', { count: school.n, n: count(school.n) })}</>}
            </p>
          )}
        </>
      }
      words={
        <>
          {school === null && <span className={css.same}>{t('classes.tooFewOthers')}</span>}
          {school !== null && difference === null && (
            <span className={css.same}>
              {t(school.n > own.n ? 'classes.notJudged' : 'classes.onlyClass')}
            </span>
          )}
          {difference && (
            <span className={difference.verdict === 'no_clear_difference' ? css.same : css.different}>
              {t(`classes.verdict.${difference.verdict}`)}
            </span>
          )}
        </>
      }
    />
  )
}

function Comparison({
  view,
  figure: { measure, subject, own, school },
}: {
  view: ClassView
  figure: ClassFigure
}) {
  if (own.value === null) return null
  const unit = view.indicatorOf(measure)?.unit ?? 'share'
  const marks: Mark[] = [
    ...(school && school.value !== null
      ? [{ of: 'municipality' as const, value: school.value, low: null, high: null }]
      : []),
    { of: 'own', value: own.value, low: own.low, high: own.high },
  ]
  const scale = scaleAround(
    marks.flatMap(({ value, low, high }) => [value, low ?? value, high ?? value]),
    unit,
    limitsOf(unit, view.assessmentOf(subject)),
  )
  const write = tickWriter(scale, unit, view.language)
  return (
    <>
      <IntervalLine scale={scale} marks={marks} />
      <Ends low={write(scale.low)} high={write(scale.high)} />
    </>
  )
}
