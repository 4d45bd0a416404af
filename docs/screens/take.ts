// Takes the pictures of this folder: `node docs/screens/take.ts http://localhost:3000 http://localhost:3001`, the first
// a system with the sample data, the second an empty one; a third, if there is one, has a tile map (docs/operations.md); a
// fourth holds what `ikms synth --size small` makes up, several years with a merger.
import { join } from 'node:path'
import { chromium, type Page } from 'playwright-core'
import { chromiumPath, chromiumSwitches } from '../../test/pages/chromium.ts'

const [filled = 'http://localhost:3000', empty = 'http://localhost:3001', mapped, merged] =
  process.argv.slice(2)
if (chromiumPath === null) throw new Error('No Chromium: install it or set IKMS_CHROMIUM to its path.')

interface Shot {
  name: string
  path: string
  base?: string
  /** px */
  width?: number
  scheme?: 'light' | 'dark'
  /** which of the demo people is signed in, from 0 */
  as?: number
  print?: boolean
  /** only this part of the page, as a selector */
  part?: string
}

const api = async <Answer>(path: string, base = filled) =>
  (await (await fetch(`${base}/api/v1${path}`)).json()) as Answer
const { countryId } = await api<{ countryId: string }>('/config')
const { schoolYear: year, assessments } = await api<{
  schoolYear: number
  assessments: { subject: string }[]
}>(`/profiles/${countryId}`)
const { items: schools } = await api<{
  items: { unit: { id: string }; cell: { n: number | null; spread: unknown } }[]
}>(`/cells?indicator=ACH-05&year=${year}&subject=${assessments.at(-1)!.subject}&level=school&limit=1000`)
const { items: municipalities } = await api<{ items: { id: string }[] }>('/territories?kind=municipality')
const byPupils = schools.toSorted((a, b) => (b.cell.n ?? 0) - (a.cell.n ?? 0))
const shown = (schools.find(({ cell }) => cell.spread) ?? byPupils[0]!).unit.id
const hidden = byPupils.at(-1)!.unit.id
const municipality = municipalities[0]!.id

const shots: Shot[] = [
  { name: 'home-lv', path: '/lv' },
  { name: 'home-en', path: '/en' },
  { name: 'home-dark', path: '/lv', scheme: 'dark' },
  { name: 'home-390', path: '/lv', width: 390 },
  { name: 'country-lv', path: '/lv/valsts' },
  { name: 'school-lv', path: `/lv/skolas/${shown}` },
  { name: 'school-en', path: `/en/schools/${shown}` },
  { name: 'school-dark', path: `/lv/skolas/${shown}`, scheme: 'dark' },
  { name: 'school-390', path: `/lv/skolas/${shown}`, width: 390 },
  { name: 'school-320', path: `/lv/skolas/${shown}`, width: 320 },
  { name: 'school-print', path: `/lv/skolas/${shown}`, print: true, width: 700 },
  { name: 'school-suppressed-lv', path: `/lv/skolas/${hidden}` },
  { name: 'school-suppressed-390', path: `/lv/skolas/${hidden}`, width: 390 },
  { name: 'municipality-lv', path: `/lv/pasvaldibas/${municipality}` },
  { name: 'municipality-390', path: `/lv/pasvaldibas/${municipality}`, width: 390 },
  { name: 'indicator-lv', path: '/lv/raditaji/ACH-05' },
  { name: 'indicators-en', path: '/en/indicators' },
  { name: 'indicators-lv', path: '/lv/raditaji' },
  { name: 'indicators-390', path: '/lv/raditaji?q=pedagogi', width: 390 },
  { name: 'unit-indicator-lv', path: `/lv/vietas/${shown}/raditaji/ACH-05` },
  { name: 'unit-indicator-390', path: `/en/places/${shown}/indicators/ACH-05`, width: 390 },
  { name: 'unit-indicator-print', path: `/lv/vietas/${shown}/raditaji/ACH-05`, print: true, width: 700 },
  { name: 'unit-indicator-suppressed-lv', path: `/lv/vietas/${hidden}/raditaji/ACH-05` },
  { name: 'search-lv', path: '/lv/meklet?q=skola+1' },
  { name: 'help-lv', path: '/lv/paligs' },
  { name: 'missing-lv', path: '/lv/noteikumi' },
  { name: 'missing-en', path: '/en/rules' },
  { name: 'missing-390', path: '/lv/noteikumi', width: 390 },
  { name: 'missing-print', path: '/lv/noteikumi', print: true, width: 700 },
  { name: 'releases-lv', path: '/lv/laidieni' },
  { name: 'release-lv', path: '/lv/laidieni/1.0' },
  { name: 'release-390', path: '/lv/laidieni/1.0', width: 390 },
  { name: 'empty-lv', path: '/lv', base: empty },
  { name: 'error-lv', path: '/lv/nav-tadas-lapas' },
  { name: 'sign-in-lv', path: '/lv/ieiet' },
  { name: 'sign-in-failed-lv', path: '/lv/ieiet/neizdevas?why=no_mandate' },
  { name: 'sign-in-failed-390', path: '/en/sign-in/failed?why=unknown', width: 390 },
  { name: 'head-work-lv', path: '/lv/mans-darbs', as: 0 },
  { name: 'head-school-lv', path: 'own', as: 0 },
  { name: 'head-learners-lv', path: 'own/skoleni', as: 0 },
  { name: 'analyst-country-en', path: '/en/state', as: 2 },
  { name: 'steward-imports-lv', path: '/lv/ielades', as: 3 },
  { name: 'steward-import-lv', path: 'first-import', as: 3 },
  { name: 'steward-rules-lv', path: '/lv/noteikumi/izmeginajumi', as: 3 },
  { name: 'steward-rules-en', path: '/en/rules/trials', as: 3 },
  { name: 'steward-rules-390', path: '/lv/noteikumi/izmeginajumi', as: 3, width: 390 },
  { name: 'steward-trial-lv', path: 'trial', as: 3 },
  { name: 'steward-trial-390', path: 'trial', as: 3, width: 390 },
  { name: 'steward-release-en', path: '/en/releases/1.0', as: 3 },
  { name: 'steward-audit-lv', path: '/lv/parskatamiba', as: 3 },
  { name: 'municipality-work-lv', path: '/lv/mans-darbs', as: 4 },
  { name: 'officer-audit-lv', path: '/lv/parskatamiba', as: 6 },
  { name: 'officer-audit-390', path: '/lv/parskatamiba', as: 6, width: 390 },
  { name: 'parent-results-lv', path: '/lv/mani-rezultati', as: 7 },
  { name: 'parent-results-390', path: '/lv/mani-rezultati', as: 7, width: 390 },
  { name: 'parent-looks-en', path: '/en/who-looked', as: 7 },
  { name: 'parent-looks-390', path: '/lv/kas-skatijies', as: 7, width: 390 },
  { name: 'parent-held-lv', path: '/lv/mani-dati', as: 7 },
  { name: 'parent-held-en', path: '/en/my-data', as: 7 },
  { name: 'parent-held-390', path: '/lv/mani-dati', as: 7, width: 390 },
  { name: 'officer-rights-lv', path: '/lv/datu-subjektu-tiesibas', as: 6 },
  { name: 'officer-rights-390', path: '/lv/datu-subjektu-tiesibas', as: 6, width: 390 },
  { name: 'processing-lv', path: '/lv/datu-apstrade' },
  { name: 'processing-en', path: '/en/processing' },
  { name: 'processing-390', path: '/lv/datu-apstrade', width: 390 },
]

if (mapped) {
  const map = { path: '/lv/raditaji/ACH-05', base: mapped, part: '#municipalities' }
  shots.push(
    { name: 'tile-map-lv', ...map },
    { name: 'tile-map-en', ...map, path: '/en/indicators/CTX-01' },
    { name: 'tile-map-dark', ...map, scheme: 'dark' },
    { name: 'tile-map-390', ...map, width: 390 },
    { name: 'tile-map-320', ...map, width: 320 },
    { name: 'tile-map-print', ...map, print: true, width: 700 },
  )
}

if (merged) shots.push(...(await mergedShots(merged)))

const browser = await chromium.launch({ executablePath: chromiumPath, args: chromiumSwitches })
for (const { name, path, base = filled, width = 1280, scheme = 'light', as, print, part } of shots) {
  const context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme: scheme })
  const page = await context.newPage()
  if (as !== undefined) await signIn(page, base, as)
  await page.goto(path.startsWith('/') ? base + path : await ownAddress(page, base, path))
  if (print) await page.emulateMedia({ media: 'print' })
  const picture = { path: join(import.meta.dirname, `${name}.png`) }
  if (part) await page.locator(part).screenshot(picture)
  else await page.screenshot({ ...picture, fullPage: true })
  await context.close()
}
await browser.close()

/** A municipality that another one joined, the one that is gone, and a school that took another one in. */
async function mergedShots(base: string): Promise<Shot[]> {
  const register = (kind: 'institutions' | 'territories', id: string) =>
    api<{ predecessors: { id: string }[] }>(`/${kind}/${id}/register`, base)
  const heirOf = async (kind: 'institutions' | 'territories', question: string) => {
    const { items } = await api<{ items: { id: string }[] }>(`/${kind}?${question}`, base)
    for (const { id } of items) {
      const [before] = (await register(kind, id)).predecessors
      if (before) return { id, before: before.id }
    }
    throw new Error(`${base} has no ${kind} with predecessors`)
  }
  const municipality = await heirOf('territories', 'kind=municipality')
  const school = await heirOf('institutions', 'limit=500')
  const [lv, en] = [`/lv/pasvaldibas/${municipality.id}`, `/en/municipalities/${municipality.id}`]
  return [
    { name: 'series-then-lv', path: lv, base, part: '#change' },
    { name: 'series-today-lv', path: `${lv}?borders=today`, base, part: '#change' },
    { name: 'series-today-dark', path: `${lv}?borders=today`, base, part: '#change', scheme: 'dark' },
    { name: 'series-then-390', path: en, base, part: '#change', width: 390 },
    { name: 'series-print', path: lv, base, part: '#change', print: true, width: 700 },
    { name: 'series-indicator-lv', path: '/lv/raditaji/ACH-05', base, part: '#change' },
    { name: 'gone-lv', path: `/lv/pasvaldibas/${municipality.before}`, base },
    { name: 'register-lv', path: `/lv/skolas/${school.id}`, base, part: '#register' },
    { name: 'register-390', path: `/en/schools/${school.id}`, base, part: '#register', width: 390 },
  ]
}

async function signIn(page: Page, base: string, nth: number) {
  await page.goto(`${base}/lv/ieiet`)
  await page.locator('main ul form button').nth(nth).click()
  await page.waitForURL('**/mans-darbs')
}

/** Addresses only the signed-in person's own pages know. */
async function ownAddress(page: Page, base: string, what: string): Promise<string> {
  if (what === 'first-import') {
    await page.goto(`${base}/lv/ielades`)
    return base + (await page.locator('main tbody th a').first().getAttribute('href'))
  }
  if (what === 'trial') return trialOf(page, base)
  const own = base + (await page.getByRole('link', { name: 'Mana skola' }).getAttribute('href'))
  return what.replace('own', own)
}

/** A trial of a stricter rule that is done; asked for where there is none. */
async function trialOf(page: Page, base: string): Promise<string> {
  const list = `${base}/lv/noteikumi/izmeginajumi`
  const done = page.getByRole('row', { name: 'pabeigts' }).getByRole('link').first()
  await page.goto(list)
  if ((await done.count()) === 0) {
    await page.getByLabel('Mazākā grupa, cilvēki').fill('20')
    await page.getByRole('button', { name: 'Izmēģināt' }).click()
    for (let seconds = 0; seconds < 120 && (await done.count()) === 0; seconds += 2) {
      await page.waitForTimeout(2000)
      await page.goto(list)
    }
  }
  return base + (await done.getAttribute('href'))
}
