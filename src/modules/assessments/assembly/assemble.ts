import { type LinearProgramme, programmeBuilder, type SolverAnswer } from '#stats/network/index.ts'
import { demandsOf } from './demands.ts'

/** An item that could stand in a form, with what counts for choosing it. */
export interface Candidate {
  code: string
  strand: string
  process: string
  points: number
  /** expected, to work on it; left out: it does not count */
  minutes?: number | undefined
  /** information at each cut score; from `testInformation` of `#stats/irt` */
  information: readonly number[]
  /** in an earlier form, and wanted again to link the two */
  isAnchor: boolean
  /** how often it has been shown, 0–1 of all forms so far; a worn item is taken only where it has to be */
  exposure: number
  /** items with the same one never stand in one form: one gives the other away */
  excludes?: string | undefined
  /** items that share a text stand together: all of them, or none */
  stimulus?: string | undefined
}

interface Limits {
  least: number
  most: number
}

/** What a form has to be like. Shares are of all its points, 0–1. */
export interface Blueprint {
  /** items in the form */
  items: Limits
  points: Limits
  minutes?: Limits | undefined
  strands: Readonly<Record<string, Limits>>
  processes: Readonly<Record<string, Limits>>
  /** of a strand and a process together */
  cells?: readonly ({ strand: string; process: string } & Limits)[] | undefined
  anchors: Limits
  /** codes of which one at most may stand in the form, group by group */
  apart?: readonly (readonly string[])[] | undefined
  /** codes that stand in the form whatever they bring */
  always?: readonly string[] | undefined
  /** codes that are not taken */
  never?: readonly string[] | undefined
  /** an item shown in more forms than this is not taken at all */
  mostExposure: number
  /** how much a worn item counts against the information it brings, in its unit for an exposure of 1 */
  wear: number
}

/** A form that was put together. */
export interface Form {
  codes: string[]
  /** at each cut score */
  information: number[]
  points: number
  /** least of what the form is good at: the information at its weakest cut score */
  weakest: number
}

/** What missing a demand by one item, point, minute or anchor costs the nearest form: more than any information is worth. */
const MISSED = 10_000

/**
 * The programme that chooses items so that the form tells as much as possible where it tells least (the cut score with the least
 * information), within the blueprint. Maximin test assembly.
 *
 * @param cuts     how many cut scores there are
 * @param nearest  demands may be missed, each at a price: the answer is the form that comes nearest. What is too worn, wanted always or
 *                 never, and texts that are shared stay as they are.
 * @throws         RangeError when candidates have other numbers of cut scores, or codes twice
 * @see            van der Linden (2005), Linear models for optimal test design, chapter 5, https://doi.org/10.1007/0-387-29054-0
 */
export function assemblyProgramme(
  candidates: readonly Candidate[],
  blueprint: Blueprint,
  cuts: number,
  nearest = false,
): LinearProgramme {
  if (new Set(candidates.map(({ code }) => code)).size < candidates.length) {
    throw new RangeError('assemblyProgramme requires every candidate once')
  }
  if (
    candidates.some(({ information }) => information.length !== cuts || !information.every(Number.isFinite))
  ) {
    throw new RangeError('assemblyProgramme requires the information of every candidate at every cut score')
  }
  const { wear, mostExposure, always = [], never = [] } = blueprint
  const programme = programmeBuilder()
  const chosen = candidates.map(({ code, exposure }) => {
    const isOut = exposure > mostExposure || never.includes(code)
    return programme.variable(code, {
      cost: wear * exposure,
      low: !isOut && always.includes(code) ? 1 : 0,
      high: isOut ? 0 : 1,
      integer: true,
    })
  })
  const weakest = programme.variable('weakest', { cost: -1 })
  // Always 0: a demand that no candidate can meet stays a row, instead of being no row at all and so no demand.
  const nothing = programme.variable('nothing', { high: 0 })
  const sum = (weight: (candidate: Candidate) => number): [variable: number, by: number][] => [
    ...candidates
      .map((candidate, at): [number, number] => [chosen[at]!, weight(candidate)])
      .filter(([, by]) => by !== 0),
    [nothing, 1],
  ]

  for (const { rows } of demandsOf(blueprint)) {
    for (const { weight, low, high } of rows) {
      const missed: [variable: number, by: number][] = nearest
        ? [
            [programme.variable('too few', { cost: MISSED }), 1],
            [programme.variable('too many', { cost: MISSED }), -1],
          ]
        : []
      programme.row([...sum(weight), ...missed], low, high)
    }
  }
  for (let cut = 0; cut < cuts; cut += 1) {
    programme.row([...sum(({ information }) => information[cut]!), [weakest, -1]], 0, Infinity)
  }
  for (const [, group] of Map.groupBy(candidates.keys(), (at) => candidates[at]!.excludes)) {
    if (candidates[group[0]!]!.excludes === undefined) continue
    programme.row(
      group.map((at) => [chosen[at]!, 1] as const),
      0,
      1,
    )
  }
  for (const [, group] of Map.groupBy(candidates.keys(), (at) => candidates[at]!.stimulus)) {
    if (candidates[group[0]!]!.stimulus === undefined) continue
    const [first, ...others] = group
    for (const at of others)
      programme.row(
        [
          [chosen[first!]!, 1],
          [chosen[at]!, -1],
        ],
        0,
        0,
      )
  }
  return programme.build()
}

/** The form that an answer to the programme says; null where there is none within the blueprint. */
export function formOf(
  candidates: readonly Candidate[],
  cuts: number,
  { status, values }: SolverAnswer,
): Form | null {
  if (status !== 'optimal' && status !== 'limit') return null
  const chosen = candidates.filter((_, at) => values[at]! > 0.5)
  return { codes: chosen.map(({ code }) => code), ...worthOf(chosen, cuts) }
}

/** What some items are worth together. */
export function worthOf(chosen: readonly Candidate[], cuts: number): Omit<Form, 'codes'> {
  const information = Array.from({ length: cuts }, (_, cut) =>
    chosen.reduce((sum, candidate) => sum + candidate.information[cut]!, 0),
  )
  return {
    information,
    points: chosen.reduce((sum, { points }) => sum + points, 0),
    weakest: Math.min(...information),
  }
}
