import { tablesBuilder } from '#stats/disclosure/index.ts'
import { type Attacker, guard } from './guard.ts'
import { type Family, type LinkedFamily, linkFamily, type PlaceTree } from './linked.ts'
import type { AttackSummary } from './model.ts'
import { summaryOf } from './summary.ts'

/** What is asked of one count. */
export interface Asked {
  /** must be hidden, and stay possible so far below and above */
  protect?: { below: number; above: number }
  /** hidden, but no secret */
  untold?: boolean
  /** told elsewhere, so that it can be hidden no more */
  fixed?: 'in this release' | 'earlier'
  /** counts with the same word are hidden or told together */
  together?: string
}

/** A linked system being described: families of counts, facts between them, and what is asked of each. */
export interface System {
  family(family: Family): LinkedFamily
  total(total: number, parts: readonly number[]): void
  ask(cell: number, asked: Asked): void
  /**
   * Hides, attacks; answers which counts are hidden. Throws NotProved where some are not proved safe.
   *
   * @param insiders  does somebody who is alone in a cell know its number?
   */
  run(insiders?: boolean): { isHidden: (cell: number) => boolean; found: AttackSummary }
}

/**
 * @param hierarchies  in which unit each unit lies
 * @param minimum      rests of totals with fewer people are protected as if they were cells
 */
export function newSystem(
  hierarchies: readonly PlaceTree[],
  minimum: number,
  protect: { below: number; above: number },
  attacker: Attacker,
): System {
  const builder = tablesBuilder()
  const asked = new Map<number, Asked>()
  return {
    family(family) {
      const linked = linkFamily(builder, family, hierarchies)
      // a large rest is no secret, and everybody can work it out
      for (const { cell, people } of linked.rests) {
        asked.set(cell, people < minimum ? { protect } : { fixed: 'in this release' })
      }
      return linked
    },
    total: (total, parts) => builder.total(total, parts),
    ask: (cell, more) => void asked.set(cell, { ...asked.get(cell), ...more }),
    run(insiders = true) {
      const tables = builder.build()
      const size = tables.values.length
      const demand = {
        tables,
        primary: new Uint8Array(size),
        lower: new Float64Array(size),
        upper: new Float64Array(size),
        untold: new Uint8Array(size),
        fixed: new Uint8Array(size),
        earlier: new Uint8Array(size),
        together: new Int32Array(size).fill(-1),
      }
      const groups = new Map<string, number>()
      for (const [number, { protect, untold, fixed, together }] of asked) {
        const cell = tables.order[number]!
        if (protect) demand.primary[cell] = 1
        demand.lower[cell] = protect?.below ?? 0
        demand.upper[cell] = protect?.above ?? 0
        if (untold) demand.untold[cell] = 1
        if (fixed) demand.fixed[cell] = 1
        if (fixed === 'earlier') demand.earlier[cell] = 1
        if (together === undefined) continue
        if (!groups.has(together)) groups.set(together, groups.size)
        demand.together[cell] = groups.get(together)!
      }
      const guarded = guard(insiders ? demand : { ...demand, alone: new Uint8Array(size) }, attacker)
      return {
        isHidden: (cell) => guarded.hidden[tables.order[cell]!] !== 0,
        found: summaryOf(guarded),
      }
    },
  }
}
