import { z } from 'zod'
import type { Keys } from '#db/keys.ts'
import { Problem } from '#http/problem.ts'
import { type Api, createRoute, json, refusals, signedIn } from '#http/route.ts'
import { SchoolYear } from '#terms/school-year.ts'
import { isStorable } from '#terms/text.ts'
import { groupProfiles, ownGroups } from './group-store.ts'
import { GroupProfile, OwnGroup } from './model.ts'

const groups = createRoute({
  method: 'get',
  path: '/observations/groups',
  summary: 'Preschool groups of the own school (head), or own ones (teacher), with how many were observed',
  ...signedIn,
  responses: { 200: json(z.object({ items: z.array(OwnGroup) }), 'The latest year first'), ...refusals },
})

const profiles = createRoute({
  method: 'get',
  path: '/observations/groups/{id}',
  summary: 'Children of one such group by name; once schools have results, what was seen, in words',
  ...signedIn,
  request: {
    params: z.object({ id: z.uuid().describe('of the institution') }),
    query: z.object({
      year: SchoolYear,
      label: z.string().max(100).refine(isStorable).default(''),
    }),
  },
  responses: {
    200: json(z.object({ items: z.array(GroupProfile) }), 'By name; the reading is written down'),
    ...refusals,
  },
})

/** What the head and the teacher of a preschool group see of its observation. */
export function preschoolGroupRoutes(api: Api, keys: Keys) {
  api.openapi(groups, async (c) => {
    if (!['school', 'teacher'].includes(c.var.caller.actor.tier)) throw new Problem('not_found')
    return c.json({ items: await c.var.asActor(ownGroups) }, 200)
  })

  api.openapi(profiles, async (c) => {
    if (!['school', 'teacher'].includes(c.var.caller.actor.tier)) throw new Problem('not_found')
    const { id: place } = c.req.valid('param')
    const items = await c.var.asActor((tx) => groupProfiles(tx, keys, { place, ...c.req.valid('query') }))
    if (items.length === 0) throw new Problem('not_found')
    return c.json({ items }, 200)
  })
}
