/**
 * A national round from roster to every report: `node bench/national-round.ts [pupils a grade, 20000] [school PDFs, 20] [folder] [round]`. Three
 * domains in grades 3 and 6 of 600 schools; four forms of 40 items of a matrix of 100, in a database of its own. Each step with its
 * seconds on the clock and of processors. Pupils answer, markers mark and the panel sets levels as in the made-up country. At the end
 * what was planted is looked for, and a round is scaled again. With a folder the database stays there, and steps that are done are not
 * done again; with the code of a round (`2027-6-reading`) only that one is given. Budgets: growth with results and cubes 3 min, 600 school PDFs 15 min. The portal has to be built for the PDFs.
 */
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { chmod } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { catalogue } from '../src/catalogue.ts'
import { asJob, type Tx } from '../src/db/actor.ts'
import { openDatabase } from '../src/db/connection.ts'
import type { Keys } from '../src/db/keys.ts'
import { migrate } from '../src/db/migrate.ts'
import {
  closeRound,
  makeRoster,
  openRound,
  releaseRound,
  scaleRound,
  scoreRound,
} from '../src/modules/assessments/index.ts'
import { answerAll, deservedPoints, sayWhoSits } from '../src/modules/assessments/made-up/answers-store.ts'
import { markAll } from '../src/modules/assessments/made-up/marks-store.ts'
import { setStandard } from '../src/modules/assessments/made-up/standard-store.ts'
import { growAll } from '../src/modules/growth/index.ts'
import { compute } from '../src/modules/indicators/index.ts'
import { chromiumPath } from '../test/pages/chromium.ts'
import { endMarking, markTogether, plantMarkers } from './national/marking.ts'
import { meterOf } from './national/meter.ts'
import { plan, plantBank, plantedRound, plantRegister, type Round, rounds, YEAR } from './national/plant.ts'
import { print } from './national/prints.ts'
import { sameAgain, truthsFound } from './national/truths.ts'

const [pupils = '20000', prints = '20', kept, only] = process.argv.slice(2)
const country = { pupils: Number(pupils), schools: Math.min(600, Math.ceil(Number(pupils) / 20)) }

const given = rounds.filter(({ code }) => only === undefined || code === only)

const folder = kept ?? mkdtempSync(join(tmpdir(), 'ikms-national-round-'))
mkdirSync(folder, { recursive: true })
await chmod(folder, 0o711) // started as root, PostgreSQL runs as another account
const noted = join(folder, 'done.json')
const before = existsSync(noted) ? (JSON.parse(readFileSync(noted, 'utf8')) as Noted) : null
const notes: Noted = before ?? { done: [], key: randomBytes(32).toString('base64') }
const keys: Keys = { current: '1', keys: { 1: Buffer.from(notes.key, 'base64') } }

interface Noted {
  done: string[]
  key: string
}

const db = await openDatabase({ folder: join(folder, 'data'), poolSize: { app: 20 } })
const done = meterOf(db.embedded!.pid)
const inJob = <T>(work: (tx: Tx) => Promise<T>) => asJob(db, work)

/** Does a step unless it was done before, and tells what it took; `work` may say more of it. */
// biome-ignore lint/suspicious/noConfusingVoidType: most steps have nothing to tell
async function step(what: string, work: () => Promise<string | number | void>): Promise<void> {
  if (notes.done.includes(what)) return
  const said = await work()
  notes.done.push(what)
  writeFileSync(noted, JSON.stringify(notes))
  done(said === undefined ? what : `${what}: ${said}`)
}

/** The same for each of the six rounds, in one step. */
async function eachRound(work: (round: Round, tx: Tx) => Promise<number>): Promise<number> {
  let sum = 0
  for (const round of given) sum += await inJob((tx) => work(round, tx))
  return sum
}

try {
  await step('made ready: register, earlier results, items, rounds', async () => {
    await migrate(db)
    await inJob((tx) => plantRegister(tx, country))
    await inJob(plantBank)
    await inJob(plantMarkers)
    await inJob((tx) => plan(tx, given))
    await db.ownerPool.query('analyze')
  })
  await step('rosters', async () => {
    for (const { code } of given) await makeRoster(db, keys, code)
    for (const { code } of given) await inJob((tx) => openRound(tx, code))
  })
  for (const round of given)
    await step(`answers ${round.code}`, () =>
      inJob(async (tx) => {
        const [id, planted] = [await roundNumber(tx, round.code), plantedRound(country, round)]
        await sayWhoSits(tx, id, planted, { seed: 1, readsAloud: false })
        const { answers } = await answerAll(tx, id, planted, round.at)
        await closeRound(tx, round.code, 'all have sat it')
        return answers
      }),
    )
  for (const { code } of given)
    await step(`scored ${code}, for people`, async () => (await scoreRound(db, code))!.open)
  await step('analyze, as the database does by itself after a while', async () => {
    await db.ownerPool.query('analyze')
  })

  const [first] = given
  await step('at the first answers', () => markTogether(db, first!.code))
  await step('marked in bulk, the first round by half', () =>
    eachRound((round, tx) => markRound(tx, round, round === first ? 0.5 : 1)),
  )
  await step('with half of the round marked', () => markTogether(db, first!.code))
  await step('the rest of it', async () => {
    for (const round of given)
      await inJob(async (tx) => {
        await markRound(tx, round, 1)
        await endMarking(tx, round.code)
      })
  })

  for (const { code } of given)
    await step(`scaled ${code}, read and written`, async () => {
      await scaleRound(db, code, { seed: 1 })
    })
  await step('standards', async () => {
    for (const { code } of given) await setStandard(db, code, { year: YEAR, name: 'bench', basis: 'bench' })
  })
  for (const { code } of given)
    await step(`scaled ${code} with levels`, async () => {
      await scaleRound(db, code, { seed: 1 })
    })
  await step('told to schools, then to everybody', async () => {
    for (const to of ['preliminary', 'official'] as const)
      for (const { code } of given) await inJob((tx) => releaseRound(tx, code, to))
  })
  await step('growth', async () => {
    await growAll(db)
  })
  await step('cubes', async () => (await compute(db, catalogue)).cells)
  for (const said of await inJob((tx) => truthsFound(tx, country, given))) console.log(said)
  if (chromiumPath && Number(prints) > 0) {
    const schools = Math.min(Number(prints), country.schools)
    await step(`PDFs of ${schools} schools`, () => print(db, keys, schools))
  }
  await step('again', () => sameAgain(db, given.at(-1)!.code))
} finally {
  await db.close()
  if (!kept) rmSync(folder, { recursive: true, force: true })
}

async function markRound(tx: Tx, round: Round, share: number): Promise<number> {
  const id = await roundNumber(tx, round.code)
  const deserved = await deservedPoints(tx, id, plantedRound(country, round), round.at)
  return markAll(tx, id, deserved, { seed: share < 1 ? 1 : 2, share })
}

async function roundNumber(tx: Tx, code: string): Promise<number> {
  const { rows } = await tx.query<{ id: number }>(
    'select round_id as id from assessments.round where code = $1',
    [code],
  )
  return rows[0]!.id
}
