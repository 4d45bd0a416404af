import type { Context } from 'hono'
import { asActor } from '#db/actor.ts'
import type { Database } from '#db/connection.ts'
import type { Keys } from '#db/keys.ts'
import { Problem } from '#http/problem.ts'
import { type Api, always, createRoute, type Env, json, writeRefusals, wrongState } from '#http/route.ts'
import { failureWords } from '#modules/jobs/index.ts'
import { askDemo, cancelDemo, demoJob, isFresh } from './demo-store.ts'
import { Demo, DemoTicket } from './model.ts'
import { isTicket, ticketOf } from './ticket.ts'

const look = createRoute({
  method: 'get',
  path: '/demo',
  summary: 'Whether a made-up Latvia can be loaded here, and how far it is',
  responses: { 200: json(Demo, 'Never kept by anybody'), ...always },
})

const body = { required: true, content: { 'application/json': { schema: DemoTicket } } }

const ask = createRoute({
  method: 'post',
  path: '/demo',
  summary: 'Make and load a made-up Latvia: only into a system that nobody uses yet, from the machine itself',
  request: { body },
  responses: { 202: json(Demo, 'It waits for its turn'), ...writeRefusals, ...wrongState },
})

const cancel = createRoute({
  method: 'delete',
  path: '/demo',
  summary: 'Stop it; what is not finished is not kept',
  request: { body },
  responses: { 200: json(Demo, 'It comes to its end soon'), ...writeRefusals, ...wrongState },
})

/**
 * Asked for before there is anybody to sign in, so by other rules than every other write: from the machine itself, with a ticket of
 * our own page, where the bank is fresh.
 *
 * @param offersDemo  this system is somebody's own: an embedded database, and no sign-in provider
 */
export function setupRoutes(
  api: Api,
  { db, keys, offersDemo }: { db: Database; keys: Keys; offersDemo: boolean },
) {
  const mayAsk = (c: Context<Env>) => offersDemo && c.var.isLocal
  // As nobody: whoever is signed in already sees how it goes on, and may no more than anybody.
  const asNobody = <T>(c: Context<Env>, work: Parameters<typeof asActor<T>>[2]) =>
    asActor(db, { tier: 'public', requestId: c.var.requestId }, work)

  const told = (c: Context<Env>): Promise<Demo> =>
    asNobody(c, async (tx) => {
      const job = offersDemo ? await demoJob(tx) : null
      const offered = mayAsk(c) && (await isFresh(tx))
      const isUnderWay = job?.state === 'waiting' || job?.state === 'running'
      return {
        offered,
        ticket: mayAsk(c) && (offered || isUnderWay) ? ticketOf(keys, Date.now()) : null,
        // What stopped an earlier try is over while it is tried again.
        job: job && {
          ...job,
          failure: job.state === 'failed' && job.failure ? failureWords[job.failure] : null,
        },
      }
    })

  const refuseOthers = (c: Context<Env>, ticket: string) => {
    if (!mayAsk(c)) throw new Problem('not_found')
    if (!isTicket(keys, ticket, Date.now())) throw new Problem('wrong_csrf')
  }

  api.openapi(look, async (c) => c.json(await told(c), 200, { 'cache-control': 'no-store' }))

  api.openapi(ask, async (c) => {
    refuseOthers(c, c.req.valid('json').ticket)
    if (!(await asNobody(c, askDemo))) throw new Problem('wrong_state')
    return c.json(await told(c), 202)
  })

  api.openapi(cancel, async (c) => {
    refuseOthers(c, c.req.valid('json').ticket)
    if (!(await asNobody(c, cancelDemo))) throw new Problem('wrong_state')
    return c.json(await told(c), 200)
  })
}
