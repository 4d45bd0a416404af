import { type LinearProgramme, programmeBuilder, type SolverAnswer } from '#stats/network/index.ts'

/** An item that could stand in a form, with what counts for choosing it. */
export interface Candidate {
  code: string
  strand: string
  process: string
  points: number
  /** information at each cut score, 1/logit²; from `testInformation` of `#stats/irt` */
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

/** What a form has to be like. Shares are of all its points, 0–1. */
export interface Blueprint {
  /** items in the form */
  items: { least: number; most: number }
  points: { least: number; most: number }
  strands: Readonly<Record<string, { least: number; most: number }>>
  processes: Readonly<Record<string, { least: number; most: number }>>
  anchors: { least: number; most: number }
  /** an item shown in more forms than this is not taken at all */
  mostExposure: number
  /** how much a worn item counts against the information it brings, 1/logit² for an exposure of 1 */
  wear: number
}

/** A form that was put together. */
export interface Form {
  codes: string[]
  /** at each cut score, 1/logit² */
  information: number[]
  points: number
  /** least of what the form is good at: the information at its weakest cut score */
  weakest: number
}

/**
 * The programme that chooses items so that the form tells as much as possible where it tells least (the cut score with the least
 * information), within the blueprint. Maximin test assembly.
 *
 * @param cuts  how many cut scores there are
 * @throws      RangeError when candidates have other numbers of cut scores, or codes twice
 * @see         van der Linden (2005), Linear models for optimal test design, chapter 5, https://doi.org/10.1007/0-387-29054-0
 */
export function assemblyProgramme(
  candidates: readonly Candidate[],
  blueprint: Blueprint,
  cuts: number,
): LinearProgramme {
  if (new Set(candidates.map(({ code }) => code)).size < candidates.length) {
    throw new RangeError('assemblyProgramme requires every candidate once')
  }
  if (
    candidates.some(({ information }) => information.length !== cuts || !information.every(Number.isFinite))
  ) {
    throw new RangeError('assemblyProgramme requires the information of every candidate at every cut score')
  }
  const programme = programmeBuilder()
  const chosen = candidates.map(({ code, exposure }) =>
    programme.variable(code, {
      cost: blueprint.wear * exposure,
      high: exposure > blueprint.mostExposure ? 0 : 1,
      integer: true,
    }),
  )
  const weakest = programme.variable('weakest', { cost: -1 })
  // Always 0: a demand that no candidate can meet stays a row, instead of being no row at all and so no demand.
  const nothing = programme.variable('nothing', { high: 0 })
  const sum = (weight: (candidate: Candidate) => number): [variable: number, by: number][] => [
    ...candidates
      .map((candidate, at): [number, number] => [chosen[at]!, weight(candidate)])
      .filter(([, by]) => by !== 0),
    [nothing, 1],
  ]

  programme.row(
    sum(() => 1),
    blueprint.items.least,
    blueprint.items.most,
  )
  programme.row(
    sum(({ points }) => points),
    blueprint.points.least,
    blueprint.points.most,
  )
  programme.row(
    sum(({ isAnchor }) => Number(isAnchor)),
    blueprint.anchors.least,
    blueprint.anchors.most,
  )
  for (let cut = 0; cut < cuts; cut += 1) {
    programme.row([...sum(({ information }) => information[cut]!), [weakest, -1]], 0, Infinity)
  }
  const shares = [
    ...Object.entries(blueprint.strands).map(([id, share]) => ({
      share,
      has: (each: Candidate) => each.strand === id,
    })),
    ...Object.entries(blueprint.processes).map(([id, share]) => ({
      share,
      has: (each: Candidate) => each.process === id,
    })),
  ]
  for (const { share, has } of shares) {
    const beyond = (limit: number) => sum((each) => each.points * (Number(has(each)) - limit))
    programme.row(beyond(share.least), 0, Infinity)
    programme.row(beyond(share.most), -Infinity, 0)
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
  const information = Array.from({ length: cuts }, (_, cut) =>
    chosen.reduce((sum, candidate) => sum + candidate.information[cut]!, 0),
  )
  return {
    codes: chosen.map(({ code }) => code),
    information,
    points: chosen.reduce((sum, { points }) => sum + points, 0),
    weakest: Math.min(...information),
  }
}
