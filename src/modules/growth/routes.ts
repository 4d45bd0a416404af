import { z } from 'zod'
import { Problem } from '#http/problem.ts'
import { type Api, createRoute, json, refusals, signedIn } from '#http/route.ts'
import { SchoolGrowth } from './model.ts'
import { schoolGrowth } from './store.ts'

const ofSchool = createRoute({
  method: 'get',
  path: '/growth/schools/{id}',
  summary:
    'Growth of the pupils of a school from grade 3 to grade 6 (school: own; municipality and inspector: theirs; analyst: all)',
  ...signedIn,
  description:
    'Compared with pupils elsewhere who started level. One school at a time: there is no list and no order of schools. Of a school the caller does not answer for there is nothing: 404.',
  request: { params: z.object({ id: z.uuid() }) },
  responses: { 200: json(SchoolGrowth, 'Without figures where growth cannot be known yet'), ...refusals },
})

const readers: ReadonlySet<string> = new Set(['school', 'municipality', 'inspector', 'analyst'])

export function growthRoutes(api: Api) {
  api.openapi(ofSchool, async (c) => {
    const { id } = c.req.valid('param')
    if (!readers.has(c.var.caller.actor.tier)) throw new Problem('not_found')
    const found = await c.var.asActor((tx) => schoolGrowth(tx, id))
    if (!found) throw new Problem('not_found')
    c.header('cache-control', 'private, no-store')
    return c.json(found, 200)
  })
}
