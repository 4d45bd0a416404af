import { z } from 'zod'
import type { Tx } from '#db/actor.ts'
import type { Keys } from '#db/keys.ts'
import { Problem } from '#http/problem.ts'
import { type Api, createRoute, json, refusals, signedIn } from '#http/route.ts'
import { sealer } from '#modules/registry/index.ts'
import { learnerResults } from './learner-store.ts'
import { OwnResults } from './model.ts'
import { sheetOf } from './sheet.ts'

const ofLearner = createRoute({
  method: 'get',
  path: '/results/learners/{id}',
  summary: 'Official results of one learner of the own school or class, or of the own child',
  description: 'The reading is written down.',
  ...signedIn,
  request: { params: z.object({ id: z.uuid() }) },
  responses: { 200: json(OwnResults, 'No rank, and nobody else'), ...refusals },
})

const readers = ['school', 'teacher', 'learner', 'parent']

export function learnerResultRoutes(api: Api, keys: Keys) {
  api.openapi(ofLearner, async (c) => {
    if (!readers.includes(c.var.caller.actor.tier)) throw new Problem('not_found')
    const { id } = c.req.valid('param')
    const found = await c.var.asActor((tx) => resultsOf(tx, keys, id))
    if (!found) throw new Problem('not_found')
    return c.json(found, 200)
  })
}

async function resultsOf(tx: Tx, keys: Keys, wanted: string): Promise<OwnResults | null> {
  const found = await learnerResults(tx, wanted)
  if (!found) return null
  const { id, name, results } = found
  return {
    learner: { id, name: name && sealer(keys).open('name', name) },
    sheets: results.map((result) => sheetOf(result, results)),
  }
}
