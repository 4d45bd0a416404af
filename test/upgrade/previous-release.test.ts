import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { readVerified } from '#db/backup/manifest.ts'
import { listBackups } from '#db/backup.ts'
import { openDatabase } from '#db/connection.ts'
import { migrate } from '#db/migrate.ts'
import { readMigrations } from '#db/migrations.ts'
import type { DemoPerson, Me } from '#modules/access/model.ts'
import type { NamedLearner } from '#modules/registry/model.ts'
import { newFolder } from '../db/clusters.ts'
import { freePort, run, serve } from '../serve/serving.ts'
import { asLeftBy, asSuperuser, hashesOf, migrationsUntil, type OldTable, tablesOf } from './release.ts'

/** The release before this one: how many migrations it had. Its bank lies in release-0018. */
const RELEASE = '0018'
const left = newFolder()
const now = readMigrations()
let tables: OldTable[]
let before: Awaited<ReturnType<typeof hashesOf>>

beforeAll(async () => {
  await asLeftBy(RELEASE, left)
  const db = await openDatabase({ folder: left })
  await asSuperuser(db.embedded!, async (client) => {
    tables = (await tablesOf(client)).filter(({ schema }) => schema !== 'pgboss')
    before = await hashesOf(client, tables)
  })
  await db.close()
}, 120_000)

/** A stopped copy of the folder that the previous release left. */
function copy(): string {
  const folder = newFolder()
  const { status } = spawnSync('cp', ['-a', `${left}/.`, folder]) // owners too: as root the server runs as another account
  if (status !== 0) throw new Error('the folder could not be copied')
  return folder
}

test('every table of the previous release has rows', () => {
  expect(tables.length).toBeGreaterThan(45)
  expect(tables.filter(({ name }) => before[name]!.rows === 0)).toEqual([])
})

/** What a migration may bring more of: rules and decisions as dated data. */
const rulesOfTheHouse = [
  'disclosure.data_set',
  'disclosure.population',
  'disclosure.rule',
  'publications.decision',
]

test('today’s program backs the old bank up, migrates it, and everything that was there is there', async () => {
  const folder = copy()
  const { code, out, error } = await run(['migrate'], { folder })
  expect([code, out]).toEqual([0, expect.stringContaining('is up to date')])
  expect(error).toContain(`applied migration ${String(now.at(-1)!.number).padStart(4, '0')}-`)
  const [backup, ...others] = await listBackups(join(folder, 'backups'))
  expect(others).toEqual([])
  const manifest = await readVerified(backup!)
  expect(manifest.migrations).toHaveLength(Number(RELEASE))
  const backedUp = Object.fromEntries(
    manifest.tables.map(({ schema, name, rows }) => [`${schema}.${name}`, rows]),
  )
  for (const { name } of tables) expect([name, backedUp[name]]).toEqual([name, before[name]!.rows])

  const db = await openDatabase({ folder })
  const after = await asSuperuser(db.embedded!, (client) => hashesOf(client, tables))
  await db.close()
  for (const { name } of tables) {
    const there = new Set(after[name]!.hashes)
    expect([name, before[name]!.hashes.filter((hash) => !there.has(hash))]).toEqual([name, []])
    if (!rulesOfTheHouse.includes(name)) expect([name, after[name]!.rows]).toEqual([name, before[name]!.rows])
  }
}, 120_000)

test('it is then served: people sign in, names open, the release in force is the one before, jobs are known', async () => {
  const folder = copy()
  const server = await serve({ folder, port: await freePort(), webProcesses: 1 })
  try {
    const api = `${server.address}/api/v1`
    const read = async <T>(path: string, cookie = '') =>
      (await (await fetch(`${api}${path}`, { headers: { cookie } })).json()) as T
    expect(await read('/config')).toMatchObject({ dataVersion: { release: '2.0' } })
    const { items: people } = await read<{ items: DemoPerson[] }>('/demo-people')
    const signIn = async (wanted: string) => {
      const answer = await fetch(`${api}/session`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ person: people.find(({ tier }) => tier === wanted)!.id }),
      })
      return { cookie: answer.headers.get('set-cookie')!.split(';')[0]!, me: (await answer.json()) as Me }
    }
    const head = await signIn('school')
    const { items: learners } = await read<{ items: NamedLearner[] }>(
      `/institutions/${head.me.mandate!.institutionId}/learners?year=1997`,
      head.cookie,
    )
    expect(learners).toHaveLength(14)
    expect(learners.every(({ code }) => /^\d+$/.test(code))).toBe(true)
    const steward = await signIn('steward')
    expect((await read<{ items: { state: string }[] }>('/jobs', steward.cookie)).items[0]).toMatchObject({
      state: 'done',
    })
    expect((await fetch(`${server.address}/lv`)).status).toBe(200)
  } finally {
    server.child.kill('SIGTERM')
    await server.ended
  }
}, 120_000)

test('an upgrade that fails says where, and the bank is as the previous release left it, which can go on', async () => {
  const folder = copy()
  const last = now.length + 1
  const wrong = `${String(last).padStart(4, '0')}-wrong.sql`
  const broken = migrationsUntil('9999', join(folder, 'broken'), {
    [wrong]: 'create table registry.extra (x int);\nalter table registry.nowhere add y int;',
  })
  const db = await openDatabase({ folder })
  await expect(migrate(db, { folder: broken })).rejects.toThrow(
    `Migration ${wrong.replace('.sql', '')}: relation "registry.nowhere" does not exist`,
  )
  expect(await migrate(db, { folder: join(folder, 'migrations') })).toEqual([]) // the previous release starts
  const after = await asSuperuser(db.embedded!, async (client) => {
    expect((await tablesOf(client)).filter(({ schema }) => schema !== 'pgboss')).toEqual(tables)
    return hashesOf(client, tables)
  })
  await db.close()
  for (const { name } of tables) {
    const there = new Set(after[name]!.hashes)
    expect([name, before[name]!.hashes.filter((hash) => !there.has(hash))]).toEqual([name, []])
    if (!rulesOfTheHouse.includes(name)) expect([name, after[name]!.rows]).toEqual([name, before[name]!.rows])
  }
}, 120_000)

test('the previous release refuses a bank that today’s has migrated, in words', async () => {
  const folder = copy()
  const db = await openDatabase({ folder })
  await migrate(db)
  await expect(migrate(db, { folder: join(folder, 'migrations') })).rejects.toThrow(
    'The database is newer than this IKMS: it holds migration 0019',
  )
  // And this release one of tomorrow: neither served nor touched.
  await asSuperuser(db.embedded!, (client) =>
    client.query(
      `insert into migration.applied (number, name, sql, checksum) values (${now.length + 1}, 'of-tomorrow', '', '')`,
    ),
  )
  await db.close()
  for (const command of ['serve', 'backup']) {
    const { code, error } = await run([command], { folder, port: await freePort() })
    expect([code, error.trim().split('\n').at(-1)]).toEqual([
      1,
      expect.stringContaining('The database is newer than this IKMS'),
    ])
  }
  expect(readdirSync(folder)).not.toContain('backups')
}, 120_000)
