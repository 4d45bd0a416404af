import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { newIntake } from '#test/intake.ts'
import { columns, line } from '#test/intake-file.ts'
import { closeInterruptedImports, type Progress } from './index.ts'

const facts = `
  select (select count(*) from registry.territory) + (select count(*) from registry.institution)
       + (select count(*) from registry.learner) + (select count(*) from identity.person)
       + (select count(*) from registry.enrolment) + (select count(*) from records.scale) as n`
const states = 'select state, failure from intake.import order by import_id'

/** A database where the merge of any import stops at the enrolments until `letGo` is called. */
async function newHeldIntake() {
  const intake = await newIntake()
  const holder = await intake.db.ownerPool.connect()
  await holder.query('begin; lock table registry.enrolment in share mode')
  const held = `
    from pg_stat_activity
   where datname = current_database() and usename = 'ikms_job' and wait_event_type = 'Lock'`
  return {
    ...intake,
    untilHeld: async () => {
      while ((await intake.rows(`select pid ${held}`)).length === 0) await pause(20)
    },
    untilGone: async () => {
      while ((await intake.rows(`select pid ${held}`)).length > 0) await pause(20)
    },
    /** Ends the connection of the import. */
    cutOff: () => intake.rows(`select pg_terminate_backend(pid) ${held}`),
    letGo: async () => {
      await holder.query('rollback')
      holder.release()
    },
  }
}

test('kill -9 in the middle of the merge leaves nothing, and the next import works', async () => {
  const { db, write, imports, rows, untilHeld, untilGone, letGo } = await newHeldIntake()
  const file = write(`${columns}\n${line()}\n`)
  const child = spawn(process.execPath, ['test/import-child.ts', file, JSON.stringify(db.place)], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  await untilHeld()
  child.kill('SIGKILL')
  await once(child, 'exit')
  expect(await rows(states)).toEqual([{ state: 'running', failure: null }])
  await untilGone() // the server notices by itself that nobody waits for the answer
  await letGo()
  const report = await imports([line({ code: '2' })])
  expect(report).toMatchObject({
    state: 'merged',
    counts: { learners: { read: 1, added: 1 }, enrolments: { added: 1 } },
  })
  expect(await rows(states)).toEqual([
    { state: 'failed', failure: 'import.interrupted' },
    { state: 'merged', failure: null },
  ])
  expect(await rows('select count(*)::int as n from identity.person')).toEqual([{ n: 1 }])
})

test('the start of the service closes imports whose program was killed, but not one that runs', async () => {
  const { db, imports, rows, untilHeld, letGo } = await newHeldIntake()
  const running = imports([line()])
  await untilHeld()
  expect(await closeInterruptedImports(db)).toBe(0)
  await letGo()
  await running
  await rows(`insert into intake.import (source, mapping, data_kind, file_name, state)
              values ('x', '{}', 'made_up', 'x', 'running')`)
  expect(await closeInterruptedImports(db)).toBe(1)
  expect(await rows(states)).toEqual([
    { state: 'merged', failure: null },
    { state: 'failed', failure: 'import.interrupted' },
  ])
})

test('two imports at once take turns, and are numbered in the order in which they became known', async () => {
  const { imports, rows, untilHeld, letGo } = await newHeldIntake()
  const first = imports([line({ points: 1 })])
  await untilHeld()
  const phases = new Set<Progress['phase']>()
  const second = imports([line({ points: 2 })], { onProgress: ({ phase }) => phases.add(phase) })
  const third = imports([line({ code: '3', points: 3 })])
  while (!phases.has('waiting')) await pause(20)
  expect([...phases]).toEqual(['waiting'])
  expect(await rows(states)).toEqual([{ state: 'running', failure: null }])
  await letGo()
  const [one, two, three] = await Promise.all([first, second, third])
  expect([one.state, two.state, three.state]).toEqual(['merged', 'merged', 'merged'])
  expect(two.counts.results).toMatchObject({ changed: 1 })
  expect(await rows('select value, superseded_by from records.result order by value')).toEqual([
    { value: 1, superseded_by: two.number },
    { value: 2, superseded_by: null },
    { value: 3, superseded_by: null },
  ])
  expect(one.number).toBeLessThan(Math.min(two.number, three.number))
})

test('an import can be cancelled while it merges, while it reads and while it waits', async () => {
  const { imports, rows, untilHeld, letGo } = await newHeldIntake()
  const before = await rows(facts)
  const merging = new AbortController()
  const held = imports([line()], { signal: merging.signal })
  await untilHeld()
  const waiting = new AbortController()
  const queued = imports([line()], { signal: waiting.signal, onProgress: () => waiting.abort() })
  await expect(queued).rejects.toThrow(/abort/)
  merging.abort()
  await expect(held).rejects.toThrow(/abort/)
  const reading = new AbortController()
  const read = imports([line()], { signal: reading.signal, onProgress: () => reading.abort() })
  await expect(read).rejects.toThrow(/abort/)
  expect(await rows(facts)).toEqual(before)
  expect(await rows(states)).toEqual([
    { state: 'failed', failure: 'import.cancelled' },
    { state: 'failed', failure: 'import.cancelled' },
  ])
  await letGo()
  expect((await imports([line()])).state).toBe('merged')
})

test('a lost connection fails the import, and nothing of it stays', async () => {
  const { imports, rows, untilHeld, cutOff, letGo } = await newHeldIntake()
  const before = await rows(facts)
  const held = imports([line()])
  held.catch(() => {}) // expected below
  await untilHeld()
  await cutOff()
  await expect(held).rejects.toThrow()
  await letGo()
  expect(await rows(facts)).toEqual(before)
  expect(await rows(states)).toEqual([{ state: 'failed', failure: 'import.failed' }])
  expect((await imports([line()])).state).toBe('merged')
})
