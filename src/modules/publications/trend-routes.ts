import { z } from 'zod'
import { etagByDataVersion } from '#http/etag.ts'
import { Problem } from '#http/problem.ts'
import { type Api, createRoute, json, refusals, unchanged } from '#http/route.ts'
import { unitPath } from '#modules/registry/index.ts'
import { toUnit } from './figures.ts'
import { pinOf } from './pin.ts'
import { ToldTrends } from './told.ts'
import { trendsOf } from './trends.ts'
import { audienceOf, visibleCells } from './visible.ts'

const trends = createRoute({
  method: 'get',
  path: '/trends',
  summary: 'Every indicator of one unit over all years, briefly',
  description:
    'Totals in the borders of their time, with what breaks the series and whether a year differs from the one before. One indicator with everything that belongs to it is at /series.',
  request: {
    query: z.object({ unit: z.uuid().describe('the state, a region, a municipality or a school') }),
  },
  responses: { 200: json(ToldTrends, 'By code and subject'), ...unchanged, ...refusals },
})

export function trendRoutes(api: Api) {
  api.use('/trends', etagByDataVersion)

  api.openapi(trends, async (c) => {
    const { unit: uuid } = c.req.valid('query')
    const { data, caller } = c.var
    const { indicators, assessments, borderChanges, seriesBreaks } = pinOf(data)
    const answer = await c.var.asActor(async (tx): Promise<ToldTrends> => {
      const [unit] = await unitPath(tx, uuid)
      if (!unit) throw new Problem('not_found')
      const visible = await visibleCells(tx, caller.actor, data, { units: [unit], breakdown: '-' })
      const changes = unit.level === 'school' ? [] : (borderChanges.get(unit.id) ?? [])
      return {
        unit: toUnit(unit),
        trends: trendsOf(indicators, unit, visible, (subject) => ({
          borders: 'then',
          borderChanges: changes,
          announced: seriesBreaks,
          assessmentOf: (year) => assessments.get(year)?.find((each) => each.subject === subject),
        })),
        audience: audienceOf(caller.actor, unit, visible),
        dataVersion: data.version,
      }
    })
    return c.json(answer, 200)
  })
}
