import type { Solver, SolverAnswer } from '#stats/network/index.ts'
import { assemblyProgramme, type Candidate, formOf } from './assemble.ts'
import { candidatesOf, type OfferedItem } from './bank.ts'
import { demandsOf, isMet } from './demands.ts'
import type { BrokenDemand } from './model.ts'
import type { AssemblyPlan } from './plan.ts'

/** What came of looking for a form. */
export interface Choice {
  found: 'best' | 'within_time' | 'infeasible' | 'gave_up'
  /** codes in the order of the form; where there is no form within the plan, of the one that comes nearest */
  chosen: string[]
  /** of the nearest one: what it misses */
  broken: BrokenDemand[]
}

type Asked = (programme: Parameters<Solver>[0], isNearest: boolean) => SolverAnswer | Promise<SolverAnswer>

/**
 * Chooses items for a form: the best within the plan; or, where the bank cannot give one, the form that comes nearest, and what of
 * the plan it misses.
 */
export async function chooseForm(
  offer: readonly OfferedItem[],
  plan: AssemblyPlan,
  solve: Asked,
): Promise<Choice> {
  const candidates = candidatesOf(offer, plan.cuts)
  const cuts = plan.cuts.length
  const answer = await solve(assemblyProgramme(candidates, plan, cuts), false)
  const form = formOf(candidates, cuts, answer)
  if (form) {
    const found = answer.status === 'optimal' ? 'best' : 'within_time'
    return { found, chosen: inOrder(offer, form.codes), broken: [] }
  }
  if (answer.status !== 'infeasible') return { found: 'gave_up', chosen: [], broken: [] }
  const nearest = formOf(candidates, cuts, await solve(assemblyProgramme(candidates, plan, cuts, true), true))
  const chosen = candidates.filter(({ code }) => nearest?.codes.includes(code))
  return {
    found: 'infeasible',
    chosen: inOrder(offer, nearest?.codes ?? []),
    broken: brokenBy(candidates, chosen, plan),
  }
}

/** Demands that some items do not meet, with what they have and what the whole bank has. */
export function brokenBy(
  candidates: readonly Candidate[],
  chosen: readonly Candidate[],
  plan: AssemblyPlan,
): BrokenDemand[] {
  return demandsOf(plan)
    .filter((demand) => !isMet(demand, chosen))
    .map(({ about, strand, process, codes, least, most, of }) => {
      const own = candidates.filter(
        (each) =>
          (strand === null || each.strand === strand) && (process === null || each.process === process),
      )
      return {
        about,
        strand,
        process,
        codes: [...codes],
        least,
        most,
        has: of(chosen),
        bankItems: about === 'anchors' ? own.filter(({ isAnchor }) => isAnchor).length : own.length,
        bankPoints: own.reduce((sum, { points }) => sum + points, 0),
      }
    })
}

/** Items in the order of a form: strand by strand as the bank has them, what shares a text together. */
function inOrder(offer: readonly OfferedItem[], codes: readonly string[]): string[] {
  const wanted = new Set(codes)
  const chosen = offer.filter(({ code }) => wanted.has(code))
  const first = new Map<string, number>()
  const place = (key: string, at: number) => {
    if (!first.has(key)) first.set(key, at)
    return first.get(key)!
  }
  return chosen
    .map(({ code, strand, stimulus }, at) => ({
      code,
      keys: [place(`strand ${strand}`, at), place(stimulus === null ? code : `text ${stimulus}`, at), at],
    }))
    .sort((a, b) => a.keys[0]! - b.keys[0]! || a.keys[1]! - b.keys[1]! || a.keys[2]! - b.keys[2]!)
    .map(({ code }) => code)
}
