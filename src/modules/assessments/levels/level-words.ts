import type { Locale, Words } from '#terms/locale.ts'
import { framework2026 } from '../shipped/framework-2026.ts'
import { type DomainLevels, LEVELS, type Level, type LevelBook } from './model.ts'
import { numeracy3 } from './words/numeracy-3.ts'
import { numeracy6 } from './words/numeracy-6.ts'
import { reading3 } from './words/reading-3.ts'
import { reading6 } from './words/reading-6.ts'
import { science3 } from './words/science-3.ts'
import { science6 } from './words/science-6.ts'
import { both, type WrittenLevels } from './write-level.ts'

const written: readonly WrittenLevels[] = [reading3, numeracy3, science3, reading6, numeracy6, science6]

const names: Readonly<Record<Level, Words>> = {
  1: both('Nepieciešams papildu atbalsts', 'Additional support needed'),
  2: both('Tuvu gaidītajam', 'Close to what is expected'),
  3: both('Atbilst gaidītajam', 'As expected'),
  4: both('Pārsniedz gaidīto', 'Beyond what is expected'),
}

/** Everything that is written about levels, by grade and domain as the framework orders them. */
export const levelBook: LevelBook = {
  version: '2026',
  levels: LEVELS.map((level) => ({ level, name: names[level] })),
  items: written.map(inOrder),
}

/** What one level of one strand means, in one language. */
export interface LevelWords {
  name: string
  can: string
  home: string
  school: string
}

/**
 * What a child at a level of a strand can do, and what to do next.
 *
 * @returns  null where nothing is written: other grades, unknown strands
 */
export function levelWords(of: {
  grade: number
  domain: string
  level: Level
  strand: string
  locale: Locale
}): LevelWords | null {
  const found = domainLevels(of)
    ?.strands.find(({ strand }) => strand === of.strand)
    ?.levels.find(({ level }) => level === of.level)
  if (!found) return null
  const { locale } = of
  return {
    name: names[of.level][locale],
    can: found.can[locale],
    home: found.home[locale],
    school: found.school[locale],
  }
}

/** One sentence for a whole domain. @returns null where nothing is written */
export function levelSummary(of: {
  grade: number
  domain: string
  level: Level
  locale: Locale
}): string | null {
  return domainLevels(of)?.summaries.find(({ level }) => level === of.level)?.summary[of.locale] ?? null
}

/** What a level is called. */
export function levelName(level: Level, locale: Locale): string {
  return names[level][locale]
}

function domainLevels(of: { grade: number; domain: string }): DomainLevels | undefined {
  return levelBook.items.find(({ grade, domain }) => grade === of.grade && domain === of.domain)
}

function inOrder({ grade, domain, summaries, strands }: WrittenLevels): DomainLevels {
  const { name, strands: known } = framework2026.domains.find(({ id }) => id === domain)!
  return {
    grade,
    domain,
    name,
    summaries: LEVELS.map((level) => ({ level, summary: summaries[level - 1]! })),
    strands: known.flatMap((strand) => {
      const texts = strands[strand.id]
      if (!texts) return []
      const levels = LEVELS.map((level) => ({ level, ...texts[level - 1]! }))
      return [{ strand: strand.id, name: strand.name, levels }]
    }),
  }
}
