import { createHash, type Hash } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import { asJob } from '#db/actor.ts'
import type { Database } from '#db/connection.ts'
import { calibratedForm } from '#stats/linking/index.ts'
import { readChoices } from './choices-store.ts'
import { reportOf } from './report.ts'
import { type ReadRound, readRound } from './round-store.ts'
import {
  askRescoring,
  droppedOf,
  earlierRuns,
  hindrance,
  holdRound,
  keepRun,
  newRun,
  noteScaled,
  runById,
  standardsOf,
  writeOutcomes,
  writeParameters,
} from './run-store.ts'
import { type Scaled, scaleData } from './scale-data.ts'
import { PROGRAM, type ScalingSettings, usualSettings } from './settings.ts'

/** A round that cannot be scaled, and why (see assessments.scaling_hindrance). */
export class ScalingRefused extends Error {
  readonly why: string
  constructor(why: string) {
    super(`the round cannot be scaled: ${why}`)
    this.name = 'ScalingRefused'
    this.why = why
  }
}

interface Options {
  settings?: ScalingSettings
  signal?: AbortSignal
  onProgress?: (done: number) => void
}

/**
 * Scales a round: puts down a run and makes it. For the operator, tests and demos; people ask for a run, which a job makes.
 *
 * @returns  number of the run
 * @throws   ScalingRefused
 */
export async function scaleRound(
  db: Database,
  code: string,
  { seed, reason = null, ...options }: { seed: number; reason?: string | null } & Options,
): Promise<number> {
  const { id, number } = await asJob(db, async (tx) => {
    const why = await hindrance(tx, code, reason)
    if (why) throw new ScalingRefused(why)
    return newRun(tx, code, seed, reason)
  })
  await makeRun(db, id, options)
  return number
}

/**
 * Makes a run that was asked for: reads the round, works, and keeps all of it in one transaction. Made already: nothing happens.
 *
 * @returns  how many pupils and items, and how many flags the report has
 * @throws   ScalingRefused; what the signal was aborted with
 */
export async function makeRun(
  db: Database,
  id: number,
  { settings = usualSettings, signal, onProgress = () => {} }: Options = {},
): Promise<{ pupils: number; items: number; flags: number }> {
  const began = performance.now()
  const onStep = async (done: number) => {
    onProgress(done)
    // Long sums are behind and before this: whoever cancels is heard here.
    await setImmediate()
    signal?.throwIfAborted()
  }
  const found = await asJob(db, async (tx) => {
    const run = await runById(tx, id)
    if (!run) throw new ScalingRefused('not_there')
    if (run.isMade) return null
    const why = await hindrance(tx, run.round, run.reason)
    if (why) throw new ScalingRefused(why)
    const read = (await readRound(tx, run.round))!
    const dropped = await droppedOf(tx, read.roundId)
    return {
      run,
      read,
      dropped,
      earlier: await earlierRuns(tx, { roundId: read.roundId, ...read.data }),
      standards: await standardsOf(tx, read.data),
      choices: await readChoices(
        tx,
        read.roundId,
        read.data.people.id,
        read.data.items.map(({ versionId }) => versionId),
      ),
    }
  })
  if (!found) return { pupils: 0, items: 0, flags: 0 }
  await onStep(0.1)
  const { run, read, dropped, earlier, standards, choices } = found
  const scaled = await scaleData(read.data, {
    seed: run.seed,
    settings,
    earlier,
    standards,
    droppedItems: new Set(dropped.items),
    droppedAnchors: new Set(dropped.anchors),
    onStep,
  })
  const width = read.data.items.length
  const report = reportOf(read.data, scaled, {
    expected: read.expected,
    choices,
    isOmitted: (person, item) => read.omitted[person * width + item] === 1,
    mastery: settings.mastery,
  })
  await onStep(0.85)
  const kept = { ...settings, seed: run.seed, ...dropped }
  const form = calibratedForm(scaled.calibration)
  const calibration = {
    items: form.items.map(({ id: item, model, scores, slope, intercepts, guessing }) => ({
      id: item,
      model,
      scores,
      slope,
      intercepts,
      guessing,
    })),
    covariance: form.covariance ? [...form.covariance] : null,
  }
  await asJob(db, async (tx) => {
    // Two tries of one run at once: the second finds it made.
    await holdRound(tx, read.roundId)
    if ((await runById(tx, id))?.isMade) return
    await keepRun(tx, id, {
      settings: kept,
      inputHash: inputHash(read, [kept, earlier.map(({ round, hash }) => [round, hash]), standards, choices]),
      outputHash: outputHash(scaled, report),
      calibration,
      scale: scaled.scale,
      report: { ...report, seconds: Math.round((performance.now() - began) / 100) / 10 },
    })
    await writeOutcomes(tx, { roundId: read.roundId, run: run.uuid, reason: run.reason, scaled })
    const pupils = new Map(report.items.map((item) => [item.versionId, item.pupils]))
    await writeParameters(
      tx,
      run.round,
      scaled,
      scaled.data.items.map(({ versionId }) => pupils.get(versionId)!),
    )
    await noteScaled(tx, read.roundId)
    await askRescoring(tx, read.roundId)
    signal?.throwIfAborted()
  })
  onProgress(1)
  return { pupils: scaled.score.length, items: scaled.data.items.length, flags: report.flags.length }
}

/** Everything that was read, in a fixed order. */
function inputHash({ data, omitted }: ReadRound, others: readonly unknown[]): Buffer {
  const { people, points, ...rest } = data
  const { sex, language, region, ...numbers } = people
  const hash = createHash('sha256').update(JSON.stringify([PROGRAM, rest, sex, language, region, ...others]))
  for (const column of Object.values(numbers)) bytes(hash, column)
  bytes(hash, points)
  return bytes(hash, omitted).digest()
}

/** Everything that came of it: results of people, values, parameters, the report. */
function outputHash(scaled: Scaled, report: object): Buffer {
  const hash = createHash('sha256').update(JSON.stringify([scaled.scale, scaled.known, scaled.level, report]))
  for (const column of [scaled.score, scaled.error, scaled.values]) bytes(hash, column)
  return hash.digest()
}

function bytes(hash: Hash, { buffer, byteOffset, byteLength }: ArrayBufferView): Hash {
  return hash.update(new Uint8Array(buffer, byteOffset, byteLength))
}
