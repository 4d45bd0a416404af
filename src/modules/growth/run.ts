import { createHash } from 'node:crypto'
import { asJob } from '#db/actor.ts'
import { analyse } from '#db/analyse.ts'
import type { Database } from '#db/connection.ts'
import { Inputs, keepMadeFrom, linkagesOff, madeFrom, type Source } from '#modules/indicators/index.ts'
import { cohortGrowth, fewest, type Method, type Pair } from './cohort.ts'
import type { GrowthDomain } from './model.ts'
import {
  beginGrowth,
  dropOthers,
  dropRun,
  grownIn,
  inputsOf,
  keepRun,
  pairsOf,
  type RoundPair,
  roundPairs,
  roundsKnown,
} from './run-store.ts'
import { schoolFigures } from './schools.ts'

/** Grows with the method: what was found under another is found again. */
const METHOD = 'growth 2'
/** Equal to no hash. */
const never = Buffer.alloc(0)
const FROM_GRADE = 3
const TO_GRADE = 6

export interface GrowthRound extends Method {
  domain: GrowthDomain
  /** of the later test */
  schoolYear: number
  fromGrade?: number
  toGrade?: number
}

export interface GrowthReport {
  /** learners with both results; below 100 nothing is told of them */
  pupils: number
  schools: number
  /** false: it was found before from the same results */
  changed: boolean
  warnings: string[]
}

/**
 * Growth of one domain and year: percentiles and residuals of learners, mean percentiles and value added of schools. Reads every
 * result that is told at least to schools, without learners who object; replaces what was found before, whole. The same results give
 * the same figures. Results of two years before are read as earlier calls found them: call it year by year.
 *
 * @returns null where a learner's results of two years may not be joined, or fewer than 100 learners have both
 * @throws  RangeError for results that are not finite or all the same
 */
export async function growRound(
  db: Database,
  { domain, schoolYear, fromGrade = FROM_GRADE, toGrade = TO_GRADE, ...method }: GrowthRound,
): Promise<GrowthReport | null> {
  const pair = { domain, schoolYear, fromYear: schoolYear - (toGrade - fromGrade), fromGrade, toGrade }
  return asJob(db, async (tx) => {
    await beginGrowth(tx)
    const isOff = (await linkagesOff(tx)).has('results-years')
    const pairs = isOff ? [] : await pairsOf(tx, pair)
    if (pairs.length < fewest) {
      await dropRun(tx, pair)
      return null
    }
    const before = [schoolYear - 1, schoolYear - 2]
    const earlier: (Buffer | null)[] = []
    for (const year of before) earlier.push(await inputsOf(tx, { ...pair, schoolYear: year }))
    const inputs = hashOf(pair, method, pairs, earlier)
    if ((await inputsOf(tx, pair))?.equals(inputs)) {
      return { pupils: pairs.length, schools: 0, changed: false, warnings: [] }
    }
    const { learners, reliability, corrected, warnings } = cohortGrowth(pairs, method)
    const cohorts = [learners, ...(await cohortsBefore(before, (year) => grownIn(tx, pair, year)))]
    const { schools, summary } = schoolFigures(cohorts, method)
    summary.warnings.unshift(...warnings)
    await keepRun(tx, pair, { learners, schools, reliability, corrected, summary, inputs })
    return { pupils: pairs.length, schools: schools.length, changed: true, warnings: summary.warnings }
  })
}

/** Years before, one after the other, until the first without anybody. */
async function cohortsBefore<Row>(
  years: readonly number[],
  of: (year: number) => Promise<Row[]>,
): Promise<Row[][]> {
  const found: Row[][] = []
  for (const year of years) {
    const rows = await of(year)
    if (rows.length === 0) break
    found.push(rows)
  }
  return found
}

export interface GrowAllReport {
  /** domains and years of which growth is known */
  rounds: number
  changed: boolean
  /** nothing it is made from has changed since the last time, so that no result was read */
  asBefore: boolean
  seconds: number
}

/** What growth is found from, and what has been found: both stay as they are where there is nothing to do. */
const read: Source = {
  code: 'growth from',
  hash: METHOD,
  facts: `select m.learner_id from assessments.measured m, assessments.round where m.learner_id <> all (array(select rights.not_counted()))`,
}
const found: Source = {
  code: 'growth',
  hash: METHOD,
  facts: 'select p.run_id from growth.run, growth.progress p, growth.school',
}

/**
 * Growth of every domain and year there is, the earliest first; what is no more is taken away. Comes before the cubes. Where no result
 * and nothing else it is made from has changed, it stays.
 */
export async function growAll(
  db: Database,
  { onProgress = () => {} }: { onProgress?: (done: number, of: number) => void } = {},
): Promise<GrowAllReport> {
  const started = performance.now()
  const since = await asJob(db, async (tx) => {
    await beginGrowth(tx)
    const inputs = await Inputs.of(tx)
    const now = await inputs.hash(read, null)
    const stays =
      (await madeFrom(tx, read.code))?.equals(now ?? never) &&
      (await madeFrom(tx, found.code))?.equals((await inputs.hash(found, null)) ?? never)
    return { now, rounds: stays ? await roundsKnown(tx) : null }
  })
  const seconds = () => (performance.now() - started) / 1000
  if (since.rounds !== null) {
    return { rounds: since.rounds, changed: false, asBefore: true, seconds: seconds() }
  }
  const { pairs, dropped } = await asJob(db, async (tx) => {
    await beginGrowth(tx)
    const isOff = (await linkagesOff(tx)).has('results-years')
    const pairs = isOff ? [] : await roundPairs(tx, FROM_GRADE, TO_GRADE)
    return { pairs, dropped: await dropOthers(tx, pairs) }
  })
  let changed = dropped
  let rounds = 0
  for (const [at, { domain, schoolYear }] of pairs.entries()) {
    const report = await growRound(db, { domain, schoolYear })
    if (report) rounds++
    changed ||= report?.changed ?? false
    onProgress(at + 1, pairs.length)
  }
  if (changed) await analyse(db, ['growth'])
  // results that came meanwhile are other than those of the beginning, which are written down: they count the next time
  await asJob(db, async (tx) => {
    await beginGrowth(tx)
    await keepMadeFrom(tx, read.code, since.now)
    await keepMadeFrom(tx, found.code, await (await Inputs.of(tx)).hash(found, null))
  })
  return { rounds, changed, asBefore: false, seconds: seconds() }
}

function hashOf(
  pair: RoundPair,
  method: Method,
  pairs: readonly Pair[],
  earlier: readonly (Buffer | null)[],
): Buffer {
  const hash = createHash('sha256').update(JSON.stringify([METHOD, pair, method]))
  for (const inputs of earlier) hash.update(inputs ?? '-')
  for (const { learner, institution, from, to, fromError, toError, stayed, status } of pairs)
    hash.update(`${learner} ${institution} ${from} ${to} ${fromError} ${toError} ${stayed} ${status}\n`)
  return hash.digest()
}
