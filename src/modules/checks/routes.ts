import { z } from 'zod'
import { Problem } from '#http/problem.ts'
import { type Api, always, createRoute, json, refusals, signedIn } from '#http/route.ts'
import { writeAudit } from '#modules/access/index.ts'
import type { Check } from './define.ts'
import type { WatchedFigure } from './jumps/define.ts'
import { jumpRoutes } from './jumps/routes.ts'
import { CheckInfo, Scores, ScoresOfPlace, Worklist } from './model.ts'
import { scoresOfPlace } from './store.ts'
import { type OpenSealed, scores, worklist } from './worklist.ts'

const list = createRoute({
  method: 'get',
  path: '/checks',
  summary: 'What is asked of every record in the bank, why, and where it is corrected',
  responses: {
    200: json(z.object({ items: z.array(CheckInfo) }), 'In the order in which they are told'),
    ...always,
  },
})

const findings = createRoute({
  method: 'get',
  path: '/institutions/{id}/findings',
  summary:
    'What an institution has to correct at the source (school: by name; municipality: what is not about people)',
  ...signedIn,
  description:
    'Of an institution the caller does not answer for there is nothing: 404. Names that are read are written into the audit trail.',
  request: { params: z.object({ id: z.uuid() }) },
  responses: { 200: json(Worklist, 'What stands after the latest run'), ...refusals },
})

const scored = createRoute({
  method: 'get',
  path: '/checks/scores',
  summary: 'How many records are in order, by check and place (school, municipality, analyst, steward)',
  ...signedIn,
  responses: { 200: json(Scores, 'After the latest run'), ...refusals },
})

const scoredPlace = createRoute({
  method: 'get',
  path: '/checks/scores/{id}',
  summary:
    'How much of an institution or municipality was in order, run by run (school, municipality: own; analyst, steward: all)',
  ...signedIn,
  request: { params: z.object({ id: z.uuid() }) },
  responses: { 200: json(ScoresOfPlace, 'Sums over records, never means of scores'), ...refusals },
})

/** @param open  opens sealed names; only here, only for the own school */
export function checksRoutes(
  api: Api,
  {
    checks,
    figures,
    open,
  }: { checks: readonly Check[]; figures: readonly WatchedFigure[]; open: OpenSealed },
) {
  jumpRoutes(api, figures)

  api.openapi(list, (c) => c.json({ items: checks.map(told) }, 200))

  api.openapi(findings, async (c) => {
    const { id } = c.req.valid('param')
    const { actor } = c.var.caller
    if (actor.tier === 'public') throw new Problem('not_found')
    const { tier } = actor
    const found = await c.var.asActor(async (tx) => {
      const own =
        tier === 'school' || tier === 'municipality' ? await worklist(tx, tier, id, { checks, open }) : null
      if (own === null) {
        await writeAudit(tx, { action: 'read_findings', object: `institution ${id}`, outcome: 'not_found' })
      }
      return own
    })
    if (found === null) throw new Problem('not_found')
    c.header('cache-control', 'private, no-store')
    return c.json(found, 200)
  })

  api.openapi(scored, async (c) => {
    const { tier } = c.var.caller.actor
    if (tier !== 'school' && tier !== 'municipality' && tier !== 'analyst' && tier !== 'steward') {
      throw new Problem('not_found')
    }
    c.header('cache-control', 'private, no-store')
    return c.json(await c.var.asActor((tx) => scores(tx, checks)), 200)
  })

  api.openapi(scoredPlace, async (c) => {
    const { id } = c.req.valid('param')
    const { tier } = c.var.caller.actor
    if (tier !== 'school' && tier !== 'municipality' && tier !== 'analyst' && tier !== 'steward') {
      throw new Problem('not_found')
    }
    const runs = await c.var.asActor((tx) => scoresOfPlace(tx, id, 12))
    c.header('cache-control', 'private, no-store')
    return c.json({ runs }, 200)
  })
}

function told({ records: _, thresholds: __, ...info }: Check): CheckInfo {
  return info
}
