import type { Context } from 'hono'
import { z } from 'zod'
import { Problem } from '#http/problem.ts'
import {
  type Api,
  createRoute,
  csrfHeaders,
  type Env,
  json,
  refusals,
  signedIn,
  writeRefusals,
} from '#http/route.ts'
import { refuseForged, writeAudit } from '#modules/access/index.ts'
import { ReportSet, ReportSetAsked } from './model.ts'
import { askSet, cancelSet, ownReport, ownSets } from './report-set-store.ts'
import { zipOf } from './report-set-zip.ts'

const oneSet = z.object({ id: z.uuid() })

const list = createRoute({
  method: 'get',
  path: '/report-sets',
  summary: 'Reports of all schools that the caller asked for (municipality, analyst)',
  ...signedIn,
  responses: {
    200: json(
      z.object({ items: z.array(ReportSet), prints: z.boolean().describe('PDFs can be made here') }),
      'The latest first',
    ),
    ...refusals,
  },
})

const ask = createRoute({
  method: 'post',
  path: '/report-sets',
  summary: 'Ask for the reports of all own schools, PDF and XLSX; a job makes them (municipality, analyst)',
  ...signedIn,
  description:
    'A municipality: of its schools in that school year; an analyst: of all. Each is what `/reports/{unit}/report.pdf` and `.xlsx` answer the caller. One set at a time, five a day at most; kept for seven days. Without a browser that prints refused as `no_pdf`.',
  request: {
    headers: csrfHeaders,
    body: { required: true, content: { 'application/json': { schema: ReportSetAsked } } },
  },
  responses: { 201: json(ReportSet, 'It waits to be made'), ...writeRefusals },
})

const cancel = createRoute({
  method: 'post',
  path: '/report-sets/{id}/cancel',
  summary: 'Stop the making of an own set of reports (municipality, analyst)',
  ...signedIn,
  description: 'What was made of it is deleted. Of a set that has ended refused as `wrong_state`.',
  request: { headers: csrfHeaders, params: oneSet },
  responses: { 200: json(ReportSet, 'It is cancelled'), ...writeRefusals },
})

const file = createRoute({
  method: 'get',
  path: '/report-sets/{id}/reports.zip',
  summary: 'All reports of an own set in one file (municipality, analyst)',
  ...signedIn,
  description:
    'Not there until every report is made, and after seven days. Each fetching stands in the audit trail.',
  request: { params: oneSet },
  responses: {
    200: { description: 'Zip', content: { 'application/zip': { schema: z.string() } } },
    ...refusals,
  },
})

/** @param prints  PDFs can be made here */
export function reportSetRoutes(api: Api, prints: boolean) {
  api.openapi(list, async (c) => {
    refuseOthers(c)
    return c.json({ items: await c.var.asActor((tx) => ownSets(tx)), prints }, 200)
  })

  api.openapi(ask, async (c) => {
    refuseOthers(c)
    refuseForged(c)
    if (!prints) throw new Problem('no_pdf')
    const asked = await c.var.asActor(async (tx) => {
      const id = await askSet(tx, c.req.valid('json'))
      return id === null ? null : (await ownSets(tx, id))[0]
    })
    if (!asked) throw new Problem('rate_limited', { retryAfter: 600 })
    return c.json(asked, 201)
  })

  api.openapi(cancel, async (c) => {
    refuseOthers(c)
    refuseForged(c)
    const { id } = c.req.valid('param')
    const set = await c.var.asActor(async (tx) => {
      const [before] = await ownSets(tx, id)
      if (!before) throw new Problem('not_found')
      if (!(await cancelSet(tx, id))) throw new Problem('wrong_state')
      return (await ownSets(tx, id))[0]!
    })
    return c.json(set, 200)
  })

  api.openapi(file, async (c) => {
    refuseOthers(c)
    const { id } = c.req.valid('param')
    const { asActor } = c.var
    const isThere = await asActor(async (tx) => {
      const found = (await ownSets(tx, id))[0]?.state === 'done'
      const outcome = found ? 'shown' : 'not_found'
      await writeAudit(tx, { action: 'read_reports', object: `report set ${id}`, outcome })
      return found
    })
    if (!isThere) throw new Problem('not_found')
    let place = 0
    const next = async () => {
      const report = await asActor((tx) => ownReport(tx, id, place))
      if (!report) return null
      place = report.place
      return [
        { name: `${report.name}.pdf`, bytes: report.pdf },
        { name: `${report.name}.xlsx`, bytes: report.xlsx },
      ]
    }
    return c.body(zipOf(next), 200, {
      'content-type': 'application/zip',
      'content-disposition': `attachment; filename="ikms-${id.slice(0, 8)}.zip"`,
      'cache-control': 'private, no-store',
    })
  })
}

/** For everybody who has no schools to answer for there are no sets. */
function refuseOthers(c: Context<Env>) {
  const { tier } = c.var.caller.actor
  if (tier !== 'municipality' && tier !== 'analyst') throw new Problem('not_found')
  c.header('cache-control', 'private, no-store')
}
