import { z } from 'zod'
import { Auth, SourceUrl, showWho } from '../auth.ts'
import { connector } from '../connector.ts'

const Settings = z.strictObject({
  url: SourceUrl.describe('where the other system takes messages; /messages is called below it'),
  auth: Auth,
  corrections: z
    .strictObject({ sources: z.array(z.string()).nullable().default(null) })
    .default({ sources: null })
    .describe(
      'what is to be corrected at the source is told, of records of these sources only; null: of all',
    ),
  most: z.int().min(1).max(100_000).default(5000).describe('messages of one run'),
})

const Receipt = z.object({ receipt: z.string().min(1).max(200) })
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
  async *deliveries({ settings, http, secrets, outbox: messages, signal }) {
    await messages.gather(settings.corrections.sources)
    const who = await showWho(settings.auth, http, secrets)
    const url = new URL(`${settings.url.replace(/\/$/, '')}/messages`)
    for (let sent = 0; sent < settings.most; sent += 1) {
      signal.throwIfAborted()
      const message = await messages.next()
      if (!message) return
      const { id, tries, body } = message
      if (body === null) {
        await messages.giveUp(id, { code: 'message.gone', detail: {} })
        continue
      }
      if (tries > TRIES) {
        await messages.giveUp(id, { code: 'message.given_up', detail: { tries: TRIES } })
        continue
      }
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
  },
})
