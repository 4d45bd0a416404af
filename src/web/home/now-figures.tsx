import type { Trend } from '#modules/publications/model.ts'
import { subjectName } from '../indicators/subject-name.ts'
import { Fig, Figs } from '../parts/fig.tsx'
import { headFigures, UnitFig } from '../publications/overview-section.tsx'
import type { UnitView } from '../publications/unit-view.ts'
import { criteriaOf, type FigureRow } from '../quality/criteria-view.ts'
import { yearSentence } from '../quality/year-sentence.ts'
import { YearsLine } from '../quality/years-line.tsx'
import { isShown, peopleOf } from '../text/sentences.ts'

/** What the front page would tell first: do children read, do they go on, do they pass, is there somebody to teach them. */
const wished: readonly { code: string; subject: string }[] = [
  { code: 'ACH-02', subject: 'literacy-3' },
  { code: 'CON-01', subject: '-' },
  { code: 'ACH-06', subject: 'exam-9-mathematics' },
  { code: 'STF-05', subject: '-' },
]
const ENOUGH = 3 // of them; with fewer the page tells what the page of the state begins with

/** The country in a few large figures, each with its years and whether it changed. */
export function NowFigures({ view, trends }: { view: UnitView; trends: readonly Trend[] }) {
  const rows = criteriaOf(view.data, trends).flatMap(({ indicators }) =>
    indicators.flatMap(({ indicator, lead, others }) => [lead, ...others].map((row) => ({ indicator, row }))),
  )
  const told = wished.flatMap(({ code, subject }) => {
    const found = rows.find(
      ({ indicator, row }) =>
        indicator.code === code && row.figure.subject === subject && isShown(row.figure.cell),
    )
    return found ? [found] : []
  })
  if (told.length < ENOUGH) {
    return (
      <Figs>
        {headFigures(view).map((figure) => (
          <UnitFig key={figure.indicator + figure.subject} view={view} figure={figure} />
        ))}
      </Figs>
    )
  }
  return (
    <Figs>
      {told.map(({ indicator, row }) => (
        <NowFigure key={indicator.code} view={view} indicator={indicator} row={row} />
      ))}
    </Figs>
  )
}

function NowFigure(props: { view: UnitView; indicator: Parameters<typeof peopleOf>[1]; row: FigureRow }) {
  const { view, indicator, row } = props
  const { language, data } = view
  const { name, to } = language
  const { cell, subject } = row.figure
  if (!isShown(cell)) return null
  const write = view.writerOf(row.figure)
  const test = subjectName(language, subject, view.assessmentOf(subject))
  const address = to('unitIndicator', { id: data.profile.unit.id, code: indicator.code })
  const said = [
    write.surely(cell),
    cell.n === null ? null : peopleOf(language, indicator, cell.n),
    yearSentence(language, indicator, row.points, view.assessmentOf(subject) !== undefined),
    row.schoolYear === data.profile.schoolYear ? null : language.year(row.schoolYear),
  ]
  return (
    <Fig
      name={
        <a href={test ? `${address}?${new URLSearchParams({ subject })}` : address}>
          {name(indicator.name)}
          {test && `: ${test}`}
        </a>
      }
      value={write.value(cell.value)}
      drawing={<YearsLine view={view} indicator={indicator} points={row.points} subject={subject} />}
    >
      {said.filter(Boolean).join('; ')}
    </Fig>
  )
}
