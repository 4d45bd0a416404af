import type { Context } from 'hono'
import { z } from 'zod'
import type { Actor, Tx } from '#db/actor.ts'
import { Problem } from '#http/problem.ts'
import { type Api, createRoute, type Env, json, refusals, signedIn } from '#http/route.ts'
import { writeAudit } from '#modules/access/index.ts'
import { SchoolYear } from '#terms/school-year.ts'
import { ClassFigures, OwnClasses } from './model.ts'
import { classFigures, ownClasses } from './store.ts'

const classes = createRoute({
  method: 'get',
  path: '/classes',
  summary: 'Own classes of a school year (teacher, school)',
  ...signedIn,
  description: 'Of a class teacher those of the teacher, of a head all of the school.',
  request: { query: z.object({ year: SchoolYear.optional().describe('left out: the latest') }) },
  responses: { 200: json(OwnClasses, 'By grade and name'), ...refusals },
})

const figures = createRoute({
  method: 'get',
  path: '/classes/{id}/figures',
  summary: 'An own class by the criteria of quality, beside the same grades of the school (teacher, school)',
  ...signedIn,
  description: 'In no release and never public. Whose records it is made of is written down.',
  request: { params: z.object({ id: z.uuid() }) },
  responses: { 200: json(ClassFigures, 'Nobody is named; classes are in no order'), ...refusals },
})

const tiers: readonly Actor['tier'][] = ['school', 'teacher']

export function classRoutes(api: Api) {
  api.openapi(classes, async (c) => {
    const { year } = c.req.valid('query')
    return c.json(await read(c, (tx) => ownClasses(tx, year)), 200)
  })

  api.openapi(figures, async (c) => {
    const { id } = c.req.valid('param')
    const found = await read(c, async (tx) => {
      const own = await classFigures(tx, id)
      // Kept in a value: an exception here would undo what is written into the audit trail.
      if (!own)
        await writeAudit(tx, { action: 'read_class_figures', object: `class ${id}`, outcome: 'not_found' })
      return own
    })
    return c.json(found, 200)
  })
}

/** What is the caller's own; for every other tier it is not there. */
async function read<Found>(c: Context<Env>, work: (tx: Tx) => Promise<Found | null>): Promise<Found> {
  if (!tiers.includes(c.var.caller.actor.tier)) throw new Problem('not_found')
  const found = await c.var.asActor(work)
  if (found === null) throw new Problem('not_found')
  c.header('cache-control', 'private, no-store')
  return found
}
