import type { Indicator } from '#modules/indicators/model.ts'
import { Ends } from '../charts/ends.tsx'
import { IntervalLine, type Mark } from '../charts/interval-line.tsx'
import { limitsOf, scaleAround } from '../charts/scale.ts'
import { tickWriter } from '../charts/write-tick.ts'
import { subjectName } from '../indicators/subject-name.ts'
import { ruleFor } from '../parts/absences.ts'
import { Absent } from '../parts/absent.tsx'
import type { UnitView } from '../publications/unit-view.ts'
import { absenceClause, isShown, peopleOf, verdict } from '../text/sentences.ts'
import type { FigureRow as Row } from './criteria-view.ts'
import { lineCss as css, FigureLine } from './figure-line.tsx'
import { yearSentence } from './year-sentence.ts'
import { YearsLine } from './years-line.tsx'

/** One figure in a line: how much and how surely, beside its neighbours, over the years, and in words. */
export function FigureRow(props: { view: UnitView; indicator: Indicator; row: Row }) {
  const { view, indicator, row } = props
  const { language, data } = view
  const { t, to, name } = language
  const { figure, schoolYear, points } = row
  const { cell } = figure
  const write = view.writerOf(figure)
  const subject = subjectName(language, figure.subject, view.assessmentOf(figure.subject))
  const address = to('unitIndicator', {
    id: data.profile.unit.id,
    code: indicator.code,
    year: data.yearInAddress,
  })
  const link = subject ? `${address}?${new URLSearchParams({ subject: figure.subject })}` : address
  const neighbours = figure.against.filter((each) => isShown(each.cell))
  return (
    <FigureLine
      columns={data.profile.path.length > 0 ? 'beside' : 'alone'}
      what={
        <>
          <a href={link}>{name(indicator.short)}</a>
          {subject && <span className={css.small}>{subject}</span>}
          {schoolYear !== data.profile.schoolYear && (
            <span className={css.small}>{t('quality.ofYear', { year: language.year(schoolYear) })}</span>
          )}
        </>
      }
      value={
        isShown(cell) ? (
          <>
            <b>{write.value(cell.value)}</b>
            {cell.low !== null && cell.high !== null && write.value(cell.low) !== write.value(cell.high) && (
              <span className={css.small}>{write.range(cell.low, cell.high)}</span>
            )}
            {indicator.kind !== 'count' && cell.n !== null && (
              <span className={css.small}>{peopleOf(language, indicator, cell.n)}</span>
            )}
          </>
        ) : (
          <b>
            <Absent cell={cell} indicator={indicator} rules={view.rules} />
          </b>
        )
      }
      compare={
        <>
          <Comparison view={view} indicator={indicator} row={row} />
          {neighbours.length > 0 && (
            <p className={css.neighbours}>
              {neighbours.map(({ unit, cell: theirs }) => (
                <span key={unit.id}>
                  {t(`quality.at.${unit.level}`)} {isShown(theirs) && write.value(theirs.value)}
                </span>
              ))}
            </p>
          )}
        </>
      }
      years={<YearsLine indicator={indicator} points={points} view={view} subject={figure.subject} />}
      words={
        isShown(cell) ? (
          <Words view={view} indicator={indicator} row={row} />
        ) : (
          <span className={css.same}>
            {absenceClause(language, cell.absent ?? 'unavailable', ruleFor(view.rules, indicator))}
          </span>
        )
      }
    />
  )
}

/** Own dot with interval between the marks of the neighbours, on a line whose ends are written under it. */
function Comparison({ view, indicator, row }: { view: UnitView; indicator: Indicator; row: Row }) {
  const { figure } = row
  if (indicator.kind === 'count') return null
  const marks: Mark[] = figure.against.flatMap(({ unit, cell }) =>
    isShown(cell) && unit.level !== 'school'
      ? [{ of: unit.level, value: cell.value, low: cell.low, high: cell.high }]
      : [],
  )
  if (isShown(figure.cell)) {
    const { value, low, high } = figure.cell
    marks.push({ of: 'own', value, low, high })
  }
  if (marks.length === 0) return null
  const scale = scaleAround(
    marks.flatMap(({ value, low, high, of }) =>
      of === 'own' ? [value, low ?? value, high ?? value] : [value],
    ),
    indicator.unit,
    limitsOf(indicator.unit, view.assessmentOf(figure.subject)),
  )
  const write = tickWriter(scale, indicator.unit, view.language)
  return (
    <>
      <IntervalLine scale={scale} marks={marks} />
      <Ends low={write(scale.low)} high={write(scale.high)} />
    </>
  )
}

/** Whom it clearly differs from, and whether it changed since the year before. */
function Words({ view, indicator, row }: { view: UnitView; indicator: Indicator; row: Row }) {
  const { language } = view
  const { t } = language
  const judged = row.figure.against.filter(({ difference }) => difference !== null)
  const clear = judged.filter(({ difference }) => difference!.verdict !== 'no_clear_difference')
  const change = yearSentence(
    language,
    indicator,
    row.points,
    view.assessmentOf(row.figure.subject) !== undefined,
  )
  return (
    <>
      {clear.map(({ unit, difference }) => (
        <span key={unit.id} className={css.different}>
          {verdict(language, indicator, difference!, unit.level)}
        </span>
      ))}
      {judged.length > 0 && clear.length === 0 && <span className={css.same}>{t('quality.noneClear')}</span>}
      {change && <span className={css.same}>{change}</span>}
    </>
  )
}
