import { z } from 'zod'
import type { Keys } from '#db/keys.ts'
import { Problem } from '#http/problem.ts'
import {
  type Api,
  createRoute,
  csrfHeaders,
  json,
  refusals,
  signedIn,
  unchanged,
  writeRefusals,
  wrongState,
} from '#http/route.ts'
import { refuseForged } from '#modules/access/index.ts'
import { dayOf } from '#terms/day.ts'
import { SchoolYear, schoolYearOfDay } from '#terms/school-year.ts'
import { isStorable } from '#terms/text.ts'
import { asDutyHolder, body, one, there } from '../asking.ts'
import { etagByWords } from '../levels/etag-by-words.ts'
import { assignObserver, endObserver, latestYear, listAssessors, listGroups } from './assessors-store.ts'
import {
  Assessor,
  Observation,
  ObservedChild,
  ObservedGroup,
  PreschoolGroup,
  PreschoolProfile,
  Rubric,
  Step,
} from './model.ts'
import { preschoolProfiles } from './profile-store.ts'
import { rubric2026 } from './rubric-2026.ts'
import { observe, observedChild, observedChildren, observedGroups, setAbsent, unobserve } from './store.ts'

const Label = z.string().max(100).refine(isStorable)
const write = <Schema extends z.ZodType>(schema: Schema) => ({
  ...one,
  headers: csrfHeaders,
  body: body(schema),
})
const Seen = z.object({ statement: z.string(), step: Step.nullable(), seen: z.number().int() })

const rubric = createRoute({
  method: 'get',
  path: '/observations/rubric',
  summary: 'What is observed of preschool children: statements with three steps each',
  responses: { 200: json(Rubric, 'The rubric in force'), ...unchanged, ...refusals },
})

const groups = createRoute({
  method: 'get',
  path: '/observations',
  summary: 'Preschool groups the caller observes now (assessor)',
  ...signedIn,
  responses: {
    200: json(z.object({ items: z.array(ObservedGroup) }), 'By place; nobody is named'),
    ...refusals,
  },
})

const children = createRoute({
  method: 'get',
  path: '/observations/children',
  summary: 'Children of an assigned group by name (assessor)',
  ...signedIn,
  description: 'Every reading is written into the audit trail. Of any other group there is nothing: 404.',
  request: { query: z.object({ place: z.uuid(), year: SchoolYear, label: Label.default('') }) },
  responses: { 200: json(z.object({ items: z.array(ObservedChild) }), 'By name'), ...refusals },
})

const child = createRoute({
  method: 'get',
  path: '/observations/children/{id}',
  summary: 'One assigned child with what was observed so far (assessor)',
  ...signedIn,
  description: 'Every reading is written into the audit trail.',
  request: { ...one, query: z.object({ year: SchoolYear }) },
  responses: { 200: json(Observation, 'By statement'), ...refusals },
})

const tap = createRoute({
  method: 'post',
  path: '/observations/children/{id}',
  summary: 'Keep which step was seen of a statement; null: not observed (assessor)',
  ...signedIn,
  request: write(z.object({ year: SchoolYear, statement: z.string().max(20), step: Step.nullable() })),
  responses: { 200: json(Seen, 'Kept; seen: of the domain'), ...writeRefusals },
})

const undo = createRoute({
  method: 'post',
  path: '/observations/children/{id}/undo',
  summary: 'Take the last tap of a child back (assessor)',
  ...signedIn,
  request: write(z.object({ year: SchoolYear })),
  responses: {
    200: json(z.object({ statement: z.string() }), 'Which it was'),
    ...writeRefusals,
    ...wrongState,
  },
})

const absence = createRoute({
  method: 'post',
  path: '/observations/children/{id}/absence',
  summary: 'Say that a child is away, or there after all; only before anything was observed (assessor)',
  ...signedIn,
  request: write(z.object({ year: SchoolYear, absent: z.boolean() })),
  responses: { 200: json(z.object({ absent: z.boolean() }), 'Kept'), ...writeRefusals, ...wrongState },
})

const profiles = createRoute({
  method: 'get',
  path: '/observations/profiles/{id}',
  summary: 'What was observed of the own learner, in words (learner, parent; school: of its own)',
  ...signedIn,
  request: one,
  responses: { 200: json(z.object({ items: z.array(PreschoolProfile) }), 'Latest year first'), ...refusals },
})

const assessors = createRoute({
  method: 'get',
  path: '/observations/assessors',
  summary: 'Assessors and where they observe in a school year (coordinator)',
  ...signedIn,
  request: { query: z.object({ year: SchoolYear.optional().describe('left out: the latest with a round') }) },
  responses: {
    200: json(
      z.object({ schoolYear: SchoolYear, items: z.array(Assessor), groups: z.array(PreschoolGroup) }),
      'By name; groups: on the rosters of the year',
    ),
    ...refusals,
  },
})

const assign = createRoute({
  method: 'post',
  path: '/observations/assignments',
  summary: 'Assign an assessor to a preschool or to one group of it (coordinator)',
  ...signedIn,
  request: {
    headers: csrfHeaders,
    body: body(z.object({ assessor: z.uuid(), place: z.uuid(), year: SchoolYear, label: Label.nullable() })),
  },
  responses: { 201: json(z.object({ id: z.uuid() }), 'Assigned'), ...writeRefusals, ...wrongState },
})

const end = createRoute({
  method: 'delete',
  path: '/observations/assignments/{id}',
  summary: 'End an assignment (coordinator)',
  ...signedIn,
  request: { ...one, headers: csrfHeaders },
  responses: { 200: json(z.object({ id: z.uuid() }), 'Ended'), ...writeRefusals },
})

const profileTiers: readonly string[] = ['learner', 'parent', 'school']

/** @param keys  open the names of the children an assessor is assigned to */
export function observationRoutes(api: Api, keys: Keys) {
  api.use('/observations/rubric', etagByWords(rubric2026))
  api.openapi(rubric, (c) => c.json(rubric2026, 200))

  api.openapi(groups, async (c) => {
    const items = await asDutyHolder(c, async (tx, duties) =>
      duties.includes('assessor') ? observedGroups(tx) : null,
    )
    return c.json({ items: there(items) }, 200)
  })

  api.openapi(children, async (c) => {
    const { place, year: schoolYear, label } = c.req.valid('query')
    const items = await asDutyHolder(c, (tx) => observedChildren(tx, keys, { place, schoolYear, label }))
    if (items.length === 0) throw new Problem('not_found')
    return c.json({ items }, 200)
  })

  api.openapi(child, async (c) => {
    const { id } = c.req.valid('param')
    const { year } = c.req.valid('query')
    return c.json(there(await asDutyHolder(c, (tx) => observedChild(tx, keys, id, year))), 200)
  })

  api.openapi(tap, async (c) => {
    refuseForged(c)
    const { id } = c.req.valid('param')
    const { year: schoolYear, statement: asked, step } = c.req.valid('json')
    const statement = rubric2026.statements.find((each) => each.id === asked)
    if (!statement) throw new Problem('not_found')
    const seen = there(await asDutyHolder(c, (tx) => observe(tx, { id, schoolYear, statement, step })))
    return c.json({ statement: asked, step, seen }, 200)
  })

  api.openapi(undo, async (c) => {
    refuseForged(c)
    const { id } = c.req.valid('param')
    const { year } = c.req.valid('json')
    const statement = await asDutyHolder(c, (tx) => unobserve(tx, id, year))
    if (!statement) throw new Problem('wrong_state')
    return c.json({ statement }, 200)
  })

  api.openapi(absence, async (c) => {
    refuseForged(c)
    const { id } = c.req.valid('param')
    const { year, absent } = c.req.valid('json')
    if (!(await asDutyHolder(c, (tx) => setAbsent(tx, id, year, absent)))) throw new Problem('wrong_state')
    return c.json({ absent }, 200)
  })

  api.openapi(profiles, async (c) => {
    if (!profileTiers.includes(c.var.caller.actor.tier)) throw new Problem('not_found')
    const { id } = c.req.valid('param')
    return c.json({ items: there(await c.var.asActor((tx) => preschoolProfiles(tx, id))) }, 200)
  })

  api.openapi(assessors, async (c) => {
    const { year } = c.req.valid('query')
    const found = await asDutyHolder(c, async (tx, duties) => {
      if (!duties.includes('coordinator')) return null
      const schoolYear = year ?? (await latestYear(tx)) ?? schoolYearOfDay(dayOf(new Date()))
      return {
        schoolYear,
        items: await listAssessors(tx, schoolYear),
        groups: await listGroups(tx, schoolYear),
      }
    })
    return c.json(there(found), 200)
  })

  api.openapi(assign, async (c) => {
    refuseForged(c)
    const { assessor, year, place, label } = c.req.valid('json')
    const id = await asDutyHolder(c, async (tx, duties) => {
      if (!duties.includes('coordinator')) throw new Problem('not_found')
      return assignObserver(tx, { mandate: assessor, place, schoolYear: year, label })
    })
    if (!id) throw new Problem('wrong_state')
    return c.json({ id }, 201)
  })

  api.openapi(end, async (c) => {
    refuseForged(c)
    const { id } = c.req.valid('param')
    if (!(await asDutyHolder(c, (tx) => endObserver(tx, id)))) throw new Problem('not_found')
    return c.json({ id }, 200)
  })
}
