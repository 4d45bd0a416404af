import { asJob, type Tx } from '#db/actor.ts'
import type { Database } from '#db/connection.ts'
import {
  type AttackSummary,
  addUp,
  figureKey,
  nothingAttacked,
  type ProtectedCell,
  type Rule,
} from '#modules/disclosure/index.ts'
import type { Trial } from '#modules/disclosure/model.ts'
import { type CubeRow, currentCube } from '#modules/indicators/index.ts'
import { unitsById } from '#modules/registry/index.ts'
import { circumstancesOn, type OnYear, releasedYears, type Standing } from './publish.ts'
import { beginTrial, finishTrial } from './trial-store.ts'

type Report = NonNullable<Trial['report']>

/** Units listed in a report; of a whole country nobody reads more. */
const MOST_UNITS = 200

/**
 * Works out what a changed rule would hide: the current cube through the gate twice, under the rules in force and under
 * the changed one. Nothing is published. A trial that was worked out before is left as it is.
 *
 * @param day  whose other rules and decisions are in force, `YYYY-MM-DD`
 * @throws     what `onYear` throws; the trial then has failed
 */
export async function runTrial(
  db: Database,
  trialId: number,
  day: string,
  onYear: OnYear = () => {},
): Promise<void> {
  const rule = await asJob(db, (tx) => beginTrial(tx, trialId))
  if (!rule) return
  try {
    await asJob(db, async (tx) => finishTrial(tx, trialId, 'done', await tryRule(tx, rule, day, onYear)))
  } catch (error) {
    await asJob(db, (tx) => finishTrial(tx, trialId, 'failed', null))
    throw error
  }
}

async function tryRule(tx: Tx, rule: Rule, day: string, onYear: OnYear): Promise<Report> {
  const cube = await currentCube(tx)
  if (!cube) return { lines: [], units: [], attack: nothingAttacked }
  const now = await circumstancesOn(tx, rule.audience, day)
  const then = await circumstancesOn(tx, rule.audience, day, rule)
  const before = await toldFigures(tx, cube, rule, now, (done, of, year) => onYear(done, 2 * of, year))
  const after = await toldFigures(tx, cube, rule, then, (done, of, year) => onYear(of + done, 2 * of, year))
  return { ...(await differences(tx, before.told, after.told)), attack: after.attack }
}

/** Every figure with whether it is told. */
async function toldFigures(tx: Tx, cube: CubeRow, { audience }: Rule, standing: Standing, onYear: OnYear) {
  const told = new Map<string, ProtectedCell>()
  let attack: AttackSummary = nothingAttacked
  for await (const year of releasedYears(tx, cube, audience, standing, onYear)) {
    for (const cell of year.told) told.set(figureKey(cell), cell)
    attack = addUp(attack, year.attack)
  }
  return { told, attack }
}

async function differences(
  tx: Tx,
  before: ReadonlyMap<string, ProtectedCell>,
  after: ReadonlyMap<string, ProtectedCell>,
): Promise<Pick<Report, 'lines' | 'units'>> {
  const lines = new Map<string, Report['lines'][number]>()
  const losing = new Map<
    string,
    Pick<ProtectedCell, 'indicator' | 'level' | 'unitId'> & { figures: number }
  >()
  for (const [key, then] of after) {
    const { indicator, level, unitId } = then
    const isTold = before.get(key)!.absent === null
    const isToldThen = then.absent === null
    const none = { indicator, level, told: 0, toldThen: 0, hides: 0, shows: 0 }
    const line = lines.get(`${indicator}|${level}`) ?? none
    lines.set(`${indicator}|${level}`, line)
    if (isTold) line.told += 1
    if (isToldThen) line.toldThen += 1
    if (isToldThen && !isTold) line.shows += 1
    if (isToldThen || !isTold) continue
    line.hides += 1
    const unit = losing.get(`${indicator}|${level}|${unitId}`) ?? { indicator, level, unitId, figures: 0 }
    unit.figures += 1
    losing.set(`${indicator}|${level}|${unitId}`, unit)
  }
  const most = [...losing.values()].sort((a, b) => b.figures - a.figures || a.unitId - b.unitId)
  return {
    lines: [...lines.values()].filter(({ told, toldThen }) => told + toldThen > 0),
    units: await named(tx, most.slice(0, MOST_UNITS)),
  }
}

/** With names and without internal ids, in the order given. */
async function named(
  tx: Tx,
  losing: readonly (Pick<ProtectedCell, 'indicator' | 'level' | 'unitId'> & { figures: number })[],
): Promise<Report['units']> {
  const units = await unitsById(
    tx,
    losing.map(({ level, unitId }) => ({ level, id: unitId })),
  )
  const unitOf = new Map(units.map((unit) => [`${unit.level} ${unit.id}`, unit]))
  return losing.map(({ indicator, level, unitId, figures }) => {
    const { uuid, name } = unitOf.get(`${level} ${unitId}`)!
    return { indicator, level, id: uuid, figures, unit: name }
  })
}
