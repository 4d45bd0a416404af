import type { Context } from 'hono'
import { z } from 'zod'
import type { Actor, Tx } from '#db/actor.ts'
import type { Keys } from '#db/keys.ts'
import { Problem } from '#http/problem.ts'
import {
  type Api,
  always,
  createRoute,
  csrfHeaders,
  type Env,
  json,
  refusals,
  signedIn,
  type Variables,
  writeRefusals,
  wrongState,
} from '#http/route.ts'
import { refuseForged, writeAudit } from '#modules/access/index.ts'
import { Locale } from '#terms/locale.ts'
import { one } from '../asking.ts'
import { classResults, itemMap, ownClasses } from './class-store.ts'
import {
  ClassResults,
  FiguresJob,
  ItemMapRow,
  NewSupportRequest,
  OwnResults,
  ReleasableRound,
  ReleaseStep,
  ResultClass,
  ResultNotice,
  RoundClusters,
  SchoolResults,
  SupportRequest,
  ToldRound,
} from './model.ts'
import { freshResults, ownResults } from './own-store.ts'
import { figuresUnderWay, isCoordinator, releasableRounds, releaseRound } from './release-store.ts'
import { schoolResults } from './school-store.ts'
import { askSupport, supportRequests, withdrawSupport } from './support-store.ts'
import { roundClusters, toldRounds } from './told-store.ts'

const listOf = <Item extends z.ZodType>(item: Item) => z.object({ items: z.array(item) })
const RoundCode = z
  .string()
  .max(60)
  .regex(/^[\w.-]+$/)
const pdfAnswer = {
  200: { description: 'Tagged PDF', content: { 'application/pdf': { schema: z.string() } } },
  ...refusals,
}

const own = createRoute({
  method: 'get',
  path: '/results/own',
  summary: 'Official results of the own learner with what they mean and what to do next (learner, parent)',
  ...signedIn,
  description: 'Of the learner of the mandate in force. The reading is written down.',
  responses: { 200: json(OwnResults, 'No rank, and nobody else'), ...refusals },
})

const told = createRoute({
  method: 'get',
  path: '/results/told-rounds',
  summary: 'Rounds of monitoring whose results are told, and which of them may be compared',
  description:
    'Official rounds; a school is told preliminary ones too. Figures of a round stand in the indicators under its subject and school year.',
  responses: { 200: json(listOf(ToldRound), 'The latest school year first'), ...always },
})

const ownPdf = createRoute({
  method: 'get',
  path: '/results/own/{round}/report.pdf',
  summary: 'One result on one page as a tagged PDF (learner, parent)',
  ...signedIn,
  request: { params: z.object({ round: RoundCode }), query: z.object({ language: Locale.default('lv') }) },
  responses: pdfAnswer,
})

const notices = createRoute({
  method: 'get',
  path: '/results/notices',
  summary: 'That results appeared in the last two months: which test, and when (learner, parent)',
  ...signedIn,
  responses: { 200: json(listOf(ResultNotice), 'No name, no result'), ...refusals },
})

const classes = createRoute({
  method: 'get',
  path: '/results/classes',
  summary: 'Classes whose class teacher the caller is (teacher)',
  ...signedIn,
  responses: { 200: json(listOf(ResultClass), 'By grade and name'), ...refusals },
})

const ofClass = createRoute({
  method: 'get',
  path: '/results/classes/{id}',
  summary: 'An own class by name: results by strand, who may need support and why (teacher, school)',
  ...signedIn,
  description: 'By name, never by result. Every learner’s reading is written down.',
  request: one,
  responses: { 200: json(ClassResults, 'Preliminary results are marked'), ...refusals },
})

const classPdf = createRoute({
  method: 'get',
  path: '/results/classes/{id}/sheets.pdf',
  summary: 'A page for every child of a class as one tagged PDF, to be handed out (teacher, school)',
  ...signedIn,
  request: { ...one, query: z.object({ language: Locale.default('lv') }) },
  responses: pdfAnswer,
})

const items = createRoute({
  method: 'get',
  path: '/results/items',
  summary: 'How the pupils of an own class or school did item by item, beside all pupils (teacher, school)',
  ...signedIn,
  request: {
    query: z.object({ round: RoundCode, class: z.uuid().optional(), school: z.uuid().optional() }),
  },
  responses: { 200: json(listOf(ItemMapRow), 'Words of items only once they are released'), ...refusals },
})

const ofSchool = createRoute({
  method: 'get',
  path: '/results/schools/{id}',
  summary: 'Results of the own school: means, levels, groups, years (school)',
  ...signedIn,
  request: one,
  responses: { 200: json(SchoolResults, 'Nobody is named'), ...refusals },
})

const schoolPdf = createRoute({
  method: 'get',
  path: '/results/schools/{id}/report.pdf',
  summary: 'Results of the own school as a tagged PDF (school)',
  ...signedIn,
  request: { ...one, query: z.object({ language: Locale.default('lv') }) },
  responses: pdfAnswer,
})

const clusters = createRoute({
  method: 'get',
  path: '/results/told-rounds/{code}/clusters',
  summary: 'How the pupils who took an official round lie in the schools of places (municipality, analyst)',
  ...signedIn,
  request: { params: z.object({ code: RoundCode }) },
  responses: { 200: json(RoundClusters, 'For the errors of means'), ...refusals },
})

const placePdf = createRoute({
  method: 'get',
  path: '/results/places/{id}/{round}/report.pdf',
  summary:
    'An official round in a municipality, a region or the state as a tagged PDF (municipality, analyst)',
  ...signedIn,
  request: {
    params: z.object({ id: z.uuid(), round: RoundCode }),
    query: z.object({ language: Locale.default('lv') }),
  },
  responses: pdfAnswer,
})

const requests = createRoute({
  method: 'get',
  path: '/results/support-requests',
  summary: 'Own learners for whom a plan of support was asked (teacher, school)',
  ...signedIn,
  responses: { 200: json(listOf(SupportRequest), 'By class and name'), ...refusals },
})

const ask = createRoute({
  method: 'post',
  path: '/results/support-requests',
  summary: 'Ask that a plan of support be begun for an own learner (teacher, school)',
  ...signedIn,
  request: {
    headers: csrfHeaders,
    body: { required: true, content: { 'application/json': { schema: NewSupportRequest } } },
  },
  responses: {
    201: json(z.object({ id: z.uuid() }), 'The request; the same one where it stands already'),
    ...writeRefusals,
  },
})

const withdraw = createRoute({
  method: 'delete',
  path: '/results/support-requests/{id}',
  summary: 'Take such a request back (teacher, school)',
  ...signedIn,
  request: { ...one, headers: csrfHeaders },
  responses: { 204: { description: 'Taken back' }, ...writeRefusals },
})

const rounds = createRoute({
  method: 'get',
  path: '/results/rounds',
  summary: 'Tests and how far their results have come (coordinator)',
  ...signedIn,
  responses: {
    200: json(
      z.object({ items: z.array(ReleasableRound), figures: z.array(FiguresJob) }),
      'The latest school year first; how far the figures of groups are',
    ),
    ...refusals,
  },
})

const release = createRoute({
  method: 'post',
  path: '/results/rounds/{code}/steps',
  summary: 'Release results: to the schools, then to everybody (coordinator)',
  ...signedIn,
  description:
    'A step cannot be taken back: what was read was read. It stands in the audit trail. With the official step a job computes the figures of groups, then releases them.',
  request: {
    params: z.object({ code: RoundCode }),
    headers: csrfHeaders,
    body: { required: true, content: { 'application/json': { schema: z.object({ step: ReleaseStep }) } } },
  },
  responses: { 200: json(z.object({ step: ReleaseStep }), 'Taken'), ...writeRefusals, ...wrongState },
})

/** A page of the portal that is printed. */
export type ResultPage =
  | { page: 'ownResult'; round: string }
  | { page: 'classSheets'; id: string }
  | { page: 'schoolResults'; id: string }
  | { page: 'placeResults'; id: string; round: string }

export interface ResultParts {
  keys: Keys
  /** the page as a PDF, drawn for the caller; null: nothing draws pages here */
  print: ((v: Variables, what: ResultPage, language: Locale) => Promise<Uint8Array<ArrayBuffer>>) | null
}

const ownTiers: readonly Actor['tier'][] = ['learner', 'parent']
const schoolTiers: readonly Actor['tier'][] = ['school', 'teacher']
const placeTiers: readonly Actor['tier'][] = ['municipality', 'analyst']

export function resultRoutes(api: Api, { keys, print }: ResultParts) {
  api.openapi(own, async (c) => c.json(await read(c, ownTiers, (tx) => ownResults(tx, keys)), 200))
  api.openapi(notices, async (c) => c.json({ items: await read(c, ownTiers, freshResults) }, 200))
  api.openapi(classes, async (c) => c.json({ items: await read(c, ['teacher'], ownClasses) }, 200))

  api.openapi(ofClass, async (c) => {
    const { id } = c.req.valid('param')
    const found = await read(c, schoolTiers, async (tx) => {
      const own = await classResults(tx, keys, id)
      // Kept in a value: an exception here would undo what is written into the audit trail.
      if (!own) await writeAudit(tx, { action: 'read_results', object: `class ${id}`, outcome: 'not_found' })
      return own
    })
    return c.json(found, 200)
  })

  api.openapi(items, async (c) => {
    const { round, class: classId = null, school = null } = c.req.valid('query')
    const found = await read(c, schoolTiers, (tx) => itemMap(tx, { round, classId, school }))
    return c.json({ items: found }, 200)
  })

  api.openapi(ofSchool, async (c) => {
    const { id } = c.req.valid('param')
    return c.json(await read(c, ['school'], (tx) => schoolResults(tx, id)), 200)
  })

  api.openapi(requests, async (c) =>
    c.json({ items: await read(c, schoolTiers, (tx) => supportRequests(tx, keys)) }, 200),
  )

  api.openapi(ask, async (c) => {
    refuseWrite(c, schoolTiers)
    const asked = c.req.valid('json')
    const id = await c.var.asActor((tx) => askSupport(tx, asked))
    if (!id) throw new Problem('not_found')
    return c.json({ id }, 201)
  })

  api.openapi(withdraw, async (c) => {
    refuseWrite(c, schoolTiers)
    const { id } = c.req.valid('param')
    if (!(await c.var.asActor((tx) => withdrawSupport(tx, id)))) throw new Problem('not_found')
    return c.body(null, 204)
  })

  api.openapi(told, async (c) => {
    const items = await c.var.asActor(toldRounds)
    c.header('cache-control', 'private, no-store')
    return c.json({ items }, 200)
  })

  api.openapi(rounds, async (c) => {
    const found = await read(c, coordinatorTiers, async (tx) =>
      (await isCoordinator(tx))
        ? { items: await releasableRounds(tx), figures: await figuresUnderWay(tx) }
        : null,
    )
    return c.json(found, 200)
  })

  api.openapi(release, async (c) => {
    refuseWrite(c, coordinatorTiers)
    const { code } = c.req.valid('param')
    const { step } = c.req.valid('json')
    const became = await c.var.asActor((tx) => releaseRound(tx, code, step))
    if (became === null) throw new Problem('not_found')
    if (became === 'wrong_state') throw new Problem('wrong_state')
    return c.json({ step }, 200)
  })

  api.openapi(ownPdf, (c) =>
    pdf(c, ownTiers, { page: 'ownResult', round: c.req.valid('param').round }, c.req.valid('query').language),
  )
  api.openapi(classPdf, (c) =>
    pdf(c, schoolTiers, { page: 'classSheets', id: c.req.valid('param').id }, c.req.valid('query').language),
  )
  api.openapi(schoolPdf, (c) =>
    pdf(c, ['school'], { page: 'schoolResults', id: c.req.valid('param').id }, c.req.valid('query').language),
  )

  api.openapi(clusters, async (c) => {
    const { code } = c.req.valid('param')
    return c.json(await read(c, placeTiers, (tx) => roundClusters(tx, code)), 200)
  })

  api.openapi(placePdf, (c) =>
    pdf(c, placeTiers, { page: 'placeResults', ...c.req.valid('param') }, c.req.valid('query').language),
  )

  async function pdf(c: Context<Env>, tiers: readonly Actor['tier'][], what: ResultPage, language: Locale) {
    if (!tiers.includes(c.var.caller.actor.tier)) throw new Problem('not_found')
    if (!print) throw new Problem('no_pdf')
    return c.body(await print(c.var, what, language), 200, {
      'content-type': 'application/pdf',
      'content-disposition': `attachment; filename="ikms-${what.page}-${language}.pdf"`,
      'cache-control': 'private, no-store',
    })
  }
}

const coordinatorTiers: readonly Actor['tier'][] = ['teacher', 'researcher', 'analyst', 'steward']

/** What is the caller's own; for every other tier it is not there. */
async function read<Found>(
  c: Context<Env>,
  tiers: readonly Actor['tier'][],
  work: (tx: Tx) => Promise<Found | null>,
): Promise<Found> {
  if (!tiers.includes(c.var.caller.actor.tier)) throw new Problem('not_found')
  const found = await c.var.asActor(work)
  if (found === null) throw new Problem('not_found')
  c.header('cache-control', 'private, no-store')
  return found
}

function refuseWrite(c: Context<Env>, tiers: readonly Actor['tier'][]) {
  if (!tiers.includes(c.var.caller.actor.tier)) throw new Problem('not_found')
  refuseForged(c)
}
