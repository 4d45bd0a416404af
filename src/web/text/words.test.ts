import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { accessibility } from '../help/accessibility.ts'
import { data } from '../help/data.ts'
import { glossary } from '../help/glossary.ts'
import { help } from '../help/help.ts'
import { privacy } from '../help/privacy.ts'
import en from './en.json' with { type: 'json' }
import lv from './lv.json' with { type: 'json' }

type Tree = { [key: string]: string | Tree }

/** Every key with its words: `nav.data` → „Dati”. */
function flat(tree: Tree, above = ''): Map<string, string> {
  return new Map(
    Object.entries(tree).flatMap(([key, value]): [string, string][] =>
      typeof value === 'string' ? [[above + key, value]] : [...flat(value, `${above}${key}.`)],
    ),
  )
}

const words = { lv: flat(lv), en: flat(en) }
const withoutCount = (key: string) => key.replace(/_(zero|one|other)$/, '')
const placeholders = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).sort()

test('both languages have the same words', () => {
  const keys = (map: Map<string, string>) => [...new Set([...map.keys()].map(withoutCount))].sort()
  expect(keys(words.en)).toEqual(keys(words.lv))
})

test('counted words have every form their language needs', () => {
  for (const [locale, forms] of [
    ['lv', ['zero', 'one', 'other']],
    ['en', ['one', 'other']],
  ] as const) {
    const counted = new Set(
      [...words[locale].keys()].filter((key) => key !== withoutCount(key)).map(withoutCount),
    )
    for (const key of counted) {
      expect(
        forms.filter((form) => !words[locale].has(`${key}_${form}`)),
        `${locale} ${key}`,
      ).toEqual([])
    }
  }
})

test('both languages fill the same places in a sentence', () => {
  for (const [key, text] of words.lv) {
    const other = words.en.get(key) ?? words.en.get(key.replace(/_zero$/, '_other'))
    expect(placeholders(other!), key).toEqual(placeholders(text))
  }
})

/** Keys asked for in the code; a key made of parts becomes a pattern. */
function askedFor(): RegExp[] {
  const folder = join(import.meta.dirname, '..')
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file),
  )
  const code = files.map((file) => readFileSync(join(folder, file), 'utf8')).join('\n')
  const literals = [...code.matchAll(/'([a-zA-Z]+(?:\.[a-zA-Z_]+)+)'/g)].map(([, key]) => key!)
  const made = [...code.matchAll(/`([a-zA-Z]+\.(?:[^`\\]|\$\{[^}]*\})*)`/g)].map(([, key]) => key!)
  const literally = (text: string) => text.replaceAll('.', '\\.')
  return [
    ...literals.map((key) => new RegExp(`^${literally(key)}$`)),
    ...made.map(
      (key) =>
        new RegExp(
          `^${key
            .split(/\$\{[^}]*\}/)
            .map(literally)
            .join('[\\w.-]+')}$`,
        ),
    ),
  ]
}

test('every word is used somewhere', () => {
  const asked = askedFor()
  const unused = [...words.lv.keys()]
    .map(withoutCount)
    .filter((key) => !asked.some((pattern) => pattern.test(key)))
  expect(unused).toEqual([])
})

test('Latvian quotes are „these”, English ones “these”, and a real dash stands between words', () => {
  for (const text of words.lv.values()) expect(text).not.toMatch(/["“]|\s-\s/)
  for (const text of words.en.values()) expect(text).not.toMatch(/["„]|\s-\s/)
})

test('the long texts have the same parts in both languages', () => {
  for (const prose of [help, glossary, data, accessibility, privacy]) {
    const shape = (locale: 'lv' | 'en') =>
      prose[locale].sections.map(({ id, body }) => ({
        id,
        pieces: body.map((piece) => (typeof piece === 'string' ? 'text' : 'list')),
      }))
    expect(shape('en')).toEqual(shape('lv'))
  }
})
