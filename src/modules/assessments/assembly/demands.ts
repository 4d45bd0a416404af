import type { Blueprint, Candidate } from './assemble.ts'

/** One thing a form has to be like, as a row of a programme and as a figure of a set of items. */
export interface Demand {
  about: 'items' | 'points' | 'minutes' | 'anchors' | 'share' | 'apart'
  /** of a share: of which strand and process; null: of every one */
  strand: string | null
  process: string | null
  /** of `apart`: codes of which one at most may stand in the form */
  codes: readonly string[]
  least: number
  most: number
  /** how much of it some items have; shares 0–1 of their points */
  of: (chosen: readonly Candidate[]) => number
  /** what every item adds, so that the sum has to be 0 or more (`atLeast`), or 0 or less (`atMost`), beside `base` */
  rows: readonly { weight: (candidate: Candidate) => number; low: number; high: number }[]
}

type Limits = { least: number; most: number }

const sumOf = (chosen: readonly Candidate[], weight: (candidate: Candidate) => number) =>
  chosen.reduce((sum, each) => sum + weight(each), 0)

/** Everything a blueprint demands of a form, one by one, in the order in which it is told. */
export function demandsOf(blueprint: Blueprint): Demand[] {
  const { items, points, minutes, anchors, strands, processes, cells = [], apart = [] } = blueprint
  return [
    counted('items', items, () => 1),
    counted('points', points, (each) => each.points),
    ...(minutes ? [counted('minutes', minutes, (each) => each.minutes ?? 0)] : []),
    counted('anchors', anchors, (each) => Number(each.isAnchor)),
    ...Object.entries(strands).map(([strand, limits]) => share(strand, null, limits)),
    ...Object.entries(processes).map(([process, limits]) => share(null, process, limits)),
    ...cells.map(({ strand, process, ...limits }) => share(strand, process, limits)),
    ...apart.map((codes) => together(codes)),
  ]
}

function counted(
  about: 'items' | 'points' | 'minutes' | 'anchors',
  { least, most }: Limits,
  weight: (candidate: Candidate) => number,
): Demand {
  const rows = [{ weight, low: least, high: most }]
  return { ...nobody, about, least, most, of: (chosen) => sumOf(chosen, weight), rows }
}

/** Shares are of points: a row for each limit, because the whole is what is chosen. */
function share(strand: string | null, process: string | null, { least, most }: Limits): Demand {
  const has = (each: Candidate) =>
    (strand === null || each.strand === strand) && (process === null || each.process === process)
  const beyond = (limit: number) => (each: Candidate) => each.points * (Number(has(each)) - limit)
  return {
    ...nobody,
    about: 'share',
    strand,
    process,
    least,
    most,
    of: (chosen) =>
      sumOf(chosen, (each) => (has(each) ? each.points : 0)) /
      Math.max(
        1,
        sumOf(chosen, (each) => each.points),
      ),
    rows: [
      { weight: beyond(least), low: 0, high: Infinity },
      { weight: beyond(most), low: -Infinity, high: 0 },
    ],
  }
}

function together(codes: readonly string[]): Demand {
  const weight = ({ code }: Candidate) => Number(codes.includes(code))
  return {
    ...nobody,
    about: 'apart',
    codes,
    least: 0,
    most: 1,
    of: (chosen) => sumOf(chosen, weight),
    rows: [{ weight, low: -Infinity, high: 1 }],
  }
}

const nobody = { strand: null, process: null, codes: [] as readonly string[] }

/** Rounding of sums and shares: what is missed by less is met. */
const NEARLY = 1e-9

/** Whether some items meet a demand. */
export function isMet({ least, most, of }: Demand, chosen: readonly Candidate[]): boolean {
  const has = of(chosen)
  return has >= least - NEARLY && has <= most + NEARLY
}

/**
 * What of the rest of the rules some items break: an item too worn, an item that has to be there or must not, items that share a text
 * of which only some are there.
 *
 * @returns  codes
 */
export function outOfRules(
  candidates: readonly Candidate[],
  chosen: readonly Candidate[],
  { mostExposure, always = [], never = [] }: Blueprint,
): string[] {
  const codes = new Set(chosen.map(({ code }) => code))
  const halves = candidates.filter(
    ({ code, stimulus }) =>
      stimulus !== undefined && !codes.has(code) && chosen.some((each) => each.stimulus === stimulus),
  )
  const doubles = chosen.filter(
    ({ excludes, code }) =>
      excludes !== undefined && chosen.some((each) => each.excludes === excludes && each.code !== code),
  )
  const broken = [
    ...chosen.filter(({ exposure, code }) => exposure > mostExposure || never.includes(code)),
    ...halves,
    ...doubles,
  ].map(({ code }) => code)
  return [...new Set([...broken, ...always.filter((code) => !codes.has(code))])]
}
