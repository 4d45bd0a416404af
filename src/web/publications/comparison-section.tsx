import type { ProfileFigure } from '#modules/publications/model.ts'
import { IntervalLine, type Mark, MarkKey } from '../charts/interval-line.tsx'
import { codes } from '../indicators/codes.ts'
import { AbsenceKey, Absent } from '../parts/absent.tsx'
import { Section } from '../parts/page.tsx'
import { isShown, verdict } from '../text/sentences.ts'
import css from './comparison-section.module.css'
import { scaleOf, type UnitView } from './unit-view.ts'

/** One's own figures beside those of the units one lies in: drawn, in numbers and in words. */
export function ComparisonSection({ view }: { view: UnitView }) {
  const { t, name } = view.language
  const { data } = view
  const figures = data.profile.figures.filter(
    (figure) => figure.indicator !== codes.learners && figure.against.some(({ cell }) => isShown(cell)),
  )
  if (figures.length === 0) return null
  const levels = [...new Set(figures.flatMap((figure) => figure.against.map(({ unit }) => unit.level)))]
  const places = new Map(figures.flatMap((figure) => figure.against.map(({ unit }) => [unit.level, unit])))
  return (
    <Section
      title={t('unit.compared')}
      id="compared"
      aside={
        <p className={css.key}>
          <MarkKey of="own">{t(`chart.key.own.${data.profile.unit.level}`)}</MarkKey>
          {levels.map((level) => (
            <MarkKey key={level} of={level === 'school' ? 'own' : level}>
              {name(places.get(level)!.name)}
            </MarkKey>
          ))}
        </p>
      }
    >
      <table className={css.matrix}>
        <caption className="hidden">{t('unit.compared')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('column.indicator')}</th>
            <th scope="col" className={css.n}>
              {t(`level.${data.profile.unit.level}`)}
            </th>
            <th scope="col">
              <span className="hidden">{t('column.drawing')}</span>
            </th>
            {levels.map((level) => (
              <th key={level} scope="col" className={css.n}>
                {t(`level.${level}`)}
              </th>
            ))}
            <th scope="col">{t('column.inWords')}</th>
          </tr>
        </thead>
        <tbody>
          {figures.map((figure) => (
            <Row key={figure.indicator + figure.subject} view={view} figure={figure} levels={levels} />
          ))}
        </tbody>
      </table>
      <AbsenceKey
        figures={figures.flatMap(({ cell, indicator: code }) => {
          const indicator = view.indicatorOf(code)
          return indicator ? [{ cell, indicator }] : []
        })}
        rules={view.rules}
      />
      <p className="small">{t('unit.comparedHow')}</p>
    </Section>
  )
}

function Row(props: {
  view: UnitView
  figure: ProfileFigure
  levels: readonly ProfileFigure['cell']['level'][]
}) {
  const { view, figure } = props
  const { language } = view
  const { t, to, name } = language
  const indicator = view.indicatorOf(figure.indicator)
  const assessment = view.assessmentOf(figure.subject)
  if (!indicator) return null
  const write = view.writerOf(figure)
  const { cell } = figure
  const marks: Mark[] = figure.against.flatMap(({ unit, cell: theirs }) =>
    isShown(theirs) && unit.level !== 'school'
      ? [{ of: unit.level, value: theirs.value, low: theirs.low, high: theirs.high }]
      : [],
  )
  if (isShown(cell)) marks.push({ of: 'own', value: cell.value, low: cell.low, high: cell.high })
  return (
    <tr>
      <th scope="row">
        <a href={to('indicator', { code: indicator.code })}>{name(indicator.short)}</a>
        {assessment && <span className={css.test}>{name(assessment.name)}</span>}
      </th>
      <td className={css.own}>
        {isShown(cell) ? (
          <>
            <b>{write.value(cell.value)}</b>
            {cell.low !== null && cell.high !== null && (
              <span className={css.range}>{write.range(cell.low, cell.high)}</span>
            )}
          </>
        ) : (
          <Absent cell={cell} indicator={indicator} rules={view.rules} />
        )}
      </td>
      <td className={css.draw}>
        <IntervalLine scale={scaleOf(view, figure)} marks={marks} />
      </td>
      {props.levels.map((level) => {
        const theirs = figure.against.find(({ unit }) => unit.level === level)
        return (
          <td key={level} className={css.theirs} data-label={t(`level.${level}`)}>
            {theirs && isShown(theirs.cell) ? write.value(theirs.cell.value) : '–'}
          </td>
        )
      })}
      <td className={css.words}>
        {figure.against.map(
          ({ unit, difference }) =>
            difference && (
              <span
                key={unit.id}
                className={difference.verdict === 'no_clear_difference' ? css.same : css.different}
              >
                {verdict(language, indicator, difference, unit.level)}
              </span>
            ),
        )}
      </td>
    </tr>
  )
}
