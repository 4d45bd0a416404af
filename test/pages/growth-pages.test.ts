import { expect, test } from 'vitest'
import { asJob } from '#db/actor.ts'
import { philox } from '#stats/numeric/random.ts'
import { type PlantedPair, plantPairs } from '../growth/plant.ts'
import { newWorld } from '../world.ts'
import { axeFindings, mainText, openBrowser, overflow, pageTest } from './browser.ts'

/** Twelve schools; the first and largest adds in numeracy, takes in science and does as others in reading; the last has eight learners. */
const random = philox(4)
function pairsOf(effect: number, domain: number): PlantedPair[] {
  const pairs: PlantedPair[] = []
  for (let school = 1; school <= 12; school++) {
    for (let i = 0, n = school === 1 ? 45 : school === 12 ? 8 : 22; i < n; i++) {
      const from = 400 + 90 * random.normal()
      const added = school === 1 ? effect : 12 * Math.sin(school + domain)
      const to = 500 + 0.8 * (from - 400) + added + 45 * random.normal()
      pairs.push({ learner: 1 + pairs.length, school, from, to, sex: i % 2 ? 'male' : 'female' })
    }
  }
  return pairs
}
const world = await newWorld({
  portal: true,
  data: async (db) => {
    await plantPairs(db, pairsOf(50, 0), { domain: 'numeracy' })
    await plantPairs(db, pairsOf(0, 1), { domain: 'reading' })
    await plantPairs(db, pairsOf(-50, 2), { domain: 'science' })
  },
})
const head = await world.signIn('school', 0)
const small = await world.signIn('school', 1)
const base = await world.listen()
const visit = openBrowser(() => base)

const told = async (path: string, cookie?: string) => {
  const answer = await world.get(path, cookie ? { ...head, cookie } : undefined)
  expect(answer.status).toBe(200)
  return (await answer.text())
    .replace(/<script.*?<\/script>/gs, '')
    .replace(/<[^>]+>/g, ' ')
    .replaceAll(/[\s\u00a0\u202f]+/g, ' ')
}
const lv = `/lv/skolas/${head.institutionId}`
const en = `/en/schools/${head.institutionId}`

test('a head reads for every domain whether learners came further than others who started level', async () => {
  const page = await told(lv, head.cookie)
  expect(page).toContain('Izaugsme no 3. līdz 6. klasei')
  expect(page).toMatch(
    /Rēķinpratība Rezultāts ir par \d+,\d punktiem augstāks nekā skolēniem citur ar tādu pašu sākumu \(no \d+,\d līdz \d+,\d\)/,
  )
  expect(page).toMatch(/Dabaszinātņu pratība Rezultāts ir par \d+,\d punktiem zemāks/)
  expect(page).toMatch(/Tekstpratība Nav skaidras atšķirības/)
  expect(page).toContain('45 skolēni ar abiem rezultātiem.')
  const english = await told(en, head.cookie)
  expect(english).toContain('Growth from grade 3 to grade 6')
  expect(english).toMatch(
    /Numeracy The result is \d+\.\d points higher than that of pupils elsewhere who started level/,
  )
})

test('of a school with eight learners its head reads why there is no figure', async () => {
  expect(await told(`/lv/skolas/${small.institutionId}`, small.cookie)).toContain(
    'Izaugsmi nerāda: abus darbus rakstīja mazāk nekā desmit skolēnu.',
  )
})

test('nobody else is told of a single school, and no page puts schools in an order of growth', async () => {
  for (const cookie of [undefined, small.cookie]) {
    const page = await told(lv, cookie)
    expect(page).not.toContain('Rezultāts ir par')
    expect(page).not.toContain('Punkts ir šī skola')
  }
  const { rows } = await asJob(world.db, (tx) =>
    tx.query<{ level: string; absent: string | null }>(
      `select distinct level, absent from publications.release_cell where code = 'ACH-04' and breakdown = '-' order by 1, 2`,
    ),
  )
  expect(rows).toContainEqual({ level: 'school', absent: 'not_public' })
  expect(rows.filter(({ level, absent }) => level === 'school' && absent === null)).toEqual([])
  expect(rows).toContainEqual({ level: 'state', absent: null })
})

for (const width of [1280, 390, 320])
  pageTest(`the section fits ${width} px, and a screen reader can read it`, async () => {
    await visit(lv, { width, cookie: head.cookie }, async (page) => {
      expect(await axeFindings(page)).toEqual([])
      expect(await overflow(page)).toBe(0)
      expect(await mainText(page)).toContain('Stāvā līnija ir skolēni citās skolās')
    })
  })
