import { describe, expect, test } from 'vitest'
import { levelBook, levelName, levelSummary, levelWords } from '#modules/assessments/levels/level-words.ts'
import { LEVELS } from '#modules/assessments/levels/model.ts'
import { rubric2026 } from '#modules/assessments/preschool/rubric-2026.ts'
import { framework2026 } from '#modules/assessments/shipped/framework-2026.ts'
import type { Words } from '#terms/locale.ts'

type Text = { where: string; words: Words }
const cells = levelBook.items.flatMap(({ grade, domain, strands }) =>
  strands.flatMap(({ strand, levels }) =>
    levels.map((each) => ({ where: `${domain} ${grade} ${strand} ${each.level}`, ...each })),
  ),
)
const descriptors: Text[] = cells.map(({ where, can }) => ({ where, words: can }))
const actions: Text[] = cells.flatMap(({ where, home, school }) => [
  { where: `${where} home`, words: home },
  { where: `${where} school`, words: school },
])
const summaries: Text[] = levelBook.items.flatMap(({ grade, domain, summaries }) =>
  summaries.map(({ level, summary }) => ({ where: `${domain} ${grade} ${level}`, words: summary })),
)
const observed: Text[] = rubric2026.statements.flatMap(({ id, name, steps, home }) => [
  { where: id, words: name },
  ...steps.map((words, at) => ({ where: `${id} step ${at + 1}`, words })),
  { where: `${id} home`, words: home },
])
const all = [...descriptors, ...actions, ...summaries, ...observed]
const locales = ['lv', 'en'] as const

/** Words alone, so that texts that differ in a comma are found too. */
const bare = (text: string) => text.toLowerCase().replace(/[^\p{L}\d ]/gu, '')
const repeated = (texts: readonly Text[]) =>
  locales.flatMap((locale) => {
    const known = new Map<string, string>()
    return texts.flatMap(({ where, words }) => {
      const said = bare(words[locale])
      const before = known.get(said)
      known.set(said, where)
      return before ? [`${before} = ${where} (${locale})`] : []
    })
  })
const notWithin = (texts: readonly Text[], least: number, most: number) =>
  texts.flatMap(({ where, words }) =>
    locales.flatMap((locale) =>
      words[locale].length < least || words[locale].length > most
        ? [`${where} ${locale}: ${words[locale].length}`]
        : [],
    ),
  )
const sentences = (text: string) => (text.match(/[.?!…]”?(?= \p{Lu}|$)/gu) ?? []).length

describe('words of the levels', () => {
  test('are there for grades 3 and 6, every strand of the framework and every level, and for nothing else', () => {
    const wanted = ([3, 6] as const).flatMap((grade) =>
      framework2026.domains.flatMap(({ id, strands }) =>
        strands.flatMap((strand) => LEVELS.map((level) => `${id} ${grade} ${strand.id} ${level}`)),
      ),
    )
    expect(wanted).toHaveLength(88)
    expect(cells.map(({ where }) => where)).toEqual(wanted)
    expect(actions).toHaveLength(176)
    expect(summaries).toHaveLength(24)
  })

  test('no text stands twice, whatever its punctuation', () => {
    expect(repeated(all)).toEqual([])
  })

  test('no long part of a sentence is shared by two descriptors, or by two actions', () => {
    const run = 6 // words
    for (const texts of [descriptors, actions]) {
      for (const locale of locales) {
        const known = new Map<string, string>()
        const shared: string[] = []
        for (const { where, words } of texts) {
          const said = bare(words[locale]).split(/ +/)
          for (let at = 0; at + run <= said.length; at += 1) {
            const part = said.slice(at, at + run).join(' ')
            const before = known.get(part)
            if (before && before !== where) shared.push(`${before} & ${where}: ${part}`)
            known.set(part, where)
          }
        }
        expect(shared).toEqual([])
      }
    }
  })

  test('a descriptor is two or three sentences, an action one or two, a summary one; none is too short or too long', () => {
    expect(notWithin(descriptors, 120, 340)).toEqual([])
    expect(notWithin(actions, 55, 170)).toEqual([])
    expect(notWithin(summaries, 80, 200)).toEqual([])
    const counted = (texts: Text[], least: number, most: number) =>
      texts.flatMap(({ where, words }) => {
        const counts = locales.map((locale) => sentences(words[locale]))
        return counts.every((count) => count >= least && count <= most) ? [] : [`${where}: ${counts}`]
      })
    expect(counted(descriptors, 2, 3)).toEqual([])
    expect(counted(actions, 1, 2)).toEqual([])
    expect(counted(summaries, 1, 1)).toEqual([])
  })

  test('a child is never judged, compared with others or put in an order', () => {
    const refused: Record<(typeof locales)[number], RegExp> = {
      lv: /(?<!\p{L})(slikt|vāj|rang|labāk(ais|ā|ie)(?!\p{L})|vislab|stulb|dumj|slink|nespēj|neprot|nesekm|neveiksm|atpal|normāl)|zem vidējā|virs vidējā/iu,
      en: /\bbad\b|\bpoor|\bweak|\brank|\bbest\b|\bworst\b|\bfail|\bstupid|\blazy|\bslow learner|below average|above average|\bcannot\b|unable|\bnormal/i,
    }
    const found = all.flatMap(({ where, words }) =>
      locales.flatMap((locale) =>
        refused[locale].test(words[locale]) ? [`${where}: ${words[locale]}`] : [],
      ),
    )
    expect(found).toEqual([])
  })

  test('are plain: no code of an item, no word of statistics, no word of test theory', () => {
    const jargon =
      /\b[TRD][36]-|psihometr|logit|kompetenc|descriptor|deskriptor|theta|skalas punkt|scale point|percentil/i
    expect(all.filter(({ words }) => jargon.test(words.lv + words.en)).map(({ where }) => where)).toEqual([])
  })

  test('each is in its own language: Latvian has its letters and quotes, English has none of them', () => {
    const latvian = /[āčēģīķļņšūž]/iu
    expect(descriptors.filter(({ words }) => !latvian.test(words.lv)).map(({ where }) => where)).toEqual([])
    expect(
      all.filter(({ words }) => latvian.test(words.en) || /„/.test(words.en)).map(({ where }) => where),
    ).toEqual([])
    expect(
      all
        .filter(({ words }) => /[“"]/.test(words.lv) || /[\u0400-\u04ff]/.test(words.lv))
        .map(({ where }) => where),
    ).toEqual([])
  })

  test('are asked for by place and level; where nothing is written there is nothing', () => {
    const of = { grade: 6, domain: 'numeracy', level: 3, strand: 'numbers', locale: 'lv' } as const
    expect(levelWords(of)).toMatchObject({
      name: 'Atbilst gaidītajam',
      can: expect.stringContaining('15 % no 200'),
    })
    expect(levelWords({ ...of, strand: 'living' })).toBeNull()
    expect(levelWords({ ...of, grade: 9 })).toBeNull()
    expect(levelSummary({ ...of, locale: 'en' })).toContain('percentages')
    expect(levelSummary({ ...of, grade: 4 })).toBeNull()
    expect(levelName(1, 'lv')).toBe('Nepieciešams papildu atbalsts')
  })
})

describe('the rubric of preschool', () => {
  test('has 12 to 16 statements over the three domains, each with three steps that can be told apart', () => {
    const { statements, domains } = rubric2026
    expect(statements.length).toBeGreaterThanOrEqual(12)
    expect(statements.length).toBeLessThanOrEqual(16)
    expect(new Set(statements.map(({ id }) => id)).size).toBe(statements.length)
    expect(domains.map(({ domain }) => domain)).toEqual(framework2026.domains.map(({ id }) => id))
    for (const { domain } of domains) {
      expect(statements.filter((each) => each.domain === domain).length).toBeGreaterThanOrEqual(4)
    }
    expect(
      notWithin(
        statements.flatMap(({ id, steps }) => steps.map((words) => ({ where: id, words }))),
        30,
        130,
      ),
    ).toEqual([])
  })
})
