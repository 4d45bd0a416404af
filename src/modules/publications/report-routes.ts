import { Readable } from 'node:stream'
import type { Context } from 'hono'
import { z } from 'zod'
import type { Actor, Tx } from '#db/actor.ts'
import { Problem } from '#http/problem.ts'
import { type Api, createRoute, type Env, refusals, signedIn, type Variables } from '#http/route.ts'
import { writeAudit } from '#modules/access/index.ts'
import { listUnits, unitPath } from '#modules/registry/index.ts'
import { Locale } from '#terms/locale.ts'
import { SchoolYear } from '#terms/school-year.ts'
import { cellsOf, toUnit } from './figures.ts'
import { pinOf } from './pin.ts'
import { asPublic, profileOf } from './profile.ts'
import { inFramework, reportXlsx } from './report-xlsx.ts'
import type { ToldProfile, ToldUnitFigure } from './told.ts'
import { visibleCells } from './visible.ts'

const params = z.object({ unit: z.uuid() })
const ReportQuery = z.object({
  year: SchoolYear.optional().describe('left out: the year the page of the unit leads with'),
  figures: z
    .enum(['released', 'own'])
    .default('released')
    .describe('released: as everybody sees them, to be handed on; own: unprotected, for work only'),
  language: Locale.default('lv'),
})

/** Which report is asked for. */
export type ReportQuestion = z.infer<typeof ReportQuery> & { unit: string }

const pdf = createRoute({
  method: 'get',
  path: '/reports/{unit}/report.pdf',
  summary: 'A school or municipality on one page, as a tagged PDF (school, municipality, inspector, analyst)',
  ...signedIn,
  description:
    'The page of the report as the browser that the operator names in IKMS_CHROMIUM prints it; without one refused as `no_pdf`. `figures=own` of a unit that the caller sees only as everybody does is not there: 404.',
  request: { params, query: ReportQuery },
  responses: {
    200: { description: 'Tagged PDF', content: { 'application/pdf': { schema: z.string() } } },
    ...refusals,
  },
})

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const xlsx = createRoute({
  method: 'get',
  path: '/reports/{unit}/report.xlsx',
  summary: 'The same as a workbook, with every figure; of a municipality also those of its schools by name',
  ...signedIn,
  request: { params, query: ReportQuery },
  responses: { 200: { description: 'Workbook', content: { [XLSX]: { schema: z.string() } } }, ...refusals },
})

/** Tiers that answer for schools; for all others there are no reports. */
const readers = new Set<Actor['tier']>(['school', 'municipality', 'inspector', 'analyst'])

export interface ReportParts {
  /** the page of a report as a PDF, drawn for the caller; null: nothing draws pages here */
  print: ((v: Variables, question: ReportQuestion) => Promise<Uint8Array<ArrayBuffer>>) | null
  /** name of a school subject */
  subjectName: (subject: string, locale: Locale) => string
}

export function reportRoutes(api: Api, { print, subjectName }: ReportParts) {
  api.openapi(pdf, async (c) => {
    const question = questionOf(c, c.req.valid('param'), c.req.valid('query'))
    await c.var.asActor((tx) => reported(tx, c.var, question))
    if (print === null) throw new Problem('no_pdf')
    const made = await print(c.var, question)
    return c.body(made, 200, headersOf(question, 'pdf', 'application/pdf'))
  })

  api.openapi(xlsx, async (c) => {
    const question = questionOf(c, c.req.valid('param'), c.req.valid('query'))
    const { indicators } = pinOf(c.var.data)
    const { profile, schools } = await c.var.asActor(async (tx) => {
      const profile = await reported(tx, c.var, question)
      return { profile, schools: await schoolsOf(tx, c.var, question, profile) }
    })
    const subjectOf = (subject: string) =>
      profile.assessments.find((each) => each.subject === subject)?.name[question.language] ??
      subjectName(subject, question.language)
    const book = reportXlsx(
      { profile, indicators, schools, madeAt: new Date(), subjectOf },
      question.language,
    )
    return c.body(Readable.toWeb(book) as ReadableStream<Uint8Array>, 200, headersOf(question, 'xlsx', XLSX))
  })
}

function questionOf(
  c: Context<Env>,
  { unit }: { unit: string },
  query: z.infer<typeof ReportQuery>,
): ReportQuestion {
  if (!readers.has(c.var.caller.actor.tier)) throw new Problem('not_found')
  return { ...query, unit }
}

/** Reads what is reported, as whom it was asked for. Unprotected figures that leave the system are written down. */
async function reported(tx: Tx, v: Variables, question: ReportQuestion): Promise<ToldProfile> {
  const { figures, unit, year } = question
  const profile = await profileOf(tx, v.data, { unit, year, actor: actorOf(v, question) })
  if (figures === 'own') {
    if (profile.audience === 'public') throw new Problem('not_found')
    await writeAudit(tx, { action: 'make_report', object: `unit ${unit}`, outcome: 'shown' })
  }
  return profile
}

function actorOf({ caller: { actor } }: Variables, { figures }: ReportQuestion): Actor {
  return figures === 'released' ? asPublic(actor) : actor
}

const MOST_SCHOOLS = 500 // a municipality has 130 at most

/** Totals of the schools that lay in a municipality in the year of the report, by name; of anything else none. */
async function schoolsOf(
  tx: Tx,
  v: Variables,
  question: ReportQuestion,
  { unit, schoolYear }: ToldProfile,
): Promise<ToldUnitFigure[]> {
  if (unit.level !== 'municipality' || schoolYear === null) return []
  const { indicators, placesOf } = pinOf(v.data)
  const [row] = await unitPath(tx, unit.id)
  const ids = placesOf(schoolYear).inside('school', row!.id)
  const schools = await listUnits(tx, { level: 'school', ids }, null, MOST_SCHOOLS)
  const visible = await visibleCells(tx, actorOf(v, question), v.data, {
    units: schools,
    schoolYear,
    breakdown: '-',
  })
  const byUnit = Map.groupBy(visible, ({ unitId }) => unitId)
  const asked = inFramework(indicators.filter(({ between }) => between === null))
  return schools.flatMap((school) => {
    const own = Map.groupBy(byUnit.get(school.id) ?? [], ({ indicator }) => indicator)
    return asked.flatMap((indicator) =>
      cellsOf(indicator, school, own.get(indicator.code) ?? []).map((cell) => ({
        unit: toUnit(school),
        cell,
      })),
    )
  })
}

function headersOf({ unit, year, language }: ReportQuestion, ending: string, type: string) {
  const name = ['ikms', unit.slice(0, 8), year, language].filter(Boolean).join('-')
  return {
    'content-type': type,
    'content-disposition': `attachment; filename="${name}.${ending}"`,
    'cache-control': 'private, no-store',
  }
}
