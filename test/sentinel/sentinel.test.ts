import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Database, openDatabase } from '#db/connection.ts'
import { loadKeys } from '#db/keys.ts'
import { newFolder } from '../db/clusters.ts'
import { columns, line, mappingOf } from '../intake-file.ts'
import { freePort, ikms, jobsProcessesOf, run, type Serving, serve, until } from '../serve/serving.ts'
import { person, tracesIn, tracesInFiles, tracesInTables } from './person.ts'

/**
 * A person is led through everything that can go wrong, in a system as an operator runs it. Then she is looked for in
 * everything the processes said, in PostgreSQL's log and in every row of every table.
 */
const { name, code } = person
const folder = newFolder()
const files = newFolder()
const SECONDS = 1000
const logs: string[] = []
let server: Serving
let db: Database
let client: pg.Client

const write = (file: string, content: string | Buffer) => {
  writeFileSync(join(files, file), content)
  return join(files, file)
}
const csv = (lines: readonly string[]) => `${[columns, ...lines].join('\n')}\n`
const mapping = write('mapping.json', JSON.stringify(mappingOf()))
const more = { IKMS_LOG: 'trace' }

/** A command of the operator; what it says is kept. */
async function operator(args: readonly string[], input?: string) {
  const told = await run(args, { folder, more }, input)
  logs.push(told.out, told.error)
  return told
}
const imports = (file: string, by = mapping) => operator(['import', file, '--mapping', by])

beforeAll(async () => {
  server = await serve({ folder, port: await freePort(), webProcesses: 1, more })
  db = await openDatabase({
    folder,
    kind: 'guest',
    keys: loadKeys(join(folder, 'keys.json')),
    log: (said) => logs.push(said),
  })
  const { socketFolder, port } = db.place as { socketFolder: string; port: number }
  client = new pg.Client({ host: socketFolder, port, user: 'postgres', database: 'ikms' })
  client.on('error', () => {}) // the database is killed
  await client.connect()
}, 120 * SECONDS)
afterAll(async () => {
  await client?.end().catch(() => {})
  await db?.close()
  server?.child.kill('SIGTERM')
  await server?.ended
}, 60 * SECONDS)

test(
  'she comes in with a right file, and is then in the bank',
  async () => {
    const ordinary = Array.from({ length: 12 }, (_, at) => line({ code: `010110-2${1000 + at}` }))
    expect((await imports(write('right.csv', csv([...ordinary, line({ name, code })])))).out).toContain('14')
    const { rows } = await client.query('select count(*)::int as n from identity.person')
    expect(rows).toEqual([{ n: 13 }])
  },
  60 * SECONDS,
)

test(
  'files that are refused: she stands in every column, in the header, in broken quotes, in the wrong encoding',
  async () => {
    const everywhere = columns
      .split(',')
      .flatMap((column) => [
        line({ [column]: name }),
        line({ [column]: code }),
        line({ [column]: `"${name}, ${code}"` }),
      ])
    const bad = [
      csv(everywhere),
      csv([line({ name, code }), line({ name, code, sex: 'M' }), line({ name, code, grade: 99 })]), // the same code twice
      csv([line({ name, code: `${code}0`, points: 400 })]),
      csv([`${name},${code}`]), // too few columns
      csv([`${line({ name, code })},${name},${code}`]), // too many
      csv([line({ name: `"${name}`, code })]), // a quote that never ends
      `${columns},${name}\n${line()},${code}\n`, // in the header
      `${name},${code}\n`,
    ]
    for (const [at, content] of bad.entries()) {
      expect([at, (await imports(write(`bad-${at}.csv`, content))).code]).toEqual([at, 1])
    }
    const wrongEncoding = Buffer.concat([
      Buffer.from(`${columns}\n`),
      Buffer.from([0xff, 0xfe]),
      Buffer.from(line({ name, code })),
    ])
    expect((await imports(write('bad-encoding.csv', wrongEncoding))).code).toBe(1)
  },
  180 * SECONDS,
)

test(
  'mappings that are refused',
  async () => {
    const right = JSON.parse(readFileSync(mapping, 'utf8'))
    const wrong = [
      `{"name": "${name}", `,
      JSON.stringify({ ...right, [code]: name }),
      JSON.stringify({ ...right, dataKind: name }),
      JSON.stringify({
        ...right,
        learner: { ...right.learner, name: { column: name }, code: { column: code } },
      }),
    ]
    for (const [at, content] of wrong.entries()) {
      const { code: ended } = await run(
        ['import', join(files, 'right.csv'), '--mapping', write(`m-${at}.json`, content)],
        { folder, more },
      )
      expect([at, ended]).toEqual([at, 1]) // what it says goes to the one who typed it, and quotes it
    }
  },
  60 * SECONDS,
)

test(
  'an import that is killed',
  async () => {
    const many = Array.from({ length: 60_000 }, (_, at) =>
      line({ name: `${name} ${at}`, code: `290212-${String(30_000 + at)}`, school: at % 50 }),
    )
    const { child, said, ended } = ikms(['import', write('many.csv', csv(many)), '--mapping', mapping], {
      folder,
      more,
    })
    await until(
      async () => (await client.query(`select from intake.import where state = 'running'`)).rowCount! > 0,
      30 * SECONDS,
    )
    await sleep(300)
    child.kill('SIGKILL')
    expect(await ended).toBe('SIGKILL')
    logs.push(said.out, said.error)
  },
  90 * SECONDS,
)

interface Me {
  csrf: string
}
async function signIn(tier: string) {
  const { items } = (await (await fetch(`${server.address}/api/v1/demo-people`)).json()) as {
    items: { id: string; tier: string }[]
  }
  const answer = await fetch(`${server.address}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ person: items.find((each) => each.tier === tier)!.id }),
  })
  const { csrf } = (await answer.json()) as Me
  return { cookie: answer.headers.getSetCookie()[0]!.split(';')[0]!, 'x-csrf': csrf }
}
/** Signed in before the limit on sign-ins is used up by those that are refused. */
let steward: Awaited<ReturnType<typeof signIn>>
let head: Awaited<ReturnType<typeof signIn>>
let sender: Awaited<ReturnType<typeof signIn>> // has asked nothing before
const typed = encodeURIComponent(`${name} ${code}`)

/** Sends a request whatever becomes of it; gives its status, and keeps what a refusal says. */
async function send(path: string, init: RequestInit = {}) {
  const answer = await fetch(`${server.address}${path}`, { redirect: 'manual', ...init })
  const body = await answer.text()
  if (answer.headers.get('content-type')?.startsWith('application/problem')) logs.push(body)
  return answer.status
}

test(
  'requests that are refused: in addresses, questions, headers, bodies and sign-in',
  async () => {
    steward = await signIn('steward')
    head = await signIn('school')
    sender = await signIn('steward')
    const paths = [
      `/api/v1/search?q=${typed}`,
      `/api/v1/${typed}`,
      `/api/v1/institutions/${typed}`,
      `/api/v1/institutions/${typed}/learners?year=${typed}`,
      `/api/v1/learners/${typed}`,
      `/api/v1/audit?person=${typed}`,
      `/api/v1/audit?learner=${typed}&action=${typed}&cursor=${typed}`,
      `/api/v1/cells?indicator=${typed}&subject=${typed}&cursor=${typed}`,
      `/api/v1/free-tables/${typed}?by=${typed}&where=${typed}`,
      `/lv/meklet?q=${typed}`,
      `/lv/skolas/${typed}`,
      `/${typed}`,
      `/assets/${typed}`,
      `/sign-in/return?code=${typed}&state=${typed}&error_description=${typed}`,
      `/sign-in/begin?to=${typed}`,
    ]
    for (const who of [{}, steward, head]) {
      for (const path of paths)
        expect(await send(path, { headers: { ...who, 'user-agent': typed, referer: typed } })).toBeLessThan(
          500,
        )
      const bodies = [
        { person: name },
        { person: crypto.randomUUID(), name, code },
        { mandate: code },
        { kind: name, payload: { name, code } },
        { audience: name, topic: code },
        { [name]: code },
      ]
      for (const [method, path] of [
        ['POST', '/session'],
        ['PATCH', '/session'],
        ['POST', '/jobs'],
        ['POST', '/disclosure/trials'],
      ]) {
        for (const body of [...bodies.map((each) => JSON.stringify(each)), `${name} ${code}`]) {
          const headers = { ...who, 'content-type': 'application/json' }
          expect(await send(`/api/v1${path}`, { method, headers, body })).toBeLessThan(500)
        }
      }
    }
    for (const cookie of [`ikms-session=${typed}`, `ikms-sign-in=${typed}`])
      await send('/api/v1/me', { headers: { cookie } })
  },
  60 * SECONDS,
)

test(
  'a file that is sent, and whose import fails in a job that is killed on its way',
  async () => {
    const upload = async (body: string, type: string) => {
      const answer = await fetch(`${server.address}/api/v1/uploads`, {
        method: 'POST',
        headers: { ...sender, 'content-type': type, 'x-file-name': encodeURIComponent(`${code}.csv`) },
        body,
      })
      const said = await answer.text()
      expect([answer.status, tracesIn(said)]).toEqual([201, []])
      return (JSON.parse(said) as { id: string }).id
    }
    const sent = [
      await upload(csv([line({ name, code, grade: 99 })]), 'text/csv'),
      await upload(`${name};${code}\n`, 'text/csv'),
    ]
    const asked = sent.map((id) =>
      send(`/api/v1/uploads/${id}/import`, {
        method: 'POST',
        headers: { ...sender, 'content-type': 'application/json' },
        body: JSON.stringify({ mapping: null }),
      }),
    )
    for (const status of await Promise.all(asked)) expect(status).toBeLessThan(500)
    const [jobs] = jobsProcessesOf(server.child.pid!)
    if (jobs) process.kill(jobs, 'SIGKILL')
    await until(() => jobsProcessesOf(server.child.pid!).some((pid) => pid !== jobs), 30 * SECONDS)
    for (const id of sent) await send(`/api/v1/uploads/${id}`, { method: 'DELETE', headers: sender })
  },
  90 * SECONDS,
)

test(
  'statements that fail in the database: by a constraint, a time limit, a cancel, a word of their own',
  async () => {
    const wrong: [sql: string, values: string[]][] = [
      [
        `insert into access.mandate (person_id, tier, valid, source) values (-1, $1, '(,)', $2)`,
        [name, code],
      ],
      [
        `insert into intake.import (source, mapping, data_kind, file_name, state) values ($1, '{}', $2, $1, $2)`,
        [name, code],
      ],
      ['select $1::int', [name]],
      [`select '${name} ${code}'::date`, []],
      [`select "${name}" from access.person`, []],
      [`do $$ begin raise exception '${name} ${code}'; end $$`, []],
      [`do $$ begin raise warning '${name} ${code}'; end $$; select 1/0`, []],
      [`set statement_timeout = '20ms'; select pg_sleep(1), '${name} ${code}'`, []],
    ]
    for (const [sql, values] of wrong) {
      await expect(db.jobPool.query(sql, values.length > 0 ? values : undefined), sql).rejects.toThrow()
    }
  },
  30 * SECONDS,
)

test(
  'a web process and the database are killed while they are asked for her',
  async () => {
    const asking = Promise.allSettled(
      Array.from({ length: 20 }, () => send(`/lv/meklet?q=${typed}`, { headers: { 'user-agent': typed } })),
    )
    process.kill(server.webProcesses()[0]!, 'SIGKILL')
    await asking
    // PostgreSQL tells in its log that a process of it died, and would tell at what.
    const { rows } = await db.jobPool.query<{ pid: number }>('select pg_backend_pid() as pid')
    const working = db.jobPool.query(`select pg_sleep(20), '${name} ${code}'`).catch(() => {})
    await sleep(300)
    const { rows: busy } = await client.query<{ pid: number }>(
      `select pid from pg_stat_activity where query like '%pg_sleep(20)%' and pid <> pg_backend_pid()`,
    )
    process.kill(busy[0]?.pid ?? rows[0]!.pid, 'SIGKILL')
    await working
    await until(async () => (await send('/health/ready').catch(() => 599)) === 200, 60 * SECONDS)
  },
  120 * SECONDS,
)

test('nothing that was said by any process holds a trace of her, nor does a refusal', () => {
  logs.push(server.said.out, server.said.error)
  expect(logs.join('').length).toBeGreaterThan(10_000)
  expect(logs.flatMap((said) => said.split('\n').filter((each) => tracesIn(each).length > 0))).toEqual([])
})

test('nothing in PostgreSQL’s log holds a trace of her, though it tells that a process was killed', () => {
  const folderOfLogs = join(folder, 'postgres', 'log')
  expect(tracesInFiles(folderOfLogs)).toEqual([])
  mkdirSync(join(files, 'seen'))
  writeFileSync(join(files, 'seen', 'proof'), `${name}`) // what would be found is found
  expect(tracesInFiles(join(files, 'seen'))).not.toEqual([])
})

test(
  'no row of any table holds a trace of her: not of imports, jobs, uploads, the audit trail, or anything else',
  async () => {
    const again = new pg.Client({
      ...(db.place as { socketFolder: string; port: number }),
      host: (db.place as { socketFolder: string }).socketFolder,
      user: 'postgres',
      database: 'ikms',
    })
    await again.connect()
    try {
      const { tables, found } = await tracesInTables(again)
      expect(tables).toBeGreaterThan(40)
      expect(found).toEqual([])
      await again.query('create temp table seen (words text, bytes bytea)')
      await again.query(`insert into seen values ($1, null), (null, $2)`, [name, Buffer.from(name)])
      const { rows } = await again.query<{ schema: string }>(
        `select nspname as schema from pg_namespace where oid = pg_my_temp_schema()`,
      )
      expect((await tracesInTables(again)).found.map((each) => each.split('.')[0])).toEqual([
        rows[0]!.schema,
        rows[0]!.schema,
      ])
    } finally {
      await again.end()
    }
  },
  60 * SECONDS,
)
