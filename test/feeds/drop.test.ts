import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { strToU8, zipSync } from 'fflate'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { country, type Files, manifest } from '../intake-package.ts'
import { newFeeding } from './feeding.ts'

const folder = mkdtempSync(join(tmpdir(), 'ikms-drop-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const { run, put, count, rows } = await newFeeding()
const settings = { folder }
await put({ name: 'viis', title: { lv: 'VIIS faili', en: 'VIIS files' }, kind: 'drop', settings })

const zip = (files: Files, more: object = {}) =>
  zipSync({
    'manifest.json': strToU8(JSON.stringify({ ...manifest, ...more })),
    ...Object.fromEntries(
      Object.entries(files).map(([name, lines]) => [
        `${name}.csv`,
        strToU8(`${(lines as string[]).join('\n')}\n`),
      ]),
    ),
  })
const place = (name: string, content: Uint8Array | string, isWhole = true) => {
  writeFileSync(join(folder, name), content)
  if (isWhole) writeFileSync(join(folder, `${name}.done`), '')
}
const there = (away = '') =>
  readdirSync(join(folder, away)).filter((name) => name !== 'done' && name !== 'refused')
beforeEach(() => {
  for (const name of existsSync(folder) ? readdirSync(folder) : [])
    rmSync(join(folder, name), { recursive: true })
})

test('a package that is still being written is left alone; whole, it is taken and moved to done', async () => {
  place('1.zip', zip(country), false)
  expect((await run('viis')).report?.outcome).toBe('nothing')
  expect(there()).toEqual(['1.zip'])
  writeFileSync(join(folder, '1.zip.done'), '')
  const { feed } = await run('viis')
  expect(feed.last).toMatchObject({ outcome: 'taken', deliveries: 1, refusals: 0 })
  expect(await count('registry.enrolment')).toBe(2)
  expect(there()).toEqual([])
  expect(there('done')).toEqual(['1.zip'])
})

test('where a source renames what is whole, what ends in .part is left alone', async () => {
  await put({
    name: 'vps',
    title: { lv: 'VPS', en: 'VPS' },
    kind: 'drop',
    settings: { ...settings, whole: 'rename' },
  })
  place('2.zip.part', zip(country), false)
  expect((await run('vps')).report?.outcome).toBe('nothing')
  renameSync(join(folder, '2.zip.part'), join(folder, '2.zip'))
  expect((await run('vps')).report).toMatchObject({ outcome: 'taken', counts: { changes: 0 } })
})

test('a folder is a package too', async () => {
  mkdirSync(join(folder, 'week-47'))
  writeFileSync(join(folder, 'week-47', 'manifest.json'), JSON.stringify(manifest))
  writeFileSync(join(folder, 'week-47', 'results.csv'), `${country.results.join('\n')}\n`)
  writeFileSync(join(folder, 'week-47.done'), '')
  expect((await run('viis')).report?.outcome).toBe('taken')
  expect(there('done')).toEqual(['week-47'])
})

test('what is refused is moved to refused with the report in both languages, and does not hold up the next', async () => {
  const [head, line] = country.results
  place('1-bad.zip', zip({ results: [head!, line!.replace('61.5', 'many')] }))
  place('2-no-zip.zip', 'this is no archive')
  place('3-good.zip', zip({ results: [head!, line!.replace('61.5', '63')] }))
  const { feed } = await run('viis')
  expect(feed.last).toMatchObject({ outcome: 'refused', deliveries: 1, changes: 1, refusals: 1 })
  expect(feed).toMatchObject({ failures: 1, nextAt: null })
  expect(there('done')).toEqual(['3-good.zip'])
  expect(there('refused').toSorted()).toEqual([
    '1-bad.zip',
    '1-bad.zip.report.txt',
    '2-no-zip.zip',
    '2-no-zip.zip.report.txt',
  ])
  const report = (name: string) => readFileSync(join(folder, 'refused', `${name}.report.txt`), 'utf8')
  expect(report('1-bad.zip')).toContain('Tas nav skaitlis')
  expect(report('1-bad.zip')).toContain('This is not a number')
  expect(report('1-bad.zip')).not.toContain('010110-20001')
  expect(report('2-no-zip.zip')).toContain('Tas nav ZIP arhīvs')
})

test('a package of the same name as one before does not take its place', async () => {
  for (const points of ['64', '65']) {
    place('daily.zip', zip({ results: [country.results[0]!, country.results[1]!.replace('61.5', points)] }))
    await run('viis')
  }
  expect(there('done')).toHaveLength(2)
  expect(await rows('select value from records.result where superseded_by is null')).toEqual([{ value: 65 }])
})

test('what was put away is destroyed after its days', async () => {
  place('1.zip', zip({ results: country.results }))
  await run('viis')
  const after = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString()
  await run('viis', { now: after(29) })
  expect(there('done')).toEqual(['1.zip'])
  await run('viis', { now: after(31) })
  expect(there('done')).toEqual([])
})

test('links are not followed, and nothing is taken from elsewhere', async () => {
  symlinkSync('/etc', join(folder, 'elsewhere'))
  symlinkSync('/etc/passwd', join(folder, 'passwd.zip'))
  for (const name of ['elsewhere', 'passwd.zip']) writeFileSync(join(folder, `${name}.done`), '')
  expect((await run('viis')).report?.outcome).toBe('nothing')
})

test('a folder that is not there is said plainly', async () => {
  await put({
    name: 'lost',
    title: { lv: 'Pazudis', en: 'Lost' },
    kind: 'drop',
    settings: { folder: join(folder, 'no') },
  })
  expect((await run('lost')).feed.last).toMatchObject({
    outcome: 'failed',
    problem: { code: 'feed.folder', message: { lv: expect.stringContaining('nav') } },
  })
})
