import { z } from 'zod'
import type { Keys } from '#db/keys.ts'
import { Problem } from '#http/problem.ts'
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
import { isStorable } from '#terms/text.ts'
import { there } from '../asking.ts'
import { LookWish, MarkedAnswers, OwnLooks } from './look-model.ts'
import { askSchool, lookWishes, markedAnswers, ownLooks } from './look-store.ts'

const round = z.string().min(1).max(40).refine(isStorable).describe('code')

const answers = createRoute({
  method: 'get',
  path: '/marking/second-looks/answers',
  summary: 'Answers of an own pupil that people marked, to choose which one to have looked at again (head)',
  ...signedIn,
  request: { query: z.object({ learner: z.uuid(), round }) },
  responses: { 200: json(MarkedAnswers, 'By place; the reading is written down'), ...refusals },
})

const wishes = createRoute({
  method: 'get',
  path: '/marking/second-looks/wishes',
  summary: 'What families of the own school asked to have looked at again (head)',
  ...signedIn,
  responses: {
    200: json(z.object({ items: z.array(LookWish) }), 'Newest first; the reading is written down'),
    ...refusals,
  },
})

const own = createRoute({
  method: 'get',
  path: '/marking/second-looks/own',
  summary: 'Second looks at the own test (learner, parent)',
  ...signedIn,
  request: { query: z.object({ round }) },
  responses: { 200: json(OwnLooks, 'What was asked and what came of it'), ...refusals },
})

const ask = createRoute({
  method: 'post',
  path: '/marking/second-looks/own',
  summary: 'Ask the school to have the own result looked at again, once (learner, parent)',
  ...signedIn,
  request: {
    headers: csrfHeaders,
    body: {
      required: true,
      content: {
        'application/json': {
          schema: z.object({ round, reason: z.string().trim().min(1).max(2000).refine(isStorable) }),
        },
      },
    },
  },
  responses: { 201: json(OwnLooks, 'The school sees it'), ...writeRefusals, ...wrongState },
})

const families = ['learner', 'parent']

/** Second looks as the head of a school and a family come to them. */
export function lookRoutes(api: Api, keys: Keys) {
  api.openapi(answers, async (c) => {
    if (c.var.caller.actor.tier !== 'school') throw new Problem('not_found')
    const { learner, round } = c.req.valid('query')
    return c.json(there(await c.var.asActor((tx) => markedAnswers(tx, keys, learner, round))), 200)
  })

  api.openapi(wishes, async (c) => {
    if (c.var.caller.actor.tier !== 'school') throw new Problem('not_found')
    return c.json({ items: await c.var.asActor((tx) => lookWishes(tx, keys)) }, 200)
  })

  api.openapi(own, async (c) => {
    if (!families.includes(c.var.caller.actor.tier)) throw new Problem('not_found')
    const { round } = c.req.valid('query')
    return c.json(await c.var.asActor((tx) => ownLooks(tx, round)), 200)
  })

  api.openapi(ask, async (c) => {
    refuseForged(c)
    if (!families.includes(c.var.caller.actor.tier)) throw new Problem('not_found')
    const { round, reason } = c.req.valid('json')
    const { why, found } = await c.var.asActor(async (tx) => ({
      why: await askSchool(tx, round, reason),
      found: await ownLooks(tx, round),
    }))
    if (why !== null) throw new Problem(why === 'not_there' ? 'not_found' : 'wrong_state')
    return c.json(found, 201)
  })
}
