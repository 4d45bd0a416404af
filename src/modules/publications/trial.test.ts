import { expect, test } from 'vitest'
import { asJob } from '#db/actor.ts'
import type { Rule } from '#modules/disclosure/index.ts'
import { newWorld } from '#test/world.ts'
import { publish } from './publish.ts'
import { currentRelease } from './store.ts'
import { runTrial } from './trial.ts'

const world = await newWorld()
const day = '2026-11-22'
const rule: Rule = {
  audience: 'public',
  topic: 'results',
  minimum: 10,
  groupDisclosure: true,
  sensitive: false,
  protectBelow: 1,
  protectAbove: 2,
  dominance: { people: 2, share: 0.85 },
  decimals: 2,
  reason: { lv: 'x', en: 'x' },
}

/** A trial asked for by nobody in particular, worked out. */
async function tried(changed: Rule) {
  const { rows } = await world.db.jobPool.query<{ trial_id: number }>(
    'insert into disclosure.trial (asked_by, rule) values (1, $1) returning trial_id',
    [JSON.stringify(changed)],
  )
  await runTrial(world.db, rows[0]!.trial_id, day)
  const { rows: found } = await world.db.jobPool.query<{
    state: string
    report: {
      lines: { indicator: string; told: number; toldThen: number; hides: number; shows: number }[]
      units: { figures: number; unit: { lv: string } }[]
      attack: { leaks: number } | null
    }
  }>('select state, report from disclosure.trial where trial_id = $1', [rows[0]!.trial_id])
  return found[0]!
}

test('the rule in force, tried, changes nothing', async () => {
  const { state, report } = await tried(rule)
  expect(state).toBe('done')
  expect(report.lines.length).toBeGreaterThan(0)
  for (const line of report.lines) expect(line).toMatchObject({ hides: 0, shows: 0, toldThen: line.told })
  expect(report.units).toEqual([])
  expect(report.attack).toMatchObject({ leaks: 0 })
})

test('a stricter minimum hides figures of its topic only, and says of whom', async () => {
  const { report } = await tried({ ...rule, minimum: 40 })
  const hides = (code: string) =>
    report.lines.filter(({ indicator }) => indicator === code).reduce((sum, line) => sum + line.hides, 0)
  expect(hides('ACH-05')).toBeGreaterThan(0)
  expect(hides('CTX-01')).toBe(0)
  for (const line of report.lines) expect(line.told + line.shows - line.hides).toBe(line.toldThen)
  expect(report.units[0]!.figures).toBeGreaterThan(0)
  expect(report.units[0]!.unit.lv).not.toBe('')
})

test('a trial publishes nothing: the release in force stays, and the next one is made by the rules in force', async () => {
  const before = await asJob(world.db, (tx) => currentRelease(tx, 'public'))
  await tried({ ...rule, minimum: 2 })
  expect(await asJob(world.db, (tx) => currentRelease(tx, 'public'))).toEqual(before)
  expect(await publish(world.db, 'public', day)).toMatchObject({ changed: false })
})

test('with a release its attack is kept: no leak, and no true number in it', async () => {
  const { rows } = await world.db.jobPool.query<{ report: Record<string, unknown> }>(
    'select report from publications.release_attack',
  )
  expect(rows).toHaveLength(1)
  expect(rows[0]!.report).toMatchObject({ leaks: 0 })
  const tightest = rows[0]!.report.tightest as { key: string }
  expect(Object.keys(tightest).sort()).toEqual(['high', 'key', 'low'])
  expect(tightest.key).not.toMatch(/:\d/)
})
