import { ChartFrame } from '../../charts/chart-frame.tsx'
import { scaleOver } from '../../charts/scale.ts'
import { Section } from '../../parts/page.tsx'
import { figureOf } from '../../publications/unit-view.ts'
import { isShown } from '../../text/sentences.ts'
import { type FigureRow, FigureRows } from './figure-rows.tsx'
import { type GapReason, gapCodes, gapReason, isAllInLatvian } from './gap-reasons.ts'
import { roundCodes } from './load-place.ts'
import { originOf, type Part, rowsOf } from './place-sections.tsx'

/** Differences between groups of pupils, and why one has no figure. */
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
      {withoutFigure(part).map(({ reason, codes }) => (
        <p key={reason} className="small">
          {t(`results.place.gapWithout.${reason}`, { names: namesOf(part, codes) })}{' '}
          {reason === 'nobody' &&
            codes.includes(roundCodes.gapByLanguage) &&
            isAllInLatvian(loaded.round) &&
            t('results.place.gapWithout.allInLatvian')}
        </p>
      ))}
    </Section>
  )
}

/** Gaps without a figure that nothing protects, by reason. */
function withoutFigure({ view, loaded }: Part): { reason: GapReason; codes: string[] }[] {
  const without = gapCodes.flatMap((code) => {
    const reason = gapReason(figureOf(view.data, code, loaded.round.subject))
    return reason && view.indicatorOf(code) ? [{ code, reason }] : []
  })
  return [...Map.groupBy(without, ({ reason }) => reason)].map(([reason, of]) => ({
    reason,
    codes: of.map(({ code }) => code),
  }))
}

function namesOf({ view }: Part, codes: readonly string[]): string {
  return codes
    .flatMap((code) => {
      const indicator = view.indicatorOf(code)
      return indicator ? [view.language.name(indicator.short)] : []
    })
    .join('; ')
}
