import { asJob } from '#db/actor.ts'
import type { Database } from '#db/connection.ts'
import type { KnownItem } from '#stats/irt/index.ts'
import { nameOf } from './calibration.ts'
import {
  type ChangedPupil,
  changedPupils,
  type KeptRun,
  keptRun,
  type NewOutcome,
  writeSecondLooks,
} from './rescore-store.ts'
import { type RoundData, responsesOf } from './round-data.ts'
import { readRound } from './round-store.ts'
import { holdRound } from './run-store.ts'
import { without } from './scale-data.ts'
import { type Measured, measurePeople, valuesOf } from './score-people.ts'

/** The round was scaled anew while somebody's result was worked out with the items of the run before. */
export class RunChanged extends Error {
  constructor() {
    super('the round was scaled anew meanwhile')
    this.name = 'RunChanged'
  }
}

/**
 * Works out anew the results of those whose points changed after a second look, with what the run in force found of items, scale and levels.
 * Each of them gets a new version; nobody else's result moves, nor any figure of a group before it is computed next. Done twice it
 * changes nothing more.
 *
 * @returns  how many got a new version
 * @throws   RunChanged: try again
 */
export async function rescoreRound(
  db: Database,
  code: string,
  { onProgress = () => {} }: { onProgress?: (done: number) => void } = {},
): Promise<number> {
  const found = await asJob(db, async (tx) => {
    const run = await keptRun(tx, code)
    const pupils = run && (await changedPupils(tx, run.roundId))
    const read = run && pupils?.length ? await readRound(tx, code) : null
    return run && pupils && read && { run, pupils, data: read.data }
  })
  if (!found) return 0
  onProgress(0.1)
  const changed = newOutcomes(found.run, found.pupils, found.data)
  onProgress(0.9)
  if (changed.length === 0) return 0
  return asJob(db, async (tx) => {
    await holdRound(tx, found.run.roundId)
    if ((await keptRun(tx, code))?.uuid !== found.run.uuid) throw new RunChanged()
    return writeSecondLooks(tx, found.run, changed)
  })
}

function newOutcomes(run: KeptRun, pupils: readonly ChangedPupil[], whole: RoundData): NewOutcome[] {
  const data = without(whole, new Set(run.settings.items))
  const parameters = new Map(run.items.map((item) => [item.id, item]))
  const measured: Measured = {
    data,
    known: data.items.map((item) => parameters.get(nameOf(item)) ?? silent(nameOf(item))),
    scale: run.scale,
    standards: run.standards,
  }
  const { forPeople: points } = responsesOf(data.points)
  const place = new Map(Array.from(data.people.id, (id, at) => [id, at]))
  const forPeople = points.slice()
  for (const { participant } of pupils) asKnown(forPeople, place.get(participant), measured.known)
  const scored = measurePeople(measured, forPeople, points)
  const moved = pupils.flatMap(({ participant, score, isNew }) => {
    const at = place.get(participant)
    // Not there: who objects to being counted has no new result. A run that read before the answer was looked at is told by its score.
    if (at === undefined || !Number.isFinite(scored.error[at]!)) return []
    return isNew || scored.score[at] !== score ? [{ participant, at }] : []
  })
  if (moved.length === 0) return []
  const { draws, seed } = run.settings
  const values = valuesOf(measured, forPeople, scored, { draws, seed })
  return moved.map(({ participant, at }) => ({
    participant,
    score: scored.score[at]!,
    error: scored.error[at]!,
    level: scored.level[at]!,
    strands: scored.strands(at),
    values: [...values.subarray(at * draws, (at + 1) * draws)],
  }))
}

/** An item that said nothing in the round: everybody did alike. */
const silent = (id: string): KnownItem => ({
  id,
  model: 'rasch',
  scores: [0],
  slope: 1,
  intercepts: [],
  guessing: 0,
})

/** Points that nobody had on an item when it was calibrated count as the most that somebody below had: it has no parameter for them. */
function asKnown(forPeople: Int8Array, person: number | undefined, known: readonly KnownItem[]): void {
  if (person === undefined) return
  known.forEach(({ scores }, item) => {
    const at = person * known.length + item
    const given = forPeople[at]!
    if (given >= 0 && scores.length > 1) forPeople[at] = scores.findLast((x) => x <= given) ?? given
  })
}
