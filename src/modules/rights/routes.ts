import type { Context } from 'hono'
import { z } from 'zod'
import type { Keys } from '#db/keys.ts'
import { Problem } from '#http/problem.ts'
import {
  type Api,
  createRoute,
  csrfHeaders,
  type Env,
  json,
  refusals,
  signedIn,
  writeRefusals,
  wrongState,
} from '#http/route.ts'
import { refuseForged } from '#modules/access/index.ts'
import { sealer } from '#modules/registry/index.ts'
import { Day, dayOf } from '#terms/day.ts'
import { heldRoutes } from './held-routes.ts'
import { Linkage, Objection, ObjectionKind, Processing, Retention, RetentionRun } from './model.ts'
import { listObjections, recordObjection, withdrawObjection } from './objections-store.ts'
import { listLinkages, listProcessing, switchLinkage } from './processing-store.ts'
import { askForRun, listRetention, listRuns } from './rules-store.ts'

const body = <Schema extends z.ZodType>(schema: Schema) => ({
  headers: csrfHeaders,
  body: { required: true, content: { 'application/json': { schema } } },
})
// PostgreSQL has no text with a NUL in it and no year 0, and this system no day before 1900 or after 2199.
const Visible = z
  .string()
  .trim()
  .regex(/^\P{Cc}*$/u)
const Reason = Visible.min(1).max(500)
const NearDay = Day.refine((day) => day >= '1900' && day < '2200')

const retention = createRoute({
  method: 'get',
  path: '/retention',
  summary: 'How long what is kept, by the rules of today',
  responses: { 200: json(z.object({ items: z.array(Retention) }), 'Identity first'), ...refusals },
})

const runs = createRoute({
  method: 'get',
  path: '/retention/runs',
  summary: 'What was due and what was destroyed, counted (steward, data protection officer)',
  ...signedIn,
  responses: { 200: json(z.object({ items: z.array(RetentionRun) }), 'The latest first; 50'), ...refusals },
})

const askRun = createRoute({
  method: 'post',
  path: '/retention/runs',
  summary: 'Count what is due, or destroy it for good (data protection officer)',
  description:
    'The jobs process does it. Destroying is refused unless the same was counted before on the same day.',
  ...signedIn,
  request: body(z.object({ dry: z.boolean().describe('only count') })),
  responses: { 202: json(z.object({ id: z.uuid() }), 'Asked for'), ...writeRefusals, ...wrongState },
})

const objections = createRoute({
  method: 'get',
  path: '/objections',
  summary: 'Who is not to be counted, without saying who (steward, data protection officer)',
  ...signedIn,
  responses: {
    200: json(z.object({ items: z.array(Objection) }), 'In force first, then the latest'),
    ...refusals,
  },
})

const record = createRoute({
  method: 'post',
  path: '/objections',
  summary: 'Record an objection or a restriction (steward, data protection officer)',
  description:
    'Obeyed by the next computation, which is asked for at once. The learner and the parents see it.',
  ...signedIn,
  request: body(
    z.object({
      code: z
        .string()
        .trim()
        .min(1)
        .max(50)
        .describe('personal code, or the number the source uses; never kept'),
      kind: ObjectionKind,
      ground: Reason,
      from: NearDay,
      until: NearDay.nullable().default(null).describe('last day; null: until it is withdrawn'),
    }),
  ),
  responses: { 201: json(z.object({ id: z.uuid() }), 'Recorded'), ...writeRefusals },
})

const withdraw = createRoute({
  method: 'post',
  path: '/objections/{id}/withdrawal',
  summary: 'Withdraw an objection or a restriction (steward, data protection officer)',
  ...signedIn,
  request: { ...body(z.object({ why: Reason })), params: z.object({ id: z.uuid() }) },
  responses: { 204: { description: 'Withdrawn' }, ...writeRefusals, ...wrongState },
})

const processing = createRoute({
  method: 'get',
  path: '/processing',
  summary: 'The register of processing: whose data, for what, on which basis; and which data may be joined',
  responses: {
    200: json(z.object({ items: z.array(Processing), linkages: z.array(Linkage) }), 'As of today'),
    ...refusals,
  },
})

const turn = createRoute({
  method: 'post',
  path: '/linkages/{code}',
  summary: 'Switch a linkage on or off, with the reason (data protection officer)',
  description: 'Indicators that need it are computed again, or no longer. The reason is public.',
  ...signedIn,
  request: {
    ...body(z.object({ on: z.boolean(), reason: Reason })),
    params: z.object({ code: Visible.max(40) }),
  },
  responses: { 204: { description: 'Switched' }, ...writeRefusals, ...wrongState },
})

/** @param chromium  path of the browser that makes PDFs; null: there are none */
export function rightsRoutes(api: Api, keys: Keys, chromium: string | null) {
  heldRoutes(api, keys, chromium)

  api.openapi(retention, async (c) =>
    c.json({ items: await c.var.asActor((tx) => listRetention(tx, dayOf(new Date()))) }, 200),
  )

  api.openapi(runs, async (c) => {
    refuseOthers(c)
    return c.json({ items: await c.var.asActor((tx) => listRuns(tx)) }, 200)
  })

  api.openapi(askRun, async (c) => {
    refuseWrite(c, 'protection_officer')
    const { dry } = c.req.valid('json')
    const id = await c.var.asActor(async (tx) => {
      const day = dayOf(new Date())
      // Nobody destroys what nobody has looked at.
      const isCounted = (await listRuns(tx)).some((run) => run.dry && run.day === day && run.state === 'done')
      if (!dry && !isCounted) throw new Problem('wrong_state')
      return askForRun(tx, dry)
    })
    return c.json({ id }, 202)
  })

  api.openapi(objections, async (c) => {
    refuseOthers(c)
    return c.json({ items: await c.var.asActor(listObjections) }, 200)
  })

  api.openapi(record, async (c) => {
    refuseWrite(c)
    const { code, from, until, ...objection } = c.req.valid('json')
    if (until !== null && until < from) {
      const fault = { lv: 'Pēdējā diena ir pirms pirmās.', en: 'The last day is before the first.' }
      throw new Problem('invalid_request', { errors: [{ field: 'until', fault }] })
    }
    const codeHash = sealer(keys).hashCode(code)
    const id = await c.var.asActor((tx) => recordObjection(tx, { ...objection, codeHash, from, until }))
    if (id === null) throw new Problem('not_found')
    return c.json({ id }, 201)
  })

  api.openapi(withdraw, async (c) => {
    refuseWrite(c)
    const { id } = c.req.valid('param')
    const { why } = c.req.valid('json')
    if (!(await c.var.asActor((tx) => withdrawObjection(tx, id, why)))) throw new Problem('wrong_state')
    return c.body(null, 204)
  })

  api.openapi(processing, async (c) => {
    const [items, linkages] = await c.var.asActor(async (tx) => [
      await listProcessing(tx, dayOf(new Date())),
      await listLinkages(tx),
    ])
    return c.json({ items, linkages }, 200)
  })

  api.openapi(turn, async (c) => {
    refuseWrite(c, 'protection_officer')
    const { code } = c.req.valid('param')
    const { on, reason } = c.req.valid('json')
    if (!(await c.var.asActor((tx) => switchLinkage(tx, code, on, reason)))) throw new Problem('wrong_state')
    return c.body(null, 204)
  })
}

const officers = ['steward', 'protection_officer']

/** For everybody else there is nothing here. */
function refuseOthers(c: Context<Env>, only?: 'protection_officer') {
  const { tier } = c.var.caller.actor
  if (only ? tier !== only : !officers.includes(tier)) throw new Problem('not_found')
}

function refuseWrite(c: Context<Env>, only?: 'protection_officer') {
  refuseOthers(c, only)
  refuseForged(c)
}
