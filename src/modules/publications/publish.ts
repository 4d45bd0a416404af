import { asJob, type Tx } from '#db/actor.ts'
import { analyse } from '#db/analyse.ts'
import type { Database } from '#db/connection.ts'
import { type Audience, type Policy, release, rulesOn } from '#modules/disclosure/index.ts'
import { cellsOfCube, currentCube, type Indicator, listIndicators } from '#modules/indicators/index.ts'
import {
  addCells,
  beginPublish,
  compareWith,
  currentRelease,
  decisionsOn,
  finishRelease,
  type ReleaseRow,
  startRelease,
} from './store.ts'

export interface PublishReport {
  release: ReleaseRow | null
  /** false: nothing differs from the release in force, which stays */
  changed: boolean
  shown: number
  absent: number
}

/**
 * Freezes a release of the current cube for an audience: every cell goes through the gate under the rules and decisions
 * of the day. Whole or not at all; a release that says the same as the one in force is not made.
 *
 * @param day  whose rules and decisions are in force, `YYYY-MM-DD`
 */
export async function publish(db: Database, audience: Audience, day: string): Promise<PublishReport> {
  const report = await asJob(db, async (tx): Promise<PublishReport> => {
    await beginPublish(tx)
    const cube = await currentCube(tx)
    if (!cube) return { release: null, changed: false, shown: 0, absent: 0 }
    const indicators = new Map((await listIndicators(tx)).map((indicator) => [indicator.code, indicator]))
    const policies = await policiesOn(tx, audience, day, [...indicators.values()])

    const draft = await startRelease(tx, audience, cube.id, [...policies.values()])
    let shown = 0
    let absent = 0
    for await (const cells of cellsOfCube(tx, cube.id)) {
      const code = cells[0]!.indicator
      const told = release(cells, audience, indicators.get(code)!, policies.get(code)!)
      for (const cell of told) {
        if (cell.absent === null) shown += 1
        else absent += 1
      }
      await addCells(tx, draft, told)
    }
    const before = await currentRelease(tx, audience)
    const difference = before ? await compareWith(tx, before.id, draft) : 'first'
    const made = await finishRelease(tx, audience, draft, before, difference)
    return { release: made, changed: difference !== 'same', shown, absent }
  })
  if (report.changed) await analyse(db, ['publications'])
  return report
}

/** The rule of each indicator's topic and the levels at which it is public. No rule, nothing is told. */
async function policiesOn(
  tx: Tx,
  audience: Audience,
  day: string,
  indicators: readonly Indicator[],
): Promise<Map<string, Policy>> {
  const rules = new Map((await rulesOn(tx, audience, day)).map((rule) => [rule.topic, rule]))
  const decisions = await decisionsOn(tx, audience, day)
  return new Map(
    indicators.map((indicator) => {
      const rule = rules.get(indicator.topic)
      if (!rule) throw new Error(`no disclosure rule for topic ${indicator.topic} on ${day}`)
      return [indicator.code, { rule, publicLevels: new Set(decisions.get(indicator.code) ?? []) }]
    }),
  )
}
