import { wilson } from '#stats/smallarea/wilson.ts'
import type { Cell } from '#terms/cell.ts'
import { isShown } from '../../text/sentences.ts'

/** Shares told of a test: at the lowest level, at the expected level or above it, at the highest level. */
export interface ToldShares {
  lowest: Cell | undefined
  expected: Cell | undefined
  highest: Cell | undefined
}

/**
 * The four levels from what is told: the second and the third are what is left between. A level that cannot be known from told figures
 * is absent for the reason one of them is; where the shares are not of the same pupils, nothing is taken from the other; and what would
 * be left for fewer pupils than the rule asks is not worked out for anybody.
 *
 * @param minimum  pupils that must stand behind a level that is left
 * @returns  lowest first, the category is the number of the level; empty where nothing was counted
 */
export function levelCells({ lowest, expected, highest }: ToldShares, minimum: number): Cell[] {
  const any = lowest ?? expected ?? highest
  if (!any) return []
  const key = (level: number) => ({ ...any, breakdown: 'level', category: String(level) })
  const as = (level: number, cell: Cell | undefined): Cell =>
    cell
      ? { ...cell, breakdown: 'level', category: String(level) }
      : { ...key(level), ...gone('unavailable') }
  const between = (
    level: number,
    parts: readonly (Cell | undefined)[],
    of: (shares: number[]) => number,
  ): Cell => {
    const missing = parts.find((part) => !isShown(part))
    if (parts.some((part) => !isShown(part)))
      return { ...key(level), ...gone(missing?.absent ?? 'unavailable') }
    const n = parts[0]!.n
    if (!n || parts.some((part) => part!.n !== n)) return { ...key(level), ...gone('unavailable') }
    const hits = Math.round(n * of(parts.map((part) => part!.value!)))
    if (hits < minimum) return { ...key(level), ...gone('too_few') }
    return { ...key(level), n, value: hits / n, ...wilson(hits, n), sd: null, se: null, absent: null }
  }
  return [
    as(1, lowest),
    between(2, [lowest, expected], ([first, last]) => 1 - first! - last!),
    between(3, [expected, highest], ([both, last]) => both! - last!),
    as(4, highest),
  ]
}

function gone(absent: NonNullable<Cell['absent']>) {
  return { n: null, value: null, sd: null, se: null, low: null, high: null, absent }
}
