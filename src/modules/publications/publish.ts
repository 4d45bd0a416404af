import { setImmediate as immediate } from 'node:timers/promises'
import { asJob, type Tx } from '#db/actor.ts'
import { analyse } from '#db/analyse.ts'
import type { Database } from '#db/connection.ts'
import {
  type AttackSummary,
  type Audience,
  addUp,
  type Circumstances,
  highsSolver,
  nothingAttacked,
  type Policy,
  type ProtectedCell,
  policyKey,
  type Released,
  type Rule,
  release,
  rulesOn,
  stricterOf,
} from '#modules/disclosure/index.ts'
import {
  type CubeCell,
  type CubeRow,
  cubeCells,
  currentCube,
  type Indicator,
  listIndicators,
  yearsOfCube,
} from '#modules/indicators/index.ts'
import { placeRegister } from '#modules/registry/index.ts'
import { learnerBreakdowns } from '#terms/breakdowns.ts'
import { keepAttack, madeBefore, toldBefore } from './gate-store.ts'
import { hierarchiesOf } from './hierarchies.ts'
import {
  addCells,
  beginPublish,
  compareWith,
  currentRelease,
  decisionsOn,
  finishRelease,
  type ReleaseRow,
  startRelease,
  toldRules,
} from './store.ts'

export interface PublishReport {
  release: ReleaseRow | null
  /** false: nothing differs from the release in force, which stays */
  changed: boolean
  shown: number
  absent: number
  attack: AttackSummary
}

/**
 * Freezes a release of the current cube for an audience: every cell goes through the gate under the rules and decisions
 * of the day. Whole or not at all. Of the same cube under the same rules there is one release: asked again, the one in force
 * stays. So does it where the new one would say the same.
 *
 * @param day  whose rules and decisions are in force, `YYYY-MM-DD`
 * @throws     what `onYear` throws; the release in force stays
 */
export async function publish(
  db: Database,
  audience: Audience,
  day: string,
  onYear: OnYear = () => {},
): Promise<PublishReport> {
  const report = await asJob(db, async (tx): Promise<PublishReport> => {
    await beginPublish(tx)
    const cube = await currentCube(tx)
    const report = { release: null, changed: false, shown: 0, absent: 0, attack: nothingAttacked }
    if (!cube) return report
    const { policies, ...rest } = await circumstancesOn(tx, audience, day)
    const before = await currentRelease(tx, audience)
    const stands = before && (await madeBefore(tx, before.id, cube.id, toldRules([...policies.values()])))
    if (stands) return { ...stands, release: before, changed: false }
    const draft = await startRelease(tx, audience, cube.id, [...policies.values()])
    for await (const { told, attack } of releasedYears(tx, cube, audience, { policies, ...rest }, onYear)) {
      for (const cell of told) {
        if (cell.absent === null) report.shown += 1
        else report.absent += 1
      }
      report.attack = addUp(report.attack, attack)
      await addCells(tx, draft, told)
    }
    const difference = before ? await compareWith(tx, before.id, draft) : 'first'
    const made = await finishRelease(tx, audience, draft, before, difference)
    await keepAttack(tx, made.id, report.attack)
    return { ...report, release: made, changed: difference !== 'same' }
  })
  if (report.changed) await analyse(db, ['publications'])
  return report
}

/** What every year of a release is made under. */
export type Standing = Omit<Circumstances, 'hierarchies' | 'earlier'>

/**
 * Told before figures of the same people are worked on: how many school years are done, with a share of the present one, of how many. May
 * throw to stop.
 */
export type OnYear = (done: number, of: number, schoolYear: number) => void

/**
 * The cells of a cube through the gate, those of the same people together: no total runs over two years or over two groups of people.
 * Between two groups others get their turn, so that what `onYear` is told is seen.
 */
export async function* releasedYears(
  tx: Tx,
  cube: CubeRow,
  audience: Audience,
  standing: Standing,
  onYear: OnYear,
): AsyncGenerator<{ told: Released<ProtectedCell>[]; attack: AttackSummary }> {
  const years = await yearsOfCube(tx, cube.id)
  const register = await placeRegister(tx, cube.asOfImport)
  for (const [done, schoolYear] of years.entries()) {
    onYear(done, years.length, schoolYear)
    await immediate()
    const cells = await cubeCells(tx, cube.id, { schoolYear, borders: 'all' })
    const bordersOn = cells.some(({ borders }) => borders === 'today') ? cube.bordersOn : null
    const hierarchies = hierarchiesOf(register, schoolYear, bordersOn)
    const peopleOf = ({ indicator, subject }: Pick<CubeCell, 'indicator' | 'subject'>) =>
      `${standing.indicators.get(indicator)?.people ?? indicator}|${subject}`
    const earlier = Map.groupBy(await toldBefore(tx, audience, schoolYear), peopleOf)
    let through = 0
    for (const [people, own] of Map.groupBy(cells, peopleOf)) {
      yield release(own, audience, { ...standing, hierarchies, earlier: earlier.get(people) ?? [] })
      through += own.length
      onYear(done + through / cells.length, years.length, schoolYear)
      await immediate()
    }
  }
}

/**
 * Rules, decisions and definitions of a day, and an attacker.
 *
 * @param changed  in the place of the rule of its topic
 */
export async function circumstancesOn(
  tx: Tx,
  audience: Audience,
  day: string,
  changed?: Rule,
): Promise<Standing> {
  const indicators = new Map((await listIndicators(tx)).map((indicator) => [indicator.code, indicator]))
  const rules = await rulesOn(tx, audience, day)
  const standing = rules.map((rule) => (rule.topic === changed?.topic ? changed : rule))
  const policies = await policiesOn(tx, audience, day, [...indicators.values()], standing)
  return { indicators, policies, solver: await highsSolver(), kept: new Map() }
}

/**
 * The rule of each indicator's topic and the levels at which it is public; of a breakdown with a topic of its own the stricter of both
 * rules. No rule, nothing is told.
 */
async function policiesOn(
  tx: Tx,
  audience: Audience,
  day: string,
  indicators: readonly Indicator[],
  inForce: readonly Rule[],
): Promise<Map<string, Policy>> {
  const rules = new Map(inForce.map((rule) => [rule.topic, rule]))
  const ruleOf = (topic: string) => {
    const rule = rules.get(topic)
    if (!rule) throw new Error(`no disclosure rule for topic ${topic} on ${day}`)
    return rule
  }
  const decisions = await decisionsOn(tx, audience, day)
  return new Map(
    indicators.flatMap(({ code, topic, breakdowns }): [string, Policy][] => {
      const rule = ruleOf(topic)
      const publicLevels = new Set(decisions.get(code) ?? [])
      const ofBreakdowns = breakdowns.flatMap((breakdown): [string, Policy][] => {
        const own = learnerBreakdowns[breakdown]?.topic
        return own
          ? [[policyKey(code, breakdown), { rule: stricterOf(rule, ruleOf(own)), publicLevels }]]
          : []
      })
      return [[code, { rule, publicLevels }], ...ofBreakdowns]
    }),
  )
}
