import type { Context } from 'hono'
import { z } from 'zod'
import type { Tx } from '#db/actor.ts'
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
import { refuseForged } from '#modules/access/index.ts'
import { isStorable } from '#terms/text.ts'
import { asDutyHolder, body, one } from '../asking.ts'
import { forPupil } from '../content/pupil.ts'
import { MediaName } from '../model.ts'
import {
  askScoring,
  askSecondLook,
  type HeldRow,
  heldAnswer,
  heldMedia,
  markAgain,
  markingBench,
  markingHere,
  markingRounds,
  nextAnswer,
  putMark,
  secondLooks,
  setControl,
  undoMark,
} from './marking-store.ts'
import {
  type HeldAnswer,
  MarkersPlace,
  MarkingBench,
  MarkingReport,
  type MarkingRound,
  type MarkRefusal,
  MarkSuggestion,
  SecondLook,
  type SecondLookRefusal,
} from './model.ts'
import { markingReport } from './report.ts'
import { nearest } from './suggest/nearest.ts'
import type { Suggester } from './suggest/suggester.ts'
import { noteUnseen, suggestionsFor } from './suggestions.ts'

const Reason = z.string().trim().min(1).max(2000).refine(isStorable)
const ItemCode = z.string().max(32).refine(isStorable)

const bench = createRoute({
  method: 'get',
  path: '/marking',
  summary: 'What there is to mark, and what of it the caller may do (marker, coordinator, psychometrician)',
  ...signedIn,
  responses: { 200: json(MarkingBench, 'By code of the round'), ...refusals },
})

const place = createRoute({
  method: 'get',
  path: '/marking/rounds/{id}',
  summary: 'The answer that lies before the caller, without name, school or earlier marks (marker)',
  ...signedIn,
  request: one,
  responses: { 200: json(MarkersPlace, 'Without an answer where none was asked for'), ...refusals },
})

const next = createRoute({
  method: 'post',
  path: '/marking/rounds/{id}/next',
  summary: 'Take the next answer, of one item or of any (marker); the one already held, if there is one',
  ...signedIn,
  request: { ...one, headers: csrfHeaders, body: body(z.object({ item: ItemCode.nullish() })) },
  responses: { 200: json(MarkersPlace, 'Without an answer where nothing is left'), ...writeRefusals },
})

const mark = createRoute({
  method: 'post',
  path: '/marking/rounds/{id}/marks',
  summary: 'Give points to the answer held, and take the next (marker); one of an own school is refused',
  ...signedIn,
  request: {
    ...one,
    headers: csrfHeaders,
    body: body(z.object({ task: z.uuid(), points: z.number().int().min(0).max(20) })),
  },
  responses: { 200: json(MarkersPlace, 'With the next answer'), ...writeRefusals, ...wrongState },
})

const undo = createRoute({
  method: 'post',
  path: '/marking/rounds/{id}/undo',
  summary: 'Take the last own mark back and see its answer again (marker)',
  ...signedIn,
  request: { ...one, headers: csrfHeaders },
  responses: { 200: json(MarkersPlace, 'With that answer'), ...writeRefusals, ...wrongState },
})

const suggestions = createRoute({
  method: 'post',
  path: '/marking/rounds/{id}/suggestions',
  summary: 'Look at what suggesters say of the answer held; that it was looked at is kept (marker)',
  ...signedIn,
  request: { ...one, headers: csrfHeaders },
  responses: {
    200: json(z.object({ items: z.array(MarkSuggestion) }), 'Empty where suggestions are off'),
    ...writeRefusals,
  },
})

const media = createRoute({
  method: 'get',
  path: '/marking/tasks/{id}/media/{name}',
  summary: 'A picture of the item whose answer the caller holds (marker)',
  ...signedIn,
  request: { params: one.params.extend({ name: MediaName }) },
  responses: {
    200: {
      description: 'The picture',
      content: { 'image/*': { schema: { type: 'string' as const, format: 'binary' } } },
    },
    ...refusals,
  },
})

const report = createRoute({
  method: 'get',
  path: '/marking/rounds/{id}/report',
  summary:
    'How far markers agree, with each other, with controls and over time (coordinator, psychometrician)',
  ...signedIn,
  request: one,
  responses: { 200: json(MarkingReport, 'Markers by name'), ...refusals },
})

const again = createRoute({
  method: 'post',
  path: '/marking/rounds/{id}/again',
  summary: 'Have the answers of a marker marked again by others (coordinator, psychometrician)',
  ...signedIn,
  request: {
    ...one,
    headers: csrfHeaders,
    body: body(z.object({ marker: z.uuid(), item: ItemCode.nullish(), reason: Reason })),
  },
  responses: { 200: json(MarkingReport, 'As it stands now'), ...writeRefusals, ...wrongState },
})

const control = createRoute({
  method: 'post',
  path: '/marking/rounds/{id}/controls',
  summary: 'Say that an answer marked alike by two is a control, or no longer (coordinator, psychometrician)',
  ...signedIn,
  request: {
    ...one,
    headers: csrfHeaders,
    body: body(z.object({ task: z.uuid(), isControl: z.boolean() })),
  },
  responses: { 200: json(MarkingReport, 'As it stands now'), ...writeRefusals, ...wrongState },
})

const scoring = createRoute({
  method: 'post',
  path: '/marking/rounds/{id}/scoring',
  summary: 'Ask for the job that scores a closed round by rule once more (coordinator, psychometrician)',
  ...signedIn,
  request: { ...one, headers: csrfHeaders },
  responses: { 202: { description: 'Queued' }, ...writeRefusals, ...wrongState },
})

const looks = createRoute({
  method: 'get',
  path: '/marking/second-looks',
  summary: 'Second looks asked for: of the own school (head); of all (coordinator, psychometrician)',
  ...signedIn,
  responses: { 200: json(z.object({ items: z.array(SecondLook) }), 'Newest first'), ...refusals },
})

const askLook = createRoute({
  method: 'post',
  path: '/marking/second-looks',
  summary: 'Ask for a second look at an answer of an own pupil, after the preliminary results (head)',
  ...signedIn,
  request: {
    headers: csrfHeaders,
    body: body(
      z.object({
        participant: z.uuid(),
        position: z.number().int().min(1).max(1000),
        reason: Reason,
      }),
    ),
  },
  responses: {
    201: json(z.object({ items: z.array(SecondLook) }), 'Asked'),
    ...writeRefusals,
    ...wrongState,
  },
})

/** @param outside  a model elsewhere that is asked too, where the operator says so */
export function markingRoutes(api: Api, { outside = null }: { outside?: Suggester | null } = {}) {
  const suggesters = [nearest, ...(outside ? [outside] : [])]

  api.openapi(bench, async (c) => c.json(await asMarkingPerson(c, (_, found) => Promise.resolve(found)), 200))

  api.openapi(place, async (c) => {
    const { id } = c.req.valid('param')
    return c.json(await asMarker(c, id, (tx) => placeNow(tx, id)), 200)
  })

  api.openapi(next, async (c) => {
    refuseForged(c)
    const { id } = c.req.valid('param')
    const { item } = c.req.valid('json')
    const found = await asMarker(c, id, async (tx) => {
      await nextAnswer(tx, id, item ?? null)
      return placeNow(tx, id)
    })
    return c.json(found, 200)
  })

  api.openapi(mark, async (c) => {
    refuseForged(c)
    const { id } = c.req.valid('param')
    const { task, points } = c.req.valid('json')
    const found = await asMarker(c, id, async (tx) => {
      const held = await heldAnswer(tx, id)
      if (held?.task === task) await noteUnseen(tx, held)
      const why = await putMark(tx, task, points)
      if (why === null) await nextAnswer(tx, id, null) // of the same item, while there is one
      return { why, place: why === null ? await placeNow(tx, id) : null }
    })
    // After the transaction, so that what it wrote into the audit trail stays.
    if (!found.place) throw refusalOf(found.why!)
    return c.json(found.place, 200)
  })

  api.openapi(undo, async (c) => {
    refuseForged(c)
    const { id } = c.req.valid('param')
    const found = await asMarker(c, id, async (tx) => {
      if ((await undoMark(tx, id)) !== null) throw new Problem('wrong_state')
      return placeNow(tx, id)
    })
    return c.json(found, 200)
  })

  api.openapi(suggestions, async (c) => {
    refuseForged(c)
    const { id } = c.req.valid('param')
    const held = await asMarker(c, id, (tx) => heldAnswer(tx, id))
    if (!held) throw new Problem('not_found')
    return c.json({ items: await suggestionsFor(c.var.asActor, id, held, suggesters) }, 200)
  })

  api.openapi(media, async (c) => {
    const { id, name } = c.req.valid('param')
    const found = await asDutyHolder(c, (tx) => heldMedia(tx, id, name))
    if (!found) throw new Problem('not_found')
    const headers = { 'content-type': found.type, 'cache-control': 'private, no-store' }
    return c.body(new Uint8Array(found.bytes), 200, headers)
  })

  api.openapi(report, async (c) => {
    const { id } = c.req.valid('param')
    return c.json(await asLead(c, id, (tx) => reportNow(tx, id)), 200)
  })

  api.openapi(again, async (c) => {
    refuseForged(c)
    const { id } = c.req.valid('param')
    const { marker, item, reason } = c.req.valid('json')
    const found = await asLead(c, id, async (tx) => {
      if ((await markAgain(tx, id, { marker, item: item ?? null, reason })) === null)
        throw new Problem('wrong_state')
      return reportNow(tx, id)
    })
    return c.json(found, 200)
  })

  api.openapi(control, async (c) => {
    refuseForged(c)
    const { id } = c.req.valid('param')
    const { task, isControl } = c.req.valid('json')
    const found = await asLead(c, id, async (tx) => {
      if (!(await setControl(tx, task, isControl))) throw new Problem('wrong_state')
      return reportNow(tx, id)
    })
    return c.json(found, 200)
  })

  api.openapi(scoring, async (c) => {
    refuseForged(c)
    const { id } = c.req.valid('param')
    const why = await asDutyHolder(c, (tx) => askScoring(tx, id))
    if (why !== null) throw new Problem(why === 'not_there' ? 'not_found' : 'wrong_state')
    return c.body(null, 202)
  })

  api.openapi(looks, async (c) => {
    if (c.var.caller.actor.tier === 'school') {
      return c.json({ items: await c.var.asActor(secondLooks) }, 200)
    }
    const items = await asMarkingPerson(c, (tx, { mayLead }) => {
      if (!mayLead) throw new Problem('not_found')
      return secondLooks(tx)
    })
    return c.json({ items }, 200)
  })

  api.openapi(askLook, async (c) => {
    refuseForged(c)
    if (c.var.caller.actor.tier !== 'school') throw new Problem('not_found')
    const wanted = c.req.valid('json')
    const { why, items } = await c.var.asActor(async (tx) => ({
      why: await askSecondLook(tx, wanted),
      items: await secondLooks(tx),
    }))
    if (why === 'not_there') throw new Problem('not_found')
    if (why !== null) throw lookRefusal(why)
    return c.json({ items }, 201)
  })
}

/** Work as somebody who marks, or leads the marking; for everybody else there is no such thing. */
function asMarkingPerson<Found>(
  c: Context<Env>,
  work: (tx: Tx, found: MarkingBench) => Promise<Found>,
): Promise<Found> {
  return asDutyHolder(c, async (tx) => {
    const found = await markingBench(tx)
    if (!found.mayMark && !found.mayLead) throw new Problem('not_found')
    return work(tx, found)
  })
}

function asMarker<Found>(c: Context<Env>, id: string, work: (tx: Tx) => Promise<Found>): Promise<Found> {
  return asDutyHolder(c, async (tx) => {
    if (!(await markingHere(tx, id))?.mayMark) throw new Problem('not_found')
    return work(tx)
  })
}

function asLead<Found>(c: Context<Env>, id: string, work: (tx: Tx) => Promise<Found>): Promise<Found> {
  return asDutyHolder(c, async (tx) => {
    if (!(await markingHere(tx, id))?.mayLead) throw new Problem('not_found')
    return work(tx)
  })
}

async function placeNow(tx: Tx, id: string): Promise<MarkersPlace> {
  const [round] = await markingRounds(tx, id)
  return placeOf(tx, round!)
}

async function reportNow(tx: Tx, id: string): Promise<MarkingReport> {
  const [round] = await markingRounds(tx, id)
  return markingReport(tx, round!)
}

async function placeOf(tx: Tx, round: MarkingRound): Promise<MarkersPlace> {
  const held = await heldAnswer(tx, round.id)
  return { round, answer: held && shownTo(held) }
}

function shownTo({ task, code, content, response, rubric, most, seed, answer, until }: HeldRow): HeldAnswer {
  return {
    id: task,
    code,
    item: forPupil(content, seed),
    response,
    answers: answer,
    most,
    criteria: rubric.criteria.toSorted((a, b) => b.points - a.points),
    until,
  }
}

const markFaults: Record<Exclude<MarkRefusal, 'not_held'>, { lv: string; en: string }> = {
  own_school: {
    lv: 'Savas skolas skolēna atbildi vērtē kāds cits. Mēģinājums ir ierakstīts.',
    en: 'Somebody else marks the answers of your own school. The attempt was written down.',
  },
  own_child: {
    lv: 'Sava bērna atbildi vērtē kāds cits. Mēģinājums ir ierakstīts.',
    en: 'Somebody else marks the answers of your own child. The attempt was written down.',
  },
  too_many_points: {
    lv: 'Par šo atbildi tik daudz punktu nav.',
    en: 'This answer cannot get so many points.',
  },
}

function refusalOf(why: MarkRefusal | 'not_there'): Problem {
  if (why === 'not_there') return new Problem('not_found')
  if (why === 'not_held') return new Problem('wrong_state')
  return new Problem('invalid_request', {
    errors: [{ field: why === 'too_many_points' ? 'points' : 'task', fault: markFaults[why] }],
  })
}

function lookRefusal(why: SecondLookRefusal): Problem {
  if (why !== 'by_rule') return new Problem('wrong_state')
  const fault = {
    lv: 'Šo atbildi vērtē pēc atslēgas, nevis cilvēks. Par kļūdu atslēgā rakstiet darba rīkotājam.',
    en: 'This answer is scored by its key, not by a person. Write to the organiser about a mistake in the key.',
  }
  return new Problem('invalid_request', { errors: [{ field: 'position', fault }] })
}
