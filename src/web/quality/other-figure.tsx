import type { Indicator } from '#modules/indicators/model.ts'
import { subjectName } from '../indicators/subject-name.ts'
import { ruleFor } from '../parts/absences.ts'
import type { UnitView } from '../publications/unit-view.ts'
import { absenceClause, isShown, verdict } from '../text/sentences.ts'
import type { FigureRow } from './criteria-view.ts'

/** Another subject of an indicator in a line of words: how much, how surely, and whom it clearly differs from. */
export function OtherFigure(props: { view: UnitView; indicator: Indicator; row: FigureRow }) {
  const { view, indicator, row } = props
  const { language, data } = view
  const { t, to } = language
  const { figure } = row
  const { cell } = figure
  const write = view.writerOf(figure)
  const address = to('unitIndicator', {
    id: data.profile.unit.id,
    code: indicator.code,
    year: data.yearInAddress,
  })
  const clear = figure.against.filter(
    ({ difference }) => difference && difference.verdict !== 'no_clear_difference',
  )
  return (
    <li>
      <a href={`${address}?${new URLSearchParams({ subject: figure.subject })}`}>
        {subjectName(language, figure.subject, view.assessmentOf(figure.subject)) ?? t('subject.all')}
      </a>{' '}
      <span>
        {isShown(cell) ? (
          <>
            <b>{write.value(cell.value)}</b>
            {cell.low !== null && cell.high !== null && <> ({write.range(cell.low, cell.high)})</>}
            {clear.map(({ unit, difference }) => (
              <span key={unit.id}>; {verdict(language, indicator, difference!, unit.level)}</span>
            ))}
          </>
        ) : (
          absenceClause(language, cell.absent ?? 'unavailable', ruleFor(view.rules, indicator))
        )}
      </span>
    </li>
  )
}
