import type { Figure } from './figure.ts'
import { spotOf } from './linked.ts'
import type { AttackSummary } from './model.ts'
import { protectionOf, systemOf } from './protect-figures.ts'
import type { Circumstances } from './release.ts'
import { addUp, nothingAttacked } from './summary.ts'

/**
 * Decides which distributions are told: the people at each value add up over places and categories like the people
 * themselves, so a hidden distribution beside told ones could be worked out. A distribution is told or hidden whole. Asked is
 * that each of the few at a value may not be there at all: who has a value must not be certain, how few they are may be
 * guessed, since values that nobody has are told of every place. Somebody alone at a value knows only that.
 */
export function protectSpreads(figures: readonly Figure[], circumstances: Circumstances): AttackSummary {
  let found = nothingAttacked
  const withSpread = figures.filter(({ cell }) => cell.values !== null)
  for (const own of Map.groupBy(withSpread, ({ indicator }) => indicator.code).values()) {
    if (own.some(isTold)) found = addUp(found, protectSpread(own, circumstances))
  }
  return found
}

function isTold({ absent, spreadAbsent }: Figure): boolean {
  return absent === null && spreadAbsent === null
}

function protectSpread(figures: readonly Figure[], circumstances: Circumstances): AttackSummary {
  const system = systemOf(figures, circumstances)
  const { code } = figures[0]!.indicator
  const everyValue = [...new Set(figures.flatMap(({ cell }) => cell.values!))].sort((a, b) => a - b)
  const people = system.family({
    name: code,
    counts: new Map(figures.map(({ cell }) => [spotOf(cell), cell.n])),
  })
  const atValue = everyValue.map((value) =>
    system.family({
      name: `${code} = ${value}`,
      counts: new Map(figures.map(({ cell }) => [spotOf(cell), peopleAt(cell, value)])),
    }),
  )
  for (const figure of figures) {
    const spot = spotOf(figure.cell)
    const total = people.cells.get(spot)!
    system.ask(total, figure.absent === null ? { fixed: 'in this release' } : { untold: true })
    const parts = atValue.map(({ cells }) => cells.get(spot)!)
    system.total(total, parts)
    everyValue.forEach((value, at) => {
      const part = parts[at]!
      const size = peopleAt(figure.cell, value)
      const isFew = size > 0 && size < figure.policy.rule.minimum
      system.ask(part, { together: spot })
      if (isTold(figure)) return
      const { below } = protectionOf([figure])
      system.ask(part, isFew ? { protect: { below, above: 0 } } : { untold: true })
    })
  }
  const { isHidden, found } = system.run(false)
  for (const figure of figures) {
    const isGone = isHidden(atValue[0]!.cells.get(spotOf(figure.cell))!)
    if (isGone && figure.absent === null) figure.spreadAbsent ??= 'would_reveal'
  }
  return found
}

function peopleAt({ values, counts }: Figure['cell'], value: number): number {
  const at = values!.indexOf(value)
  return at < 0 ? 0 : counts![at]!
}
