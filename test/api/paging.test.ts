import { expect, test } from 'vitest'
import type { UnitFigure } from '#modules/publications/model.ts'
import type { Institution } from '#modules/registry/model.ts'
import { fill, newWorld } from '../world.ts'
import { planted } from './planted.ts'

/** Names whose order differs between Latvian, English and code points. */
const inLatvian = [
  'Abavas skola',
  'Ādažu skola',
  'Cēsu skola',
  'Čiekuru skola',
  'Dobeles skola',
  'Gaujas skola',
  'Ģipkas skola',
  'Ķekavas skola',
  'Lodes skola',
  'Ļaudonas skola',
  'Salas skola',
  'Šķaunes skola',
  'Zaķu skola',
  'Žīguru skola',
]
const same = Array.from({ length: 7 }, () => 'Vidus skola')
const names = [...inLatvian.slice(0, 12), ...same, ...inLatvian.slice(12)]
const shuffled = names.toSorted((a, b) => (a.slice(2) < b.slice(2) ? -1 : 1))

const world = await newWorld({ data: planted(shuffled.map((name) => ({ name, pupils: 12 }))) })

type Page<Item> = { items: Item[]; next: string | null }

async function walk<Item>(
  path: string,
  limit: number,
  between = async (_page: number) => {},
): Promise<Item[]> {
  const found: Item[] = []
  let cursor = ''
  for (let page = 1; ; page += 1) {
    const answer = await world.read<Page<Item>>(`${path}limit=${limit}${cursor}`)
    expect(answer.items.length).toBeLessThanOrEqual(limit)
    found.push(...answer.items)
    if (!answer.next) return found
    cursor = `&cursor=${answer.next}`
    await between(page)
  }
}

test.each([1, 2, 3, 7, 21, 1000])('pages of %i visit every school once, in Latvian order', async (limit) => {
  const schools = await walk<Institution>('/institutions?', limit)
  expect(schools.map(({ name }) => name.lv)).toEqual(names)
  expect(new Set(schools.map(({ id }) => id)).size).toBe(names.length)
  const figures = await walk<UnitFigure>('/cells?indicator=CTX-01&year=1997&level=school&', limit)
  expect(figures.map(({ unit }) => unit.name.lv)).toEqual(names)
  expect(new Set(figures.map(({ unit }) => unit.id)).size).toBe(names.length)
})

test('there is no way to ask for an order by result: unknown wishes are ignored, the order stays that of names', async () => {
  const path = '/cells?indicator=ACH-05&subject=alevel-chemistry&year=1997&level=school&'
  const wished = await walk<UnitFigure>(`${path}sort=value&order=desc&orderBy=value&`, 10)
  expect(wished.map(({ unit }) => unit.name.lv)).toEqual(names)
})

test('a walk goes on while schools are added before and after its place: none twice, none of the old left out', async () => {
  const more = ['Aaaa skola', 'Ķiršu skola', 'Žžžž skola'].map((name) => ({ name, pupils: 12 }))
  const { file, mapping } = planted([...shuffled.map((name) => ({ name, pupils: 12 })), ...more])
  const seen = await walk<UnitFigure>('/cells?indicator=CTX-01&year=1997&level=school&', 4, async (page) => {
    if (page === 2) await fill(world.db, file, mapping)
  })
  const ids = seen.map(({ unit }) => unit.id)
  expect(new Set(ids).size).toBe(ids.length)
  const now = seen.map(({ unit }) => unit.name.lv)
  expect(now.filter((name) => names.includes(name))).toEqual(names)
})
