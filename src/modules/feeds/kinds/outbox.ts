import { z } from 'zod'
import { Auth, SourceUrl, showWho } from '../auth.ts'
import { type Asking, connector, type Delivery, type Outbox, type Outgoing } from '../connector.ts'
import { SourceFault } from '../source-fault.ts'

const Settings = z.strictObject({
  url: SourceUrl.describe(
    'where the other system takes messages; /messages and /batches are called below it',
  ),
  auth: Auth,
  corrections: z
    .strictObject({ sources: z.array(z.string()).nullable().default(null) })
    .nullable()
    .default({ sources: null })
    .describe(
      'what is to be corrected at the source is told, of records of these sources only; sources null: of all; null: nothing of it',
    ),
  levels: z
    .strictObject({ scores: z.boolean().default(false) })
    .nullable()
    .default(null)
    .describe('official levels of monitoring tests are told, with scores: points and their error too'),
  links: z
    .strictObject({ portal: SourceUrl.describe('address of IKMS as people open it') })
    .nullable()
    .default(null)
    .describe('addresses of pages that open within the other system are told'),
  schools: z
    .array(z.string())
    .nullable()
    .default(null)
    .describe('registration numbers of the schools that work in the other system; null: all'),
  most: z.int().min(1).max(100_000).default(5000).describe('messages of one run'),
})

const Receipt = z.object({ receipt: z.string().min(1).max(200) })
const Results = z.object({
  results: z.array(
    z.union([
      z.object({ id: z.uuid(), receipt: z.string().min(1).max(200) }),
      z.object({ id: z.uuid(), refused: z.string().max(100) }),
    ]),
  ),
})
const TRIES = 20 // after so many a message is given up, so that it does not hold up the others for ever

/**
 * Messages to another system, the oldest first, at least once each: what is sent again after kill -9 bears the same Idempotency-Key. A
 * message that is refused is given up and the next one is sent; when the system does not answer, the run ends and all wait.
 */
export const outbox = connector<z.output<typeof Settings>, object>({
  kind: 'outbox',
  settings: Settings,
  state: z.object({}),
  place: ({ url }) => url,
  async *deliveries(asking) {
    const { settings, http, secrets, outbox: messages } = asking
    if (settings.corrections) await messages.gather(settings.corrections.sources)
    await messages.gatherOutward(settings)
    const who = await showWho(settings.auth, http, secrets)
    const left = { messages: settings.most }
    yield* corrections(asking, who, left)
    yield* batches(asking, who, left)
  },
})

type Told = Asking<z.output<typeof Settings>, object>

/** Corrections, one after the other. */
async function* corrections(
  { settings, http, outbox: messages, signal }: Told,
  who: Record<string, string>,
  left: { messages: number },
): AsyncGenerator<Delivery<object>> {
  const url = new URL(`${settings.url.replace(/\/$/, '')}/messages`)
  for (; left.messages > 0; left.messages -= 1) {
    signal.throwIfAborted()
    const message = await messages.next()
    if (!message) return
    const { id, body } = message
    if (body === null) {
      await messages.giveUp(id, { code: 'message.gone', detail: {} })
      continue
    }
    if (await givenUp(messages, message)) continue
    const { status, json } = await http.ask(url, {
      method: 'POST',
      headers: { ...who, 'content-type': 'application/json', 'idempotency-key': id },
      body: JSON.stringify(body),
      also: [201, 202, 400, 409, 422],
    })
    if (status === 400 || status === 422) {
      await messages.giveUp(id, { code: 'message.refused', detail: { status } })
      continue
    }
    // 409: it has the message already.
    const read = Receipt.safeParse(json)
    await messages.sent(id, read.success ? read.data.receipt : null)
    yield { state: {}, sent: 1 }
  }
}

/** Levels and links, many at once; the receiver answers for each. What it does not speak of waits. */
async function* batches(
  { settings, http, outbox: messages, signal }: Told,
  who: Record<string, string>,
  left: { messages: number },
): AsyncGenerator<Delivery<object>> {
  const url = new URL(`${settings.url.replace(/\/$/, '')}/batches`)
  while (left.messages > 0) {
    signal.throwIfAborted()
    const taken = await messages.nextBatch(settings)
    if (!taken) return
    left.messages -= taken.length
    const going: Outgoing[] = []
    for (const message of taken) if (!(await givenUp(messages, message))) going.push(message)
    if (going.length === 0) continue
    const { results } = await http.json(url, Results, {
      method: 'POST',
      headers: { ...who, 'content-type': 'application/json' },
      body: JSON.stringify({ messages: going.map(({ body }) => body) }),
      also: [201, 202],
    })
    const asked = new Set(going.map(({ id }) => id))
    let sent = 0
    let refused = 0
    for (const result of results.filter(({ id }) => asked.delete(id))) {
      if ('refused' in result) {
        refused += 1
        await messages.giveUp(result.id, { code: 'message.row_refused', detail: { why: result.refused } })
      } else {
        sent += 1
        await messages.sent(result.id, result.receipt)
      }
    }
    if (sent > 0) yield { state: {}, sent }
    if (sent + refused === 0)
      throw new SourceFault('source.schema', { fields: 'results: expected one a message' })
  }
}

async function givenUp(messages: Outbox, { id, tries }: Outgoing): Promise<boolean> {
  if (tries <= TRIES) return false
  await messages.giveUp(id, { code: 'message.given_up', detail: { tries: TRIES } })
  return true
}
