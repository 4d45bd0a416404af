import { z } from 'zod'
import type { Keys } from '#db/keys.ts'
import { etagByDataVersion } from '#http/etag.ts'
import { fromCursor, PageQuery, pageOf, toCursor } from '#http/paging.ts'
import { Problem } from '#http/problem.ts'
import { type Api, createRoute, json, refusals, signedIn, unchanged } from '#http/route.ts'
import { writeAudit } from '#modules/access/index.ts'
import { Day, dayOf } from '#terms/day.ts'
import { TerritoryKind } from '#terms/level.ts'
import { SchoolYear } from '#terms/school-year.ts'
import { classifierRoutes } from './classifiers/routes.ts'
import {
  Institution,
  InstitutionRegister,
  NamedLearner,
  OwnLearner,
  Territory,
  TerritoryRegister,
  TileMap,
} from './model.ts'
import { learnersOfInstitution } from './named-learners-store.ts'
import { ownLearner } from './own-learner-store.ts'
import {
  institutionRegister as readInstitutionRegister,
  territoryRegister as readTerritoryRegister,
} from './register-store.ts'
import { institutionByUuid, listInstitutions, listTerritories, territoryByUuid } from './store.ts'
import { tilesOn } from './tiles-store.ts'

const territories = createRoute({
  method: 'get',
  path: '/territories',
  summary: 'Territories by name',
  request: { query: z.object({ kind: TerritoryKind.optional(), parent: z.uuid().optional() }) },
  responses: {
    200: json(z.object({ items: z.array(Territory) }), 'In Latvian alphabetical order'),
    ...unchanged,
    ...refusals,
  },
})

const territory = createRoute({
  method: 'get',
  path: '/territories/{id}',
  summary: 'One territory',
  request: { params: z.object({ id: z.uuid() }) },
  responses: { 200: json(Territory, 'As known today'), ...unchanged, ...refusals },
})

const institutions = createRoute({
  method: 'get',
  path: '/institutions',
  summary: 'Institutions by name',
  request: { query: PageQuery.extend({ territory: z.uuid().optional() }) },
  responses: { 200: json(pageOf(Institution), 'In Latvian alphabetical order'), ...unchanged, ...refusals },
})

const institution = createRoute({
  method: 'get',
  path: '/institutions/{id}',
  summary: 'One institution',
  request: { params: z.object({ id: z.uuid() }) },
  responses: { 200: json(Institution, 'As known today'), ...unchanged, ...refusals },
})

const territoryRegister = createRoute({
  method: 'get',
  path: '/territories/{id}/register',
  summary: 'What the public register holds of a territory: since when, what came before and after it',
  request: { params: z.object({ id: z.uuid() }) },
  responses: { 200: json(TerritoryRegister, 'As known today'), ...unchanged, ...refusals },
})

const institutionRegister = createRoute({
  method: 'get',
  path: '/institutions/{id}/register',
  summary:
    'What the public register holds of an institution: founder, sites, programmes, accreditation, predecessors',
  description: 'No person is in it. What the source does not say is null or an empty list.',
  request: { params: z.object({ id: z.uuid() }) },
  responses: { 200: json(InstitutionRegister, 'As known today'), ...unchanged, ...refusals },
})

const tileMap = createRoute({
  method: 'get',
  path: '/tile-map',
  summary: 'The country as squares: one for each municipality, about where it lies',
  request: { query: z.object({ on: Day.optional().describe('a day; today where it is left out') }) },
  responses: { 200: json(TileMap, 'In Latvian alphabetical order'), ...unchanged, ...refusals },
})

const learners = createRoute({
  method: 'get',
  path: '/institutions/{id}/learners',
  summary: 'Own learners by name, with their results (school; class teacher: of own classes)',
  ...signedIn,
  description: 'Every reading is written into the audit trail. Of any other school there is nothing: 404.',
  request: { params: z.object({ id: z.uuid() }), query: z.object({ year: SchoolYear }) },
  responses: { 200: json(z.object({ items: z.array(NamedLearner) }), 'By name'), ...refusals },
})

const learner = createRoute({
  method: 'get',
  path: '/learners/{id}',
  summary: 'The own learner by name, with results (learner, parent)',
  ...signedIn,
  description:
    'The learner of the mandate in force: oneself, or one’s child. Of anybody else there is nothing: 404. Every reading is written into the audit trail.',
  request: { params: z.object({ id: z.uuid() }) },
  responses: { 200: json(OwnLearner, 'Results latest first'), ...refusals },
})

/** @param keys  open the sealed names; only here, only for the learners' own school */
export function registryRoutes(api: Api, keys: Keys) {
  classifierRoutes(api)
  for (const path of [
    '/territories/*',
    '/institutions/:id',
    '/institutions/:id/register',
    '/institutions',
    '/tile-map',
  ]) {
    api.use(path, etagByDataVersion)
  }

  api.openapi(territories, async (c) => {
    const { kind, parent } = c.req.valid('query')
    const items = await c.var.asActor((tx) => listTerritories(tx, { kind, parent }))
    return c.json({ items }, 200)
  })

  api.openapi(territory, async (c) => {
    const { id } = c.req.valid('param')
    const found = await c.var.asActor((tx) => territoryByUuid(tx, id))
    if (!found) throw new Problem('not_found')
    return c.json(found, 200)
  })

  api.openapi(institutions, async (c) => {
    const { territory: within, cursor, limit } = c.req.valid('query')
    const after = fromCursor(cursor, z.tuple([z.string(), z.uuid()]))
    const rows = await c.var.asActor((tx) =>
      listInstitutions(tx, { territory: within, after, limit: limit + 1 }),
    )
    const items = rows.slice(0, limit)
    const last = items.at(-1)
    return c.json(
      { items, next: rows.length > limit && last ? toCursor([last.name.lv, last.id]) : null },
      200,
    )
  })

  api.openapi(institution, async (c) => {
    const { id } = c.req.valid('param')
    const found = await c.var.asActor((tx) => institutionByUuid(tx, id))
    if (!found) throw new Problem('not_found')
    return c.json(found, 200)
  })

  api.openapi(territoryRegister, async (c) => {
    const { id } = c.req.valid('param')
    const found = await c.var.asActor((tx) => readTerritoryRegister(tx, id))
    if (!found) throw new Problem('not_found')
    return c.json(found, 200)
  })

  api.openapi(institutionRegister, async (c) => {
    const { id } = c.req.valid('param')
    const found = await c.var.asActor((tx) => readInstitutionRegister(tx, id))
    if (!found) throw new Problem('not_found')
    return c.json(found, 200)
  })

  api.openapi(tileMap, async (c) => {
    const day = c.req.valid('query').on ?? dayOf(new Date())
    const { source, items } = await c.var.asActor((tx) => tilesOn(tx, day))
    return c.json({ day, source, items }, 200)
  })

  api.openapi(learners, async (c) => {
    const { id } = c.req.valid('param')
    const { year } = c.req.valid('query')
    const { actor } = c.var.caller
    if (actor.tier === 'public') throw new Problem('not_found')
    const found = await c.var.asActor(async (tx) => {
      const mayHaveOwn = actor.tier === 'school' || actor.tier === 'teacher'
      const own = mayHaveOwn ? await learnersOfInstitution(tx, keys, id, year) : null
      if (own === null) {
        await writeAudit(tx, { action: 'read_learners', object: `institution ${id}`, outcome: 'not_found' })
      }
      return own
    })
    if (found === null) throw new Problem('not_found')
    c.header('cache-control', 'private, no-store')
    return c.json({ items: found }, 200)
  })

  api.openapi(learner, async (c) => {
    const { id } = c.req.valid('param')
    const { actor } = c.var.caller
    if (actor.tier === 'public') throw new Problem('not_found')
    const found = await c.var.asActor(async (tx) => {
      const isOwn = actor.tier === 'learner' || actor.tier === 'parent'
      const own = isOwn ? await ownLearner(tx, keys, id) : null
      if (own === null) {
        await writeAudit(tx, { action: 'read_learner', object: `learner ${id}`, outcome: 'not_found' })
      }
      return own
    })
    if (found === null) throw new Problem('not_found')
    c.header('cache-control', 'private, no-store')
    return c.json(found, 200)
  })
}
