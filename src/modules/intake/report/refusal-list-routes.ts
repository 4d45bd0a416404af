import { z } from 'zod'
import { fromCursor, PageQuery, pageOf, toCursor } from '#http/paging.ts'
import { Problem } from '#http/problem.ts'
import { type Api, createRoute, json, refusals, signedIn, type Variables } from '#http/route.ts'
import { Locale } from '#terms/locale.ts'
import { LISTED, Refusal } from '../model.ts'
import { RefusalCounts } from './refusal-list-model.ts'
import { countRefusals, importNumber, listRefusals } from './refusal-list-store.ts'
import { refusalsCsv } from './refusals-csv.ts'

const params = z.object({ id: z.uuid() })
const Question = z.object({
  rule: z.string().max(100).optional().describe('stable code, e.g. value.not_a_number'),
  column: z.string().max(200).optional().describe('of the file'),
})

const list = createRoute({
  method: 'get',
  path: '/imports/{id}/refusals',
  summary: 'What an import refused, in the order of lines (steward)',
  ...signedIn,
  request: { params, query: PageQuery.extend(Question.shape) },
  responses: {
    200: json(pageOf(Refusal).extend({ counts: RefusalCounts }), 'counts are of all that are listed'),
    ...refusals,
  },
})

const file = createRoute({
  method: 'get',
  path: '/imports/{id}/refusals.csv',
  summary: 'The same, all pages at once, as CSV',
  ...signedIn,
  request: { params, query: Question.extend({ language: Locale.default('lv') }) },
  responses: {
    200: { description: 'UTF-8 with BOM', content: { 'text/csv': { schema: z.string() } } },
    ...refusals,
  },
})

export function refusalListRoutes(api: Api) {
  api.openapi(list, async (c) => {
    const { id } = c.req.valid('param')
    const { cursor, limit, ...question } = c.req.valid('query')
    const after = fromCursor(cursor, z.tuple([z.int32().min(0)]))?.[0] ?? 0
    const { found, counts } = await asked(c.var, id, async (tx, number) => ({
      found: await listRefusals(tx, number, question, after, limit + 1),
      counts: await countRefusals(tx, number),
    }))
    const items = found.slice(0, limit)
    const next = found.length > limit ? toCursor([items.at(-1)!.no]) : null
    return c.json({ items: items.map(({ no: _, ...refusal }) => refusal), next, counts }, 200)
  })

  api.openapi(file, async (c) => {
    const { id } = c.req.valid('param')
    const { language, ...question } = c.req.valid('query')
    const { number, found } = await asked(c.var, id, async (tx, number) => ({
      number,
      found: await listRefusals(tx, number, question, 0, LISTED),
    }))
    return c.body(refusalsCsv(found, language), 200, {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="import-${number}-refusals.csv"`,
      'cache-control': 'private, no-store',
    })
  })
}

/** Refusals are for stewards; for everybody else there are none. */
async function asked<T>(
  { caller, asActor }: Variables,
  id: string,
  work: (tx: Parameters<typeof importNumber>[0], number: number) => Promise<T>,
): Promise<T> {
  if (caller.actor.tier !== 'steward') throw new Problem('not_found')
  return asActor(async (tx) => {
    const number = await importNumber(tx, id)
    if (number === null) throw new Problem('not_found')
    return work(tx, number)
  })
}
