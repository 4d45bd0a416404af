import { describe, expect, test } from 'vitest'
import { newWorld } from '../world.ts'
import { axeFindings, keyboardWalk, mainText, openBrowser, overflow, pageTest } from './browser.ts'

const world = await newWorld({ portal: true, data: 'merged' })
const base = await world.listen()
const visit = openBrowser(() => base)
const { rows } = await world.db.jobPool.query<{ id: number; uuid: string }>(
  `select institution_id as id, institution_uuid as uuid from registry.institution
   union all select territory_id, territory_uuid from registry.territory`,
)
const of = (id: number) => rows.find((each) => each.id === id)!.uuid
const text = async (path: string) =>
  (await (await world.get(path)).text())
    .replace(/<script.*?<\/script>/gs, '')
    .replace(/<[^>]+>/g, ' ')
    .replaceAll(/[\s\u00a0]+/g, ' ')

describe.each([
  ['a municipality that another one joined', `/lv/pasvaldibas/${of(11)}`, `/en/municipalities/${of(11)}`],
  [
    'the same in today’s borders',
    `/lv/pasvaldibas/${of(11)}?borders=today`,
    `/en/municipalities/${of(11)}?borders=today`,
  ],
  ['a municipality that is gone', `/lv/pasvaldibas/${of(12)}`, `/en/municipalities/${of(12)}`],
  ['a school with everything in the register', `/lv/skolas/${of(31)}`, `/en/schools/${of(31)}`],
  ['a school that is closed', `/lv/skolas/${of(32)}`, `/en/schools/${of(32)}`],
  [
    'an indicator whose test changed its scale',
    '/lv/raditaji/ACH-05?subject=science',
    '/en/indicators/ACH-05?subject=science',
  ],
])('the page of %s', (_, lv, en) => {
  pageTest(
    'has no barrier that axe finds, wide and narrow, in light and dark, in both languages',
    async () => {
      expect(await visit(lv, {}, axeFindings)).toEqual([])
      expect(await visit(lv, { scheme: 'dark' }, axeFindings), 'dark').toEqual([])
      expect(await visit(en, { width: 320 }, axeFindings), 'narrow, in English').toEqual([])
    },
  )

  pageTest('fits 320 pixels', async () => {
    expect(await visit(lv, { width: 320 }, overflow)).toBe(0)
    expect(await visit(en, { width: 320 }, overflow)).toBe(0)
  })

  pageTest('can be walked with the keyboard', async () => {
    const walk = await visit(lv, {}, keyboardWalk)
    expect(walk.reached).toEqual(walk.expected)
    expect(walk.unmarked).toEqual([])
  })

  pageTest('reads the same without scripts', async () => {
    expect(await visit(lv, { scripts: false }, mainText)).toBe(await visit(lv, {}, mainText))
  })
})

test('in the borders of its time the page says that years are not compared; in today’s that they are recalculated', async () => {
  const then = await text(`/lv/pasvaldibas/${of(11)}`)
  expect(then).toContain('Abus gadus nesalīdzina, jo ir mainījušās robežas.')
  expect(then).toContain('01.07.2025. robežas mainījās: pievienojās Varakļānu novads.')
  const today = await text(`/lv/pasvaldibas/${of(11)}?borders=today`)
  expect(today).toContain('Agrākie gadi ir pārrēķināti šodienas robežās')
  expect(today).toContain('2024./2025. m. g.: 172 skolēni; 2025./2026. m. g.: 176 skolēni.')
})

test('where borders never changed there is nothing to choose', async () => {
  const page = await text(`/lv/pasvaldibas/${of(14)}`)
  expect(page).toContain('Skolēnu skaits pa gadiem')
  expect(page).not.toContain('Šodienas robežās')
})

test('the drawing, the sentence and the table of a school say the same three years', async () => {
  const page = await text(`/lv/skolas/${of(21)}`)
  expect(page).toContain('Kāpums ir skaidrs: +2,0')
  const table = page.slice(page.indexOf('Pret iepriekšējo'))
  expect(table).toMatch(
    /2023\.\/2024\. m\. g\. 4,5 .* 2024\.\/2025\. m\. g\. 4,\d .*nav skaidras atšķirības .* 2025\.\/2026\. m\. g\. 6,5 .*augstāk/,
  )
})

test('of one year the page says that there is no series yet', async () => {
  expect(await text(`/lv/skolas/${of(32)}`)).toContain(
    'Te ir viena mācību gada dati, tāpēc salīdzināt pa gadiem vēl nevar.',
  )
})

test('what is gone leads to what stands in its place, and that names what it took in', async () => {
  expect(await text(`/lv/pasvaldibas/${of(12)}`)).toContain(
    'Šī teritorija pastāvēja līdz 30.06.2025. Tagad tās vietā: Madonas novads',
  )
  expect(await text(`/lv/skolas/${of(32)}`)).toContain(
    'Šī iestāde ir slēgta; pēdējā diena bija 30.06.2024. Tagad tās vietā: Varakļānu vidusskola',
  )
  const heir = await text(`/lv/skolas/${of(31)}`)
  expect(heir).toContain('Murmastienes pamatskola kopš 01.07.2024. šeit')
  expect(heir).toContain('tajā iekļauto skolu agrākie gadi ir to lapās')
})

test('the register says what it holds, and in words what it does not', async () => {
  const whole = await text(`/lv/skolas/${of(31)}`)
  for (const words of [
    'Akreditēta līdz 15.05.2029.',
    'vispārējās izglītības iestāde, vidusskola',
    'Madonas novada pašvaldība (pašvaldība)',
    'Murmastienes mācību vieta, Skolas iela 2, Murmastiene',
    '320 vietu; ēka celta 1963. gadā; pieejama cilvēkiem ar kustību traucējumiem',
    '21015611 pamatizglītība, 1.–9. klase latviešu klātiene mācīšanās traucējumi V-1235 01.09.2018.',
  ]) {
    expect(whole).toContain(words)
  }
  const empty = await text(`/lv/skolas/${of(51)}`)
  expect(empty).toContain('Dibinātājs nav norādīts')
  expect(empty).toContain('Mācību vietas reģistrā nav norādītas.')
  expect(empty).toContain('Programmas reģistrā nav norādītas.')
  expect(empty).toContain('Reģistrā priekšteču nav.')
})
