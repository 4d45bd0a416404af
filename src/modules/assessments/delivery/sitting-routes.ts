import type { Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { z } from 'zod'
import { asApp, type Tx } from '#db/actor.ts'
import type { Database } from '#db/connection.ts'
import type { Keys } from '#db/keys.ts'
import { limits, RateLimiter } from '#http/limits.ts'
import { Problem, type ProblemCode } from '#http/problem.ts'
import { type Api, createRoute, type Env, json, refusals, writeRefusals, wrongState } from '#http/route.ts'
import type { ShortRoute } from '#http/short-way.ts'
import { forPupil } from '../content/pupil.ts'
import { codes } from '../rounds/codes.ts'
import { answerDesk } from './answer-desk.ts'
import {
  EntryCode,
  NewAnswer,
  SavedAnswer,
  Sitting,
  SittingItem,
  SittingPulse,
  type SittingState,
} from './model.ts'
import { Papers } from './papers.ts'
import { adjustedBy, forgetSitting, giveSitting, newSittingToken, tokenIn, tokenOnShortWay } from './seats.ts'
import {
  type EntryFault,
  enter,
  finish,
  noteRefusal,
  type OwnAnswer,
  pulses,
  readPaperMedia,
  type Seat,
  type Stand,
} from './sitting-store.ts'
import { Together } from './together.ts'

const MOST_ANSWER = 60_000 // bytes of one item's answers

const position = z.coerce.number().int().min(1).max(999)
const onePlace = { params: z.object({ position }) }
const nobodyIn = { 401: writeRefusals[401] }

const begin = createRoute({
  method: 'post',
  path: '/sittings',
  summary: 'Enter with a printed code while a session is open; what was opened with it on other devices ends',
  request: { body: { required: true, content: { 'application/json': { schema: EntryCode } } } },
  responses: { 201: json(Sitting, 'A cookie holds the sitting'), ...writeRefusals, ...wrongState },
})
const current = createRoute({
  method: 'get',
  path: '/sittings/current',
  summary: 'The sitting of this browser: how it stands and what is saved',
  responses: { 200: json(Sitting, 'As it stands now'), ...refusals, ...nobodyIn },
})
const pulse = createRoute({
  method: 'get',
  path: '/sittings/current/pulse',
  summary: 'How the sitting stands; tells who leads the session that the device is there',
  responses: { 200: json(SittingPulse, 'As it stands now'), ...refusals, ...nobodyIn },
})
const items = createRoute({
  method: 'get',
  path: '/sittings/current/items',
  summary: 'All items as this child sees them, with its own answers',
  responses: {
    200: json(z.object({ items: z.array(SittingItem) }), 'Without keys'),
    ...refusals,
    ...nobodyIn,
    ...wrongState,
  },
})
const item = createRoute({
  method: 'get',
  path: '/sittings/current/items/{position}',
  summary: 'One item as this child sees it, with its own answer',
  request: onePlace,
  responses: { 200: json(SittingItem, 'Without keys'), ...refusals, ...nobodyIn, ...wrongState },
})
const media = createRoute({
  method: 'get',
  path: '/sittings/current/items/{position}/media/{name}',
  summary: 'A picture of an item',
  request: {
    params: z.object({
      position,
      name: z
        .string()
        .max(80)
        .refine((text) => !text.includes('\0')),
    }),
  },
  responses: {
    200: {
      description: 'The picture',
      content: { 'image/*': { schema: { type: 'string' as const, format: 'binary' } } },
    },
    ...refusals,
    ...nobodyIn,
  },
})
/** What is in the answers themselves is looked at by the desk, which keeps apart what it does not take. */
const HandedIn = NewAnswer.extend({ answers: z.record(z.string(), z.unknown()) })
const save = createRoute({
  method: 'put',
  path: '/sittings/current/answers/{position}',
  summary: 'Save the answers to an item; they are safe once this is answered',
  request: {
    ...onePlace,
    body: {
      required: true,
      content: {
        'application/json': { schema: HandedIn },
      },
    },
  },
  responses: { 200: json(SavedAnswer, 'Saved, also when it was before'), ...writeRefusals, ...wrongState },
})
const done = createRoute({
  method: 'post',
  path: '/sittings/current/finish',
  summary: 'Say that the work is done',
  responses: { 200: json(SittingPulse, 'As it stands now'), ...writeRefusals, ...wrongState },
})
const leave = createRoute({
  method: 'delete',
  path: '/sittings/current',
  summary: 'Forget the sitting in this browser; answers stay, the code lets in again',
  responses: { 204: { description: 'Forgotten' }, ...writeRefusals },
})

const entryProblem: Record<EntryFault, ProblemCode> = {
  unknown: 'code_unknown',
  not_open: 'session_not_open',
  exempt: 'session_not_open',
  finished: 'sitting_over',
}
export const stateProblem: Record<Exclude<SittingState, 'running'>, ProblemCode> = {
  waiting: 'sitting_not_begun',
  time_over: 'sitting_over',
  finished: 'sitting_over',
  ended: 'sitting_over',
  elsewhere: 'sitting_elsewhere',
}

/**
 * The child’s side of the test day. Its token, in a cookie of its own, reaches one participant and nothing else.
 *
 * @returns  the two routes that every device asks all the time, for the short way
 */
export function sittingRoutes(api: Api, { db, keys }: { db: Database; keys: Keys }): ShortRoute[] {
  const { entryKey, tokenOf: sameToken } = codes(keys)
  const limiter = new RateLimiter()
  const papers = new Papers()
  const desk = answerDesk(db, papers)
  const beats = new Together((tokens: Buffer[]) => asApp(db, 'pulses', (tx) => pulses(tx, tokens)))
  const asChild = <T>(c: Context<Env>, work: (tx: Tx) => Promise<T>) => asApp(db, c.var.requestId, work)

  api.use(
    '/sittings/*',
    bodyLimit({
      maxSize: MOST_ANSWER,
      async onError(c: Context<Env>) {
        const token = tokenIn(c)
        const place = position.safeParse(c.req.path.split('/').at(-1)).data
        if (token && place) {
          const what = { token, position: place, revision: 0, answer: null }
          await asChild(c, (tx) => noteRefusal(tx, what, 'too_large'))
        }
        throw new Problem('too_large')
      },
    }),
  )

  api.openapi(begin, async (c) => {
    const asked = performance.now()
    const { code, attempt } = c.req.valid('json')
    const entry = entryKey(code)
    if (!entry) throw new Problem('code_unknown')
    limiter.take(`code ${entry.toString('base64')}`, limits.code, performance.now())
    const { token, hash } = newSittingToken(attempt ? sameToken(entry, attempt) : undefined)
    const fault = await asChild(c, (tx) =>
      enter(tx, { entry, token: hash, waited: performance.now() - asked }),
    )
    if (fault) throw new Problem(entryProblem[fault])
    giveSitting(c, token)
    return c.json(sittingOf(await desk.standOf(hash)), 201)
  })

  api.openapi(current, async (c) => c.json(sittingOf(await desk.standOf(tokenOf(c))), 200))

  async function feel(token: Buffer): Promise<SittingPulse> {
    const told = await beats.ask(token)
    if (!told) throw new Problem('no_sitting')
    return told
  }

  async function handIn(
    token: Buffer,
    at: number,
    { participant, revision, answers }: z.infer<typeof HandedIn>,
  ) {
    limiter.take(`sitting ${token.toString('base64')}`, limits.sitting, performance.now())
    return desk.take({ token, participant, position: at, revision }, answers)
  }

  api.openapi(pulse, async (c) => c.json(await feel(tokenOf(c)), 200))

  api.openapi(items, async (c) => {
    const { stand, paper } = await desk.work(tokenOf(c))
    const shown = [...paper].map(([at, content]) => itemOf(at, forPupil(content, stand.seed), stand.answers))
    return c.json({ items: shown }, 200)
  })

  api.openapi(item, async (c) => {
    const at = c.req.valid('param').position
    const { stand, paper } = await desk.work(tokenOf(c))
    const content = paper.get(at)
    if (!content) throw new Problem('not_found')
    return c.json(itemOf(at, forPupil(content, stand.seed), stand.answers), 200)
  })

  api.openapi(media, async (c) => {
    const token = tokenOf(c)
    const { position: at, name } = c.req.valid('param')
    const found = await asChild(c, (tx) => readPaperMedia(tx, token, at, name))
    if (!found) throw new Problem('not_found')
    // The browser keeps it for the time of the test, so that it is there when the connection is not; for this child, because
    // another has something else at the same place.
    return c.body(new Uint8Array(found.bytes), 200, {
      'content-type': found.type,
      'cache-control': 'private, max-age=7200',
      vary: 'Cookie',
    })
  })

  api.openapi(save, async (c) =>
    c.json(await handIn(tokenOf(c), c.req.valid('param').position, c.req.valid('json')), 200),
  )

  api.openapi(done, async (c) => {
    const token = tokenOf(c)
    const state = await asChild(c, (tx) => finish(tx, token))
    if (state === 'waiting' || state === 'elsewhere') throw new Problem(stateProblem[state])
    return c.json(pulseOf(await desk.standOf(token)), 200)
  })

  api.openapi(leave, (c) => {
    forgetSitting(c)
    return c.body(null, 204)
  })

  return [
    {
      method: 'PUT',
      path: /^\/api\/v1\/sittings\/current\/answers\/([1-9]\d{0,2})$/,
      route: '/api/v1/sittings/current/answers/:position',
      ask(sent) {
        const token = tokenOnShortWay(sent)
        const handedIn = HandedIn.safeParse(sent.body)
        return token && handedIn.success ? () => handIn(token, Number(sent.found[0]), handedIn.data) : null
      },
    },
    {
      method: 'GET',
      path: /^\/api\/v1\/sittings\/current\/pulse$/,
      route: '/api/v1/sittings/current/pulse',
      ask(sent) {
        const token = tokenOnShortWay(sent)
        return token && (() => feel(token))
      },
    },
  ]
}

function tokenOf(c: Context<Env>): Buffer {
  const token = tokenIn(c)
  if (!token) throw new Problem('no_sitting')
  return token
}

function pulseOf({ state, participant, endsAt, now }: Seat): SittingPulse {
  return { state, participant, endsAt, now }
}

function sittingOf({ answers, ...seat }: Stand): Sitting {
  return {
    ...pulseOf(seat),
    label: seat.label,
    name: { lv: seat.nameLv, en: seat.nameEn },
    minutes: seat.minutes,
    places: seat.places,
    adjusted: adjustedBy(seat.profile),
    saved: answers.map(({ position: at, revision, answer }) => ({
      position: at,
      revision,
      isEmpty: Object.keys(answer).length === 0,
    })),
  }
}

function itemOf(at: number, shown: SittingItem['item'], answers: readonly OwnAnswer[]): SittingItem {
  const own = answers.find((each) => each.position === at)
  return { position: at, revision: own?.revision ?? 0, answers: own?.answer ?? {}, item: shown }
}
