import { z } from 'zod'
import { Problem } from '#http/problem.ts'
import { type Api, createRoute, json, refusals, signedIn } from '#http/route.ts'
import type { Sealer } from '#modules/registry/index.ts'
import { parseMapping } from '../mapping/load-mapping.ts'
import { ImportProblem } from '../rules.ts'
import { previewFile } from './preview.ts'
import { Preview } from './preview-model.ts'
import { previewPackage } from './preview-package.ts'
import { type Uploads, uploadPath } from './upload-folder.ts'
import { mappingByUuid, uploadByUuid } from './upload-store.ts'

const preview = createRoute({
  method: 'get',
  path: '/uploads/{id}/preview',
  summary: 'The first lines of a file that waits, as they will be read (steward)',
  description: 'Codes and names of people are never told. Nothing is kept.',
  ...signedIn,
  request: {
    params: z.object({ id: z.uuid() }),
    query: z.object({
      mapping: z.uuid().optional().describe('a kept mapping; left out for a package of the contract'),
    }),
  },
  responses: { 200: json(Preview, 'At most 20 lines of each file'), ...refusals },
})

export function previewRoutes(api: Api, uploads: Uploads | undefined, sealer: Sealer) {
  api.openapi(preview, async (c) => {
    if (c.var.caller.actor.tier !== 'steward' || !uploads) throw new Problem('not_found')
    const { id } = c.req.valid('param')
    const { mapping } = c.req.valid('query')
    const { upload, kept } = await c.var.asActor(async (tx) => ({
      upload: await uploadByUuid(tx, id),
      kept: mapping === undefined ? null : await mappingByUuid(tx, mapping),
    }))
    if (upload?.state !== 'waiting' || (upload.format === 'csv') !== (kept !== null))
      throw new Problem('not_found')
    const path = uploadPath(uploads.folder, id)
    try {
      const tables = kept
        ? [await previewFile(path, upload.file, parseMapping(kept.content), sealer)]
        : await previewPackage(path, upload.file)
      return c.json({ tables, problem: null }, 200)
    } catch (error) {
      if (!(error instanceof ImportProblem)) throw error
      return c.json({ tables: [], problem: { code: error.code, message: error.words } }, 200)
    }
  })
}
