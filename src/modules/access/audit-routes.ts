import { z } from 'zod'
import { toCsv } from '#http/csv.ts'
import { fromCursor, PageQuery, pageOf, toCursor } from '#http/paging.ts'
import { Problem } from '#http/problem.ts'
import { type Api, createRoute, json, refusals, signedIn, type Variables } from '#http/route.ts'
import { Day } from '#terms/day.ts'
import { type AuditQuestion, listAudit, seekLearner, whoLooked } from './audit-store.ts'
import { AuditLine, Look } from './model.ts'

// PostgreSQL knows no year 0, and this system no day before 1900.
const TrailDay = Day.refine((day) => day >= '1900')

const AuditQuery = z.object({
  person: z.string().trim().min(1).max(100).optional().describe('part of the name of who acted'),
  learner: z.uuid().optional().describe('lines about this learner (data protection officer only)'),
  action: z.string().max(60).optional().describe('e.g. read_learners'),
  from: TrailDay.optional().describe('first day, Latvian time'),
  to: TrailDay.optional().describe('last day, Latvian time'),
})

const audit = createRoute({
  method: 'get',
  path: '/audit',
  summary: 'The audit trail, newest first (steward, data protection officer)',
  description: 'A search by learner is itself written down, so that the learner and the parents see it.',
  ...signedIn,
  request: { query: PageQuery.extend(AuditQuery.shape) },
  responses: { 200: json(pageOf(AuditLine), 'Reads of named learners, sign-ins, refusals'), ...refusals },
})

const MOST_LINES = 50_000

const auditCsv = createRoute({
  method: 'get',
  path: '/audit.csv',
  summary: 'The same as /audit, all pages at once, as CSV',
  description: `More than ${MOST_LINES} lines are refused, never cut: narrow the days.`,
  ...signedIn,
  request: { query: AuditQuery },
  responses: {
    200: { description: 'UTF-8 with BOM', content: { 'text/csv': { schema: z.string() } } },
    ...refusals,
  },
})

const looks = createRoute({
  method: 'get',
  path: '/looks',
  summary: 'Who has looked at the own learner, newest first (learner, parent)',
  description: 'When, in which capacity and of which institution; never who in person.',
  ...signedIn,
  request: { query: PageQuery },
  responses: { 200: json(pageOf(Look), 'Every reading by name, also the own ones'), ...refusals },
})

const looksCsv = createRoute({
  method: 'get',
  path: '/looks.csv',
  summary: 'The same as /looks, all pages at once, as CSV',
  ...signedIn,
  responses: {
    200: { description: 'UTF-8 with BOM', content: { 'text/csv': { schema: z.string() } } },
    ...refusals,
  },
})

export function auditRoutes(api: Api) {
  api.openapi(audit, async (c) => {
    const { cursor, limit, ...question } = c.req.valid('query')
    const lines = await auditLines(c.var, question, before(cursor), limit + 1)
    return c.json(page(lines, limit), 200)
  })

  api.openapi(auditCsv, async (c) => {
    const lines = await auditLines(c.var, c.req.valid('query'), null, MOST_LINES + 1)
    if (lines.length > MOST_LINES) {
      const fault = { lv: 'Rindu ir pārāk daudz: sašauriniet laiku.', en: 'Too many lines: narrow the days.' }
      throw new Problem('invalid_request', { errors: [{ field: 'from', fault }] })
    }
    const header = ['at', 'person', 'tier', 'action', 'object', 'outcome', 'learners', 'request_id']
    const rows = lines.map((line) => [
      line.at,
      line.person,
      line.tier,
      line.action,
      line.object,
      line.outcome,
      line.learners,
      line.requestId,
    ])
    return c.body(toCsv(header, rows), 200, csvHeaders('audit.csv'))
  })

  api.openapi(looks, async (c) => {
    const { cursor, limit } = c.req.valid('query')
    return c.json(page(await ownLooks(c.var, before(cursor), limit + 1), limit), 200)
  })

  api.openapi(looksCsv, async (c) => {
    const rows = (await ownLooks(c.var, null, MOST_LINES)).map(({ at, tier, place, self, action }) => [
      at,
      tier,
      place?.[c.var.locale] ?? null,
      self ? 'yes' : 'no',
      action,
    ])
    return c.body(toCsv(['at', 'tier', 'institution', 'self', 'action'], rows), 200, csvHeaders('looks.csv'))
  })
}

/** Lines for those who answer for the trail; for everybody else there is none. */
async function auditLines(
  { caller, asActor }: Variables,
  { learner, ...question }: z.infer<typeof AuditQuery>,
  before: number | null,
  limit: number,
) {
  const { tier } = caller.actor
  if (tier !== 'steward' && tier !== 'protection_officer') throw new Problem('not_found')
  if (learner !== undefined && tier !== 'protection_officer') throw new Problem('not_found')
  return asActor(async (tx) => {
    const asked: AuditQuestion = { ...question }
    if (learner !== undefined) {
      const id = await seekLearner(tx, learner)
      if (id === null) return []
      asked.learnerId = id
    }
    return listAudit(tx, asked, before, limit)
  })
}

async function ownLooks({ caller, asActor }: Variables, before: number | null, limit: number) {
  const { tier } = caller.actor
  if (tier !== 'learner' && tier !== 'parent') throw new Problem('not_found')
  return asActor((tx) => whoLooked(tx, before, limit))
}

function before(cursor: string | undefined): number | null {
  return fromCursor(cursor, z.tuple([z.number().int()]))?.[0] ?? null
}

function page<Line extends { auditId: number }>(lines: readonly Line[], limit: number) {
  const items = lines.slice(0, limit)
  const next = lines.length > limit ? toCursor([items.at(-1)!.auditId]) : null
  return { items: items.map(({ auditId: _, ...line }) => line), next }
}

function csvHeaders(file: string) {
  return {
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': `attachment; filename="${file}"`,
    'cache-control': 'private, no-store',
  }
}
