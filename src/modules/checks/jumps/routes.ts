import { z } from 'zod'
import { Problem } from '#http/problem.ts'
import { type Api, createRoute, json, refusals, signedIn, type Variables } from '#http/route.ts'
import { Surprises, type Watched } from '../model.ts'
import { latestRuns } from '../store.ts'
import { surprisesCsv } from './csv.ts'
import type { WatchedFigure } from './define.ts'
import { surprisesOf } from './store.ts'

const query = z.object({ figure: z.string().max(50).optional().describe('only this one') })

const list = createRoute({
  method: 'get',
  path: '/checks/jumps',
  summary:
    'Figures of institutions that changed suddenly or lie far from like institutions (analyst, steward)',
  ...signedIn,
  description:
    'Where somebody should look into the source: a slip there, or something that happened. Also as CSV at /checks/jumps.csv.',
  request: { query },
  responses: { 200: json(Surprises, 'After the latest run'), ...refusals },
})

const csv = createRoute({
  method: 'get',
  path: '/checks/jumps.csv',
  summary: 'The same as CSV (analyst, steward)',
  ...signedIn,
  request: { query },
  responses: {
    200: { description: 'UTF-8 with BOM', content: { 'text/csv': { schema: z.string() } } },
    ...refusals,
  },
})

export function jumpRoutes(api: Api, figures: readonly WatchedFigure[]) {
  api.openapi(list, async (c) => {
    const { figure = null } = c.req.valid('query')
    const found = await surprises(c.var, figures, figure)
    c.header('cache-control', 'private, no-store')
    return c.json(found, 200)
  })

  api.openapi(csv, async (c) => {
    const { figure = null } = c.req.valid('query')
    const found = await surprises(c.var, figures, figure)
    return c.body(surprisesCsv(found, c.var.locale), 200, {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="jumps.csv"',
      'cache-control': 'private, no-store',
    })
  })
}

async function surprises(
  { caller, asActor }: Variables,
  figures: readonly WatchedFigure[],
  figure: string | null,
): Promise<Surprises> {
  const { tier } = caller.actor
  if (tier !== 'analyst' && tier !== 'steward') throw new Problem('not_found')
  return asActor(async (tx) => {
    const [latest] = await latestRuns(tx, 1)
    if (!latest) return { run: null, figures: figures.map(told), items: [] }
    const { id: _, ...run } = latest
    return { run, figures: figures.map(told), items: await surprisesOf(tx, figure) }
  })
}

function told({ code, title, unit, where }: WatchedFigure): Watched {
  return { code, title, unit, where }
}
