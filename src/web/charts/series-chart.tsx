import type { Indicator } from '#modules/indicators/model.ts'
import type { Series, SeriesPoint } from '#modules/publications/model.ts'
import type { Config } from '#terms/config.ts'
import { schoolYearOfDay } from '#terms/school-year.ts'
import { AbsenceKey, Absent } from '../parts/absent.tsx'
import {
  borderSentences,
  changeSentence,
  changeWords,
  pooledSentence,
  targetSentence,
} from '../text/change-sentence.ts'
import { type FigureWriter, figureWriter } from '../text/figure.ts'
import { type Language, useLanguage } from '../text/language.ts'
import { isShown, peopleWord } from '../text/sentences.ts'
import { ChartFrame, type Origin } from './chart-frame.tsx'
import { comparable } from './comparable.ts'
import { type Aim, type Line, LineBand } from './line-band.tsx'
import type { LinePoint } from './line-runs.ts'
import { limitsOf, scaleOver } from './scale.ts'
import css from './series-chart.module.css'
import { tickWriter } from './write-tick.ts'

const AHEAD = 3 // years after the last figure in which a target is still drawn

/** One indicator of one unit over the years, beside the state: sentence, line with band, table. */
export function SeriesChart(props: {
  title: string
  indicator: Indicator
  series: Series
  /** null: the unit is the state, or there is nothing to lay beside it */
  state: Series | null
  rules: Config['rules']
  origin: Origin
}) {
  const language = useLanguage()
  const { t, name, year, shortYear } = language
  const { indicator, series } = props
  const { points, borders } = series
  const drawn = comparable(points)
  const state = (props.state?.points ?? []).filter(({ schoolYear }) =>
    drawn.some((point) => point.schoolYear === schoolYear),
  )
  const shown = points.map(({ cell }) => cell).filter(isShown)
  const write = figureWriter(language, indicator.unit, shown)
  const [first, last] = [drawn[0]?.schoolYear ?? 0, drawn.at(-1)?.schoolYear ?? 0]
  const aims = aimsOf(language, series, write, { first, last })
  const scale = scaleOver(
    [
      ...[...drawn, ...state].flatMap(({ cell }) =>
        isShown(cell) ? [cell.value, cell.low ?? cell.value, cell.high ?? cell.value] : [],
      ),
      ...aims.map(({ value }) => value),
    ],
    limitsOf(indicator.unit, drawn.at(-1)?.assessment),
    4,
  )
  const lines: Line[] = [{ of: 'own', name: t(`level.${series.unit.level}`), points: drawn.map(pointOf) }]
  if (state.length > 0) lines.unshift({ of: 'state', name: t('level.state'), points: state.map(pointOf) })
  const announced = drawn
    .slice(1)
    .flatMap(({ schoolYear, announced: words }) => (words ? [{ schoolYear, words }] : []))
  const turns = [
    ...series.borderChanges
      .filter((change) => first < change.schoolYear && change.schoolYear <= last)
      .map((change) => ({ year: change.schoolYear, name: t('series.turn') })),
    ...announced.map(({ schoolYear }) => ({ year: schoolYear, name: t('series.announced') })),
  ]
  const isDrawn = drawn.filter(({ cell }) => isShown(cell)).length > 1
  const notes = [
    ...pooledSentence(language, indicator, points.at(-1), write),
    ...announced.map(({ schoolYear, words }) =>
      t('series.announcedIn', { year: year(schoolYear), words: name(words) }),
    ),
    ...series.targets.map((target) => targetSentence(language, target, write)),
    ...borderSentences(language, series.borderChanges),
    ...(series.bordersDiffer ? [t(borders === 'today' ? 'series.sayToday' : 'series.sayThen')] : []),
    ...(isDrawn && indicator.unit === 'points' && state.length > 0 ? [t('series.tests')] : []),
    ...(isDrawn && drawn.length < points.length ? [t('series.onlySince')] : []),
  ]
  return (
    <ChartFrame
      title={props.title}
      say={changeSentence(language, indicator, points, write)}
      origin={props.origin}
      table={<SeriesTable {...props} />}
    >
      {isDrawn && (
        <LineBand
          lines={lines}
          scale={scale}
          turns={turns}
          aims={aims}
          writeTick={tickWriter(scale, indicator.unit, language)}
          writeYear={shortYear}
        />
      )}
      {notes.length > 0 && <p className={css.notes}>{notes.join(' ')}</p>}
      <AbsenceKey figures={points.map(({ cell }) => ({ cell, indicator }))} rules={props.rules} />
    </ChartFrame>
  )
}

/** Targets that fall into the drawn years, or end at most three years after them. */
function aimsOf(
  { t }: Language,
  { targets }: Series,
  write: FigureWriter,
  { first, last }: { first: number; last: number },
): Aim[] {
  return targets.flatMap(({ value, from, until }) => {
    const [begins, ends] = [schoolYearOfDay(from), until === null ? last : schoolYearOfDay(until)]
    if (ends < first || begins > last + AHEAD) return []
    return [
      {
        value,
        from: Math.min(begins, last),
        until: Math.min(ends, last + AHEAD),
        name: t('series.target', { value: write.value(value) }),
      },
    ]
  })
}

function pointOf({ schoolYear, cell, breaks }: SeriesPoint): LinePoint {
  return {
    year: schoolYear,
    value: isShown(cell) ? cell.value : null,
    low: isShown(cell) ? cell.low : null,
    high: isShown(cell) ? cell.high : null,
    isBroken: breaks.length > 0,
  }
}

/** The numbers of the drawing, and of the years that are not in it. */
function SeriesTable(props: {
  title: string
  indicator: Indicator
  series: Series
  state: Series | null
  rules: Config['rules']
}) {
  const language = useLanguage()
  const { t, year, count } = language
  const { indicator, series, state } = props
  const write = figureWriter(language, indicator.unit, series.points.map(({ cell }) => cell).filter(isShown))
  const isCount = indicator.kind === 'count'
  const ofState = (schoolYear: number) => state?.points.find((point) => point.schoolYear === schoolYear)?.cell
  return (
    <table className="data">
      <caption className="hidden">{props.title}</caption>
      <thead>
        <tr>
          <th scope="col">{t('column.year')}</th>
          <th scope="col" className="n">
            {t(`level.${series.unit.level}`)}
          </th>
          {!isCount && (
            <>
              <th scope="col" className="n">
                {t('column.interval')}
              </th>
              <th scope="col" className="n">
                {t(`column.${peopleWord(indicator)}`)}
              </th>
              <th scope="col">{t('column.change')}</th>
            </>
          )}
          {state && (
            <th scope="col" className="n">
              {t('level.state')}
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {series.points.map((point) => {
          const { schoolYear, cell } = point
          const other = ofState(schoolYear)
          return (
            <tr key={schoolYear}>
              <th scope="row">{year(schoolYear)}</th>
              <td className="n">
                {isShown(cell) ? (
                  write.value(cell.value)
                ) : (
                  <Absent cell={cell} indicator={indicator} rules={props.rules} />
                )}
              </td>
              {!isCount && (
                <>
                  <td className="n">
                    {isShown(cell) && cell.low !== null && cell.high !== null
                      ? write.range(cell.low, cell.high)
                      : ''}
                  </td>
                  <td className="n">{cell.n === null ? '' : count(cell.n)}</td>
                  <td>{changeWords(language, point)}</td>
                </>
              )}
              {state && <td className="n">{isShown(other) ? write.value(other.value) : '–'}</td>}
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
