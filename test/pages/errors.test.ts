import { expect, onTestFinished, test, vi } from 'vitest'
import type { Profile } from '#modules/publications/model.ts'
import type { Config } from '#terms/config.ts'
import { builtPortal } from '../../src/server.ts'

const { portal } = await builtPortal()

const nobody = { person: null, signedInBy: null, mandate: null, mandates: [], csrf: null }
const config: Config = {
  data: 'real',
  dataVersion: { id: 'x', release: null, madeAt: null, asOfImport: null },
  schoolYears: [],
  countryId: '00000000-0000-4000-8000-000000000001',
  country: null,
  tiles: false,
  boundaries: false,
  rules: [],
}

/** The page for an address while the API answers everything with this status. */
async function pageWhenApiAnswers(status: number, code: string, path = '/lv/valsts') {
  const answer = await portal(new Request(`http://localhost${path}`), {
    api: async () => Response.json({ status, code, title: 'x', detail: 'y', requestId: 'r-42' }, { status }),
    me: nobody,
    config,
    requestId: 'r-42',
  })
  return { status: answer.status, html: await answer.text() }
}

test('when the system fails, the page says so, that nothing was lost, and gives the number of the request', async () => {
  const { status, html } = await pageWhenApiAnswers(500, 'internal')
  expect(status).toBe(500)
  for (const words of ['Sistēmā radās kļūda', 'Nekas nav zudis', 'Mēģināt vēlreiz', 'r-42'])
    expect(html).toContain(words)
})

test('an overloaded system and too many requests say what to do, in the language of the page', async () => {
  expect((await pageWhenApiAnswers(503, 'busy', '/en/state')).html).toContain(
    'The system is too busy right now',
  )
  const limited = await pageWhenApiAnswers(429, 'rate_limited', '/en/state')
  expect(limited.status).toBe(429)
  expect(limited.html).toContain('Wait a minute and go on.')
})

test('a refusal offers to sign in', async () => {
  const { status, html } = await pageWhenApiAnswers(403, 'forbidden')
  expect(status).toBe(403)
  expect(html).toContain('href="/lv/ieiet"')
})

test('an error page keeps header, menu and footer, and carries no script', async () => {
  const { html } = await pageWhenApiAnswers(500, 'internal')
  expect(html).toContain('Galvenā izvēlne')
  expect(html).toContain('Līdzfinansē Eiropas Savienība')
  expect(html).not.toMatch(/<script/i)
})

test('data that were imported but not computed yet are told from no data at all', async () => {
  vi.stubEnv('IKMS_CHECK_ANSWERS', '0') // only what this page needs is answered here
  onTestFinished(() => void vi.unstubAllEnvs())
  const nothingYet: Profile = {
    unit: {
      id: config.countryId!,
      level: 'state',
      code: 'LV',
      name: { lv: 'Latvija', en: 'Latvia', genitive: null, locative: null },
    },
    path: [],
    schoolYear: null,
    schoolYears: [],
    audience: 'public',
    figures: [],
    assessments: [],
    children: null,
    dataVersion: config.dataVersion,
  }
  const answer = await portal(new Request('http://localhost/lv/valsts'), {
    api: async (path) => Response.json(path.startsWith('/profiles/') ? nothingYet : { items: [] }),
    me: nobody,
    config,
    requestId: 'r-43',
  })
  const html = await answer.text()
  expect(html).toContain('Skaitļi vēl nav aprēķināti')
  expect(html).toContain('npm run ikms -- compute')
  expect(html).not.toContain('npm run ikms -- import')
})
