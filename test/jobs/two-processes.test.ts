import { expect, test } from 'vitest'
import { newDatabase } from '../database.ts'
import { until } from '../serve/serving.ts'
import { queueOf, startJobs } from './processes.ts'

const program = 'test/jobs/worker-child.ts'

/** A queue whose jobs write down who did which piece of work, and end when the piece is open. */
async function newPieces() {
  const db = await newDatabase()
  await db.ownerPool.query(
    `create table public.done (piece text, process integer);
     create table public.open (piece text);
     grant select, insert on public.done, public.open to ikms_job`,
  )
  const queue = queueOf(db)
  return {
    db,
    ...queue,
    askPiece: (piece: string, kind: 'compute' | 'rule-trial' = 'rule-trial') =>
      queue.ask(kind, { piece }, piece),
    open: (piece: string) => queue.rows('insert into public.open values ($1)', [piece]),
    done: () => queue.rows<{ piece: string; process: number }>('select piece, process from public.done'),
  }
}

test('two processes share what waits, and never do one job twice', async () => {
  const { db, askPiece, open, done, jobs } = await newPieces()
  const pieces = Array.from({ length: 40 }, (_, at) => `piece ${at}`)
  for (const piece of pieces) await askPiece(piece)
  const processes = [startJobs(db, program), startJobs(db, program)]
  await until(async () => new Set((await done()).map((each) => each.process)).size === 2, 60_000)
  await open('all')
  await until(async () => (await jobs()).every(({ state }) => state === 'done'), 60_000)
  expect((await done()).map(({ piece }) => piece).sort()).toEqual([...pieces].sort())
  for (const { child, ended } of processes) {
    child.kill('SIGTERM')
    expect(await ended).toBe(0)
  }
})

test('a job of a process that stands still but lives is left to it, whatever else is done meanwhile', async () => {
  const { db, askPiece, open, done, job, untilFound, untilJob } = await newPieces()
  const slow = startJobs(db, program)
  const id = await askPiece('slow')
  await untilFound(`select from public.done where piece = 'slow'`)
  slow.child.kill('SIGSTOP')
  const other = startJobs(db, program)
  await open('quick')
  // Before each job a process looks for jobs to take over: with two done after another it has looked at the slow one.
  for (const kind of ['compute', 'rule-trial'] as const) {
    await untilJob(await askPiece('quick', kind), ({ state }) => state === 'done')
  }
  expect(await job(id)).toMatchObject({ state: 'running', tries: 1 })
  slow.child.kill('SIGCONT')
  await open('slow')
  await untilJob(id, ({ state }) => state === 'done')
  expect((await done()).filter(({ piece }) => piece === 'slow')).toEqual([
    { piece: 'slow', process: slow.child.pid },
  ])
  for (const { child, ended } of [slow, other]) {
    child.kill('SIGTERM')
    await ended
  }
})

test('a try that the queue has given up while its process stood still does not end the try that follows', async () => {
  const { db, askPiece, open, done, job, rows, untilFound, untilJob } = await newPieces()
  const slow = startJobs(db, program)
  const id = await askPiece('slow')
  await untilFound(`select from public.done where piece = 'slow'`)
  slow.child.kill('SIGSTOP')
  // As the queue does with a job that runs for longer than it may.
  await rows(`update pgboss.job set state = 'retry', start_after = now() where id = $1`, [id])
  const other = startJobs(db, program)
  // The other takes it, finds it held, and puts it off.
  await untilJob(id, ({ state, tries }) => state === 'waiting' && tries === 2)
  expect(await done()).toHaveLength(1)
  slow.child.kill('SIGKILL')
  await slow.ended
  await open('slow')
  await rows(`update pgboss.job set start_after = now() where id = $1`, [id])
  await rows(`select pg_notify('ikms_jobs', '')`)
  await untilJob(id, ({ state }) => state === 'done')
  expect((await job(id)).failure).toBeNull()
  expect(new Set((await done()).map((each) => each.process)).size).toBe(2)
  other.child.kill('SIGTERM')
  await other.ended
})

test('a cancelled job that does not notice is ended with its process, and not done again', async () => {
  const { db, askPiece, open, done, job, rows, untilFound, untilJob } = await newPieces()
  const deaf = startJobs(db, program)
  const id = await askPiece('endless')
  await untilFound(`select from public.done where piece = 'endless'`)
  await rows('select jobs.cancel($1)', [id])
  expect(await deaf.ended).not.toBe(0)
  const other = startJobs(db, program)
  await open('all')
  await untilJob(await askPiece('next'), ({ state }) => state === 'done')
  expect(await job(id)).toMatchObject({ state: 'cancelled', tries: 1 })
  expect((await done()).map(({ piece }) => piece)).toEqual(['endless', 'next'])
  other.child.kill('SIGTERM')
  expect(await other.ended).toBe(0)
})

test('however often processes are killed, every job is done in the end, and only what was cut off is done anew', async () => {
  const { db, askPiece, open, done, jobs } = await newPieces()
  await open('all')
  const pieces = Array.from({ length: 12 }, (_, at) => `piece ${at}`)
  for (const piece of pieces) await askPiece(piece)
  const isOver = async () => (await jobs()).every(({ state }) => state === 'done')
  let kills = 0
  while (!(await isOver())) {
    const before = (await done()).length
    const { child, ended } = startJobs(db, program)
    await until(async () => (await done()).length >= before + 3 || (await isOver()), 60_000)
    child.kill('SIGKILL')
    await ended
    kills += 1
  }
  const times = Map.groupBy(await done(), ({ piece }) => piece)
  expect([...times.keys()].sort()).toEqual([...pieces].sort())
  expect((await done()).length - pieces.length).toBeLessThanOrEqual(kills)
  expect((await jobs()).every(({ failure }) => failure === null)).toBe(true)
})
