import type { Context } from 'hono'
import { z } from 'zod'
import type { Tx } from '#db/actor.ts'
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
import { body, one, problemOf, there } from '../asking.ts'
import { NamedLeaders, SaidParticipation, SchoolSession, SessionCodes, SessionDetail } from './model.ts'
import {
  ownSessions,
  printCodes,
  readSession,
  sayParticipation,
  setLeaders,
  setSession,
} from './school-store.ts'

const list = createRoute({
  method: 'get',
  path: '/sessions',
  summary: 'Sessions of monitoring tests in the own school (head)',
  ...signedIn,
  responses: { 200: json(z.object({ items: z.array(SchoolSession) }), 'Nobody is named'), ...refusals },
})

const detail = createRoute({
  method: 'get',
  path: '/sessions/{id}',
  summary: 'A session of the own school with its pupils by name; the reading is written down',
  ...signedIn,
  request: one,
  responses: { 200: json(SessionDetail, 'By name'), ...refusals },
})

const print = createRoute({
  method: 'get',
  path: '/sessions/{id}/codes',
  summary: 'Codes of a session of the own school, to be printed and cut; the reading is written down',
  ...signedIn,
  request: one,
  responses: { 200: json(SessionCodes, 'Of pupils who are not exempt'), ...refusals },
})

const plan = createRoute({
  method: 'post',
  path: '/sessions/{id}/time',
  summary: 'Say when a session of the own school is to be (head)',
  ...signedIn,
  request: {
    ...one,
    headers: csrfHeaders,
    body: body(z.object({ plannedAt: z.iso.datetime({ offset: true }) })),
  },
  responses: { 200: json(SchoolSession, 'As it is planned now'), ...writeRefusals, ...wrongState },
})

const nameLeaders = createRoute({
  method: 'post',
  path: '/sessions/{id}/leaders',
  summary: 'Name the teachers who lead a session of the own school; with nobody, all of them may (head)',
  ...signedIn,
  request: { ...one, headers: csrfHeaders, body: body(NamedLeaders) },
  responses: { 200: json(SchoolSession, 'The session'), ...writeRefusals, ...wrongState },
})

const say = createRoute({
  method: 'post',
  path: '/sessions/{id}/participants/{participant}',
  summary:
    'Say of a pupil of the own school: will sit, is absent, is exempt by order; and what the child needs (head)',
  ...signedIn,
  request: {
    params: one.params.extend({ participant: z.uuid() }),
    headers: csrfHeaders,
    body: body(SaidParticipation),
  },
  responses: {
    200: json(SchoolSession, 'The session with its counts as they are now'),
    ...writeRefusals,
    ...wrongState,
  },
})

/**
 * Sessions of a school, for its head.
 *
 * @param keys  open sealed names and make the codes that are printed; only here, only for the own school
 */
export function sessionRoutes(api: Api, keys: Keys) {
  api.openapi(list, async (c) => c.json({ items: await asHead(c, (tx) => ownSessions(tx)) }, 200))
  api.openapi(detail, async (c) => {
    const { id } = c.req.valid('param')
    return c.json(there(await asHead(c, (tx) => readSession(tx, keys, id))), 200)
  })
  api.openapi(print, async (c) => {
    const { id } = c.req.valid('param')
    return c.json(there(await asHead(c, (tx) => printCodes(tx, keys, id))), 200)
  })
  api.openapi(plan, async (c) => {
    refuseForged(c)
    const { id } = c.req.valid('param')
    const { plannedAt } = c.req.valid('json')
    return c.json(await settled(c, id, (tx) => setSession(tx, id, plannedAt)), 200)
  })
  api.openapi(nameLeaders, async (c) => {
    refuseForged(c)
    const { id } = c.req.valid('param')
    const { leaders } = c.req.valid('json')
    return c.json(await settled(c, id, (tx) => setLeaders(tx, id, leaders)), 200)
  })
  api.openapi(say, async (c) => {
    refuseForged(c)
    const { id, participant } = c.req.valid('param')
    const said = c.req.valid('json')
    return c.json(await settled(c, id, (tx) => sayParticipation(tx, id, participant, said)), 200)
  })
}

/** Work as the head of a school; for everybody else there are no sessions. */
function asHead<Found>(c: Context<Env>, work: (tx: Tx) => Promise<Found>): Promise<Found> {
  if (c.var.caller.actor.tier !== 'school') throw new Problem('not_found')
  return c.var.asActor(work)
}

/** Does something with a session and answers how it stands; a refusal comes after the transaction, which wrote it down. */
async function settled(c: Context<Env>, id: string, work: (tx: Tx) => Promise<string | null>) {
  const { fault, session } = await asHead(c, async (tx) => ({
    fault: await work(tx),
    session: (await ownSessions(tx, id))[0] ?? null,
  }))
  if (fault) throw problemOf(fault)
  return there(session)
}
