import { expect, test } from 'vitest'
import { newWorld } from '../world.ts'
import { axeFindings, openBrowser, overflow, pageTest } from './browser.ts'

const world = await newWorld({ data: 'none', portal: true })
const base = await world.listen()
const visit = openBrowser(() => base)

const addresses = [
  '/lv',
  '/lv/valsts',
  '/lv/raditaji',
  '/lv/pasvaldibas',
  '/lv/skolas',
  '/lv/meklet?q=skola',
  '/lv/ieiet',
  '/lv/noteikumi',
  '/lv/laidieni',
]

test('a system without data says what to do next, with the commands', async () => {
  for (const path of ['/lv', '/lv/valsts', '/lv/pasvaldibas', '/lv/skolas']) {
    const html = await (await world.get(path)).text()
    expect(html, path).toContain('npm run ikms -- import')
    expect(html, path).toContain('npm run ikms -- compute')
  }
})

test('no page of it fails', async () => {
  for (const path of addresses) expect((await world.get(path)).status, path).toBe(200)
})

pageTest('it has no barriers and fits a phone', async () => {
  for (const path of addresses) {
    expect(await visit(path, {}, axeFindings), path).toEqual([])
    expect(await visit(path, { width: 320 }, overflow), path).toBe(0)
  }
})
