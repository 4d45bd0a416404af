import { z } from 'zod'
import { toCsv } from '#http/csv.ts'
import { etagByDataVersion } from '#http/etag.ts'
import { Problem } from '#http/problem.ts'
import { type Api, always, createRoute, json, refusals, unchanged, type Variables } from '#http/route.ts'
import { askFreeTable, type FreeQuestion, type FreeRow, noiseOf } from '#modules/disclosure/index.ts'
import { listUnits, type UnitRow, unitPath } from '#modules/registry/index.ts'
import { absenceSymbol } from '#terms/cell.ts'
import type { Locale } from '#terms/locale.ts'
import { toUnit } from './figures.ts'
import { FreeTableQuery, questionOf, requireAtMost } from './free-table-question.ts'
import { FreeDataSet } from './model.ts'
import { pinOf } from './pin.ts'
import { ToldFreeTable } from './told.ts'

const MOST_ROWS = 25_000
const MOST_LINES = 100_000

const dataSets = createRoute({
  method: 'get',
  path: '/free-tables',
  summary: 'Data sets that anybody may cut as they like, told with noise',
  responses: { 200: json(z.object({ items: z.array(FreeDataSet) }), 'By code'), ...unchanged, ...always },
})

const params = z.object({ dataSet: z.string().max(40).describe('code, e.g. school-changes') })

const table = createRoute({
  method: 'get',
  path: '/free-tables/{dataSet}',
  summary: 'A table of a free data set: units by name × the categories asked for',
  description: `Every number carries a small random change, the same whenever the same people are counted, so a total is not the sum of its parts. Exact numbers of the same people are told nowhere. At most ${MOST_ROWS} rows; a larger question is refused, never cut. Also as CSV at /free-tables/{dataSet}/table.csv.`,
  request: { params, query: FreeTableQuery },
  responses: { 200: json(ToldFreeTable, 'One data version throughout'), ...unchanged, ...refusals },
})

const tableAsCsv = createRoute({
  method: 'get',
  path: '/free-tables/{dataSet}/table.csv',
  summary: 'The same as /free-tables/{dataSet}, as CSV',
  description: `At most ${MOST_LINES} rows; a larger question is refused, never cut.`,
  request: { params, query: FreeTableQuery },
  responses: {
    200: { description: 'UTF-8 with BOM', content: { 'text/csv': { schema: z.string() } } },
    ...unchanged,
    ...refusals,
  },
})

export function freeTableRoutes(api: Api) {
  for (const path of ['/free-tables', '/free-tables/*']) api.use(path, etagByDataVersion)

  api.openapi(dataSets, (c) => c.json({ items: [...pinOf(c.var.data).freeData] }, 200))

  api.openapi(table, async (c) => {
    const { dataSet } = c.req.valid('param')
    const { question, rows } = await answer(c.var, dataSet, c.req.valid('query'), MOST_ROWS)
    const { schoolYear, level, by, where } = question
    const noise = noiseOf(question.dataSet, schoolYear) ?? null
    const told: ToldFreeTable = {
      dataSet,
      schoolYear,
      level,
      by: [...by],
      where,
      addsUp: false,
      noise,
      rows: rows.map(({ unit, cell }) => ({ unit: toUnit(unit), cell })),
      dataVersion: c.var.data.version,
    }
    return c.json(told, 200)
  })

  api.openapi(tableAsCsv, async (c) => {
    const { dataSet } = c.req.valid('param')
    const { question, rows } = await answer(c.var, dataSet, c.req.valid('query'), MOST_LINES)
    return c.body(freeTableCsv(question, rows, c.var.locale), 200, {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${dataSet}-${question.schoolYear}-${question.level}.csv"`,
    })
  })
}

type AnswerRow = Pick<FreeRow, 'cell'> & { unit: UnitRow }

async function answer(
  { asActor, data }: Variables,
  code: string,
  query: FreeTableQuery,
  most: number,
): Promise<{ question: FreeQuestion; rows: AnswerRow[] }> {
  const dataSet = pinOf(data).freeData.find((each) => each.code === code)
  if (!dataSet) throw new Problem('not_found')
  const question = questionOf(dataSet, query)
  return asActor(async (tx) => {
    const within = query.parent ? (await unitPath(tx, query.parent))[0] : undefined
    const one = query.unit ? (await unitPath(tx, query.unit))[0] : undefined
    if ((query.parent && !within) || (query.unit && one?.level !== query.level))
      throw new Problem('not_found')
    const ids = within && pinOf(data).placesOf(question.schoolYear).inside(query.level, within.id)
    const units = one ? [one] : await listUnits(tx, { level: query.level, ids }, null, most + 1)
    requireAtMost(most, question, units.length)
    const byId = new Map(units.map((unit) => [unit.id, unit]))
    const rows = await askFreeTable(tx, data.freeId, question, [...byId.keys()])
    return { question, rows: rows.map(({ unitId, cell }) => ({ unit: byId.get(unitId)!, cell })) }
  })
}

/** Column names are the same in both languages: a program reads them. An absent number shows its symbol, never a gap. */
function freeTableCsv(
  { dataSet, schoolYear, level }: FreeQuestion,
  rows: readonly AnswerRow[],
  locale: Locale,
): string {
  const dimensions = dataSet.dimensions.map(({ code }) => code)
  const header = [
    'data_set',
    'school_year',
    'level',
    'code',
    'name',
    ...dimensions,
    'n_with_noise',
    'low',
    'high',
    'absent',
  ]
  const lines = rows.map(({ unit, cell }) => {
    const symbol = cell.absent ? absenceSymbol[cell.absent] : null
    return [
      dataSet.code,
      schoolYear,
      level,
      unit.code,
      unit.name[locale],
      ...dimensions.map((code) => cell.categories[code] ?? '-'),
      symbol ?? cell.n,
      symbol ?? cell.low,
      symbol ?? cell.high,
      cell.absent,
    ]
  })
  return toCsv(header, lines)
}
