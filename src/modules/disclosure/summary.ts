import type { Guarded } from './guard.ts'
import type { AttackSummary } from './model.ts'

export const nothingAttacked: AttackSummary = {
  tables: 0,
  cells: 0,
  hidden: 0,
  components: 0,
  largest: 0,
  constructed: 0,
  programmes: 0,
  tightest: null,
  leaks: 0,
  insiders: 0,
  alreadyTold: 0,
  withheld: [],
  seconds: 0,
}

/** What the attack on one linked system found, without any true number. */
export function summaryOf({ hidden, attack, shown, alreadyTold }: Guarded): AttackSummary {
  const { tightest } = attack
  return {
    tables: 1,
    cells: hidden.length,
    hidden: attack.unknowns,
    components: attack.components,
    largest: attack.largest,
    constructed: shown + attack.constructed,
    programmes: attack.programmes,
    tightest: tightest && { key: withoutIds(tightest.key), low: tightest.low, high: whole(tightest.high) },
    leaks: attack.leaks.filter(({ insider }) => insider === null).length,
    insiders: attack.leaks.filter(({ insider }) => insider !== null).length,
    alreadyTold,
    withheld: [],
    seconds: 0,
  }
}

/** Two attacks as one. */
export function addUp(a: AttackSummary, b: AttackSummary): AttackSummary {
  return {
    tables: a.tables + b.tables,
    cells: a.cells + b.cells,
    hidden: a.hidden + b.hidden,
    components: a.components + b.components,
    largest: Math.max(a.largest, b.largest),
    constructed: a.constructed + b.constructed,
    programmes: a.programmes + b.programmes,
    tightest: tighter(a.tightest, b.tightest),
    leaks: a.leaks + b.leaks,
    insiders: a.insiders + b.insiders,
    alreadyTold: a.alreadyTold + b.alreadyTold,
    withheld: [...(a.withheld ?? []), ...(b.withheld ?? [])],
    seconds: a.seconds + b.seconds,
  }
}

function tighter(a: AttackSummary['tightest'], b: AttackSummary['tightest']): AttackSummary['tightest'] {
  if (!a || !b) return a ?? b
  const [widthA, widthB] = [a, b].map(({ low, high }) => (high ?? Infinity) - low)
  if (widthA === widthB) return a.key <= b.key ? a : b
  return widthA! < widthB! ? a : b
}

/** JSON knows no infinity: null stands for a number that nothing bounds. */
function whole(bound: number): number | null {
  return bound === Infinity ? null : bound
}

/** What a count is of, without the unit: internal ids stay inside, and a hidden count needs no address. */
export function withoutIds(key: string): string {
  return key.replace(/:\d+/g, '')
}
