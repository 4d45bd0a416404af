import { worthOf } from './assemble.ts'
import { candidatesOf, errorOf, informationAt, type OfferedItem, UNIT } from './bank.ts'
import { brokenBy } from './choose.ts'
import { outOfRules } from './demands.ts'
import type { AssemblyItem, AssemblyReport, AssemblySwap } from './model.ts'
import type { AssemblyPlan } from './plan.ts'

/** Points of the scale at which a curve is drawn, beyond the outermost cuts. */
const BEYOND = 150
const STEP = 10

const shown = (x: number) => Math.round(x * 1e6) / 1e6

/** An item of the bank as it is told. */
export function toldItem({ measured, ...item }: OfferedItem, cuts: readonly number[]): AssemblyItem {
  return {
    ...item,
    state: item.state as AssemblyItem['state'],
    isMeasured: measured !== null,
    information: informationAt(measured, cuts).map(shown),
  }
}

/** What some items are like as a form. @param codes  of items of the offer */
export function reportOf(
  offer: readonly OfferedItem[],
  codes: readonly string[],
  plan: AssemblyPlan,
): AssemblyReport {
  const candidates = candidatesOf(offer, plan.cuts)
  const chosen = candidates.filter(({ code }) => codes.includes(code))
  const items = offer.filter(({ code }) => codes.includes(code))
  const { information, points } = worthOf(chosen, plan.cuts.length)
  const broken = brokenBy(candidates, chosen, plan)
  return {
    items: chosen.length,
    points,
    minutes: minutesOfAll(items),
    anchors: chosen.filter(({ isAnchor }) => isAnchor).length,
    cuts: plan.cuts.map((at, cut) => ({
      at,
      information: shown(information[cut]!),
      error: errorOf(information[cut]!),
      aim: plan.error === null ? null : shown((UNIT / plan.error) ** 2),
    })),
    curve: curveOf(items, plan.cuts),
    unmeasured: items.filter(({ measured }) => !measured).length,
    cells: cellsOf(offer, items, plan, broken),
    broken,
    outOfRules: outOfRules(candidates, chosen, plan),
  }
}

const minutesOfAll = (items: readonly OfferedItem[]) =>
  Math.round(items.reduce((sum, { minutes }) => sum + minutes, 0) * 10) / 10

function curveOf(items: readonly OfferedItem[], cuts: readonly number[]): AssemblyReport['curve'] {
  const measured = items.flatMap((item) => (item.measured ? [item.measured] : []))
  if (measured.length === 0) return []
  const from = Math.floor((Math.min(...cuts) - BEYOND) / 50) * 50
  const to = Math.ceil((Math.max(...cuts) + BEYOND) / 50) * 50
  const at = Array.from({ length: (to - from) / STEP + 1 }, (_, step) => from + step * STEP)
  const sums = at.map(() => 0)
  for (const each of measured) {
    for (const [place, own] of informationAt(each, at).entries()) sums[place]! += own
  }
  return at.map((point, place) => ({ at: point, information: shown(sums[place]!) }))
}

/** Strand by process, with the sums of both: what is chosen, demanded and there. */
function cellsOf(
  offer: readonly OfferedItem[],
  items: readonly OfferedItem[],
  plan: AssemblyPlan,
  broken: AssemblyReport['broken'],
): AssemblyReport['cells'] {
  const all = items.reduce((sum, { points }) => sum + points, 0)
  const named = (side: 'strand' | 'process', said: Readonly<Record<string, unknown>>) => [
    ...new Set([...Object.keys(said), ...offer.map((item) => item[side])]),
  ]
  const strands = [...named('strand', plan.strands), null]
  const processes = [...named('process', plan.processes), null]
  return strands.flatMap((strand) =>
    processes.map((process) => {
      const has = (item: OfferedItem) =>
        (strand === null || item.strand === strand) && (process === null || item.process === process)
      const own = items.filter(has)
      const bank = offer.filter(has)
      const points = own.reduce((sum, each) => sum + each.points, 0)
      const limits = limitsOf(plan, strand, process)
      return {
        strand,
        process,
        items: own.length,
        points,
        share: all === 0 ? 0 : points / all,
        least: limits?.least ?? null,
        most: limits?.most ?? null,
        isMet: !broken.some(
          (each) => each.about === 'share' && each.strand === strand && each.process === process,
        ),
        bankItems: bank.length,
        bankPoints: bank.reduce((sum, each) => sum + each.points, 0),
      }
    }),
  )
}

function limitsOf(plan: AssemblyPlan, strand: string | null, process: string | null) {
  if (strand !== null && process !== null)
    return plan.cells.find((cell) => cell.strand === strand && cell.process === process)
  if (strand !== null) return plan.strands[strand]
  return process === null ? undefined : plan.processes[process]
}

/**
 * What could stand in the place of an item, what keeps the plan first, then what brings most where the form is weakest.
 *
 * @param out  code of an item of the form
 */
export function swapsFor(
  offer: readonly OfferedItem[],
  codes: readonly string[],
  plan: AssemblyPlan,
  out: string,
): AssemblySwap[] {
  const candidates = candidatesOf(offer, plan.cuts)
  const before = candidates.find(({ code }) => code === out)
  const chosen = candidates.filter(({ code }) => codes.includes(code))
  if (!before) return []
  const weakestAfter = new Map<string, number>()
  return candidates
    .flatMap((candidate, at): AssemblySwap[] => {
      if (codes.includes(candidate.code)) return []
      const after = [...chosen.filter(({ code }) => code !== out), candidate]
      weakestAfter.set(candidate.code, worthOf(after, plan.cuts.length).weakest)
      return [
        {
          item: toldItem(offer[at]!, plan.cuts),
          gains: candidate.information.map((own, cut) => shown(own - before.information[cut]!)),
          points: candidate.points - before.points,
          minutes: Math.round(((candidate.minutes ?? 0) - (before.minutes ?? 0)) * 10) / 10,
          broken: brokenBy(candidates, after, plan),
          outOfRules: outOfRules(candidates, after, plan),
        },
      ]
    })
    .sort(
      (a, b) =>
        a.broken.length + a.outOfRules.length - (b.broken.length + b.outOfRules.length) ||
        weakestAfter.get(b.item.code)! - weakestAfter.get(a.item.code)! ||
        (a.item.code < b.item.code ? -1 : 1),
    )
}
