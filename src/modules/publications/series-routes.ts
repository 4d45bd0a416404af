import { z } from 'zod'
import { etagByDataVersion } from '#http/etag.ts'
import { Problem } from '#http/problem.ts'
import { type Api, always, createRoute, json, refusals, unchanged, type Variables } from '#http/route.ts'
import { SeriesBreak, Target } from '#modules/indicators/index.ts'
import { unitPath } from '#modules/registry/index.ts'
import { Borders } from '#terms/borders.ts'
import { toUnit } from './figures.ts'
import { pinOf } from './pin.ts'
import { seriesOf } from './series.ts'
import { seriesCsv } from './series-csv.ts'
import { targetsOf } from './targets.ts'
import { ToldSeries } from './told.ts'
import { audienceOf, visibleCells } from './visible.ts'

const SeriesQuery = z.object({
  unit: z.uuid().describe('the state, a region, a municipality or a school'),
  indicator: z.string().max(20),
  subject: z.string().max(100).default('-').describe('what was tested; - where the indicator has none'),
  borders: Borders.default('then'),
})

const series = createRoute({
  method: 'get',
  path: '/series',
  summary: 'One indicator of one unit over all years',
  description:
    'Each year with n and interval or the reason of absence; "higher" or "lower" than the year before only where the interval of the difference excludes zero. A territory in the borders of its time or of today; a school is its own. Also as CSV at /series.csv.',
  request: { query: SeriesQuery },
  responses: { 200: json(ToldSeries, 'By year'), ...unchanged, ...refusals },
})

const seriesAsCsv = createRoute({
  method: 'get',
  path: '/series.csv',
  summary: 'The same as /series, as CSV',
  request: { query: SeriesQuery },
  responses: {
    200: { description: 'UTF-8 with BOM', content: { 'text/csv': { schema: z.string() } } },
    ...unchanged,
    ...refusals,
  },
})

const targets = createRoute({
  method: 'get',
  path: '/targets',
  summary: 'What indicators aim at, and from which school year on their series cannot be compared',
  responses: {
    200: json(
      z.object({ targets: z.array(Target), breaks: z.array(SeriesBreak) }),
      'By indicator, the earliest first',
    ),
    ...unchanged,
    ...always,
  },
})

export function seriesRoutes(api: Api) {
  api.use('/series', etagByDataVersion)
  api.use('/series.csv', etagByDataVersion)
  api.use('/targets', etagByDataVersion)

  api.openapi(targets, (c) => {
    const { targets: lines, seriesBreaks } = pinOf(c.var.data)
    const told = lines.map(({ unitId: _id, ...target }) => target)
    return c.json({ targets: told, breaks: [...seriesBreaks] }, 200)
  })

  api.openapi(series, async (c) => c.json(await readSeries(c.var, c.req.valid('query')), 200))

  api.openapi(seriesAsCsv, async (c) => {
    const found = await readSeries(c.var, c.req.valid('query'))
    const name = `${found.indicator}-${found.unit.code}-${found.borders}.csv`
    return c.body(seriesCsv(found, c.var.locale), 200, {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${name.replace(/[^\w.-]/g, '_')}"`,
    })
  })
}

async function readSeries(
  { asActor, caller, data }: Variables,
  { unit: uuid, indicator: code, subject, borders }: z.infer<typeof SeriesQuery>,
): Promise<ToldSeries> {
  const { indicators, assessments, borderChanges, seriesBreaks, targets } = pinOf(data)
  const indicator = indicators.find((each) => each.code === code)
  if (!indicator) {
    const fault = { lv: 'Tāda rādītāja nav.', en: 'There is no such indicator.' }
    throw new Problem('invalid_request', { errors: [{ field: 'indicator', fault }] })
  }
  return asActor(async (tx) => {
    const [unit, ...around] = await unitPath(tx, uuid)
    if (!unit) throw new Problem('not_found')
    const visible = await visibleCells(tx, caller.actor, data, {
      units: [unit],
      indicator: indicator.derivedFrom ?? code,
      subject,
      // a gap is made of the categories of its breakdown
      breakdown: indicator.between?.breakdown ?? '-',
      borders: 'all',
    })
    const changes = unit.level === 'school' ? [] : (borderChanges.get(unit.id) ?? [])
    const assessmentOf = (year: number) => assessments.get(year)?.find((each) => each.subject === subject)
    return {
      unit: toUnit(unit),
      indicator: code,
      subject,
      borders,
      bordersDiffer: visible.some((cell) => cell.borders !== 'both'),
      borderChanges: [...changes],
      targets: targetsOf(targets, code, subject, [unit, ...around]),
      points: seriesOf(indicator, subject, unit, visible, {
        borders,
        borderChanges: changes,
        assessmentOf,
        announced: seriesBreaks,
      }),
      audience: audienceOf(caller.actor, unit, visible),
      dataVersion: data.version,
    }
  })
}
