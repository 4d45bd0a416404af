import { asJob, type Tx } from '#db/actor.ts'
import type { Database } from '#db/connection.ts'
import type { Day } from '#terms/day.ts'
import {
  addCounts,
  beginRun,
  type Counts,
  countDue,
  destroyKeys,
  destroyRows,
  finishRun,
  forgetSome,
  giveUpUploads,
  holdRetention,
  kindsDestroyed,
  kindsOfPeople,
  type RuleRow,
  rulesInForce,
  wipeDisk,
} from './retention-store.ts'

export interface RetentionOptions {
  /** a run that was asked for, or what a new one is to do */
  run: number | { day: Day; dry: boolean }
  /** file with the keys of people */
  personKeys: string
  /** people forgotten in one transaction; default 1,000 */
  batch?: number
  onProgress?: (done: number, of: number) => void
}

/** Rows by kind of record and table; never who. */
export interface RetentionReport {
  day: Day
  dry: boolean
  counts: Record<string, Counts>
}

/**
 * Destroys what is due on a day, kind by kind under the rules of that day, or only counts it. Cut off, it is run again and
 * goes on; run twice, it finds nothing the second time. Cubes and releases hold nobody and stay.
 *
 * @returns  null where the run was done before
 */
export async function retain(
  db: Database,
  { run, personKeys, batch = 1_000, onProgress = () => {} }: RetentionOptions,
): Promise<RetentionReport | null> {
  const begun = await asJob(db, (tx) => beginRun(tx, run))
  if (!begun) return null
  const { id, day, dry } = begun
  const rules = await asJob(db, (tx) => rulesInForce(tx, day))
  let done = 0
  for (const kind of kindsDestroyed) {
    const rule = rules.find((each) => each.kind === kind && each.keeps !== null)
    while (rule) {
      const { found, isMore } = await asJob(db, async (tx) => {
        await holdRetention(tx)
        const step = dry
          ? { found: await countDue(tx, rule, day), isMore: false }
          : await destroy(tx, rule, day, batch)
        await addCounts(tx, id, kind, step.found)
        return step
      })
      if (!isMore || Object.keys(found).length === 0) break
    }
    done += 1
    onProgress(done, kindsDestroyed.length)
  }
  if (!dry) {
    await destroyKeys(db, personKeys)
    await wipeDisk(db)
  }
  return { day, dry, counts: await asJob(db, (tx) => finishRun(tx, id)) }
}

async function destroy(tx: Tx, rule: RuleRow, day: Day, batch: number) {
  if (kindsOfPeople.includes(rule.kind)) {
    return { found: await forgetSome(tx, rule, day, batch), isMore: true }
  }
  const given = rule.kind === 'upload' ? await giveUpUploads(tx, rule, day) : 0
  const found: Counts = { ...(await destroyRows(tx, rule, day)) }
  if (given > 0) found['intake.upload files'] = given
  return { found, isMore: false }
}
