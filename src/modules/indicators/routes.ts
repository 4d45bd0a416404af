import { z } from 'zod'
import { Problem } from '#http/problem.ts'
import { type Api, createRoute, json, refusals, signedIn } from '#http/route.ts'
import { unitPath } from '#modules/registry/index.ts'
import { SchoolYear } from '#terms/school-year.ts'
import type { Definition } from './define.ts'
import { TraceAnswer } from './model.ts'
import { traceCell } from './trace-store.ts'

const trace = createRoute({
  method: 'get',
  path: '/trace',
  summary: 'A figure walked back to its part, formula, files and lines (analyst)',
  ...signedIn,
  request: {
    query: z.object({
      indicator: z.string().max(20),
      year: SchoolYear,
      unit: z.uuid(),
      subject: z.string().max(100).default('-'),
    }),
  },
  responses: { 200: json(TraceAnswer, 'As of the import the cube was made from'), ...refusals },
})

export function indicatorsRoutes(api: Api, catalogue: readonly Definition[]) {
  api.openapi(trace, async (c) => {
    const { actor } = c.var.caller
    const { cubeId } = c.var.data
    if (actor.tier !== 'analyst' || cubeId === null) throw new Problem('not_found')
    const { indicator, year, unit: uuid, subject } = c.req.valid('query')
    const definition = catalogue.find((each) => each.code === indicator)
    if (!definition) throw new Problem('not_found')
    const answer = await c.var.asActor(async (tx) => {
      const [unit] = await unitPath(tx, uuid)
      return unit && traceCell(tx, cubeId, definition, unit, year, subject, 200)
    })
    if (!answer) throw new Problem('not_found')
    const { code, version, hash } = definition
    return c.json({ indicator: code, version, formula: hash, ...answer }, 200)
  })
}
