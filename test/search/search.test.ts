import { expect, test, vi } from 'vitest'
import { asJob } from '#db/actor.ts'
import { importFile, loadMapping } from '#modules/intake/index.ts'
import { tellOfData } from '#modules/publications/index.ts'
import type { Found } from '#modules/search/model.ts'
import { planted, sentinel } from '../api/planted.ts'
import { newWorld, testKeys } from '../world.ts'
import { pairs } from './pairs.ts'
import { addMunicipalities, schools } from './register.ts'

const world = await newWorld({
  data: planted(schools.map((name) => ({ name, pupils: 12 }))),
  behindProxy: true,
})
await addMunicipalities(world.db)

let asked = 0
const search = async (q: string) => {
  asked += 1
  const answer = await world.get(`/api/v1/search?${new URLSearchParams({ q })}`, undefined, {
    headers: { 'x-forwarded-for': `10.0.${asked >> 8}.${asked & 255}` },
  })
  expect([q, answer.status]).toEqual([q, 200])
  return ((await answer.json()) as { items: Found[] }).items
}
const names = async (q: string) => (await search(q)).map(({ name }) => name.lv)
// The version of the data moves by a notification.
await vi.waitFor(async () => expect(await names('Rīga')).toContain('Rīga'), { timeout: 10_000 })

test('of 50 things that visitors look for, at least 95 in 100 are among the first five', async () => {
  expect(pairs.length).toBeGreaterThanOrEqual(50)
  const missed: string[] = []
  for (const [typed, meant] of pairs) {
    const first = (await names(typed)).slice(0, 5)
    if (!first.includes(meant)) missed.push(`${typed}: ${first.join(' | ')} instead of ${meant}`)
  }
  expect(1 - missed.length / pairs.length, missed.join('\n')).toBeGreaterThanOrEqual(0.95)
})

test.each([
  ['rigas 49', ['Rīgas 49. vidusskola']],
  ['vidusskola 49 rīgas', ['Rīgas 49. vidusskola']],
  ['RIGA', ['Rīga', 'Rīgas 49. vidusskola', 'Rīgas 110. vidusskola']],
  ['vecpiebalgas vidusskolai', ['Vecpiebalgas vidusskola']],
  ['vidusskola 99', []],
  ['%', []],
  ['_', []],
  ['   -   ', []],
])(
  'a search for „%s” finds what has all its words, whatever their case, marks, endings and order',
  async (typed, meant) => {
    const found = (await search(typed)).filter(
      ({ kind }) => kind === 'institution' || kind === 'municipality',
    )
    expect(found.map(({ name }) => name.lv).toSorted()).toEqual(meant.toSorted())
  },
)

test('a thing called just so comes before things whose names only begin so', async () => {
  expect((await names('Rīga'))[0]).toBe('Rīga')
  expect((await names('Rēzekne'))[0]).toBe('Rēzekne')
  expect((await names('skola'))[0]).toBe('Skola')
})

test('where nothing has every word, what has most of them is given; digits are never left out', async () => {
  expect(await names('Vecpiebalgas vidusskolas ezers')).toContain('Vecpiebalgas vidusskola')
  expect(await names('Vecpiebalgas vidusskola 99')).toEqual([])
})

test('what is found says where it lies, where its page is, which sentence answers and which words were meant', async () => {
  const [school] = (await search('Šķaunes')).filter(({ kind }) => kind === 'institution')
  expect(school).toMatchObject({
    within: { lv: expect.any(String) },
    excerpt: null,
    address: { lv: `/lv/skolas/${school!.id}`, en: `/en/schools/${school!.id}` },
    matched: ['skaunes'],
  })
  const [term] = (await search('kļūdas robeža')).filter(({ kind }) => kind === 'term')
  expect(term).toMatchObject({
    id: 'interval',
    name: { lv: 'Kļūdas robežas', en: 'Interval' },
    address: { lv: '/lv/paligs/vardnica#kludas-robezas', en: '/en/help/glossary#interval' },
    matched: expect.arrayContaining(['kludas', 'robezas']),
  })
  const [state] = (await search('Valsts')).filter(({ kind }) => kind === 'state')
  expect(state).toMatchObject({ within: null, address: { lv: '/lv/valsts' } })
})

test('nobody is found by name: neither pupils nor people who sign in', async () => {
  for (const name of [sentinel, `${sentinel} 1 1`, `${sentinel}-1-1`, 'Ilze Liepiņa', 'Mārtiņš Bērziņš']) {
    const said = JSON.stringify(await search(name))
    for (const part of name.split(/[ -]/).filter((each) => /\p{L}/u.test(each)))
      expect(said).not.toContain(part)
  }
})

test('everybody finds the same, whoever has signed in', async () => {
  const steward = await world.signIn('steward')
  const learner = await world.signIn('learner')
  for (const person of [steward, learner]) {
    expect(await world.read('/search?q=izaugsme', person)).toEqual({ items: await search('izaugsme') })
  }
})

test('any text at all is answered, and quickly', async () => {
  for (const q of [
    "'; drop table registry.institution; --",
    'ā'.repeat(100),
    'a b c d e f g h i j k l',
    '💥',
    '\u202e',
    '(((',
    '\\',
  ]) {
    await search(q)
  }
})

test('a school that was renamed is found by its new name, once the version of the data has moved', async () => {
  expect(await names('Zilupe')).toEqual([])
  const { file, mapping } = planted([{ name: 'Zilupes vidusskola', pupils: 12 }])
  await importFile({ db: world.db, keys: testKeys, file, mapping: await loadMapping(mapping) })
  await asJob(world.db, tellOfData)
  await vi.waitFor(async () => expect(await names('Zilupē')).toEqual(['Zilupes vidusskola']), {
    timeout: 10_000,
  })
  expect(await names('Rīgas 49')).toEqual([])
})
