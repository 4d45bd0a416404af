import { z } from 'zod'
import type { Tx } from '#db/actor.ts'
import { Problem } from '#http/problem.ts'
import {
  type Api,
  createRoute,
  csrfHeaders,
  json,
  refusals,
  signedIn,
  writeRefusals,
  wrongState,
} from '#http/route.ts'
import { refuseForged } from '#modules/access/index.ts'
import { asDutyHolder, one, there } from './asking.ts'
import { misplaced } from './framework.ts'
import type { Duty } from './lifecycle.ts'
import { type PackageFinding, PackageReport, Place } from './model.ts'
import { readPackage, writePackage } from './qti/index.ts'
import type { ReadForm } from './qti/read-test.ts'
import { NewForm } from './rounds/model.ts'
import { formByUuid, listForms } from './rounds/reading-store.ts'
import { RoundRefused } from './rounds/refused.ts'
import { formId, writeForm } from './rounds/rounds-store.ts'
import { ItemQuestion } from './routes.ts'
import { currentFramework, itemByUuid, listItems, readWhole, writeItem } from './store.ts'

const MOST_ITEMS = 500

const fetch = createRoute({
  method: 'get',
  path: '/item-package',
  summary: 'Items as a QTI 3 package, with their keys; those in use for their keeper only, and written down',
  ...signedIn,
  request: { query: ItemQuestion.extend({ item: z.uuid().optional().describe('only this one') }) },
  responses: {
    200: {
      description: 'A zip with imsmanifest.xml; at most 500 items',
      content: { 'application/zip': { schema: { type: 'string' as const, format: 'binary' } } },
    },
    ...refusals,
  },
})

const fetchForm = createRoute({
  method: 'get',
  path: '/forms/{id}/package',
  summary:
    'A form as a QTI 3 test with its items and their keys; those in use for their keeper only, and written down',
  ...signedIn,
  request: one,
  responses: {
    200: {
      description: 'A zip with imsmanifest.xml',
      content: { 'application/zip': { schema: { type: 'string' as const, format: 'binary' } } },
    },
    ...refusals,
    ...wrongState,
  },
})

const send = createRoute({
  method: 'post',
  path: '/item-package',
  summary: 'Take items over from a QTI 3 package, as drafts (author)',
  description:
    'The body is the zip. What cannot be carried over is listed item by item, with element and reason. The place is for items whose package does not say where they stand in the framework.',
  ...signedIn,
  request: {
    headers: csrfHeaders,
    query: Place.partial().extend({ grade: z.coerce.number().int().min(0).max(9).optional() }),
    body: {
      required: true,
      content: { 'application/zip': { schema: { type: 'string' as const, format: 'binary' } } },
    },
  },
  responses: { 200: json(PackageReport, 'What was taken over, and what was not'), ...writeRefusals },
})

export function itemPackageRoutes(api: Api) {
  api.openapi(fetch, async (c) => {
    const { item, ...filter } = c.req.valid('query')
    const items = await asDutyHolder(c, async (tx) => {
      const listed = await listItems(tx, filter, null, MOST_ITEMS)
      const wanted = listed.filter(({ id, title }) => title !== null && (item === undefined || id === item))
      const found = []
      for (const { id, code, place } of wanted) found.push(await readWhole(tx, id, code, place))
      return found
    })
    if (items.length === 0) throw new Problem('not_found')
    return c.body(new Uint8Array(writePackage(items)), 200, {
      'content-type': 'application/zip',
      'content-disposition': `attachment; filename="${items.length === 1 ? items[0]!.item.code : 'uzdevumi'}.zip"`,
      'cache-control': 'private, no-store',
    })
  })

  api.openapi(fetchForm, async (c) => {
    const { id } = c.req.valid('param')
    const bytes = await asDutyHolder(c, async (tx) => {
      const form = await formByUuid(tx, id)
      if (!form) return null
      const items = []
      for (const { id: item, version } of form.order) {
        const found = await itemByUuid(tx, item)
        if (!found?.mayRead) return null
        // Words of an older version are not given out any more.
        if (found.version !== version) throw new Problem('wrong_state')
        items.push(await readWhole(tx, item, found.code, found.place))
      }
      const order = form.order.map(({ item, strand, anchor }) => ({ code: item, strand, anchor }))
      return { code: form.code, bytes: writePackage(items, { ...form, items: order }) }
    })
    const { code, bytes: zip } = there(bytes)
    return c.body(new Uint8Array(zip), 200, {
      'content-type': 'application/zip',
      'content-disposition': `attachment; filename="${code}.zip"`,
      'cache-control': 'private, no-store',
    })
  })

  api.openapi(send, async (c) => {
    refuseForged(c)
    if (!/^application\/(zip|x-zip-compressed|octet-stream)\b/i.test(c.req.header('content-type') ?? ''))
      throw new Problem('wrong_content_type')
    const place = Place.safeParse({ outcome: null, ...c.req.valid('query') })
    const sent = new Uint8Array(await c.req.arrayBuffer())
    const report = await asDutyHolder(c, async (tx, duties) => {
      if (!duties.includes('author')) throw new Problem('not_found')
      const { items, forms, findings } = readPackage(sent, place.success ? place.data : null)
      const framework = await currentFramework(tx)
      const taken: PackageReport['items'] = []
      const refused: PackageFinding[] = []
      for (const { item, files } of items) {
        const { code, texts } = item
        const fault = framework && misplaced(framework, item.place)
        const id = fault ? null : await writeItem(tx, item, files, 'QTI')
        if (id) taken.push({ code, id, title: texts[0]!.title })
        else {
          const reason = fault ? 'not_in_framework' : 'no_draft'
          refused.push({ file: code, element: '', line: null, reason, outcome: 'item_refused' })
        }
      }
      const kept: PackageReport['forms'] = []
      for (const form of forms) {
        const fault = await takeForm(tx, form, duties)
        if (fault === null) kept.push({ code: form.code, id: await formId(tx, form.code) })
        else
          refused.push({
            file: form.code,
            element: 'qti-assessment-test',
            line: null,
            reason: fault,
            outcome: 'left_out',
          })
      }
      return { items: taken, forms: kept, findings: [...findings, ...refused] }
    })
    return c.json(report, 200)
  })
}

/** Writes a form of a package as a draft. @returns why not; null: it is there */
async function takeForm(tx: Tx, form: ReadForm, duties: readonly Duty[]): Promise<string | null> {
  if (!duties.includes('coordinator') && !duties.includes('psychometrician')) return 'test_not_yours'
  const wanted = NewForm.safeParse({ ...form, minutes: form.minutes ?? undefined })
  if (!wanted.success) return 'test_not_a_form'
  if ((await listForms(tx)).some(({ code }) => code === form.code)) return 'test_there'
  try {
    await writeForm(tx, wanted.data)
    return null
  } catch (error) {
    if (error instanceof RoundRefused) return error.fault
    throw error
  }
}
