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
function rowsOf(
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

const gapCodes = [roundCodes.gapBySex, roundCodes.gapByLanguage, roundCodes.gapByNeeds]

export function Gaps(part: Part) {
  const { view, loaded } = part
  const { t } = view.language
  const clear = ({ cell }: FigureRow) =>
    isShown(cell) && cell.low !== null && cell.high !== null
      ? t(cell.low > 0 || cell.high < 0 ? 'results.place.gapClear' : 'results.place.gapNone')
      : null
  const rows = rowsOf(
    part,
    gapCodes.map((code) => ({ code, words: clear })),
  )
  const without = gapCodes
    .filter((code) => !rows.some(({ key }) => key === code))
    .flatMap((code) => {
      const indicator = view.indicatorOf(code)
      return indicator ? [view.language.name(indicator.short)] : []
    })
  if (rows.length === 0) return null
  const ends = rows.flatMap(({ cell, state }) =>
    [cell, state].flatMap((each) => (isShown(each) ? [each.low ?? each.value, each.high ?? each.value] : [])),
  )
  return (
    <Section title={t('results.place.gaps')} id="gaps">
      <ChartFrame
        title={t('results.place.gapsChart')}
        say={t('results.place.gapsSay')}
        origin={originOf(part, roundCodes.gapBySex)}
      >
        <FigureRows
          caption={t('results.place.gapsChart')}
          rows={rows}
          scale={scaleOver([0, ...ends], null, 3)}
          rules={loaded.rules}
        />
      </ChartFrame>
      {without.length > 0 && (
        <p className="small">{t('results.place.gapWithout', { names: without.join('; ') })}</p>
      )}
    </Section>
  )
}

function originOf({ view, loaded }: Part, code: string) {
  const figure = figureOf(view.data, code, loaded.round.subject)
  return figure ? view.originOf(figure) : {}
}
