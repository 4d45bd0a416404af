import { ChartFrame } from '../../charts/chart-frame.tsx'
import { scaleFrom, scaleOver } from '../../charts/scale.ts'
import { Section } from '../../parts/page.tsx'
import { figureOf, type UnitView } from '../../publications/unit-view.ts'
import type { Language } from '../../text/language.ts'
import { isShown, pupils, resultVerdict, verdict } from '../../text/sentences.ts'
import { type FigureRow, FigureRows } from './figure-rows.tsx'
import { type PlaceData, roundCodes } from './load-place.ts'
import { levelCells } from './place-levels.ts'

/** What a section of the page is made from. */
export interface Part {
  view: UnitView
  loaded: PlaceData
}

export function MeanSentence({ view, loaded }: Part) {
  const { language } = view
  const { t } = language
  const figure = figureOf(view.data, roundCodes.mean, loaded.round.subject)
  const indicator = view.indicatorOf(roundCodes.mean)
  if (!figure || !indicator || !isShown(figure.cell)) return t('results.place.noMean')
  const { cell, against } = figure
  const write = view.writerOf(figure)
  const said = { mean: write.value(cell.value), pupils: pupils(language, cell.n ?? 0) }
  const own =
    cell.low === null || cell.high === null
      ? t('results.place.meanPlain', said)
      : t('results.place.mean', { ...said, interval: write.interval(cell.low, cell.high) })
  const state = against.find(({ unit }) => unit.level === 'state')
  const beside =
    state?.difference &&
    isShown(state.cell) &&
    resultVerdict(language, state.difference, { level: 'state', value: state.cell.value }, write)
  return `${own} ${beside ?? ''}`.trim()
}

/** Rows of several indicators of the round, each with the same of the state. */
export function rowsOf(
  { view, loaded }: Part,
  asked: readonly { code: string; words?: (row: FigureRow) => string | null }[],
): FigureRow[] {
  return asked.flatMap(({ code, words }) => {
    const figure = figureOf(view.data, code, loaded.round.subject)
    const indicator = view.indicatorOf(code)
    if (!figure || !indicator) return []
    const state = figure.against.find(({ unit }) => unit.level === 'state')
    const row: FigureRow = {
      key: code,
      name: view.language.name(indicator.short),
      indicator,
      cell: figure.cell,
      state: state?.cell,
      words: state?.difference ? verdict(view.language, indicator, state.difference, 'state') : null,
    }
    return [words ? { ...row, words: words(row) } : row]
  })
}

/** The mean beside that of the state, on the scale of the test. */
export function MeanResult(part: Part) {
  const { view, loaded } = part
  const { t } = view.language
  const rows = rowsOf(part, [{ code: roundCodes.mean }])
  const [row] = rows
  if (!row || !isShown(row.cell)) return null
  return (
    <Section title={t('results.place.meanTitle')} id="mean">
      <ChartFrame
        title={t('results.place.meanChart')}
        say={t('results.place.meanSay')}
        origin={originOf(part, roundCodes.mean)}
      >
        <FigureRows
          caption={t('results.place.meanChart')}
          rows={rows}
          scale={scaleOver(
            [400, 600, row.cell.low ?? row.cell.value, row.cell.high ?? row.cell.value],
            null,
            3,
          )}
          rules={loaded.rules}
        />
      </ChartFrame>
    </Section>
  )
}

export function Participation(part: Part) {
  const { view, loaded } = part
  const { t, share } = view.language
  const rows = rowsOf(
    part,
    [roundCodes.tookPart, roundCodes.absent, roundCodes.exempt, roundCodes.supported].map((code) => ({
      code,
    })),
  )
  const tookPart = rows.find(({ key }) => key === roundCodes.tookPart)?.cell
  if (rows.length === 0) return null
  return (
    <Section title={t('results.place.participation')} id="participation">
      <ChartFrame
        title={t('results.place.participationChart')}
        say={
          isShown(tookPart)
            ? t(
                tookPart.value < 0.9 ? 'results.place.participationLow' : 'results.place.participationEnough',
                {
                  share: share(tookPart.value, 0),
                },
              )
            : t('results.place.participationHidden')
        }
        origin={originOf(part, roundCodes.tookPart)}
      >
        <FigureRows
          caption={t('results.place.participationChart')}
          rows={rows}
          scale={scaleFrom(0, 1, 3)}
          rules={loaded.rules}
        />
      </ChartFrame>
    </Section>
  )
}

export function Levels(part: Part) {
  const { view, loaded } = part
  const { language } = view
  const { t } = language
  const sharesAt = (level: 'own' | 'state') => {
    const of = (code: string) => {
      const figure = figureOf(view.data, code, loaded.round.subject)
      return level === 'own' ? figure?.cell : figure?.against.find(({ unit }) => unit.level === 'state')?.cell
    }
    return levelCells(
      {
        lowest: of(roundCodes.lowest),
        expected: of(roundCodes.expected),
        highest: of(roundCodes.highest),
      },
      loaded.rules.find(({ topic }) => topic === 'results')?.minimum ?? Number.POSITIVE_INFINITY,
    )
  }
  const [own, state] = [sharesAt('own'), sharesAt('state')]
  const codes = [roundCodes.lowest, roundCodes.expected, roundCodes.expected, roundCodes.highest]
  const rows = own.flatMap((cell, at): FigureRow[] => {
    const indicator = view.indicatorOf(codes[at]!)
    if (!indicator) return []
    const level = at + 1
    return [
      {
        key: `level ${level}`,
        name: `${level}. ${language.name(loaded.round.levels[at]!)}`,
        indicator,
        cell,
        state: state[at],
      },
    ]
  })
  return (
    <Section title={t('results.place.levels')} id="levels">
      {rows.length === 0 ? (
        <p>{t('results.place.noLevels')}</p>
      ) : (
        <ChartFrame
          title={t('results.place.levelsChart')}
          say={levelsSentence(language, own)}
          origin={originOf(part, roundCodes.lowest)}
        >
          <FigureRows
            caption={t('results.place.levelsChart')}
            rows={rows}
            scale={scaleFrom(0, 1, 3)}
            rules={loaded.rules}
          />
        </ChartFrame>
      )}
    </Section>
  )
}

function levelsSentence({ t, count }: Language, cells: ReturnType<typeof levelCells>): string {
  const lowest = cells[0]
  if (!isShown(lowest)) return t('results.place.levelsHidden')
  return t('results.place.levelsSay', { n: count(Math.round(100 * lowest.value)) })
}

/** Where the figures of an indicator of the round come from. */
export function originOf({ view, loaded }: Part, code: string) {
  const figure = figureOf(view.data, code, loaded.round.subject)
  return figure ? view.originOf(figure) : {}
}
