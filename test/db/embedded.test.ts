import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { serverAccount } from '#db/embedded/account.ts'
import { packagedBinaries, usableBinaries } from '#db/embedded/binaries.ts'
import { isAlive, postgresProcessesIn, processStart, signal, waitUntilGone } from '#db/embedded/processes.ts'
import { DatabaseInUse, type EmbeddedOptions, type EmbeddedServer, startEmbedded } from '#db/embedded.ts'
import { ask, killHard, newFolder, serveInChild } from './clusters.ts'

const root = process.getuid?.() === 0
const running: EmbeddedServer[] = []
const start = async (options: EmbeddedOptions) => {
  const server = await startEmbedded({ ...options, settings: { fsync: 'off', ...options.settings } })
  running.push(server)
  return server
}
afterEach(async () => {
  for (const server of running.splice(0)) await server.stop()
})

test('a fresh folder becomes a server on a socket that only its account can open, and stopping leaves no process', async () => {
  const folder = newFolder()
  const server = await start({ folder })
  expect(server.adopted).toBe(false)
  expect(await ask(server, 'show listen_addresses')).toEqual([{ listen_addresses: '' }])
  expect(statSync(folder).mode & 0o777).toBe(0o700)
  expect(statSync(join(folder, 'data')).mode & 0o777).toBe(0o700)
  expect(statSync(server.socketFolder).mode & 0o777).toBe(0o700)
  expect(postgresProcessesIn(join(folder, 'data')).length).toBeGreaterThan(3)
  await server.stop()
  expect(postgresProcessesIn(join(folder, 'data'))).toEqual([])
  expect(isAlive(server.pid)).toBe(false)
})

test('what was written is there after a stop and a start', async () => {
  const folder = newFolder()
  const first = await start({ folder })
  await ask(first, 'create table kept (x int)')
  await first.stop()
  expect(await ask(await start({ folder }), 'select count(*)::int as n from kept')).toEqual([{ n: 0 }])
})

test('PostgreSQL never runs as root, and Latvian is its order of letters', async () => {
  const server = await start({ folder: newFolder() })
  expect(statSync(`/proc/${server.pid}`).uid).not.toBe(0)
  expect(server.account).toBe(root ? 'nobody' : 'own')
  const words =
    "values ('ziema'), ('čiekurs'), ('cirvis'), ('ērglis'), ('egle'), ('ķirsis'), ('kaķis'), ('lapa')"
  const rows = await ask<{ word: string }>(server, `select word from (${words}) as t (word) order by word`)
  expect(rows.map(({ word }) => word).join(' ')).toBe('cirvis čiekurs egle ērglis kaķis ķirsis lapa ziema')
})

test('a second start on the folder of a living process is refused with its number', async () => {
  const folder = newFolder()
  const { child } = await serveInChild(folder)
  await expect(start({ folder })).rejects.toThrow(DatabaseInUse)
  await expect(start({ folder })).rejects.toThrow(`already running on ${folder} (process ${child.pid})`)
  child.stdin!.write('stop')
})

test('a command beside a running server joins it, and the last to leave stops it', async () => {
  const folder = newFolder()
  const { child, server } = await serveInChild(folder)
  const guest = await start({ folder, kind: 'guest' })
  expect([guest.adopted, guest.pid]).toEqual([true, server.pid])
  child.stdin!.write('stop')
  await waitUntilGone(child.pid!, 5_000)
  expect(await ask(guest, 'select 1 as one')).toEqual([{ one: 1 }])
  await guest.stop()
  expect(isAlive(server.pid)).toBe(false)
})

test('three commands that start at once share one server', async () => {
  const folder = newFolder()
  const servers = await Promise.all([1, 2, 3].map(() => start({ folder, kind: 'guest' })))
  expect(new Set(servers.map(({ pid }) => pid)).size).toBe(1)
})

test('a server whose starter was killed is taken over', async () => {
  const folder = newFolder()
  const { child, server } = await serveInChild(folder)
  await killHard(child)
  expect(isAlive(server.pid)).toBe(true)
  const next = await start({ folder })
  expect([next.adopted, next.pid]).toEqual([true, server.pid])
  await next.stop()
  expect(postgresProcessesIn(join(folder, 'data'))).toEqual([])
})

test('after kill -9 of the starter and of the server, with a query computing on, a start keeps what was committed', async () => {
  const folder = newFolder()
  const { child, server } = await serveInChild(folder)
  await ask(server, 'create table kept as select generate_series(1, 1000) as x')
  const busy = ask(server, 'select count(*) from generate_series(1, 1e12)').catch(() => 'lost')
  await new Promise((resolve) => setTimeout(resolve, 200))
  await killHard(child)
  signal(server.pid, 'SIGKILL')
  await waitUntilGone(server.pid, 5_000)
  const next = await start({ folder })
  expect(next.adopted).toBe(false)
  expect(await ask(next, 'select count(*)::int as n from kept')).toEqual([{ n: 1000 }])
  expect(await busy).toBe('lost')
})

test('numbers of dead processes that were given to others do not keep a server from starting', async () => {
  const folder = newFolder()
  await (await start({ folder })).stop()
  const other = { pid: process.pid, start: 'an earlier process', kind: 'serve' }
  writeFileSync(join(folder, 'users', `${process.pid}-99.json`), JSON.stringify(other))
  writeFileSync(join(folder, 'door'), JSON.stringify(other))
  const pidFile = [process.pid, join(folder, 'data'), 1, 5432, join(folder, 'run'), '', '', 'ready']
  writeFileSync(join(folder, 'data', 'postmaster.pid'), `${pidFile.join('\n')}\n`)
  const server = await start({ folder })
  expect(server.adopted).toBe(false)
  expect(processStart(process.pid)).toBeDefined()
})

test('a folder whose path is too long for a socket gets its socket elsewhere', async () => {
  const folder = join(newFolder(), 'x'.repeat(120))
  const server = await start({ folder })
  expect(server.socketFolder.length).toBeLessThan(100)
  expect(statSync(server.socketFolder).mode & 0o777).toBe(0o700)
  expect(await ask(server, 'select 1 as one')).toEqual([{ one: 1 }])
  await server.stop()
  expect(() => statSync(server.socketFolder)).toThrow()
})

test('an interrupted preparation is begun anew', async () => {
  const folder = newFolder()
  mkdirSync(join(folder, 'data.new'))
  writeFileSync(join(folder, 'data.new', 'PG_VERSION'), '18')
  expect(await ask(await start({ folder }), 'select 1 as one')).toEqual([{ one: 1 }])
})

test('data of another major version are refused before they are touched', async () => {
  const folder = newFolder()
  mkdirSync(join(folder, 'data'))
  writeFileSync(join(folder, 'data', 'PG_VERSION'), '17\n')
  await expect(start({ folder })).rejects.toThrow('was made by PostgreSQL 17')
})

test('programs that cannot run where npm put them (closed folder, links missing) are copied', async () => {
  const packaged = packagedBinaries()
  const [closed, home] = [newFolder(), newFolder()]
  const away = join(closed, 'native')
  await cp(packaged.folder, away, {
    recursive: true,
    filter: (path) => !/\.so\.\d+$/.test(path) || !isLink(path),
  })
  chmodSync(closed, 0o700)
  chmodSync(home, 0o755)
  const usable = await usableBinaries(home, serverAccount(), { ...packaged, folder: away })
  expect(usable.folder).toBe(join(home, `programs-${packaged.version}`))
  const { uid, gid } = serverAccount()
  const said = spawnSync(join(usable.folder, 'bin', 'postgres'), ['--version'], {
    uid,
    gid,
    encoding: 'utf8',
  })
  expect(said.stdout).toContain(`PostgreSQL) ${packaged.major}`)

  function isLink(path: string) {
    return JSON.parse(readFileSync(join(packaged.folder, 'pg-symlinks.json'), 'utf8')).some(
      ({ target }: { target: string }) => path.endsWith(target.replace('native', '')),
    )
  }
})

test.runIf(root)(
  'as root, a data folder that the account cannot reach is refused with what to do',
  async () => {
    const closed = newFolder()
    chmodSync(closed, 0o700)
    await expect(start({ folder: join(closed, 'data') })).rejects.toThrow(
      /cannot pass through .*set IKMS_DATA to a folder it can reach/,
    )
  },
)

test('a failing start says what the server said', async () => {
  const wrong = start({ folder: newFolder(), settings: { shared_buffers: 'many' } })
  await expect(wrong).rejects.toThrow(/did not start: .*shared_buffers/s)
})

test('no failing statement brings a value into the logs', async () => {
  const folder = newFolder()
  const server = await start({ folder })
  await ask(
    server,
    'create table pupil (name text primary key, born date); create table other (name text references pupil)',
  )
  const failing = [
    "select 'Sentinele'::int",
    "insert into pupil values ('Sentinele'), ('Sentinele')",
    "insert into other values ('Sentinele')",
    "insert into pupil values ('Sentinele', 'Sentinele')",
    'select * from "Sentinele"',
    "do $$ begin raise exception 'Sentinele'; end $$",
    "do $$ begin raise warning 'Sentinele'; end $$",
    "set statement_timeout = 1; select 'Sentinele', pg_sleep(1)",
    "select 'Sentinele', pg_terminate_backend(pg_backend_pid())",
  ]
  for (const statement of failing) await ask(server, statement).catch(() => {})
  await server.stop()
  const logs = readdirSync(join(folder, 'log')).map((file) => readFileSync(join(folder, 'log', file), 'utf8'))
  expect(logs.join('')).toContain('database system is shut down')
  expect(logs.join('') + readFileSync(join(folder, 'start.log'), 'utf8')).not.toContain('Sentinele')
})
