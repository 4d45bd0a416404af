import type { Context } from 'hono'
import { z } from 'zod'
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
import { refuseForged, writeAudit } from '#modules/access/index.ts'
import { placeOf } from './connectors.ts'
import { Feed, FeedMessages, FeedRun } from './model.ts'
import { messagesOf, replayMessage, replaySince } from './outbox-store.ts'
import { askRun, feedByUuid, listFeeds, pauseFeed, runsOf } from './store.ts'

const oneFeed = { params: z.object({ id: z.uuid() }), headers: csrfHeaders }

const list = createRoute({
  method: 'get',
  path: '/feeds',
  summary: 'Systems that are asked by themselves, and how each feed stands (steward)',
  ...signedIn,
  responses: { 200: json(z.object({ items: z.array(Feed) }), 'By name'), ...refusals },
})

const one = createRoute({
  method: 'get',
  path: '/feeds/{id}',
  summary: 'One feed and its latest runs (steward)',
  ...signedIn,
  request: { params: z.object({ id: z.uuid() }) },
  responses: {
    200: json(z.object({ feed: Feed, runs: z.array(FeedRun) }), 'The latest 50 runs, newest first'),
    ...refusals,
  },
})

const run = createRoute({
  method: 'post',
  path: '/feeds/{id}/run',
  summary: 'Ask a source now, also where its feed is paused (steward)',
  ...signedIn,
  request: oneFeed,
  responses: { 202: json(Feed, 'A job does it'), ...writeRefusals },
})

const pause = createRoute({
  method: 'post',
  path: '/feeds/{id}/pause',
  summary: 'Let a feed rest; what runs comes to its end (steward)',
  ...signedIn,
  request: oneFeed,
  responses: { 200: json(Feed, 'It rests'), ...writeRefusals, ...wrongState },
})

const resume = createRoute({
  method: 'post',
  path: '/feeds/{id}/resume',
  summary: 'Let a feed go on, beginning now (steward)',
  ...signedIn,
  request: oneFeed,
  responses: { 200: json(Feed, 'It goes on'), ...writeRefusals, ...wrongState },
})

const messages = createRoute({
  method: 'get',
  path: '/feeds/{id}/messages',
  summary: 'What a feed tells another system (steward)',
  ...signedIn,
  request: { params: z.object({ id: z.uuid() }) },
  responses: { 200: json(FeedMessages, 'Given up first, then waiting, then the latest'), ...refusals },
})

const replay = createRoute({
  method: 'post',
  path: '/feeds/{id}/messages/{message}/replay',
  summary: 'Tell a message again that was given up or sent (steward)',
  ...signedIn,
  request: { params: z.object({ id: z.uuid(), message: z.uuid() }), headers: csrfHeaders },
  responses: { 204: { description: 'It waits to be sent' }, ...writeRefusals, ...wrongState },
})

const replayAll = createRoute({
  method: 'post',
  path: '/feeds/{id}/replay',
  summary: 'Tell again what was told or given up since a day (steward)',
  ...signedIn,
  request: {
    ...oneFeed,
    body: {
      required: true,
      content: {
        'application/json': {
          schema: z
            .strictObject({
              since: z.iso.date().describe('day in Latvia'),
              kind: z.enum(['correction', 'level', 'link']).nullable().default(null).describe('null: all'),
            })
            .meta({ id: 'ReplayRequest' }),
        },
      },
    },
  },
  responses: {
    200: json(z.object({ waiting: z.int().describe('messages that wait again') }), 'They wait to be sent'),
    ...writeRefusals,
  },
})

export function feedsRoutes(api: Api) {
  api.openapi(list, async (c) => {
    refuseOthers(c)
    return c.json({ items: await c.var.asActor((tx) => listFeeds(tx, placeOf)) }, 200)
  })

  api.openapi(one, async (c) => {
    refuseOthers(c)
    const { id } = c.req.valid('param')
    const found = await c.var.asActor(async (tx) => {
      const feed = await feedByUuid(tx, id, placeOf)
      return feed && { feed, runs: await runsOf(tx, id) }
    })
    if (!found) throw new Problem('not_found')
    return c.json(found, 200)
  })

  api.openapi(run, async (c) => {
    refuseWrite(c)
    const { id } = c.req.valid('param')
    const feed = await c.var.asActor(async (tx) => {
      if ((await askRun(tx, id)) === null) throw new Problem('not_found')
      await writeAudit(tx, { action: 'run_feed', object: `feed ${id}`, outcome: 'done' })
      return feedByUuid(tx, id, placeOf)
    })
    return c.json(feed!, 202)
  })

  api.openapi(pause, async (c) => c.json(await turned(c, c.req.valid('param').id, true), 200))
  api.openapi(resume, async (c) => c.json(await turned(c, c.req.valid('param').id, false), 200))

  api.openapi(messages, async (c) => {
    refuseOthers(c)
    const { id } = c.req.valid('param')
    const found = await c.var.asActor(async (tx) =>
      (await feedByUuid(tx, id, placeOf)) ? messagesOf(tx, id) : null,
    )
    if (!found) throw new Problem('not_found')
    return c.json(found, 200)
  })

  api.openapi(replay, async (c) => {
    refuseWrite(c)
    const { message } = c.req.valid('param')
    await c.var.asActor(async (tx) => {
      if (!(await replayMessage(tx, message))) throw new Problem('wrong_state')
      await writeAudit(tx, { action: 'replay_message', object: `message ${message}`, outcome: 'done' })
    })
    return c.body(null, 204)
  })

  api.openapi(replayAll, async (c) => {
    refuseWrite(c)
    const { id } = c.req.valid('param')
    const asked = c.req.valid('json')
    const waiting = await c.var.asActor(async (tx) => {
      const told = await replaySince(tx, id, asked)
      if (told === null) throw new Problem('not_found')
      await writeAudit(tx, {
        action: 'replay_message',
        object: `feed ${id} since ${asked.since}`,
        outcome: 'done',
      })
      return told
    })
    return c.json({ waiting }, 200)
  })
}

/** Feeds are for stewards; for everybody else there are none. */
function refuseOthers(c: Context<Env>) {
  if (c.var.caller.actor.tier !== 'steward') throw new Problem('not_found')
}

function refuseWrite(c: Context<Env>) {
  refuseOthers(c)
  refuseForged(c)
}

/** Pauses a feed or lets it go on, and writes that into the audit trail. */
async function turned(c: Context<Env>, id: string, pausing: boolean): Promise<Feed> {
  refuseWrite(c)
  return c.var.asActor(async (tx) => {
    const done = await pauseFeed(tx, id, pausing)
    if (done === null) throw new Problem('not_found')
    if (!done) throw new Problem('wrong_state')
    const action = pausing ? 'pause_feed' : 'resume_feed'
    await writeAudit(tx, { action, object: `feed ${id}`, outcome: 'done' })
    return (await feedByUuid(tx, id, placeOf))!
  })
}
