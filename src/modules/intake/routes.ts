import { z } from 'zod'
import { Problem } from '#http/problem.ts'
import { type Api, createRoute, json, refusals, signedIn } from '#http/route.ts'
import type { Sealer } from '#modules/registry/index.ts'
import { ImportDetail, ImportSummary } from './model.ts'
import { refusalListRoutes } from './report/refusal-list-routes.ts'
import { importByUuid, listImports } from './store.ts'
import { keptMappingRoutes } from './upload/kept-mapping-routes.ts'
import { previewRoutes } from './upload/preview-routes.ts'
import type { Uploads } from './upload/upload-folder.ts'
import { uploadRoutes } from './upload/upload-routes.ts'

const imports = createRoute({
  method: 'get',
  path: '/imports',
  summary: 'What was imported when, newest first (steward, analyst)',
  ...signedIn,
  responses: { 200: json(z.object({ items: z.array(ImportSummary) }), 'The latest 200'), ...refusals },
})

const importReport = createRoute({
  method: 'get',
  path: '/imports/{id}',
  summary: 'The report of one import, with what was refused (steward)',
  ...signedIn,
  request: { params: z.object({ id: z.uuid() }) },
  responses: { 200: json(ImportDetail, 'Refusals in the order of lines, at most 1,000'), ...refusals },
})

/** The tiers below see imports; for everybody else there are none. */
const readers = new Set(['steward', 'analyst', 'protection_officer'])

/**
 * @param uploads  where files that are sent wait; without it none can be sent
 */
export function intakeRoutes(
  api: Api,
  { uploads, identity }: { uploads: Uploads | undefined; identity: Sealer },
) {
  uploadRoutes(api, uploads)
  previewRoutes(api, uploads, identity)
  keptMappingRoutes(api)
  refusalListRoutes(api)

  api.openapi(imports, async (c) => {
    if (!readers.has(c.var.caller.actor.tier)) throw new Problem('not_found')
    return c.json({ items: await c.var.asActor(listImports) }, 200)
  })

  api.openapi(importReport, async (c) => {
    if (c.var.caller.actor.tier !== 'steward') throw new Problem('not_found')
    const { id } = c.req.valid('param')
    const found = await c.var.asActor((tx) => importByUuid(tx, id))
    if (!found) throw new Problem('not_found')
    return c.json(found, 200)
  })
}
