import { expect, test } from 'vitest'
import { locales } from '#terms/locale.ts'
import { address, addresses, type PageKey } from '#web/addresses.ts'
import { newWorld } from '../world.ts'

const world = await newWorld({ portal: true })
const { countryId, schoolYears } = await world.read<{ countryId: string; schoolYears: number[] }>('/config')
const { items: municipalities } = await world.read<{ items: { id: string }[] }>(
  '/territories?kind=municipality',
)
const { items: schools } = await world.read<{ items: { id: string }[] }>('/institutions')
const year = schoolYears.at(-1)!

/** Pages that somebody signed in works with; to everybody else they say so. */
const signedIn = new Set<PageKey>([
  'learners',
  'account',
  'myWork',
  'audit',
  'ownLearner',
  'looks',
  'jobs',
  'feeds',
  'feed',
  'imports',
  'import',
  'newImport',
  'upload',
  'trace',
  'items',
  'item',
  'itemPreview',
  'itemPackage',
  'scaling',
  'scalingRound',
  'scalingRun',
  'scalingPanels',
  'scalingPanel',
  'marking',
  'markingPlace',
  'markingReport',
  'secondLooks',
  'rounds',
  'newRound',
  'round',
  'forms',
  'newForm',
  'newAssembly',
  'assembly',
  'itemDrafts',
  'itemDraft',
  'form',
  'ownSessions',
  'session',
  'sessionCodes',
  'observations',
  'observedGroup',
  'observedChild',
  'preschoolGroups',
  'preschoolGroup',
  'preschoolProfile',
  'ruleTrials',
  'findings',
  'report',
  'extracts',
  'reportSets',
  'held',
  'protection',
  'checks',
  'jumps',
  'ruleTrial',
  'results',
  'ownResult',
  'classResults',
  'class',
  'classes',
  'classSheets',
  'schoolResults',
  'placeResults',
  'supportRequests',
  'resultRelease',
  'rooms',
  'board',
])
/** Of a child with a code, and bring a script of ours: test/pages/sitting-pages.test.ts. */
const atWork = new Set<PageKey>(['sitting', 'sittingDone', 'sittingPaper', 'sittingItem'])
/** There are none in the samples. */
const empty = new Set<PageKey>(['region'])

const ids: Partial<Record<PageKey, string>> = { municipality: municipalities[0]!.id, school: schools[0]!.id }
const pages = locales.flatMap((locale) =>
  (Object.keys(addresses) as PageKey[])
    .filter((page) => !signedIn.has(page) && !atWork.has(page) && !empty.has(page))
    .flatMap((page) => {
      const params = { id: ids[page] ?? countryId, code: 'ACH-05', number: '1.0' }
      const latest = address(locale, page, params)
      const ofYear = address(locale, page, { ...params, year })
      return latest === ofYear ? [latest] : [latest, ofYear]
    }),
)

/** What would run in a browser. */
function scriptsOf(html: string): string[] {
  return [
    ...html.matchAll(/<script\b[^>]*>/gi),
    ...html.matchAll(/\son[a-z]+\s*=\s*["'][^"']*["']/gi),
    ...html.matchAll(/(href|src|action)\s*=\s*["']\s*javascript:/gi),
    ...html.matchAll(/<(iframe|object|embed)\b/gi),
    ...html.matchAll(/rel="modulepreload"/gi),
  ].map(([found]) => found)
}

test('what is looked for would be found', () => {
  const page =
    '<script src="/a.js"></script><a onclick="x()" href="javascript:x">b</a><link rel="modulepreload" href="/b.js">'
  expect(scriptsOf(page)).toHaveLength(4)
})

const seen = new Set<string>()

test.each(pages)('%s ships no script and loads nothing from elsewhere', async (path) => {
  const answer = await world.get(path)
  const html = await answer.text()
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
  expect(scriptsOf(html)).toEqual([])
  const loaded = [...html.matchAll(/<(?:link|img|source|use)\b[^>]*?\s(?:href|src)="([^"]+)"/g)].map(
    ([, from]) => from!,
  )
  expect(loaded.filter((from) => !/^(\/|#)/.test(from) || from.startsWith('//'))).toEqual([])
  for (const from of loaded.filter((each) => /^\/(assets\/|icon)/.test(each))) {
    expect([from, (await world.get(from)).status]).toEqual([from, 200])
  }
  for (const [, to] of html.matchAll(/<a\b[^>]*?\shref="(\/[^"#]*)/g)) seen.add(to!.replaceAll('&amp;', '&'))
})

test('every link of these pages leads to a page without scripts, or to a file', async () => {
  expect(seen.size).toBeGreaterThan(50)
  for (const path of seen) {
    const answer = await world.get(path, undefined, { redirect: 'manual' })
    expect([path, answer.status < 400]).toEqual([path, true])
    if (answer.headers.get('content-type')?.startsWith('text/html')) {
      expect([path, scriptsOf(await answer.text())]).toEqual([path, []])
    }
  }
}, 120_000)

test('error pages, and pages of signed-in work asked for by nobody, ship no script either', async () => {
  const given = {
    id: schools[0]!.id,
    year,
    label: 'a',
    code: 'R-1',
    round: 'R-1',
    number: '1',
    position: '1',
    place: '1',
  }
  const closed = [...signedIn].map((page) => address('lv', page, given))
  for (const path of [
    '/lv/nav-tadas',
    '/nowhere',
    `/lv/skolas/${crypto.randomUUID()}`,
    '/lv/skolas/1',
    ...closed,
  ]) {
    const answer = await world.get(path, undefined, { headers: { accept: 'text/html' } })
    expect([path, scriptsOf(await answer.text())]).toEqual([path, []])
  }
})
