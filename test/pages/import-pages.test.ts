import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import type { Upload } from '#modules/intake/model.ts'
import { columns, line, mappingOf } from '../intake-file.ts'
import { startJobs } from '../jobs/processes.ts'
import { newUploadWorld } from '../uploads/steward.ts'
import { axeFindings, keyboardWalk, mainText, openBrowser, overflow, pageTest } from './browser.ts'

const world = await newUploadWorld({ portal: true, most: 2 * 1024 ** 2 })
const { steward, folder, files, sent, write } = world
const { cookie } = steward
const base = await world.listen()
const visit = openBrowser(() => base)
const uploads = async () => (await world.read<{ items: Upload[] }>('/uploads', steward)).items

const LONG = 150_000 // ms; nothing here takes so long on a quiet machine
const good = `${[columns, line(), line({ code: '010110-20002', points: 61 })].join('\n')}\n`
const bad = `${[columns, line({ points: 'daudz' }), line({ code: '010110-20002', grade: 99 }), 'A,1,short'].join('\n')}\n`
const there = (name: string, content: string) => {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}
const choose = (page: Page, path: string) => page.getByLabel('Fails', { exact: true }).setInputFiles(path)
const inFolder = () => files().filter((name) => !name.includes('.'))

pageTest(
  'without scripts a steward sends a file, adds a mapping, sees how it is read, and has it imported',
  async () => {
    const jobs = startJobs(world.db, undefined, { IKMS_UPLOADS: folder })
    await visit('/lv/mans-darbs', { scripts: false, cookie }, async (page) => {
      await page.getByRole('link', { name: 'Ielādes' }).click()
      await page.getByRole('link', { name: 'Sūtīt failu' }).click()
      await choose(page, there('skola.csv', good))
      await page.getByRole('button', { name: 'Sūtīt failu' }).click()
      expect(new URL(page.url()).pathname).toMatch(/^\/lv\/ielades\/faili\//)
      expect(await mainText(page)).toContain('Neviens kartējums vēl nav saglabāts')
      expect(await page.getByRole('button', { name: 'Ielādēt', exact: true }).count()).toBe(0)

      await page.getByLabel('Kartējums (JSON)').fill('{ "name": ')
      await page.getByRole('button', { name: 'Saglabāt un lietot' }).click()
      expect(await page.getByRole('alert').textContent()).toContain('Tas nav JSON objekts')
      expect(await page.getByLabel('Kartējums (JSON)').inputValue()).toBe('{ "name": ')
      await page.getByLabel('Kartējums (JSON)').fill(JSON.stringify({ ...mappingOf(), learner: {} }))
      await page.getByRole('button', { name: 'Saglabāt un lietot' }).click()
      expect(await page.getByRole('alert').textContent()).toContain('learner.code')
      await page.getByLabel('Kartējums (JSON)').fill(JSON.stringify(mappingOf()))
      await page.getByRole('button', { name: 'Saglabāt un lietot' }).click()
      const text = await mainText(page)
      expect(text).toContain('Visas 2 rindas ir saprotamas.')
      expect(text).toContain('Skolēns: dzimums')
      expect(text).not.toContain('Anna')

      await page.getByRole('button', { name: 'Ielādēt', exact: true }).click()
      await page.getByRole('link', { name: /ielādes atskaite/ }).click({ timeout: LONG })
      expect(await mainText(page)).toContain('Fails ir pieņemts viss.')
      expect(await mainText(page)).toContain('Aprēķiniet rādītājus')
    })
    expect(inFolder()).toEqual([])
    jobs.child.kill('SIGTERM')
    await jobs.ended
  },
  2 * LONG,
)

pageTest(
  'with scripts the way of the file is shown, and the page of its check comes to its end by itself',
  async () => {
    const jobs = startJobs(world.db, undefined, { IKMS_UPLOADS: folder })
    await visit('/lv/ielades/jauna', { cookie }, async (page) => {
      await choose(page, there('kludas.csv', bad))
      await page.getByRole('button', { name: 'Sūtīt failu' }).click()
      await page.waitForURL('**/ielades/faili/**')
      const text = await mainText(page)
      expect(text).toContain('Ar kļūdām: 3 no 3 rindām.')
      expect(text).toContain('Tas nav skaitlis.')
      await page.getByRole('button', { name: 'Tikai pārbaudīt' }).click()
      await page.getByRole('link', { name: /Pārbaudes atskaite/ }).click({ timeout: LONG })
      expect(await mainText(page)).toContain('pārbaude, nekas netika saglabāts')
    })
    const [{ id }] = (await uploads()) as [Upload]
    expect(inFolder()).toEqual([id])
    await write(`/uploads/${id}`, 'DELETE')
    jobs.child.kill('SIGTERM')
    await jobs.ended
  },
  2 * LONG,
)

pageTest('a file that is too large, or none, is refused in words, with and without scripts', async () => {
  const large = there('liels.csv', `${columns}\n${'x'.repeat(3 * 1024 ** 2)}`)
  for (const scripts of [true, false]) {
    await visit('/lv/ielades/jauna', { scripts, cookie }, async (page) => {
      await choose(page, large)
      await page.getByRole('button', { name: 'Sūtīt failu' }).click()
      await page.getByRole('alert').filter({ hasText: 'pārāk liels: atļauti 2' }).waitFor()
      await choose(page, there('attels.csv', '%PDF-1.4'))
      await page.getByRole('button', { name: 'Sūtīt failu' }).click()
      await page.getByRole('alert').filter({ hasText: 'Tas nav ne CSV, ne zip fails' }).waitFor()
    })
  }
  expect(inFolder()).toEqual([])
})

pageTest(
  'the report is filtered by rule, paged, downloaded and printed',
  async () => {
    const jobs = startJobs(world.db, undefined, { IKMS_UPLOADS: folder })
    const lines = Array.from({ length: 120 }, (_, n) => line({ code: `010110-${30000 + n}`, points: 'x' }))
    const { id } = await sent(`${[columns, ...lines, line({ grade: 77 })].join('\n')}\n`, 'daudz.csv')
    const [mapping] = (await world.read<{ items: { id: string }[] }>('/mappings', steward)).items
    await write(`/uploads/${id}/import`, 'POST', { mapping: mapping!.id })
    await visit(`/en/imports/files/${id}`, { cookie }, async (page) => {
      await page.getByRole('link', { name: /Report of import/ }).click({ timeout: LONG })
      expect(await mainText(page)).toContain('send them to whoever gave the file')
      expect(await page.getByRole('row').count()).toBeGreaterThan(100)
      await page.getByRole('link', { name: 'Next' }).click()
      expect(await mainText(page)).toContain('value.out_of_range')
      await page.getByLabel('Rule').selectOption('value.out_of_range')
      await page.getByRole('button', { name: 'Show' }).click()
      expect(new URL(page.url()).search).toContain('rule=value.out_of_range')
      const table = page.getByRole('region', { name: 'Refusals' })
      expect(await table.getByRole('row').count()).toBe(2)
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('link', { name: 'Download CSV' }).click(),
      ])
      expect(download.suggestedFilename()).toMatch(/^import-\d+-refusals\.csv$/)
      await page.emulateMedia({ media: 'print' })
      expect(await page.getByRole('button', { name: 'Show' }).isVisible()).toBe(false)
      expect(await table.isVisible()).toBe(true)
    })
    jobs.child.kill('SIGTERM')
    await jobs.ended
  },
  2 * LONG,
)

test('for everybody else there are no such pages, and a form with a wrong token sends nothing', async () => {
  await world.addPerson('analyst')
  const { id } = await sent(good)
  for (const person of [undefined, await world.signIn('analyst')]) {
    for (const path of ['/lv/ielades/jauna', `/lv/ielades/faili/${id}`]) {
      expect([path, (await world.get(path, person)).status]).toEqual([path, 404])
    }
    const form = new FormData()
    form.append('csrf', person?.csrf ?? '')
    form.append('file', new Blob([good]), 'a.csv')
    expect((await world.get('/lv/ielades/jauna', person, { method: 'POST', body: form })).status).toBe(404)
  }
  const forged = new FormData()
  forged.append('csrf', 'guessed')
  forged.append('file', new Blob([good]), 'a.csv')
  expect((await world.get('/lv/ielades/jauna', steward, { method: 'POST', body: forged })).status).toBe(403)
  for (const what of ['check', 'remove', 'keep', 'cancel']) {
    const answer = await world.get(`/lv/ielades/faili/${id}`, steward, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ what, csrf: 'guessed', json: '{}', job: id }).toString(),
    })
    expect([what, answer.status]).toEqual([what, 403])
  }
  expect(inFolder()).toEqual([id])
})

pageTest(
  'no page of an import has barriers, light or dark; each fits a phone and can be walked with the keyboard',
  async () => {
    const { id } = await sent(
      bad,
      'fails ar ļoti garu nosaukumu, kas neietilpst vienā rindā un kam seko vēl daži vārdi.csv',
    )
    const mapping = (await world.read<{ items: { id: string }[] }>('/mappings', steward)).items[0]!.id
    const { items } = await world.read<{ items: { id: string; state: string }[] }>('/imports', steward)
    const pages = [
      '/lv/ielades',
      '/lv/ielades/jauna',
      `/lv/ielades/faili/${id}?mapping=${mapping}`,
      ...(['refused', 'merged'] as const).map(
        (state) => `/lv/ielades/${items.find((each) => each.state === state)!.id}`,
      ),
    ]
    for (const path of pages) {
      expect([path, await visit(path, { cookie }, axeFindings)]).toEqual([path, []])
      expect([path, await visit(path, { cookie, scheme: 'dark' }, axeFindings)]).toEqual([path, []])
      expect([path, await visit(path, { cookie, width: 320 }, overflow)]).toEqual([path, 0])
    }
    for (const path of pages.slice(1, 3)) {
      const walk = await visit(path, { cookie }, keyboardWalk)
      expect([path, walk.expected.filter((stop) => !walk.reached.includes(stop)), walk.unmarked]).toEqual([
        path,
        [],
        [],
      ])
    }
  },
  2 * LONG,
)
