import { z } from 'zod'
import type { Tx } from '#db/actor.ts'
import { type FieldFault, Problem } from '#http/problem.ts'
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
import { asDutyHolder, body, one, there } from '../asking.ts'
import { Item } from '../content/item.ts'
import { misplaced } from '../framework.ts'
import type { Duty } from '../lifecycle.ts'
import { noteCall } from '../outside/calls-store.ts'
import { currentFramework, itemByUuid, writeItem } from '../store.ts'
import type { Drafter } from './drafter.ts'
import {
  type DraftOpen,
  decide,
  draftsOf,
  draftToDecide,
  keepAnswer,
  listAsks,
  writeAsk,
} from './drafts-store.ts'
import { DraftRequest, ItemAsk, ItemAskDetail } from './model.ts'
import { questionOf } from './protocol.ts'

const MOST_SHOWN = 100
const WAIT_AGAIN = 60 // s

const Remark = z.string().trim().max(500).refine(isStorable).default('')

const list = createRoute({
  method: 'get',
  path: '/item-drafts',
  summary:
    'Whether a model can be asked for drafts of items, and what was asked so far, newest first (author; all for a keeper)',
  ...signedIn,
  responses: {
    200: json(
      z.object({
        model: z
          .object({ host: z.string() })
          .nullable()
          .describe('null: the operator has named no model, nobody is asked'),
        items: z.array(ItemAsk),
      }),
      'At most 100',
    ),
    ...refusals,
  },
})

const detail = createRoute({
  method: 'get',
  path: '/item-drafts/{id}',
  summary:
    'What a model was asked for and the drafts in its answer, with keys; of a refused one what is wrong',
  ...signedIn,
  request: one,
  responses: { 200: json(ItemAskDetail, 'With keys'), ...refusals },
})

const ask = createRoute({
  method: 'post',
  path: '/item-drafts',
  summary: 'Ask the model for drafts of items (author); answers when it has answered, or failed to',
  description:
    'Only the place in the framework and the wishes of the author are sent. Nothing becomes an item until the author accepts it.',
  ...signedIn,
  request: { headers: csrfHeaders, body: body(DraftRequest) },
  responses: { 201: json(ItemAskDetail, 'How it ended, and what came'), ...writeRefusals, ...wrongState },
})

const decision = createRoute({
  method: 'post',
  path: '/item-drafts/{id}/decision',
  summary: 'Accept a draft as it is under a new code, or decline it (the author who asked)',
  ...signedIn,
  request: {
    ...one,
    headers: csrfHeaders,
    body: body(
      z.discriminatedUnion('accept', [
        z.object({ accept: z.literal(true), code: Item.shape.code, reason: Remark }),
        z.object({ accept: z.literal(false), reason: Remark }),
      ]),
    ),
  },
  responses: {
    200: json(z.object({ item: z.uuid().nullable() }), 'The item it became; null: declined'),
    ...writeRefusals,
    ...wrongState,
  },
})

/** @param drafter a model elsewhere; null: nobody is asked */
export function draftRoutes(api: Api, drafter: Drafter | null) {
  api.openapi(list, async (c) => {
    const items = await asDutyHolder(c, (tx, duties) => seeing(duties, () => listAsks(tx, null, MOST_SHOWN)))
    return c.json({ model: drafter && { host: drafter.host }, items: there(items) }, 200)
  })

  api.openapi(detail, async (c) => {
    const { id } = c.req.valid('param')
    const found = await asDutyHolder(c, async (tx, duties) =>
      seeing(duties, async () => {
        const [asked] = await listAsks(tx, id, 1)
        return asked ? { ...asked, items: await draftsOf(tx, id) } : null
      }),
    )
    return c.json(there(found), 200)
  })

  api.openapi(ask, async (c) => {
    refuseForged(c)
    const request = c.req.valid('json')
    // Written down before it is asked, and nobody waits for a model inside a transaction.
    const begun = await asDutyHolder(c, async (tx, duties) => {
      if (!duties.includes('author')) return null
      if (!drafter) throw new Problem('wrong_state', { errors: [isOff] })
      const framework = await currentFramework(tx)
      if (!framework || misplaced(framework, request.place)) {
        throw new Problem('invalid_request', { errors: [noPlace] })
      }
      const id = await writeAsk(tx, request, drafter.host)
      if (id === null) throw new Problem('rate_limited', { retryAfter: WAIT_AGAIN })
      return { id, drafter, question: questionOf(request, framework) }
    })
    const { id, drafter: asked, question } = there(begun)
    const drafted = await asked.draft(request, question)
    const found = await c.var.asActor(async (tx) => {
      await noteCall(tx, drafted.call)
      await keepAnswer(tx, id, drafted)
      const [answered] = await listAsks(tx, id, 1)
      return answered ? { ...answered, items: await draftsOf(tx, id) } : null
    })
    return c.json(there(found), 201)
  })

  api.openapi(decision, async (c) => {
    refuseForged(c)
    const { id } = c.req.valid('param')
    const wanted = c.req.valid('json')
    const made = await asDutyHolder(c, async (tx, duties) => {
      if (!duties.includes('author')) return null
      const draft = await draftToDecide(tx, id)
      if (!draft) throw new Problem('wrong_state')
      const item = wanted.accept ? await makeItem(tx, draft, wanted.code, wanted.reason) : null
      if (!(await decide(tx, id, item, wanted.reason))) throw new Problem('wrong_state')
      return { item }
    })
    return c.json(there(made), 200)
  })
}

/** Makes a new item of a draft, word by word. */
async function makeItem(tx: Tx, { content, request: { place } }: DraftOpen, code: string, note: string) {
  const framework = await currentFramework(tx)
  // What was asked for may have left the framework since.
  if (framework && misplaced(framework, place)) throw new Problem('invalid_request', { errors: [noPlace] })
  const item = await writeItem(tx, Item.parse({ code, place, ...content }), [], note)
  const written = item === null ? null : await itemByUuid(tx, item)
  if (written?.version !== 1) throw new Problem('wrong_state', { errors: [codeTaken] })
  return item
}

/** Drafts are for those who write items and those who keep them. */
async function seeing<Found>(duties: readonly Duty[], work: () => Promise<Found>): Promise<Found | null> {
  return duties.includes('author') || duties.includes('keeper') ? work() : null
}

const isOff: FieldFault = {
  field: 'model',
  fault: { lv: 'Modelis nav ieslēgts.', en: 'No model is switched on.' },
}
const noPlace: FieldFault = {
  field: 'place',
  fault: { lv: 'Ietvarā šādas vietas nav.', en: 'The framework has no such place.' },
}
const codeTaken: FieldFault = {
  field: 'code',
  fault: { lv: 'Uzdevums ar šādu kodu jau ir.', en: 'There is an item of that code already.' },
}
