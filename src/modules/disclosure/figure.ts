import type { CubeCell, Indicator } from '#modules/indicators/model.ts'
import type { AbsenceReason } from '#terms/cell.ts'
import { ownReason, ownSpreadReason, type Policy } from './primary.ts'
import { type EarlierCell, revisionOf } from './revision.ts'

/** A figure on its way through the gate. */
export interface Figure {
  readonly cell: CubeCell
  readonly indicator: Pick<Indicator, 'code' | 'kind' | 'people' | 'ofPeople'>
  readonly policy: Policy
  /** told, it would say too much by itself; what is hidden for the sake of others is not secret */
  readonly isSecret: boolean
  /** the same number was told before */
  readonly isToldBefore: boolean
  /** null: told */
  absent: AbsenceReason | null
  /** null: the distribution is told, or there is none */
  spreadAbsent: AbsenceReason | null
}

/** What of a cell is its number. */
type CellSum =
  | 'n'
  | 'sumY'
  | 'sumYY'
  | 'values'
  | 'counts'
  | 'plausible'
  | 'facts'
  | 'sumW'
  | 'sumWW'
  | 'sumWY'

/**
 * What a figure is, whatever its number: the same in every release, under every version of its definition. That of its time is the
 * same one whether or not today's borders differ from it.
 */
export function figureKey(cell: Omit<CubeCell, CellSum | 'version'>): string {
  const { indicator, schoolYear, level, unitId, subject, breakdown, category, borders } = cell
  const of = borders === 'today' ? 'today' : 'then'
  return [indicator, schoolYear, level, unitId, of, subject, breakdown, category].join('|')
}

/** Figures that tell of the same people: one year, one subject, and indicators that count the same. */
export function samePeople(figures: readonly Figure[]): Figure[][] {
  const groups = Map.groupBy(figures, ({ cell, indicator }) =>
    [cell.schoolYear, indicator.people ?? indicator.code, cell.subject].join('|'),
  )
  return [...groups.values()]
}

/**
 * Whether a figure that is not told says nothing about anybody by itself: there is nothing to divide by, or it is only not
 * decided to be public, of enough people and of a matter where it is no harm that all are alike. Then nothing else is hidden for
 * its sake. A count is never harmless: it is told by many.
 */
function isHarmless(
  absent: AbsenceReason,
  { n }: CubeCell,
  { kind }: Figure['indicator'],
  { rule }: Policy,
): boolean {
  if (absent === 'not_applicable') return true
  return absent === 'not_public' && kind !== 'count' && !rule.groupDisclosure && n >= rule.minimum
}

/** A figure as it stands before others are looked at: hidden where it says too much by itself. */
export function newFigure(
  cell: CubeCell,
  indicator: Figure['indicator'],
  policy: Policy,
  earlier: readonly EarlierCell[],
): Figure {
  const revision = revisionOf(cell, indicator, policy.rule, earlier)
  const absent = ownReason(cell, indicator, policy) ?? (revision.reveals ? 'would_reveal' : null)
  return {
    cell,
    indicator,
    policy,
    isSecret: absent !== null && !isHarmless(absent, cell, indicator, policy),
    isToldBefore: revision.isTold,
    absent,
    spreadAbsent: revision.spreadReveals ? 'would_reveal' : ownSpreadReason(cell, policy.rule),
  }
}
