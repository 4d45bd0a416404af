import { z } from 'zod'
import { Problem } from '#http/problem.ts'
import { type Api, createRoute, csrfHeaders, json, signedIn, writeRefusals, wrongState } from '#http/route.ts'
import { refuseForged } from '#modules/access/index.ts'
import { beginUpload, destroyUpload, hasRoom, shownName, type Uploads } from '#modules/intake/index.ts'
import { asDutyHolder, one, told } from '../asking.ts'
import { MOST_FILE, RoundDetail } from './model.ts'
import { roundByUuid } from './reading-store.ts'
import { roundFolder } from './sent-file.ts'
import { decideFile, sendFile } from './sent-file-store.ts'

const send = createRoute({
  method: 'post',
  path: '/rounds/{id}/files',
  summary: 'Send answers from paper or points given elsewhere, to be tried (coordinator)',
  description:
    'CSV, UTF-8, at most 16 MB: who (code or learner), where (position or item), what (answer or points). A job tries it; nothing is taken over before somebody says so.',
  ...signedIn,
  request: {
    ...one,
    query: z.object({ name: z.string().min(1).max(400).describe('of the file') }),
    headers: csrfHeaders,
    body: {
      required: true,
      content: { 'text/csv': { schema: { type: 'string' as const, format: 'binary' } } },
    },
  },
  responses: { 202: json(RoundDetail, 'A job tries it'), ...writeRefusals, ...wrongState },
})

const decide = createRoute({
  method: 'post',
  path: '/rounds/{id}/files/{file}/decision',
  summary: 'Have a file without faults taken over, or give it up (coordinator)',
  ...signedIn,
  request: {
    params: one.params.extend({ file: z.uuid() }),
    headers: csrfHeaders,
    body: {
      required: true,
      content: { 'application/json': { schema: z.object({ take: z.boolean() }) } },
    },
  },
  responses: { 202: json(RoundDetail, 'As it stands now'), ...writeRefusals, ...wrongState },
})

/** @param uploads  where files wait; without it none can be sent */
export function roundFileRoutes(api: Api, uploads: Uploads | undefined) {
  api.openapi(send, async (c) => {
    refuseForged(c)
    const { id } = c.req.valid('param')
    await asDutyHolder(c, async (_, duties) => {
      if (!duties.includes('coordinator') || !uploads) throw new Problem('not_found')
    })
    const bytes = new Uint8Array(await c.req.arrayBuffer())
    if (bytes.length > MOST_FILE) throw new Problem('too_large')
    if (bytes.length === 0) throw new Problem('invalid_request', { errors: [empty] })
    const place = { ...roundFolder(uploads!), most: MOST_FILE }
    if (!(await hasRoom(place, bytes.length))) throw new Problem('too_large', { errors: [noRoom] })
    const arriving = await beginUpload(place)
    try {
      await arriving.write(bytes)
      await arriving.keep()
      const name = shownName(c.req.valid('query').name).slice(-120)
      const round = await asDutyHolder(c, async (tx, duties) => {
        await told(sendFile(tx, id, { id: arriving.id, name, bytes: bytes.length }))
        return roundByUuid(tx, id, duties)
      })
      return c.json(round!, 202)
    } catch (error) {
      await arriving.drop()
      throw error
    }
  })

  api.openapi(decide, async (c) => {
    refuseForged(c)
    const { id, file } = c.req.valid('param')
    const { take } = c.req.valid('json')
    const round = await asDutyHolder(c, async (tx, duties) => {
      if (!duties.includes('coordinator')) throw new Problem('not_found')
      await told(decideFile(tx, id, file, take))
      return roundByUuid(tx, id, duties)
    })
    if (!take && uploads) await destroyUpload(roundFolder(uploads).folder, file)
    return c.json(round!, 202)
  })
}

const empty = { field: 'file', fault: { lv: 'Fails ir tukšs.', en: 'The file is empty.' } }
const noRoom = {
  field: 'file',
  fault: { lv: 'Failam diskā nepietiek vietas.', en: 'There is no room for the file on the disk.' },
}
