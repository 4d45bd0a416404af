import type { Indicator } from '#modules/indicators/model.ts'
import type { AbsenceReason, Cell } from '#terms/cell.ts'
import type { Config } from '#terms/config.ts'
import type { Language } from '../text/language.ts'
import { absenceClause } from '../text/sentences.ts'

type Rules = Config['rules']

/** The rule that decides about an indicator's topic for the public. */
export function ruleFor(rules: Rules, indicator: Indicator | undefined): Rules[number] | undefined {
  return rules.find((rule) => rule.audience === 'public' && rule.topic === indicator?.topic)
}

/** A figure of a table that may not be there. */
export interface KeyedFigure {
  cell: Pick<Cell, 'absent'>
  indicator: Indicator
}

/**
 * Why figures of a table are not there, each clause once. Where one reason has several clauses, because indicators stand
 * under different rules („mazāk par 10”, „mazāk par 5”), `of` names the indicators of each.
 */
export function absencesIn(
  language: Language,
  figures: readonly KeyedFigure[],
  rules: Rules,
): { reason: AbsenceReason; clause: string; of: string | null }[] {
  const found = new Map<string, { reason: AbsenceReason; indicators: Set<string> }>()
  for (const { cell, indicator } of figures) {
    if (cell.absent === null) continue
    const clause = absenceClause(language, cell.absent, ruleFor(rules, indicator))
    const entry = found.get(clause) ?? { reason: cell.absent, indicators: new Set() }
    found.set(clause, entry)
    entry.indicators.add(language.name(indicator.short))
  }
  return [...found].map(([clause, { reason, indicators }]) => {
    const isOneOfSeveral = [...found.values()].filter((each) => each.reason === reason).length > 1
    return { reason, clause, of: isOneOfSeveral ? [...indicators].join(', ') : null }
  })
}
