import { strToU8, zipSync } from 'fflate'
import { expect, test } from 'vitest'
import type { ImportDetail, ImportSummary, Preview, Upload } from '#modules/intake/model.ts'
import { country, type Files, manifest } from '../intake-package.ts'
import { queueOf, startJobs } from '../jobs/processes.ts'
import { newUploadWorld } from './steward.ts'

const world = await newUploadWorld()
const { db, folder, files, sent, write, upload, steward } = world
const { untilJob } = queueOf(db)

const zip = (of: Files, said: object = manifest) =>
  Buffer.from(
    zipSync({
      'manifest.json': strToU8(JSON.stringify(said)),
      ...Object.fromEntries(
        Object.entries(of).map(([name, lines]) => [
          `${name}.csv`,
          strToU8(`${(lines as string[]).join('\n')}\n`),
        ]),
      ),
    }),
  )
const preview = (id: string) => world.read<Preview>(`/uploads/${id}/preview`, steward)

async function imported(id: string, dryRun = false) {
  const jobs = startJobs(db, undefined, { IKMS_UPLOADS: folder })
  const answer = await write(`/uploads/${id}/import`, 'POST', { mapping: null, dryRun })
  const job = await untilJob(
    ((await answer.json()) as Upload).job!,
    ({ state }) => state === 'done' || state === 'failed',
  )
  jobs.child.kill('SIGTERM')
  await jobs.ended
  return job
}

test('of a package the first lines of every file are shown as the contract reads them', async () => {
  const { id, format } = await sent(zip(country), 'viis.zip')
  expect(format).toBe('zip')
  const { tables, problem } = await preview(id)
  expect(problem).toBeNull()
  expect(tables.map(({ file }) => file).slice(0, 4)).toEqual([
    'territories.csv',
    'founders.csv',
    'institutions.csv',
    'delivery_sites.csv',
  ])
  const learners = tables.find(({ file }) => file === 'learners.csv')!
  const at = (path: string) => learners.fields.findIndex((each) => each.path === path)
  expect(learners.fields[at('birth_month')]!.label.en).not.toBe('')
  expect(learners.lines[0]!.cells[at('sex')]).toEqual({ raw: 'female', value: 'female', refusal: null })
  expect(learners.lines[0]!.cells[at('name')]).toEqual({ raw: null, value: null, refusal: null })
  expect(JSON.stringify(tables)).not.toMatch(/Anna|Ozols|Kalniņa|010110|020220/)
  await write(`/uploads/${id}`, 'DELETE')
})

test('a fault is said in the file and line where it stands', async () => {
  const faulty = { ...country, class_groups: [...country.class_groups, 'C3,4501,2027,99,x.,lv,,'] }
  const { id } = await sent(zip(faulty))
  const table = (await preview(id)).tables.find(({ file }) => file === 'class_groups.csv')!
  const wrong = table.lines.filter(({ cells }) => cells.some(({ refusal }) => refusal))
  expect(wrong.map(({ line }) => line)).toEqual([4])
  const header = { ...country, scales: ['code,nams', 'a,b'] }
  const { id: other } = await sent(zip(header))
  const fault = (await preview(other)).tables.find(({ file }) => file === 'scales.csv')!.fault
  expect(fault).toMatchObject({ line: 1, rule: 'file.columns' })
  for (const each of [id, other]) await write(`/uploads/${each}`, 'DELETE')
})

test('an archive that is no package says so in the preview, and its import does not begin', async () => {
  const { id } = await sent(Buffer.from(zipSync({ 'data.csv': strToU8('a,b\n1,2\n') })))
  expect((await preview(id)).problem?.code).toBe('manifest.missing')
  const { id: torn } = await sent(zip(country).subarray(0, 600))
  const { problem } = await preview(torn)
  expect(problem?.message.lv).not.toBe('')
  expect(await imported(id)).toMatchObject({ state: 'failed', failure: { code: 'import.not_begun' } })
  expect(await upload(id)).toMatchObject({ state: 'waiting', problem: { code: 'manifest.missing' } })
  for (const each of [id, torn]) await write(`/uploads/${each}`, 'DELETE')
})

test('a package is checked, then imported by a job; its files are told apart in the list and kept together', async () => {
  const { id } = await sent(zip(country), 'viis-2026-10.zip')
  expect(await imported(id, true)).toMatchObject({ state: 'done', result: { refusals: 0 } })
  const check = await world.read<ImportDetail>(`/imports/${(await upload(id)).import!.id}`, steward)
  expect(check).toMatchObject({ state: 'checked', trial: true, packageId: expect.any(String) })
  const done = await imported(id)
  expect(done.result).toMatchObject({ refusals: 0, added: expect.any(Number) })
  expect(await upload(id)).toMatchObject({ state: 'imported' })
  expect(files()).toEqual([])
  const report = await world.read<ImportDetail>(`/imports/${(await upload(id)).import!.id}`, steward)
  const { items } = await world.read<{ items: ImportSummary[] }>('/imports', steward)
  const together = items.filter(({ packageId }) => packageId === report.packageId)
  expect(together.map(({ file }) => file)).toContain('learners.csv')
  expect(together.find(({ entity }) => entity === 'learners')).toMatchObject({ state: 'merged', rowsRead: 2 })
})

test('a package with one wrong line is refused whole', async () => {
  const faulty = { ...country, results: [...country.results, '020220-20002,maths-6-2024,4502,999,official'] }
  const { id } = await sent(zip(faulty, { ...manifest, version: '2' }))
  expect((await imported(id)).result).toMatchObject({ refusals: 1 })
  const report = await world.read<ImportDetail>(`/imports/${(await upload(id)).import!.id}`, steward)
  const { items } = await world.read<{ items: ImportSummary[] }>('/imports', steward)
  const together = items.filter(({ packageId }) => packageId === report.packageId)
  expect(together.some(({ state }) => state === 'merged')).toBe(false)
  expect(together.find(({ entity }) => entity === 'results')).toMatchObject({ state: 'refused', refusals: 1 })
})
