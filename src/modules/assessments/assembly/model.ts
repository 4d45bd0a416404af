import { z } from 'zod'
import { Place } from '../content/item.ts'
import { ItemState } from '../lifecycle.ts'
import { AssemblyPlan } from './plan.ts'

export { AssemblyPlan }

/** What the API says of putting forms together. */

const instant = z.iso.datetime({ offset: true })
const count = z.number().int().min(0)
const perInformation = 'per (100 points)²'

export const AssemblyItem = z
  .object({
    id: z.uuid(),
    code: z.string(),
    state: ItemState,
    grade: z.number().int(),
    strand: z.string(),
    process: z.string(),
    points: count,
    minutes: z.number().describe('expected'),
    stimulus: z.string().nullable().describe('items with the same one stand together'),
    isAnchor: z.boolean(),
    exposure: z.number().describe('0–1, of the fixed forms of the domain and grade'),
    isMeasured: z.boolean().describe('on the scale of this form'),
    information: z.array(z.number()).describe(`at each cut, ${perInformation}`),
  })
  .meta({ id: 'AssemblyItem' })
export type AssemblyItem = z.infer<typeof AssemblyItem>

/** What the bank has for a form, and a plan to begin with. */
export const AssemblyBank = z
  .object({
    plan: AssemblyPlan.describe('to begin with: cuts of the standard, shares as shipped'),
    scale: z.string().nullable().describe('null: no item was measured'),
    isStandard: z.boolean().describe('whether the cuts are those of the standard in force'),
    forms: z
      .array(z.object({ id: z.uuid(), code: z.string(), grade: z.number().int(), items: count }))
      .describe('fixed forms of the domain, whose items could be anchors'),
    items: z.array(AssemblyItem),
  })
  .meta({ id: 'AssemblyBank' })
export type AssemblyBank = z.infer<typeof AssemblyBank>

export const BrokenDemand = z.object({
  about: z.enum(['items', 'points', 'minutes', 'anchors', 'share', 'apart']),
  strand: z.string().nullable(),
  process: z.string().nullable(),
  codes: z.array(z.string()),
  least: z.number(),
  most: z.number(),
  has: z.number().describe('of the form that comes nearest; shares 0–1'),
  bankItems: count.describe('of that kind in the whole bank'),
  bankPoints: count,
})
export type BrokenDemand = z.infer<typeof BrokenDemand>

const Cell = z.object({
  strand: z.string().nullable().describe('null: all of them'),
  process: z.string().nullable(),
  items: count,
  points: count,
  share: z.number().describe('0–1 of the points'),
  least: z.number().nullable().describe('null: nothing is demanded'),
  most: z.number().nullable(),
  isMet: z.boolean(),
  bankItems: count,
  bankPoints: count,
})

/** What some items are like as a form, beside the plan. */
export const AssemblyReport = z
  .object({
    items: count,
    points: count,
    minutes: z.number(),
    anchors: count,
    cuts: z.array(
      z.object({
        at: z.number().describe('points of the scale'),
        information: z.number().describe(perInformation),
        error: z.number().nullable().describe('standard error of a score, points'),
        aim: z.number().nullable().describe(`information aimed at, ${perInformation}`),
      }),
    ),
    curve: z
      .array(z.object({ at: z.number(), information: z.number() }))
      .describe('empty: no item was measured'),
    unmeasured: count.describe('items that add nothing to the information, because it is not known'),
    cells: z.array(Cell),
    broken: z.array(BrokenDemand),
    outOfRules: z.array(z.string()).describe('codes: too worn, missing, or without others of the same text'),
  })
  .meta({ id: 'AssemblyReport' })
export type AssemblyReport = z.infer<typeof AssemblyReport>

const Found = z
  .enum(['best', 'within_time', 'infeasible', 'gave_up'])
  .describe(
    'best: there is none better; within_time: not proved; infeasible: the bank cannot, this is what comes nearest; gave_up: none was found in the time',
  )

export const AssemblySummary = z
  .object({
    id: z.uuid(),
    domain: Place.shape.domain,
    grade: z.number().int(),
    found: Found,
    items: count,
    madeAt: instant,
    form: z.object({ id: z.uuid(), code: z.string() }).nullable().describe('null: not saved'),
  })
  .meta({ id: 'AssemblySummary' })
export type AssemblySummary = z.infer<typeof AssemblySummary>

export const AssemblyDetail = AssemblySummary.extend({
  plan: AssemblyPlan,
  notMet: z.array(BrokenDemand).describe('what the bank cannot meet together, when it was tried'),
  madeBy: z.string().nullable(),
  chosen: z.array(AssemblyItem).describe('in order'),
  gone: z.array(z.string()).describe('codes that are no longer in use'),
  report: AssemblyReport,
  steps: z.array(
    z.object({ at: instant, person: z.string().nullable(), takenOut: z.string(), putIn: z.string() }),
  ),
  saved: z.object({ at: instant, person: z.string().nullable(), reason: z.string() }).nullable(),
  isReady: z.boolean().describe('whether it obeys its plan and can be saved'),
}).meta({ id: 'AssemblyDetail' })
export type AssemblyDetail = z.infer<typeof AssemblyDetail>

/** An item that could stand in the place of another, and what would change. */
export const AssemblySwap = z
  .object({
    item: AssemblyItem,
    gains: z.array(z.number()).describe(`information at each cut, ${perInformation}; below 0: less`),
    points: z.number().int().describe('more or fewer'),
    minutes: z.number(),
    broken: z.array(BrokenDemand).describe('what of the plan would not be met'),
    outOfRules: z.array(z.string()),
  })
  .meta({ id: 'AssemblySwap' })
export type AssemblySwap = z.infer<typeof AssemblySwap>
