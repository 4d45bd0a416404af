// Takes the pictures of a file on its way into the bank: `node docs/screens/take-imports.ts http://localhost:3000`, a system with the
// sample data. The file that is sent is the sample with two faults in it.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { chromiumPath, chromiumSwitches } from '../../test/pages/chromium.ts'

const [base = 'http://localhost:3000'] = process.argv.slice(2)
if (chromiumPath === null) throw new Error('No Chromium: install it or set IKMS_CHROMIUM to its path.')
const samples = join(import.meta.dirname, '..', '..', 'samples')
const folder = mkdtempSync(join(tmpdir(), 'ikms-screens-'))
const file = join(folder, 'rezultati.csv')
const lines = readFileSync(join(samples, 'results.csv'), 'utf8').split('\n')
lines[3] = lines[3]!.replace(/,[^,]*$/, ',daudz')
lines[8] = `${lines[8]},lieka vērtība`
writeFileSync(file, lines.join('\n'))

const browser = await chromium.launch({ executablePath: chromiumPath, args: chromiumSwitches })
const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })

/** A picture wide and, where asked for, on a phone. */
async function shot(name: string, phone = true) {
  await page.screenshot({ path: join(import.meta.dirname, `${name}-lv.png`), fullPage: true })
  if (!phone) return
  await page.setViewportSize({ width: 390, height: 800 })
  await page.screenshot({ path: join(import.meta.dirname, `${name}-390.png`), fullPage: true })
  await page.setViewportSize({ width: 1280, height: 800 })
}

await page.goto(`${base}/lv/ieiet`)
await page.locator('main ul form button').nth(3).click()
await page.waitForURL('**/mans-darbs')
await page.goto(`${base}/lv/ielades/jauna`)
await shot('import-new')
await page.setInputFiles('#file', file)
await page.getByRole('button', { name: 'Sūtīt failu' }).click()
await page.waitForURL('**/faili/**')
if ((await page.locator('#mapping').count()) === 0) {
  await shot('import-no-mapping', false)
  await page.fill('#json', readFileSync(join(samples, 'results.mapping.json'), 'utf8'))
  await page.getByRole('button', { name: 'Saglabāt un lietot' }).click()
}
await page.waitForSelector('#rows')
await shot('import-file')
await page.getByRole('button', { name: 'Tikai pārbaudīt' }).click()
await page.waitForLoadState()
await shot('import-progress', false)
await page.getByRole('link', { name: /Pārbaudes atskaite/ }).click()
await page.waitForLoadState()
await shot('import-report')
await page.emulateMedia({ media: 'print' })
await page.setViewportSize({ width: 700, height: 800 })
await shot('import-report-print', false)
await browser.close()
rmSync(folder, { recursive: true })
