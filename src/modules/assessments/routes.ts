import { z } from 'zod'
import type { Tx } from '#db/actor.ts'
import { fromCursor, PageQuery, pageOf, toCursor } from '#http/paging.ts'
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
import { isStorable } from '#terms/text.ts'
import { asDutyHolder, body, one, there } from './asking.ts'
import { forPupil } from './content/pupil.ts'
import { scoreShown } from './content/scoring.ts'
import { Framework, misplaced } from './framework.ts'
import { ItemState } from './lifecycle.ts'
import {
  Bench,
  Content,
  type Item,
  ItemDetail,
  ItemLanguage,
  ItemSolution,
  ItemSummary,
  ItemView,
  NewItem,
  Place,
  TriedAnswer,
} from './model.ts'
import {
  comment,
  currentFramework,
  itemByUuid,
  listItems,
  moveItem,
  readItem,
  readMedia,
  signOff,
  writeItem,
} from './store.ts'

const Remark = z.string().trim().max(4000).refine(isStorable)

/** Which items are asked for. */
export const ItemQuestion = z.object({
  domain: Place.shape.domain.optional(),
  grade: z.coerce.number().int().min(0).max(9).optional(),
  strand: z.string().max(32).refine(isStorable).optional(),
  state: ItemState.optional(),
})

const seed = z.coerce.number().int().min(0).max(1e9).default(0).describe('in which order choices are shown')
const language = ItemLanguage.optional().describe('left out: the original')

const bench = createRoute({
  method: 'get',
  path: '/item-bench',
  summary: 'What the caller may do in the item bank (duties), and the framework in force',
  ...signedIn,
  responses: { 200: json(Bench.extend({ framework: Framework }), 'The duties'), ...refusals },
})

const list = createRoute({
  method: 'get',
  path: '/items',
  summary: 'Items of the bank by code (whoever has a duty in it)',
  ...signedIn,
  request: { query: PageQuery.extend(ItemQuestion.shape) },
  responses: { 200: json(pageOf(ItemSummary), 'Titles of secret items for their keeper only'), ...refusals },
})

const detail = createRoute({
  method: 'get',
  path: '/items/{id}',
  summary: 'One item: its history, how it measured, and what may be done with it',
  ...signedIn,
  request: one,
  responses: { 200: json(ItemDetail, 'Without words and keys'), ...refusals },
})

const view = createRoute({
  method: 'get',
  path: '/items/{id}/view',
  summary: 'An item as a pupil sees it; reading one in use is written down',
  ...signedIn,
  request: { ...one, query: z.object({ language, seed }) },
  responses: { 200: json(ItemView, 'Without keys'), ...refusals },
})

const solution = createRoute({
  method: 'get',
  path: '/items/{id}/solution',
  summary: 'An item with its keys; reading those of one in use is written down',
  ...signedIn,
  request: { ...one, query: z.object({ language }) },
  responses: { 200: json(ItemSolution, 'With keys'), ...refusals },
})

const media = createRoute({
  method: 'get',
  path: '/items/{id}/media/{name}',
  summary: 'A picture of an item',
  ...signedIn,
  request: { params: one.params.extend({ name: z.string().max(80).refine(isStorable) }) },
  responses: {
    200: {
      description: 'The picture',
      content: { 'image/*': { schema: { type: 'string' as const, format: 'binary' } } },
    },
    ...refusals,
  },
})

const tryOut = createRoute({
  method: 'post',
  path: '/items/{id}/tries',
  summary: 'Score an answer to an item as it was shown under a seed; nothing is kept',
  ...signedIn,
  request: {
    ...one,
    headers: csrfHeaders,
    body: body(z.object({ language, seed, answers: z.record(z.string(), z.unknown()) })),
  },
  responses: { 200: json(TriedAnswer, 'Points by response'), ...writeRefusals },
})

const write = createRoute({
  method: 'post',
  path: '/items',
  summary: 'Write an item without new pictures, or a new version of a draft (author)',
  ...signedIn,
  request: { headers: csrfHeaders, body: body(NewItem) },
  responses: { 201: json(ItemDetail, 'A draft'), ...writeRefusals, ...wrongState },
})

const say = createRoute({
  method: 'post',
  path: '/items/{id}/comments',
  summary: 'Comment on an item (whoever has a duty)',
  ...signedIn,
  request: { ...one, headers: csrfHeaders, body: body(z.object({ text: Remark.min(1) })) },
  responses: { 201: json(ItemDetail, 'With the comment'), ...writeRefusals },
})

const sign = createRoute({
  method: 'post',
  path: '/items/{id}/sign-offs',
  summary: 'Sign off an item under review (reviewer who did not write it)',
  ...signedIn,
  request: { ...one, headers: csrfHeaders, body: body(z.object({ text: Remark.default('') })) },
  responses: { 201: json(ItemDetail, 'Signed off'), ...writeRefusals, ...wrongState },
})

const move = createRoute({
  method: 'post',
  path: '/items/{id}/state',
  summary: 'Move an item to another state; which moves there are, the item says',
  ...signedIn,
  request: {
    ...one,
    headers: csrfHeaders,
    body: body(z.object({ to: ItemState, text: Remark.default('') })),
  },
  responses: { 200: json(ItemDetail, 'As it stands now'), ...writeRefusals, ...wrongState },
})

export function itemRoutes(api: Api) {
  api.openapi(bench, async (c) => {
    const found = await asDutyHolder(c, async (tx, duties) => ({
      duties,
      framework: await currentFramework(tx),
    }))
    if (!found.framework) throw new Problem('not_found')
    return c.json({ duties: found.duties, framework: found.framework }, 200)
  })

  api.openapi(list, async (c) => {
    const { cursor, limit, ...filter } = c.req.valid('query')
    const after = fromCursor(cursor, z.tuple([z.string()]))
    const items = await asDutyHolder(c, (tx) => listItems(tx, filter, after?.[0] ?? null, limit + 1))
    const next = items.length > limit ? toCursor([items[limit - 1]!.code]) : null
    return c.json({ items: items.slice(0, limit), next }, 200)
  })

  api.openapi(detail, async (c) => {
    const { id } = c.req.valid('param')
    return c.json(there(await asDutyHolder(c, (tx) => itemByUuid(tx, id))), 200)
  })

  api.openapi(view, async (c) => {
    const { id } = c.req.valid('param')
    const { language, seed } = c.req.valid('query')
    const { version, content } = there(
      await asDutyHolder(c, (tx) => readItem(tx, id, language ?? null, false)),
    )
    return c.json({ id, version, seed, item: forPupil(Content.parse(content), seed) }, 200)
  })

  api.openapi(solution, async (c) => {
    const { id } = c.req.valid('param')
    const { language } = c.req.valid('query')
    const { version, content, keys } = there(
      await asDutyHolder(c, (tx) => readItem(tx, id, language ?? null, true)),
    )
    return c.json({ id, version, text: { ...content, keys: keys! } }, 200)
  })

  api.openapi(media, async (c) => {
    const { id, name } = c.req.valid('param')
    const { type, bytes } = there(await asDutyHolder(c, (tx) => readMedia(tx, id, name)))
    return c.body(new Uint8Array(bytes), 200, { 'content-type': type, 'cache-control': 'private, no-store' })
  })

  api.openapi(tryOut, async (c) => {
    refuseForged(c)
    const { id } = c.req.valid('param')
    const { language, seed, answers } = c.req.valid('json')
    const { content, keys } = there(await asDutyHolder(c, (tx) => readItem(tx, id, language ?? null, true)))
    return c.json(scoreShown({ ...content, keys: keys! }, seed, answers), 200)
  })

  api.openapi(write, async (c) => {
    refuseForged(c)
    const { note, ...item } = c.req.valid('json')
    const done = await asDutyHolder(c, async (tx, duties) => {
      if (!duties.includes('author')) return null
      return addItem(tx, item, note)
    })
    return c.json(there(done), 201)
  })

  api.openapi(say, async (c) => {
    refuseForged(c)
    const { id } = c.req.valid('param')
    const { text } = c.req.valid('json')
    const item = await asDutyHolder(c, async (tx) =>
      (await comment(tx, id, text)) ? itemByUuid(tx, id) : null,
    )
    return c.json(there(item), 201)
  })

  api.openapi(sign, async (c) => {
    refuseForged(c)
    const { id } = c.req.valid('param')
    const { text } = c.req.valid('json')
    const item = await asDutyHolder(c, async (tx, duties) => {
      if (!duties.includes('reviewer')) return null
      if (!(await itemByUuid(tx, id))) return null
      if (!(await signOff(tx, id, text))) throw new Problem('wrong_state')
      return itemByUuid(tx, id)
    })
    return c.json(there(item), 201)
  })

  api.openapi(move, async (c) => {
    refuseForged(c)
    const { id } = c.req.valid('param')
    const { to, text } = c.req.valid('json')
    const item = await asDutyHolder(c, async (tx) => {
      if (!(await itemByUuid(tx, id))) return null
      if (!(await moveItem(tx, id, to, text))) throw new Problem('wrong_state')
      return itemByUuid(tx, id)
    })
    return c.json(there(item), 200)
  })
}

async function addItem(tx: Tx, item: Item, note: string): Promise<ItemDetail | null> {
  const framework = await currentFramework(tx)
  const fault = framework && misplaced(framework, item.place)
  if (fault) {
    throw new Problem('invalid_request', {
      errors: [
        {
          field: 'place',
          fault: { lv: 'Ietvarā šādas vietas nav.', en: 'The framework has no such place.' },
        },
      ],
    })
  }
  const id = await writeItem(tx, item, [], note)
  if (!id) throw new Problem('wrong_state')
  return itemByUuid(tx, id)
}
