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
} from '#http/route.ts'
import { refuseForged, writeAudit } from '#modules/access/index.ts'
import { askExtract, ownCodebook, ownExtracts, ownPart } from './extract-store.ts'
import { ExtractAsked, ExtractRequest } from './model.ts'

const oneExtract = z.object({ id: z.uuid() })

const list = createRoute({
  method: 'get',
  path: '/extracts',
  summary: 'Extracts of records that the caller asked for (analyst)',
  ...signedIn,
  responses: { 200: json(z.object({ items: z.array(ExtractRequest) }), 'The latest first'), ...refusals },
})

const ask = createRoute({
  method: 'post',
  path: '/extracts',
  summary: 'Ask for an extract; a job makes it (analyst)',
  ...signedIn,
  description: 'Five a day at most. Asking and every fetching of a file stand in the audit trail.',
  request: {
    headers: csrfHeaders,
    body: { required: true, content: { 'application/json': { schema: ExtractAsked } } },
  },
  responses: { 201: json(ExtractRequest, 'It waits to be made'), ...writeRefusals },
})

const one = createRoute({
  method: 'get',
  path: '/extracts/{id}',
  summary: 'An own extract with its files (analyst)',
  ...signedIn,
  request: { params: oneExtract },
  responses: { 200: json(ExtractRequest, 'files is empty until it is made'), ...refusals },
})

const codebook = createRoute({
  method: 'get',
  path: '/extracts/{id}/codebook.json',
  summary: 'What stands in the files of an own extract, and how coarse it was made (analyst)',
  ...signedIn,
  request: { params: oneExtract },
  responses: {
    200: json(z.record(z.string(), z.unknown()), 'CSV on the Web, with ikms: terms'),
    ...refusals,
  },
})

const PARQUET = 'application/vnd.apache.parquet'
const file = createRoute({
  method: 'get',
  path: '/extracts/{id}/files/{name}',
  summary: 'A file of an own extract as Parquet (analyst)',
  ...signedIn,
  request: { params: oneExtract.extend({ name: z.string().max(120) }) },
  responses: { 200: { description: 'Parquet', content: { [PARQUET]: { schema: z.string() } } }, ...refusals },
})

export function extractRoutes(api: Api) {
  api.openapi(list, async (c) => {
    refuseOthers(c)
    return c.json({ items: await c.var.asActor((tx) => ownExtracts(tx)) }, 200)
  })

  api.openapi(ask, async (c) => {
    refuseOthers(c)
    refuseForged(c)
    const { firstYear, lastYear } = c.req.valid('json')
    const asked = await c.var.asActor(async (tx) => {
      const id = await askExtract(tx, firstYear, lastYear)
      return id === null ? null : (await ownExtracts(tx, id))[0]
    })
    if (!asked) throw new Problem('rate_limited', { retryAfter: 86_400 })
    return c.json(asked, 201)
  })

  api.openapi(one, async (c) => {
    refuseOthers(c)
    const [found] = await c.var.asActor((tx) => ownExtracts(tx, c.req.valid('param').id))
    if (!found) throw new Problem('not_found')
    return c.json(found, 200)
  })

  api.openapi(codebook, async (c) => {
    refuseOthers(c)
    const found = await c.var.asActor((tx) => ownCodebook(tx, c.req.valid('param').id))
    if (!found) throw new Problem('not_found')
    return c.json(found as Record<string, unknown>, 200)
  })

  api.openapi(file, async (c) => {
    refuseOthers(c)
    const { id, name } = c.req.valid('param')
    const { asActor } = c.var
    const first = await asActor(async (tx) => {
      const part = await ownPart(tx, id, name, 0)
      const outcome = part ? 'shown' : 'not_found'
      await writeAudit(tx, { action: 'read_extract', object: `extract ${id}`, outcome })
      return part
    })
    if (!first) throw new Problem('not_found')
    return c.body(
      inParts(first, (part) => asActor((tx) => ownPart(tx, id, name, part))),
      200,
      {
        'content-type': PARQUET,
        'content-disposition': `attachment; filename="${name}"`,
        'cache-control': 'private, no-store',
      },
    )
  })
}

/** For everybody but the analyst there are no extracts. */
function refuseOthers(c: Context<Env>) {
  if (c.var.caller.actor.tier !== 'analyst') throw new Problem('not_found')
  c.header('cache-control', 'private, no-store')
}

/** A file part by part, as fast as it is taken; every part is read under the rights of who asks. */
function inParts(first: Buffer, next: (part: number) => Promise<Buffer | null>): ReadableStream<Uint8Array> {
  let part = 0
  let held: Buffer | null = first
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        if (held === null) return controller.close()
        controller.enqueue(new Uint8Array(held))
        part += 1
        held = await next(part)
        if (held === null) controller.close()
      },
    },
    { highWaterMark: 0 },
  )
}
