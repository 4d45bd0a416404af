import { normalCumulative } from '#stats/numeric/normal.ts'
import type { Words } from '#terms/locale.ts'
import { levelBook } from '../levels/level-words.ts'
import { framework2026 } from '../shipped/framework-2026.ts'
import type { ResultDomain, ResultSheet, ResultStrand } from './model.ts'
import type { ReadableResult } from './readable.ts'

const NINE_OF_TEN = 1.6448536269514722 // standard errors either side
const MOST_ACTIONS = 3

/** Names of the four levels, lowest first. */
export const levelNames: Words[] = levelBook.levels.map(({ name }) => name)

/** What a domain is called. */
export function domainName(domain: ResultDomain): Words {
  return framework2026.domains.find(({ id }) => id === domain)!.name
}

/** What a strand is called; its code where the framework does not know it. */
export function strandName(domain: ResultDomain, strand: string): Words {
  const known = framework2026.domains.find(({ id }) => id === domain)!.strands
  return known.find(({ id }) => id === strand)?.name ?? { lv: strand, en: strand }
}

/**
 * Everything that is said about one result.
 *
 * @param all  every result of the learner that may be read, to find the one before
 */
export function sheetOf(result: ReadableResult, all: readonly ReadableResult[]): ResultSheet {
  const { domain, grade, score, error, level, cuts } = result
  const words = levelBook.items.find((each) => each.grade === grade && each.domain === domain)
  const strands = result.strands.map((strand) => withWords(strand, domain, words))
  const before = all
    .filter((each) => each.domain === domain && each.schoolYear < result.schoolYear)
    .toSorted((a, b) => b.schoolYear - a.schoolYear)[0]
  return {
    round: result.round,
    name: result.name,
    domain,
    domainName: domainName(domain),
    grade,
    schoolYear: result.schoolYear,
    heldOn: result.heldOn,
    score,
    low: error === null ? null : score - NINE_OF_TEN * error,
    high: error === null ? null : score + NINE_OF_TEN * error,
    error,
    level,
    levelName: level === null ? null : levelNames[level - 1]!,
    levels: levelNames,
    levelChance: error === null || level === null || !cuts ? null : chanceOf(level, { score, error, cuts }),
    summary: words?.summaries.find((each) => each.level === level)?.summary ?? null,
    strands,
    ...actions(strands, level, words),
    before: before
      ? { grade: before.grade, schoolYear: before.schoolYear, score: before.score, level: before.level }
      : null,
    growth: result.growth,
    supported: result.supported,
    isOfficial: result.isOfficial,
    version: result.version,
    changed: result.changed,
  }
}

type LevelWords = (typeof levelBook.items)[number]

function withWords(
  { strand, points, most, level }: ReadableResult['strands'][number],
  domain: ResultDomain,
  words: LevelWords | undefined,
): ResultStrand {
  const said = words?.strands.find((each) => each.strand === strand)?.levels
  return {
    strand,
    name: strandName(domain, strand),
    points,
    most,
    level,
    can: said?.find((each) => each.level === level)?.can ?? null,
  }
}

/** What to do next: for the weakest strands first; where none is known, what helps at the level of the whole. */
function actions(
  strands: readonly ResultStrand[],
  level: number | null,
  words: LevelWords | undefined,
): { home: Words[]; school: Words[] } {
  const told = strands.filter((each) => each.level !== null)
  const asked: { strand: string; level: number }[] =
    told.length > 0
      ? told
          .toSorted((a, b) => a.level! - b.level! || a.points / a.most - b.points / b.most)
          .map((each) => ({ strand: each.strand, level: each.level! }))
      : level === null
        ? []
        : (words?.strands ?? []).map(({ strand }) => ({ strand, level }))
  const said = asked.slice(0, MOST_ACTIONS).flatMap(({ strand, level: of }) => {
    const found = words?.strands.find((each) => each.strand === strand)?.levels
    return found?.find((each) => each.level === of) ?? []
  })
  return { home: said.map(({ home }) => home), school: said.map(({ school }) => school) }
}

/** How probable it is that the true score lies at a level: the normal distribution around the score. */
function chanceOf(
  level: number,
  { score, error, cuts }: { score: number; error: number; cuts: readonly number[] },
): number {
  const below = (cut: number | undefined, end: number) =>
    cut === undefined ? end : normalCumulative((cut - score) / error)
  return below(cuts[level - 1], 1) - below(cuts[level - 2], 0)
}
