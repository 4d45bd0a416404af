import { z } from 'zod'
import { etagByDataVersion } from '#http/etag.ts'
import { fromCursor, PageQuery, pageOf, toCursor } from '#http/paging.ts'
import { Problem } from '#http/problem.ts'
import { type Api, always, createRoute, json, refusals, unchanged, type Variables } from '#http/route.ts'
import { Indicator } from '#modules/indicators/index.ts'
import { listUnits, unitPath } from '#modules/registry/index.ts'
import { Config } from '#terms/config.ts'
import { Level } from '#terms/level.ts'
import { SchoolYear } from '#terms/school-year.ts'
import { cellsCsv } from './cells-csv.ts'
import { cellsOf, toUnit } from './figures.ts'
import { pinOf } from './pin.ts'
import { asPublic, profileOf } from './profile.ts'
import { ToldProfile, ToldUnitFigure } from './told.ts'
import { visibleCells } from './visible.ts'

const config = createRoute({
  method: 'get',
  path: '/config',
  summary: 'What data there are, of which years, and under which rules they are shown',
  responses: { 200: json(Config, 'Of the data version in force'), ...always },
})

const indicators = createRoute({
  method: 'get',
  path: '/indicators',
  summary: 'The catalogue of indicators',
  responses: { 200: json(z.object({ items: z.array(Indicator) }), 'By code'), ...unchanged, ...always },
})

const indicator = createRoute({
  method: 'get',
  path: '/indicators/{code}',
  summary: 'The definition of one indicator',
  request: { params: z.object({ code: z.string().max(20) }) },
  responses: { 200: json(Indicator, 'Its newest version'), ...unchanged, ...refusals },
})

const profile = createRoute({
  method: 'get',
  path: '/profiles/{unit}',
  summary: 'Everything the page of one unit shows, in one school year',
  description:
    'The state, a region, a municipality or a school: its figures with n and interval, its breakdowns, and the units it lies in, with the difference. A school head gets the own school unprotected, an analyst everything, everybody else released figures.',
  request: {
    params: z.object({ unit: z.uuid() }),
    query: z.object({
      year: SchoolYear.optional().describe(
        'left out: the latest in which the unit was there, with test results if it can be',
      ),
      figures: z
        .enum(['released'])
        .optional()
        .describe('released: as everybody sees them, also for whoever may see more; to be handed on'),
    }),
  },
  responses: { 200: json(ToldProfile, 'One data version throughout'), ...unchanged, ...refusals },
})

const CellsQuery = PageQuery.extend({
  indicator: z.string().max(20),
  year: SchoolYear,
  level: Level.describe('level of the units listed'),
  subject: z.string().max(100).default('-').describe('what was tested; - where the indicator has none'),
  parent: z.uuid().optional().describe('only units that lay in this territory in that school year'),
  unit: z.uuid().optional().describe('only this unit'),
  breakdown: z.string().max(40).default('-').describe('- for totals, or e.g. sex'),
})

const cells = createRoute({
  method: 'get',
  path: '/cells',
  summary: 'Figures of one indicator for many units, in alphabetical order of the units',
  description: 'There is no order by result, here or anywhere else. Also as CSV at /cells.csv.',
  request: { query: CellsQuery },
  responses: { 200: json(pageOf(ToldUnitFigure), 'One row a unit and category'), ...unchanged, ...refusals },
})

const cellsAsCsv = createRoute({
  method: 'get',
  path: '/cells.csv',
  summary: 'The same as /cells, all pages at once, as CSV',
  request: { query: CellsQuery.omit({ cursor: true, limit: true }) },
  responses: {
    200: { description: 'UTF-8 with BOM', content: { 'text/csv': { schema: z.string() } } },
    ...unchanged,
    ...refusals,
  },
})

export function publicationsRoutes(api: Api) {
  api.openapi(config, (c) => c.json(pinOf(c.var.data).config, 200))

  api.use('/indicators/*', etagByDataVersion)
  api.use('/profiles/*', etagByDataVersion)
  api.use('/cells', etagByDataVersion)
  api.use('/cells.csv', etagByDataVersion)

  api.openapi(indicators, (c) => c.json({ items: [...pinOf(c.var.data).indicators] }, 200))

  api.openapi(indicator, (c) => {
    const { code } = c.req.valid('param')
    const found = pinOf(c.var.data).indicators.find((each) => each.code === code)
    if (!found) throw new Problem('not_found')
    return c.json(found, 200)
  })

  api.openapi(profile, async (c) => {
    const { unit } = c.req.valid('param')
    const { year, figures } = c.req.valid('query')
    const { actor } = c.var.caller
    const question = { unit, year, actor: figures === 'released' ? asPublic(actor) : actor }
    const answer = await c.var.asActor((tx) => profileOf(tx, c.var.data, question))
    return c.json(answer, 200)
  })

  api.openapi(cells, async (c) => {
    const { cursor, limit, ...question } = c.req.valid('query')
    const after = fromCursor(cursor, z.tuple([z.string(), z.uuid()]))
    const { figures, next } = await unitFigures(c.var, question, after, limit)
    return c.json({ items: figures, next: next && toCursor(next) }, 200)
  })

  api.openapi(cellsAsCsv, async (c) => {
    const question = c.req.valid('query')
    const { figures } = await unitFigures(c.var, question, null, 100_000)
    const name = `${question.indicator}-${question.year}-${question.level}.csv`
    return c.body(cellsCsv(figures, c.var.locale, c.var.data.version), 200, {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${name.replace(/[^\w.-]/g, '_')}"`,
    })
  })
}

type Question = Omit<z.infer<typeof CellsQuery>, 'cursor' | 'limit'>

/** Units of a page with their cells, by name. A unit without a cell has none in that year: it is left out. */
async function unitFigures(
  { asActor, caller, data }: Variables,
  { indicator: code, year, level, subject, parent, unit, breakdown }: Question,
  after: readonly [string, string] | null,
  limit: number,
): Promise<{ figures: ToldUnitFigure[]; next: [string, string] | null }> {
  const definition = pinOf(data).indicators.find((each) => each.code === code)
  if (!definition) {
    const fault = { lv: 'Tāda rādītāja nav.', en: 'There is no such indicator.' }
    throw new Problem('invalid_request', { errors: [{ field: 'indicator', fault }] })
  }
  return asActor(async (tx) => {
    const within = parent ? (await unitPath(tx, parent))[0] : undefined
    if (parent && !within) throw new Problem('not_found')
    const one = unit ? (await unitPath(tx, unit))[0] : undefined
    if (unit && !one) throw new Problem('not_found')
    const ids = within && pinOf(data).placesOf(year).inside(level, within.id)
    const listed = one ? [one] : await listUnits(tx, { level, ids }, after, limit + 1)
    const units = listed.slice(0, limit)
    const found = await visibleCells(tx, caller.actor, data, {
      units,
      schoolYear: year,
      indicator: definition.derivedFrom ?? code,
      subject,
      ...(definition.derivedFrom ? {} : { breakdown }),
    })
    const byUnit = Map.groupBy(found, (cell) => `${cell.level} ${cell.unitId}`)
    const figures = units.flatMap((row) => {
      const own = byUnit.get(`${row.level} ${row.id}`) ?? []
      return cellsOf(definition, row, own).map((cell) => ({ unit: toUnit(row), cell }))
    })
    const last = units.at(-1)
    return { figures, next: listed.length > limit && last ? [last.name.lv, last.uuid] : null }
  })
}
