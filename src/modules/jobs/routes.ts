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
import { refuseForged, writeAudit } from '#modules/access/index.ts'
import { Job, JobRequest } from './model.ts'
import { askForJob, cancelJob, jobById, listJobs, retryJob } from './store.ts'

const oneJob = { params: z.object({ id: z.uuid() }), headers: csrfHeaders }

const list = createRoute({
  method: 'get',
  path: '/jobs',
  summary: 'Jobs that run, wait or have ended (steward)',
  ...signedIn,
  responses: {
    200: json(z.object({ items: z.array(Job) }), 'Running and waiting first, then the latest; 200'),
    ...refusals,
  },
})

const one = createRoute({
  method: 'get',
  path: '/jobs/{id}',
  summary: 'One job and how far it is (steward)',
  ...signedIn,
  request: { params: z.object({ id: z.uuid() }) },
  responses: { 200: json(Job, 'As it stands now'), ...refusals },
})

const ask = createRoute({
  method: 'post',
  path: '/jobs',
  summary: 'Ask for a job; where one of the kind waits already, it is that one (steward)',
  ...signedIn,
  request: {
    headers: csrfHeaders,
    body: { required: true, content: { 'application/json': { schema: JobRequest } } },
  },
  responses: { 202: json(Job, 'It waits for its turn'), ...writeRefusals },
})

const cancel = createRoute({
  method: 'post',
  path: '/jobs/{id}/cancel',
  summary: 'Take a job out of the queue, or stop it (steward)',
  ...signedIn,
  request: oneJob,
  responses: {
    200: json(Job, 'Cancelled; what ran comes to its end soon'),
    ...writeRefusals,
    ...wrongState,
  },
})

const retry = createRoute({
  method: 'post',
  path: '/jobs/{id}/retry',
  summary: 'Put a failed or cancelled job back into the queue (steward)',
  ...signedIn,
  request: oneJob,
  responses: { 200: json(Job, 'It waits for its turn'), ...writeRefusals, ...wrongState },
})

export function jobsRoutes(api: Api) {
  api.openapi(list, async (c) => {
    refuseOthers(c)
    return c.json({ items: await c.var.asActor(listJobs) }, 200)
  })

  api.openapi(one, async (c) => {
    refuseOthers(c)
    const { id } = c.req.valid('param')
    const found = await c.var.asActor((tx) => jobById(tx, id))
    if (!found) throw new Problem('not_found')
    return c.json(found, 200)
  })

  api.openapi(ask, async (c) => {
    refuseWrite(c)
    const { kind, thenPublish } = c.req.valid('json')
    const payload = kind === 'compute' ? { thenPublish } : {}
    const job = await c.var.asActor(async (tx) =>
      written(tx, 'ask_job', await askForJob(tx, kind, payload), true),
    )
    return c.json(job, 202)
  })

  api.openapi(cancel, async (c) => {
    refuseWrite(c)
    const { id } = c.req.valid('param')
    return c.json(
      await c.var.asActor(async (tx) => written(tx, 'cancel_job', id, await cancelJob(tx, id))),
      200,
    )
  })

  api.openapi(retry, async (c) => {
    refuseWrite(c)
    const { id } = c.req.valid('param')
    return c.json(
      await c.var.asActor(async (tx) => written(tx, 'retry_job', id, await retryJob(tx, id))),
      200,
    )
  })
}

/** Jobs are for stewards; for everybody else there are none. */
function refuseOthers(c: Context<Env>) {
  if (c.var.caller.actor.tier !== 'steward') throw new Problem('not_found')
}

function refuseWrite(c: Context<Env>) {
  refuseOthers(c)
  refuseForged(c)
}

/** Writes into the audit trail what was done to a job, and gives the job as it stands then. */
async function written(tx: Tx, action: string, id: string, isDone: boolean): Promise<Job> {
  const job = await jobById(tx, id)
  if (!job) throw new Problem('not_found')
  if (!isDone) throw new Problem('wrong_state')
  await writeAudit(tx, { action, object: `job ${id}`, outcome: 'done' })
  return job
}
