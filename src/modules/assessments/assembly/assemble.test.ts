import highsModule from 'highs'
import { expect, test } from 'vitest'
import { testInformation } from '#stats/irt/index.ts'
import { type LinearProgramme, lpText, type SolverAnswer } from '#stats/network/index.ts'
import { philox } from '#stats/numeric/random.ts'
import { assemblyProgramme, type Blueprint, type Candidate, formOf } from './assemble.ts'

const highs = await (highsModule as unknown as typeof highsModule.default)()

function solve(programme: LinearProgramme): SolverAnswer {
  const { Status, Columns } = highs.solve(lpText(programme), { mip_rel_gap: 0 }) as {
    Status: string
    Columns: Record<string, { Primal?: number }>
  }
  const values = programme.names.map((_, at) => Columns[`v${at}`]?.Primal ?? 0)
  return { status: Status === 'Optimal' ? 'optimal' : 'infeasible', values }
}

const cutScores = [-0.8, 0.3, 1.2]

/** A small bank, drawn from a seed. */
function bank(seed: number, size: number): Candidate[] {
  const random = philox(seed)
  return Array.from({ length: size }, (_, at) => {
    const slope = 0.6 + random.uniform()
    const difficulty = 1.1 * random.normal()
    const item = {
      id: `I${at}`,
      model: '2pl' as const,
      scores: [0, 1],
      slope,
      intercepts: [-slope * difficulty],
      guessing: 0,
    }
    return {
      code: `I${at}`,
      strand: ['numbers', 'data', 'measures'][random.integer(3)]!,
      process: ['know', 'apply'][random.integer(2)]!,
      points: 1 + random.integer(2),
      information: [...testInformation([item], cutScores).information],
      isAnchor: random.uniform() < 0.3,
      exposure: random.uniform(),
      excludes: random.uniform() < 0.3 ? 'e' : undefined,
      stimulus: random.uniform() < 0.25 ? 's' : undefined,
    }
  })
}

const blueprint: Blueprint = {
  items: { least: 4, most: 7 },
  points: { least: 6, most: 10 },
  strands: { numbers: { least: 0.2, most: 0.7 }, data: { least: 0.1, most: 0.6 } },
  processes: { know: { least: 0.25, most: 0.75 } },
  anchors: { least: 1, most: 3 },
  mostExposure: 0.9,
  wear: 0.05,
}

/** Whether a set of items is within the blueprint, said once more and otherwise. */
function isWithin(chosen: readonly Candidate[], all: readonly Candidate[], rules: Blueprint): boolean {
  const points = chosen.reduce((sum, each) => sum + each.points, 0)
  const between = (x: number, { least, most }: { least: number; most: number }) =>
    x >= least - 1e-9 && x <= most + 1e-9
  const share = (has: (each: Candidate) => boolean) =>
    chosen.filter(has).reduce((sum, each) => sum + each.points, 0) / Math.max(1, points)
  const together = chosen.filter(({ stimulus }) => stimulus === 's').length
  return (
    between(chosen.length, rules.items) &&
    between(points, rules.points) &&
    between(chosen.filter(({ isAnchor }) => isAnchor).length, rules.anchors) &&
    Object.entries(rules.strands).every(([id, limit]) =>
      between(
        share(({ strand }) => strand === id),
        limit,
      ),
    ) &&
    Object.entries(rules.processes).every(([id, limit]) =>
      between(
        share(({ process }) => process === id),
        limit,
      ),
    ) &&
    chosen.every(({ exposure }) => exposure <= rules.mostExposure) &&
    chosen.filter(({ excludes }) => excludes === 'e').length <= 1 &&
    (together === 0 || together === all.filter(({ stimulus }) => stimulus === 's').length)
  )
}

const worth = (chosen: readonly Candidate[], rules: Blueprint) =>
  Math.min(
    ...cutScores.map((_, cut) => chosen.reduce((sum, { information }) => sum + information[cut]!, 0)),
  ) -
  rules.wear * chosen.reduce((sum, { exposure }) => sum + exposure, 0)

/** The best of all sets of items that are within the blueprint, by trying every one. */
function byEnumeration(all: readonly Candidate[], rules: Blueprint): number | null {
  let best: number | null = null
  for (let set = 0; set < 2 ** all.length; set += 1) {
    const chosen = all.filter((_, at) => (set >> at) & 1)
    if (isWithin(chosen, all, rules)) best = Math.max(best ?? -Infinity, worth(chosen, rules))
  }
  return best
}

test('the form is the best there is: every set of items was tried', () => {
  const found = Array.from({ length: 25 }, (_, seed) => {
    const all = bank(seed, 13)
    const form = formOf(all, cutScores.length, solve(assemblyProgramme(all, blueprint, cutScores.length)))
    const best = byEnumeration(all, blueprint)
    if (best === null) {
      expect([seed, form]).toEqual([seed, null])
      return false
    }
    const chosen = all.filter(({ code }) => form!.codes.includes(code))
    expect([seed, isWithin(chosen, all, blueprint)]).toEqual([seed, true])
    expect(worth(chosen, blueprint)).toBeCloseTo(best, 6)
    expect(form!.weakest).toBeCloseTo(Math.min(...form!.information), 12)
    return true
  })
  // Both kinds of banks are among them.
  expect(new Set(found)).toEqual(new Set([true, false]))
})

test('a bank that cannot fill the blueprint gives no form, and says so by null', () => {
  const all = bank(1, 10)
  const impossible = { ...blueprint, items: { least: 11, most: 12 } }
  expect(formOf(all, 3, solve(assemblyProgramme(all, impossible, 3)))).toBeNull()
  const withoutAnchors = bank(7, 60).map((each) => ({ ...each, isAnchor: false, stimulus: undefined }))
  expect(formOf(withoutAnchors, 3, solve(assemblyProgramme(withoutAnchors, blueprint, 3)))).toBeNull()
})

test('a form of thirty from a bank of four hundred is within its blueprint', () => {
  const all = bank(7, 400).map((each, at) => ({
    ...each,
    excludes: at % 40 === 0 ? 'e' : undefined,
    stimulus: at < 5 ? 's' : undefined,
  }))
  const rules = {
    ...blueprint,
    items: { least: 30, most: 30 },
    points: { least: 40, most: 48 },
    anchors: { least: 6, most: 10 },
  }
  const form = formOf(all, 3, solve(assemblyProgramme(all, rules, 3)))!
  expect(form.codes).toHaveLength(30)
  expect(
    isWithin(
      all.filter(({ code }) => form.codes.includes(code)),
      all,
      rules,
    ),
  ).toBe(true)
})

test('candidates that are there twice, or not known at every cut score, are refused', () => {
  const [item] = bank(1, 1)
  expect(() => assemblyProgramme([item!, item!], blueprint, 3)).toThrow(RangeError)
  expect(() => assemblyProgramme([item!], blueprint, 2)).toThrow(RangeError)
  expect(() => assemblyProgramme([{ ...item!, information: [1, Number.NaN, 1] }], blueprint, 3)).toThrow(
    RangeError,
  )
})
