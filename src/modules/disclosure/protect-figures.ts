import type { Figure } from './figure.ts'
import { spotOf } from './linked.ts'
import type { AttackSummary } from './model.ts'
import type { Circumstances } from './release.ts'
import { addUp } from './summary.ts'
import { newSystem, type System } from './system.ts'

/**
 * Decides which figures about the same people are told. Counts first: how many people there are at each spot, told where
 * any indicator tells it. Then figures, with those counts known to everybody: a share by its hits and misses, a mean by
 * the people whose sum it is, for what cannot be said of the people cannot be said of their sum.
 */
export function protectFigures(figures: readonly Figure[], circumstances: Circumstances): AttackSummary {
  const counts = protectCounts(figures, circumstances)
  return addUp(counts.found, protectValues(figures, counts, circumstances))
}

interface Counts {
  /** people at each spot */
  readonly people: ReadonlyMap<string, number>
  readonly isHidden: (spot: string) => boolean
  readonly found: AttackSummary
}

/** @throws  Error where two indicators say that they count the same people and do not */
function protectCounts(figures: readonly Figure[], circumstances: Circumstances): Counts {
  const spots = Map.groupBy(figures, ({ cell }) => spotOf(cell))
  const people = new Map<string, number>()
  for (const [spot, here] of spots) {
    const { n, indicator } = here[0]!.cell
    const other = here.find(({ cell }) => cell.n !== n)
    if (other) throw new Error(`${indicator} and ${other.cell.indicator} do not count the same people`)
    people.set(spot, n)
  }
  const system = systemOf(figures, circumstances)
  const { cells } = system.family({ name: nameOfPeople(figures), counts: people })
  for (const [spot, here] of spots) {
    const cell = cells.get(spot)!
    const tellers = here.filter(isPublic)
    const least = Math.min(...(tellers.length > 0 ? tellers : here).map(({ policy }) => policy.rule.minimum))
    const isFigure = here.some((figure) => figure.indicator.kind === 'count' && figure.isSecret)
    if (people.get(spot)! < least || isFigure) system.ask(cell, { protect: protectionOf(here) })
    if (tellers.length === 0) system.ask(cell, { untold: true })
    if (here.some(({ isToldBefore }) => isToldBefore)) system.ask(cell, { fixed: 'earlier' })
  }
  const { isHidden, found } = system.run()
  const isHiddenAt = (spot: string) => isHidden(cells.get(spot)!)
  for (const figure of figures) {
    if (isHiddenAt(spotOf(figure.cell))) figure.absent ??= 'would_reveal'
  }
  return { people, isHidden: isHiddenAt, found }
}

/** Shares and means, all in one system, where the counts above are known. */
function protectValues(
  figures: readonly Figure[],
  counts: Counts,
  circumstances: Circumstances,
): AttackSummary {
  const system = systemOf(figures, circumstances)
  const cellOf = new Map([
    ...describeShares(system, figures, counts),
    ...describeMeans(system, figures, counts),
  ])
  const { isHidden, found } = system.run()
  for (const [figure, cell] of cellOf) {
    if (isHidden(cell)) figure.absent ??= 'would_reveal'
  }
  return found
}

/** People = hits + misses at every spot. Returns the cell by which it is seen whether a share was hidden. */
function describeShares(
  system: System,
  figures: readonly Figure[],
  { people, isHidden }: Counts,
): Map<Figure, number> {
  const cellOf = new Map<Figure, number>()
  const shares = figures.filter(({ indicator }) => indicator.kind === 'share')
  if (shares.length === 0) return cellOf
  const everybody = system.family({ name: nameOfPeople(figures), counts: people })
  for (const [spot, cell] of everybody.cells) {
    system.ask(cell, isHidden(spot) ? { untold: true } : { fixed: 'in this release' })
  }
  for (const [code, own] of Map.groupBy(shares, ({ indicator }) => indicator.code)) {
    const family = (word: string, part: (figure: Figure) => number) =>
      system.family({
        // only the last part differs from that of the people: their total then runs along it
        name: `${nameOfPeople(figures)} ${own[0]!.indicator.people ? `${code} ` : ''}${word}`,
        counts: new Map(own.map((figure) => [spotOf(figure.cell), part(figure)])),
      })
    const [yes, no] = [family('yes', hitsOf), family('no', missesOf)]
    for (const figure of own) {
      const spot = spotOf(figure.cell)
      const parts = [yes.cells.get(spot)!, no.cells.get(spot)!] as const
      system.total(everybody.cells.get(spot)!, parts)
      askOfPart(system, figure, parts[0], hitsOf(figure))
      askOfPart(system, figure, parts[1], missesOf(figure))
      for (const part of parts) system.ask(part, { together: `${code}|${spot}` })
      cellOf.set(figure, parts[0])
    }
  }
  return cellOf
}

/**
 * A part can be larger only by people of the other part. That nobody is in it is no secret, unless the rule minds that
 * everybody is alike.
 */
function askOfPart(system: System, figure: Figure, part: number, size: number): void {
  const { isSecret, isToldBefore, absent, policy, cell } = figure
  const { below, above } = protectionOf([figure])
  const isAsked = isSecret && (size > 0 || policy.rule.groupDisclosure)
  if (isAsked) system.ask(part, { protect: { below, above: Math.min(above, cell.n - size) } })
  else if (absent !== null) system.ask(part, { untold: true })
  if (isToldBefore) system.ask(part, { fixed: 'earlier' })
}

/** Means and ratios: the people whose sum is told or not. Left out where the counts are hidden for the same reasons: then they are the proof. */
function describeMeans(
  system: System,
  figures: readonly Figure[],
  { isHidden }: Counts,
): Map<Figure, number> {
  const cellOf = new Map<Figure, number>()
  const means = figures.filter(({ indicator: { kind } }) => kind === 'mean' || kind === 'ratio')
  for (const [code, own] of Map.groupBy(means, ({ indicator }) => indicator.code)) {
    const isProved = ({ cell, isSecret, absent }: Figure) =>
      !isSecret || (absent === 'too_few' && isHidden(spotOf(cell)))
    if (own.every(isProved)) continue
    const { cells } = system.family({
      name: `${nameOfPeople(figures)} sum ${code}`,
      counts: new Map(own.map(({ cell }) => [spotOf(cell), cell.n])),
    })
    for (const figure of own) {
      const cell = cells.get(spotOf(figure.cell))!
      if (figure.isSecret) system.ask(cell, { protect: protectionOf([figure]) })
      else if (figure.absent !== null) system.ask(cell, { untold: true })
      if (figure.isToldBefore) system.ask(cell, { fixed: 'earlier' })
      cellOf.set(figure, cell)
    }
  }
  return cellOf
}

function hitsOf({ cell }: Figure): number {
  return cell.sumY!
}

function missesOf({ cell }: Figure): number {
  return cell.n - cell.sumY!
}

function isPublic({ cell, policy }: Figure): boolean {
  return policy.publicLevels.has(cell.level)
}

/** The same for all indicators about these people, whichever comes first. */
function nameOfPeople(figures: readonly Figure[]): string {
  const { cell, indicator } = figures[0]!
  return `${indicator.people ?? indicator.code}|${cell.schoolYear}|${cell.subject}`
}

/** The widest interval that one of the rules asks for. */
export function protectionOf(figures: readonly Figure[]): { below: number; above: number } {
  return {
    below: Math.max(...figures.map(({ policy }) => policy.rule.protectBelow)),
    above: Math.max(...figures.map(({ policy }) => policy.rule.protectAbove)),
  }
}

export function systemOf(figures: readonly Figure[], { hierarchies, ...attacker }: Circumstances): System {
  // a loop: a spread of a whole country's figures would be too many arguments
  let minimum = 0
  const strictest = new Map<string, Figure>()
  for (const figure of figures) {
    minimum = Math.max(minimum, figure.policy.rule.minimum)
    strictest.set(`${figure.indicator.code} ${figure.policy.rule.topic}`, figure)
  }
  return newSystem(hierarchies, minimum, protectionOf([...strictest.values()]), attacker)
}
