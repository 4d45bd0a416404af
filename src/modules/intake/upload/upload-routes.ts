import type { Context } from 'hono'
import { z } from 'zod'
import { Problem } from '#http/problem.ts'
import {
  type Api,
  createRoute,
  csrfHeaders,
  type Env,
  json,
  refusals,
  signedIn,
  writeRefusals,
  wrongState,
} from '#http/route.ts'
import { hasCsrf, refuseForged, writeAudit } from '#modules/access/index.ts'
import { destroyUpload, hasRoom, type Uploads } from './upload-folder.ts'
import { Upload } from './upload-model.ts'
import { shownName } from './upload-name.ts'
import { fileProblem, receive, tooLarge } from './upload-receive.ts'
import { addUpload, askImport, listUploads, removeUpload, uploadByUuid } from './upload-store.ts'

const oneUpload = { params: z.object({ id: z.uuid() }) }
const file = { schema: { type: 'string' as const, format: 'binary' } }

const list = createRoute({
  method: 'get',
  path: '/uploads',
  summary: 'Files that wait to be imported, and those that have ended (steward)',
  ...signedIn,
  responses: {
    200: json(
      z.object({
        items: z.array(Upload),
        mostBytes: z.number().int().nullable().describe('of one file; null: none can be sent here'),
      }),
      'Waiting ones first, then the latest; 100',
    ),
    ...refusals,
  },
})

const one = createRoute({
  method: 'get',
  path: '/uploads/{id}',
  summary: 'One upload and what became of it (steward)',
  ...signedIn,
  request: oneUpload,
  responses: { 200: json(Upload, 'As it stands now'), ...refusals },
})

const send = createRoute({
  method: 'post',
  path: '/uploads',
  summary: 'Send a file to be imported (steward)',
  description:
    'As a form (fields before the file; csrf among them, where it is not a header) or bare, then with its name in x-file-name, percent-encoded. ' +
    'It is stored outside the database until it is imported, at most a day.',
  ...signedIn,
  request: {
    headers: csrfHeaders.extend({ 'x-file-name': z.string().max(4000).optional() }),
    body: {
      required: true,
      content: {
        'multipart/form-data': {
          schema: {
            type: 'object' as const,
            properties: {
              csrf: { type: 'string' as const },
              file: { type: 'string' as const, format: 'binary' },
            },
          },
        },
        'application/octet-stream': file,
        'text/csv': file,
        'application/zip': file,
      },
    },
  },
  responses: { 201: json(Upload, 'It is there, whole'), ...writeRefusals, ...wrongState },
})

const remove = createRoute({
  method: 'delete',
  path: '/uploads/{id}',
  summary: 'Destroy a file that waits (steward)',
  ...signedIn,
  request: { ...oneUpload, headers: csrfHeaders },
  responses: { 204: { description: 'Destroyed' }, ...writeRefusals, ...wrongState },
})

const ImportRequest = z
  .object({
    mapping: z.uuid().nullable().describe('a kept mapping; null: the file is a package of the contract'),
    dryRun: z.boolean().default(false).describe('only check: nothing is kept but the report'),
  })
  .meta({ id: 'ImportRequest' })

const ask = createRoute({
  method: 'post',
  path: '/uploads/{id}/import',
  summary: 'Ask for the import of a file that waits; a job does it (steward)',
  ...signedIn,
  request: {
    ...oneUpload,
    headers: csrfHeaders,
    body: { required: true, content: { 'application/json': { schema: ImportRequest } } },
  },
  responses: { 202: json(Upload, 'Its job waits for its turn'), ...writeRefusals, ...wrongState },
})

const MOST_AT_ONCE = 4 // files arriving in one process
const FORM = 64 * 1024 // bytes of a form besides its file

/** Doors by which files come in. Without a place for them there are none. */
export function uploadRoutes(api: Api, uploads: Uploads | undefined) {
  let arriving = 0

  api.openapi(list, async (c) => {
    refuseOthers(c)
    return c.json({ items: await c.var.asActor(listUploads), mostBytes: uploads?.most ?? null }, 200)
  })

  api.openapi(one, async (c) => {
    refuseOthers(c)
    const { id } = c.req.valid('param')
    return c.json(found(await c.var.asActor((tx) => uploadByUuid(tx, id))), 200)
  })

  api.openapi(send, async (c) => {
    refuseOthers(c)
    if (!uploads) throw new Problem('not_found')
    const contentType = c.req.header('content-type') ?? ''
    if (!accepted.test(contentType)) throw new Problem('wrong_content_type')
    const length = Number(c.req.header('content-length') ?? 0)
    if (length > uploads.most + FORM) throw tooLarge(uploads)
    if (!(await hasRoom(uploads, length))) throw fileProblem(noRoom, 'too_large')
    let isAllowed = hasCsrf(c.var.caller, c.req.header('x-csrf'))
    const isForm = contentType.startsWith('multipart/')
    if (!isForm && !isAllowed) throw new Problem('wrong_csrf')
    if (arriving >= MOST_AT_ONCE) throw new Problem('busy', { retryAfter: 30 })
    arriving += 1
    try {
      const received = await receive(
        uploads,
        {
          body: c.req.raw.body ?? new ReadableStream(),
          contentType,
          name: decoded(c.req.header('x-file-name')),
          mayBegin: () => {
            if (!isAllowed) throw new Problem('wrong_csrf')
          },
        },
        (name, value) => {
          if (name === 'csrf') isAllowed ||= hasCsrf(c.var.caller, value)
        },
      )
      return c.json(await noted(c, uploads, { ...received, name: shownName(received.name) }), 201)
    } finally {
      arriving -= 1
    }
  })

  api.openapi(remove, async (c) => {
    refuseWrite(c)
    const { id } = c.req.valid('param')
    await c.var.asActor(async (tx) => {
      found(await uploadByUuid(tx, id))
      if (!(await removeUpload(tx, id))) throw new Problem('wrong_state')
      await writeAudit(tx, { action: 'remove_upload', object: `upload ${id}`, outcome: 'done' })
    })
    if (uploads) await destroyUpload(uploads.folder, id)
    return c.body(null, 204)
  })

  api.openapi(ask, async (c) => {
    refuseWrite(c)
    const { id } = c.req.valid('param')
    const { mapping, dryRun } = c.req.valid('json')
    const upload = await c.var.asActor(async (tx) => {
      const { format } = found(await uploadByUuid(tx, id))
      if ((format === 'zip') !== (mapping === null)) {
        throw new Problem('invalid_request', { errors: [{ field: 'mapping', fault: wrongMapping }] })
      }
      const job = await askImport(tx, id, mapping, dryRun)
      if (!job) throw new Problem('wrong_state')
      await writeAudit(tx, {
        action: dryRun ? 'ask_check' : 'ask_import',
        object: `upload ${id}`,
        outcome: 'done',
      })
      return found(await uploadByUuid(tx, id))
    })
    return c.json(upload, 202)
  })
}

const accepted =
  /^(multipart\/form-data|application\/octet-stream|text\/csv|application\/zip|application\/x-zip-compressed)\s*(;|$)/i

/** Writes down what has arrived; where that is not possible the file goes too. */
async function noted(c: Context<Env>, uploads: Uploads, received: Awaited<ReturnType<typeof receive>>) {
  const { id } = received
  try {
    return await c.var.asActor(async (tx) => {
      if (!(await addUpload(tx, received))) throw fileProblem(tooMany)
      await writeAudit(tx, { action: 'upload', object: `upload ${id}`, outcome: 'done' })
      return found(await uploadByUuid(tx, id))
    })
  } catch (error) {
    await destroyUpload(uploads.folder, id)
    throw error
  }
}

function found(upload: Upload | null): Upload {
  if (!upload) throw new Problem('not_found')
  return upload
}

/** Uploads are for stewards; for everybody else there are none. */
function refuseOthers(c: Context<Env>) {
  if (c.var.caller.actor.tier !== 'steward') throw new Problem('not_found')
}

function refuseWrite(c: Context<Env>) {
  refuseOthers(c)
  refuseForged(c)
}

function decoded(name: string | undefined): string {
  try {
    return decodeURIComponent(name ?? 'upload') || 'upload'
  } catch {
    return 'upload'
  }
}

const wrongMapping = {
  lv: 'CSV failam vajag kartējumu; zip pakai tā nav.',
  en: 'A CSV file needs a mapping; a zip package has none.',
}
const noRoom = {
  lv: 'Serverī pašlaik nav vietas šim failam. Paziņojiet sistēmas uzturētājam.',
  en: 'The server has no room for this file now. Tell the operator.',
}
const tooMany = {
  lv: 'Jau gaida 20 failu. Ielādējiet vai dzēsiet tos, tad sūtiet nākamo.',
  en: 'There are 20 files waiting already. Import or remove them, then send the next.',
}
