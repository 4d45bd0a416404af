import type { Context } from 'hono'
import { streamSSE } from 'hono/streaming'
import { z } from 'zod'
import type { Database } from '#db/connection.ts'
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
import { body, one } from '../asking.ts'
import { BoardFeed } from './board-feed.ts'
import { type LeadFault, lead, leadOne, listRooms, readBoard, readBoardNames } from './board-store.ts'
import { Board, BoardNames, LeadOne, LeadStep, Room } from './model.ts'

const QUIET = 700 // ms between two looks at one board, however much happens
const LASTS = 15 * 60_000 // ms; then the browser asks again, and is asked again who it is
const BEAT = 10_000 // ms without news after which the board is looked at anyway: who was not heard is told by time alone

const rooms = createRoute({
  method: 'get',
  path: '/sittings/rooms',
  summary: 'Sessions of the own institution that the caller may lead (school, teacher)',
  ...signedIn,
  responses: { 200: json(z.object({ items: z.array(Room) }), 'In the order they are planned'), ...refusals },
})
const board = createRoute({
  method: 'get',
  path: '/sessions/{id}/board',
  summary: 'Where everybody of a session is, without names (school, teacher of the institution)',
  ...signedIn,
  request: one,
  responses: { 200: json(Board, 'As it stands now'), ...refusals },
})
const names = createRoute({
  method: 'get',
  path: '/sessions/{id}/board/names',
  summary:
    'Who is in a session, by name; every reading is written down (school, teacher while the round is open)',
  ...signedIn,
  request: one,
  responses: { 200: json(BoardNames, 'By participant'), ...refusals },
})
const leading = createRoute({
  method: 'post',
  path: '/sessions/{id}/board',
  summary: 'Open the waiting room, start or end a session (school, teacher of the institution)',
  ...signedIn,
  request: { ...one, headers: csrfHeaders, body: body(LeadStep) },
  responses: { 200: json(Board, 'As it stands now'), ...writeRefusals, ...wrongState },
})
const leadingOne = createRoute({
  method: 'post',
  path: '/sessions/{id}/board/{participant}',
  summary:
    'Give one pupil more minutes, or let it in again after it was done (school, teacher of the institution)',
  ...signedIn,
  request: {
    params: one.params.extend({ participant: z.uuid() }),
    headers: csrfHeaders,
    body: body(LeadOne),
  },
  responses: { 200: json(Board, 'As it stands now'), ...writeRefusals, ...wrongState },
})

/** The side of who leads a session. */
export function boardRoutes(api: Api, { db, keys }: { db: Database; keys: Keys }) {
  const feed = new BoardFeed(db)

  api.openapi(rooms, async (c) => {
    refuseOthers(c)
    return c.json({ items: await c.var.asActor(listRooms) }, 200)
  })

  api.openapi(board, async (c) => c.json((await boardOf(c, c.req.valid('param').id)).board, 200))

  api.openapi(names, async (c) => {
    refuseOthers(c)
    const { id } = c.req.valid('param')
    const items = await c.var.asActor((tx) => readBoardNames(tx, keys, id))
    if (items.length === 0) throw new Problem('not_found')
    return c.json({ items }, 200)
  })

  // A stream has no end that a document of answers could describe.
  api.get('/sessions/:id/board/events', async (c) => {
    const id = z.uuid().safeParse(c.req.param('id')).data
    if (!id) throw new Problem('not_found')
    const { sessionId } = await boardOf(c, id)
    return streamSSE(c, async (stream) => {
      let news = Promise.withResolvers<void>()
      const stop = feed.watch(sessionId, () => news.resolve())
      stream.onAbort(() => {
        stop()
        news.resolve()
      })
      try {
        const until = performance.now() + LASTS
        while (!stream.aborted && performance.now() < until) {
          news = Promise.withResolvers()
          const { board: now } = await boardOf(c, id)
          await stream.writeSSE({ data: JSON.stringify(now) })
          await Promise.race([news.promise, stream.sleep(BEAT)])
          await stream.sleep(QUIET)
        }
      } finally {
        stop()
      }
    })
  })

  api.openapi(leading, async (c) => {
    refuseWrite(c)
    const { id } = c.req.valid('param')
    const { step } = c.req.valid('json')
    refuse(await c.var.asActor((tx) => lead(tx, id, step)))
    return c.json((await boardOf(c, id)).board, 200)
  })

  api.openapi(leadingOne, async (c) => {
    refuseWrite(c)
    const { id, participant } = c.req.valid('param')
    const asked = c.req.valid('json')
    const minutes = asked.step === 'minutes' ? asked.minutes : null
    refuse(await c.var.asActor((tx) => leadOne(tx, id, participant, asked.step, minutes)))
    return c.json((await boardOf(c, id)).board, 200)
  })
}

async function boardOf(c: Context<Env>, id: string) {
  refuseOthers(c)
  const found = await c.var.asActor((tx) => readBoard(tx, id))
  if (!found) throw new Problem('not_found')
  return found
}

/** After the transaction, so that what it wrote into the audit trail stays. */
function refuse(fault: LeadFault | null) {
  if (fault === 'not_there') throw new Problem('not_found')
  if (fault) throw new Problem(fault === 'not_open' ? 'session_not_open' : 'wrong_state')
}

function refuseOthers(c: Context<Env>) {
  const { tier } = c.var.caller.actor
  if (tier !== 'school' && tier !== 'teacher') throw new Problem('not_found')
}

function refuseWrite(c: Context<Env>) {
  refuseOthers(c)
  refuseForged(c)
}
