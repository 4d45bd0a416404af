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
import { parseMapping } from '../mapping/load-mapping.ts'
import type { Mapping } from '../mapping/mapping.ts'
import { ImportProblem } from '../rules.ts'
import { KeptMapping, KeptMappingDetail } from './upload-model.ts'
import { keepMapping, listMappings, mappingByUuid } from './upload-store.ts'

const list = createRoute({
  method: 'get',
  path: '/mappings',
  summary: 'Mappings kept by name, with their versions (steward)',
  ...signedIn,
  responses: {
    200: json(z.object({ items: z.array(KeptMapping) }), 'By name, the newest version first'),
    ...refusals,
  },
})

const one = createRoute({
  method: 'get',
  path: '/mappings/{id}',
  summary: 'One version of a mapping (steward)',
  ...signedIn,
  request: { params: z.object({ id: z.uuid() }) },
  responses: { 200: json(KeptMappingDetail, 'As it was kept'), ...refusals },
})

const keep = createRoute({
  method: 'post',
  path: '/mappings',
  summary: 'Keep a mapping as the next version of its name (steward)',
  ...signedIn,
  request: {
    headers: csrfHeaders,
    body: {
      required: true,
      content: {
        'application/json': {
          schema: z.object({ mapping: z.record(z.string(), z.unknown()) }).meta({ id: 'MappingRequest' }),
        },
      },
    },
  },
  responses: {
    201: json(KeptMappingDetail, 'Kept; the same as the latest version is that one'),
    ...writeRefusals,
  },
})

/** Mappings that stewards keep, so that the next file of a source needs none. */
export function keptMappingRoutes(api: Api) {
  api.openapi(list, async (c) => {
    refuseOthers(c)
    return c.json({ items: await c.var.asActor(listMappings) }, 200)
  })

  api.openapi(one, async (c) => {
    refuseOthers(c)
    const { id } = c.req.valid('param')
    const found = await c.var.asActor((tx) => mappingByUuid(tx, id))
    if (!found) throw new Problem('not_found')
    return c.json(found, 200)
  })

  api.openapi(keep, async (c) => {
    refuseOthers(c)
    refuseForged(c)
    const mapping = fitting(c.req.valid('json').mapping)
    const kept = await c.var.asActor(async (tx) => {
      const id = await keepMapping(tx, mapping)
      await writeAudit(tx, { action: 'keep_mapping', object: `mapping ${id}`, outcome: 'done' })
      return mappingByUuid(tx, id)
    })
    return c.json(kept!, 201)
  })
}

/** @throws Problem that names the fields which are wrong */
function fitting(mapping: object): Mapping {
  const refused = (fault: { lv: string; en: string }) =>
    new Problem('invalid_request', { errors: [{ field: 'mapping', fault }] })
  // PostgreSQL has no text with a NUL in it.
  if (JSON.stringify(mapping).includes('\\u0000')) {
    throw refused({ lv: 'Kartējumā ir nulles zīme.', en: 'The mapping has a NUL.' })
  }
  try {
    return parseMapping(mapping)
  } catch (error) {
    throw error instanceof ImportProblem ? refused(error.words) : error
  }
}

/** Mappings are for stewards; for everybody else there are none. */
function refuseOthers(c: Context<Env>) {
  if (c.var.caller.actor.tier !== 'steward') throw new Problem('not_found')
}
