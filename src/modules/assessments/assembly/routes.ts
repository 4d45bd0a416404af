import { z } from 'zod'
import {
  type Api,
  createRoute,
  csrfHeaders,
  json,
  refusals,
  signedIn,
  writeRefusals,
  wrongState,
} from '#http/route.ts'
import { refuseForged } from '#modules/access/index.ts'
import type { SolverAnswer } from '#stats/network/index.ts'
import { isStorable } from '#terms/text.ts'
import { asDutyHolder, body, one, problemOf, there, told } from '../asking.ts'
import { Place } from '../content/item.ts'
import type { Duty } from '../lifecycle.ts'
import { FormDetail, NewForm } from '../rounds/model.ts'
import { formByUuid } from '../rounds/reading-store.ts'
import { formId } from '../rounds/rounds-store.ts'
import { changeAssembly, keepAssembly, listAssemblies, readAssembly, saveAssembly } from './assembly-store.ts'
import { chooseForm } from './choose.ts'
import { askedBank, detailOf, offerFor } from './detail.ts'
import { AssemblyBank, AssemblyDetail, AssemblyPlan, AssemblySummary, AssemblySwap } from './model.ts'
import { swapsFor } from './report.ts'
import { solveApart } from './solver.ts'

/** How long a form is looked for, and how near to the best one that is possible is the best. */
const LOOKED_FOR = { seconds: 20, gap: 0.01 }
const LOOKED_FOR_NEAREST = { seconds: 20, gap: 0.0001 }
const MOST_SWAPS = 40

const Code = z.string().max(40).refine(isStorable)
const Reason = z.string().trim().min(1).max(1000).refine(isStorable)

const bank = createRoute({
  method: 'get',
  path: '/assembly-bank',
  summary: 'What the item bank has for a form, and a plan to begin with (coordinator, psychometrician)',
  ...signedIn,
  request: {
    query: z.object({
      domain: Place.shape.domain,
      grade: z.coerce.number().int().min(1).max(9),
      anchors: z.uuid().optional().describe('form whose items link the two'),
    }),
  },
  responses: { 200: json(AssemblyBank, 'Items in use, without their words'), ...refusals },
})

const list = createRoute({
  method: 'get',
  path: '/assemblies',
  summary: 'Forms that were put together by the program (coordinator, psychometrician)',
  ...signedIn,
  responses: {
    200: json(z.object({ items: z.array(AssemblySummary) }), 'Latest first, 50 at most'),
    ...refusals,
  },
})

const make = createRoute({
  method: 'post',
  path: '/assemblies',
  summary: 'Choose items for a form within a plan (coordinator, psychometrician)',
  description:
    'Items are chosen so that the form tells as much as possible at the cut at which it tells least. It takes seconds, at most twenty; what is found is within 1 % of the best there is. Where the bank cannot give such a form, the answer says what of the plan cannot be met.',
  ...signedIn,
  request: { headers: csrfHeaders, body: body(AssemblyPlan) },
  responses: { 201: json(AssemblyDetail, 'What was chosen; not saved as a form yet'), ...writeRefusals },
})

const detail = createRoute({
  method: 'get',
  path: '/assemblies/{id}',
  summary: 'What was chosen for a form, beside its plan (coordinator, psychometrician)',
  ...signedIn,
  request: one,
  responses: { 200: json(AssemblyDetail, 'As the bank stands now'), ...refusals },
})

const swaps = createRoute({
  method: 'get',
  path: '/assemblies/{id}/swaps/{code}',
  summary: 'What could stand in the place of an item, and what would change (coordinator, psychometrician)',
  ...signedIn,
  request: { params: one.params.extend({ code: Code }) },
  responses: {
    200: json(z.object({ items: z.array(AssemblySwap) }), 'What keeps the plan first; 40 at most'),
    ...refusals,
  },
})

const step = createRoute({
  method: 'post',
  path: '/assemblies/{id}/steps',
  summary: 'Put an item in the place of another (coordinator, psychometrician)',
  ...signedIn,
  request: { ...one, headers: csrfHeaders, body: body(z.object({ takenOut: Code, putIn: Code })) },
  responses: { 200: json(AssemblyDetail, 'With the change'), ...writeRefusals, ...wrongState },
})

const save = createRoute({
  method: 'post',
  path: '/assemblies/{id}/form',
  summary:
    'Save what was chosen as a draft of a form, where it obeys its plan (coordinator, psychometrician)',
  ...signedIn,
  request: {
    ...one,
    headers: csrfHeaders,
    body: body(z.object({ code: NewForm.shape.code, reason: Reason })),
  },
  responses: { 201: json(FormDetail, 'A draft'), ...writeRefusals, ...wrongState },
})

/** Forms put together by the program, for who makes forms. To everybody else there are none. */
export function assemblyRoutes(api: Api) {
  api.openapi(bank, async (c) => {
    const { domain, grade, anchors } = c.req.valid('query')
    const found = await asDutyHolder(c, (tx, duties) =>
      makesForms(duties) ? askedBank(tx, domain, grade, anchors ?? null) : Promise.resolve(null),
    )
    return c.json(there(found), 200)
  })

  api.openapi(list, async (c) => {
    const items = await asDutyHolder(c, (tx, duties) =>
      makesForms(duties) ? listAssemblies(tx) : Promise.resolve(null),
    )
    return c.json({ items: there(items) }, 200)
  })

  api.openapi(make, async (c) => {
    refuseForged(c)
    const plan = c.req.valid('json')
    const offer = there(
      await asDutyHolder(c, (tx, duties) =>
        makesForms(duties) ? offerFor(tx, plan) : Promise.resolve(null),
      ),
    )
    // Nobody holds a connection while the solver works.
    const choice = await chooseForm(
      offer,
      plan,
      (programme, isNearest): Promise<SolverAnswer> =>
        solveApart(programme, isNearest ? LOOKED_FOR_NEAREST : LOOKED_FOR),
    )
    const made = await asDutyHolder(c, async (tx) => detailOf(tx, await keepAssembly(tx, plan, choice)))
    return c.json(there(made), 201)
  })

  api.openapi(detail, async (c) => {
    const { id } = c.req.valid('param')
    const found = await asDutyHolder(c, (tx, duties) =>
      makesForms(duties) ? detailOf(tx, id) : Promise.resolve(null),
    )
    return c.json(there(found), 200)
  })

  api.openapi(swaps, async (c) => {
    const { id, code } = c.req.valid('param')
    const items = await asDutyHolder(c, async (tx, duties) => {
      const kept = makesForms(duties) ? await readAssembly(tx, id) : null
      if (!kept?.codes.includes(code)) return null
      return swapsFor(await offerFor(tx, kept.plan), kept.codes, kept.plan, code).slice(0, MOST_SWAPS)
    })
    return c.json({ items: there(items) }, 200)
  })

  api.openapi(step, async (c) => {
    refuseForged(c)
    const { id } = c.req.valid('param')
    const { takenOut, putIn } = c.req.valid('json')
    const changed = await asDutyHolder(c, async (tx, duties) => {
      const kept = makesForms(duties) ? await readAssembly(tx, id) : null
      if (!kept) return null
      const offer = await offerFor(tx, kept.plan)
      if (!offer.some((item) => item.code === putIn)) throw problemOf('assembly_changed')
      await told(changeAssembly(tx, id, takenOut, putIn))
      return detailOf(tx, id)
    })
    return c.json(there(changed), 200)
  })

  api.openapi(save, async (c) => {
    refuseForged(c)
    const { id } = c.req.valid('param')
    const { code, reason } = c.req.valid('json')
    const saved = await asDutyHolder(c, async (tx, duties) => {
      const found = makesForms(duties) ? await detailOf(tx, id) : null
      if (!found) return null
      if (found.saved) throw problemOf('assembly_saved')
      // A form that breaks its plan is not saved, however it came about.
      if (!found.isReady) throw problemOf('plan_broken')
      const items = found.chosen.map((item) => ({ code: item.code, anchor: item.isAnchor }))
      await told(saveAssembly(tx, id, { code, minutes: Math.ceil(found.plan.minutes.most), items }, reason))
      return formByUuid(tx, await formId(tx, code))
    })
    return c.json(there(saved), 201)
  })
}

const makesForms = (duties: readonly Duty[]) =>
  duties.includes('coordinator') || duties.includes('psychometrician')
