import { z } from 'zod'
import { etagByDataVersion } from '#http/etag.ts'
import { Problem } from '#http/problem.ts'
import { type Api, createRoute, json, refusals, unchanged } from '#http/route.ts'
import { Day } from '#terms/day.ts'
import { Classifier } from '../model.ts'
import { listClassifiers } from './store.ts'

const day = Day.optional().describe(
  'only codes that hold on this day; all there ever were where it is left out',
)

const list = createRoute({
  method: 'get',
  path: '/classifiers',
  summary: 'What codes mean, list by list',
  request: { query: z.object({ day }) },
  responses: {
    200: json(z.object({ items: z.array(Classifier) }), 'In the order of the help'),
    ...unchanged,
    ...refusals,
  },
})

const one = createRoute({
  method: 'get',
  path: '/classifiers/{name}',
  summary: 'What the codes of one list mean',
  request: { params: z.object({ name: z.string().max(50) }), query: z.object({ day }) },
  responses: { 200: json(Classifier, 'In the order of the list'), ...unchanged, ...refusals },
})

export function classifierRoutes(api: Api) {
  api.use('/classifiers', etagByDataVersion)
  api.use('/classifiers/*', etagByDataVersion)

  api.openapi(list, async (c) => {
    const { day } = c.req.valid('query')
    return c.json({ items: await c.var.asActor((tx) => listClassifiers(tx, { day })) }, 200)
  })

  api.openapi(one, async (c) => {
    const { name } = c.req.valid('param')
    const { day } = c.req.valid('query')
    const [found] = await c.var.asActor((tx) => listClassifiers(tx, { name, day }))
    if (!found) throw new Problem('not_found')
    return c.json(found, 200)
  })
}
