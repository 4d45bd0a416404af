import { z } from 'zod'
import { etagByDataVersion } from '#http/etag.ts'
import { type Api, createRoute, json, refusals, unchanged } from '#http/route.ts'
import { Day, dayOf } from '#terms/day.ts'
import { boundariesOn } from './boundary-store.ts'
import { BoundaryMap } from './model.ts'

const boundaries = createRoute({
  method: 'get',
  path: '/boundaries',
  summary: 'Borders of municipalities on a day, simplified for the screen',
  request: { query: z.object({ on: Day.optional().describe('a day; today where it is left out') }) },
  responses: {
    200: json(BoundaryMap, 'In Latvian alphabetical order; none where none were taken over'),
    ...unchanged,
    ...refusals,
  },
})

export function boundaryRoutes(api: Api) {
  api.use('/boundaries', etagByDataVersion)
  api.openapi(boundaries, async (c) => {
    const day = c.req.valid('query').on ?? dayOf(new Date())
    return c.json({ day, ...(await c.var.asActor((tx) => boundariesOn(tx, day))) }, 200)
  })
}
