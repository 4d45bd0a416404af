import type { Context } from 'hono'
import { z } from 'zod'
import type { Tx } from '#db/actor.ts'
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
import { isStorable } from '#terms/text.ts'
import { asDutyHolder, body, there } from '../asking.ts'
import type { Duty } from '../lifecycle.ts'
import { faultOf, isOfInput } from './faults.ts'
import { DecisionKind, RoundToScale, RunDetail, ScalingOfRound } from './model.ts'
import { answer, isDone } from './panel-store.ts'
import { listRounds, roundByCode, runByNumber } from './reading-store.ts'

const Text = z.string().trim().max(1000).refine(isStorable)
const Code = z.string().min(1).max(80).refine(isStorable)
const one = { params: z.object({ code: Code }) }

const rounds = createRoute({
  method: 'get',
  path: '/scaling/rounds',
  summary: 'Rounds of monitoring tests and how far their scaling is (psychometrician)',
  ...signedIn,
  responses: { 200: json(z.object({ items: z.array(RoundToScale) }), 'The latest first'), ...refusals },
})

const round = createRoute({
  method: 'get',
  path: '/scaling/rounds/{code}',
  summary: 'A round: its runs, what was decided about its items, panels and standards (psychometrician)',
  ...signedIn,
  request: one,
  responses: { 200: json(ScalingOfRound, 'The round'), ...refusals },
})

const ask = createRoute({
  method: 'post',
  path: '/scaling/rounds/{code}/runs',
  summary: 'Have a closed round scaled; once results were released, only with a reason (psychometrician)',
  ...signedIn,
  request: {
    ...one,
    headers: csrfHeaders,
    body: body(
      z.object({ seed: z.number().int().min(0).max(2_147_483_647).default(1), reason: Text.default('') }),
    ),
  },
  responses: { 202: json(ScalingOfRound, 'A job makes the run'), ...writeRefusals, ...wrongState },
})

const run = createRoute({
  method: 'get',
  path: '/scaling/rounds/{code}/runs/{number}',
  summary: 'The report of a run, also of one that is not in force any more (psychometrician)',
  description:
    'It tells which option of a secret item is right; every reading is written into the audit trail.',
  ...signedIn,
  request: { params: one.params.extend({ number: z.coerce.number().int().min(1).max(32_767) }) },
  responses: { 200: json(RunDetail, 'Of items and groups, nobody’s own result'), ...refusals },
})

const decide = createRoute({
  method: 'post',
  path: '/scaling/rounds/{code}/decisions',
  summary: 'Leave an item or an anchor out, or count it again, from the next run on (psychometrician)',
  ...signedIn,
  request: {
    ...one,
    headers: csrfHeaders,
    body: body(z.object({ item: Code, kind: DecisionKind, reason: Text.min(1) })),
  },
  responses: { 201: json(ScalingOfRound, 'With the decision'), ...writeRefusals, ...wrongState },
})

/** Scaling of rounds, for psychometricians. To everybody else there is none. */
export function scalingRoutes(api: Api) {
  api.openapi(rounds, async (c) => c.json({ items: await asPsychometrician(c, listRounds) }, 200))

  api.openapi(round, async (c) => {
    const { code } = c.req.valid('param')
    return c.json(there(await asPsychometrician(c, (tx) => roundByCode(tx, code))), 200)
  })

  api.openapi(ask, async (c) => {
    refuseForged(c)
    const { code } = c.req.valid('param')
    const { seed, reason } = c.req.valid('json')
    const done = await asPsychometrician(c, async (tx) => {
      refuse(await answer(tx, 'assessments.ask_scaling($1, $2, $3)', [code, seed, reason]))
      return roundByCode(tx, code)
    })
    return c.json(there(done), 202)
  })

  api.openapi(run, async (c) => {
    const { code, number } = c.req.valid('param')
    const found = await asPsychometrician(c, (tx) => runByNumber(tx, code, number))
    c.header('cache-control', 'private, no-store')
    return c.json(there(found), 200)
  })

  api.openapi(decide, async (c) => {
    refuseForged(c)
    const { code } = c.req.valid('param')
    const { item, kind, reason } = c.req.valid('json')
    const done = await asPsychometrician(c, async (tx) => {
      const isNew = await isDone(tx, 'assessments.decide_scaling($1, $2, $3, $4)', [code, item, kind, reason])
      refuse(isNew ? null : 'no_such_item')
      return roundByCode(tx, code)
    })
    return c.json(there(done), 201)
  })
}

/** Work as a psychometrician; for everybody else there is no such thing. */
export function asPsychometrician<Found>(
  c: Context<Env>,
  work: (tx: Tx, duties: readonly Duty[]) => Promise<Found>,
): Promise<Found> {
  return asDutyHolder(c, async (tx, duties) => {
    if (!duties.includes('psychometrician')) throw new Problem('not_found')
    return work(tx, duties)
  })
}

/** Throws what the database said against it; null: nothing. */
export function refuse(why: string | null): void {
  if (why === null) return
  if (why === 'not_there') throw new Problem('not_found')
  throw new Problem(isOfInput(why) ? 'invalid_request' : 'wrong_state', { errors: [faultOf(why)] })
}
