import { z } from 'zod'
import type { Http } from './http.ts'
import type { Secrets } from './secrets.ts'

/** An address of a source. What is secret is never sent in the clear, but to this machine itself. */
export const SourceUrl = z.url().refine(
  (text) => {
    const { protocol, hostname, username, password } = new URL(text)
    const isNear = hostname === 'localhost' || hostname === '127.0.0.1' || hostname === '[::1]'
    return username === '' && password === '' && (protocol === 'https:' || (protocol === 'http:' && isNear))
  },
  { error: 'expected an https address without name and password in it' },
)

/** How we show who we are. Secrets stand here by their names (docs/feeds.md). */
export const Auth = z
  .union([
    z.strictObject({ bearer: z.string().describe('name of a secret: the token') }),
    z.strictObject({
      tokenUrl: SourceUrl,
      clientId: z.string(),
      clientSecret: z.string().describe('name of a secret'),
      scope: z.string().optional(),
    }),
  ])
  .nullable()
  .default(null)
export type Auth = z.output<typeof Auth>

const Token = z.object({ access_token: z.string().min(1) })

/**
 * Headers that show who we are, for one run. A token of OAuth 2.0 (client credentials, RFC 6749, 4.4) is fetched once.
 *
 * @throws  SourceFault
 */
export async function showWho(auth: Auth, http: Http, secrets: Secrets): Promise<Record<string, string>> {
  if (auth === null) return {}
  if ('bearer' in auth) return { authorization: `Bearer ${secrets(auth.bearer)}` }
  const { tokenUrl, clientId, clientSecret, scope } = auth
  const who = [clientId, secrets(clientSecret)].map((part) => encodeURIComponent(part)).join(':')
  const answer = await http.json(new URL(tokenUrl), Token, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(who).toString('base64')}`,
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: new URLSearchParams({ grant_type: 'client_credentials', ...(scope && { scope }) }).toString(),
  })
  return { authorization: `Bearer ${answer.access_token}` }
}
