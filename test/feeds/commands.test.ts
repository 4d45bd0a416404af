import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { newFolder } from '../db/clusters.ts'
import { run } from '../serve/serving.ts'

const folder = newFolder()
const file = join(folder, 'viis.json')
const ikms = (...args: string[]) => run(['feeds', ...args], { folder })
const viis = {
  name: 'viis',
  title: { lv: 'VIIS reģistrs', en: 'VIIS register' },
  kind: 'changes',
  schedule: { everyMinutes: 15 },
  settings: {
    url: 'https://viis.example/v1',
    source: 'viis',
    dataKind: 'made_up',
    auth: { bearer: 'viis-token' },
  },
}
const described = (more: object) => {
  writeFileSync(file, JSON.stringify({ ...viis, ...more }))
  return ikms('put', file)
}

test('the operator describes a feed in a file, sees it, pauses it and asks for a run', async () => {
  expect((await ikms()).out).toContain('There are no feeds.')
  expect((await described({})).out).toContain('The feed is new.')
  expect((await described({})).out).toContain('it is now as described')
  expect((await ikms('list')).out).toMatch(
    /^viis: changes · https:\/\/viis\.example\/v1 · never ran · last success never · next 20/m,
  )
  expect((await ikms('pause', 'viis')).out).toContain('It rests.')
  expect((await ikms('run', 'viis')).out).toMatch(/Asked for: job [0-9a-f-]{36}\./)
  expect((await ikms('resume', 'viis')).out).toContain('It goes on.')
  expect((await ikms('restart', 'viis')).out).toContain('asks for everything')
}, 240_000)

test('what is described wrongly is refused, with the place and what is expected there', async () => {
  const { settings } = viis
  const wrong: [object, string][] = [
    [{ name: 'VIIS 1' }, 'name: expected small letters'],
    [{ schedule: { dailyAt: '25:00' } }, 'schedule'],
    [{ kind: 'fax' }, 'kind'],
    [{ settings: { ...settings, url: 'http://viis.example/v1' } }, 'settings.url: expected an https address'],
    [{ settings: { ...settings, url: 'https://ikms:secret@viis.example' } }, 'without name and password'],
    [{ settings: { ...settings, password: 'secret' } }, 'password'],
  ]
  for (const [more, said] of wrong) {
    const { code, error } = await described(more)
    expect([code, error]).toEqual([1, expect.stringContaining(said)])
    expect(error).not.toContain('    at ')
  }
  expect(await ikms('run', 'nobody')).toMatchObject({
    code: 1,
    error: expect.stringContaining('there is no feed "nobody"'),
  })
}, 240_000)
