import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import type { ProviderSettings } from '#modules/access/settings.ts'
import { afterFile } from '../after-file.ts'
import { portal } from './service.ts'

const newKey = () => generateKeyPairSync('ec', { namedCurve: 'P-256' })
const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')

/** A token as a service would sign it (ES256), or unsigned where there is no key. */
export function token(header: object, claims: object, key: KeyObject | null): string {
  const text = `${part(header)}.${part(claims)}`
  const signature = key
    ? sign('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')
    : ''
  return `${text}.${signature}`
}

/** How an answer of the token address is to be spoilt. */
export interface Spoiling {
  header?: object
  claims?: object
  /** another key than the published one, or none at all */
  key?: KeyObject | null
  /** the whole answer instead */
  answer?: { status: number; type: string; body: string }
}

/**
 * A service of our own that speaks the protocol and can be told to lie. What a real one never sends can only be tried with this.
 * Codes are answered with an ID token for whoever `claims` name, spoilt as wanted.
 */
export async function crookedService(claims: object) {
  const published = newKey()
  let spoiling: Spoiling = {}
  let nonce = ''
  let notes: Record<string, unknown> = {}
  const server = createServer(async (request, response) => {
    const json = (body: object, status = 200) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    }
    const { pathname } = new URL(request.url!, issuer)
    if (pathname === '/.well-known/openid-configuration') {
      return json({
        issuer,
        authorization_endpoint: `${issuer}/authorise`,
        token_endpoint: `${issuer}/token`,
        jwks_uri: `${issuer}/keys`,
        response_types_supported: ['code'],
        subject_types_supported: ['public'],
        id_token_signing_alg_values_supported: ['ES256', 'none'],
        authorization_response_iss_parameter_supported: true,
        ...notes,
      })
    }
    if (pathname === '/keys') {
      return json({
        keys: [{ ...published.publicKey.export({ format: 'jwk' }), use: 'sig', alg: 'ES256', kid: '1' }],
      })
    }
    if (pathname !== '/token') return json({}, 404)
    await drained(request)
    if (spoiling.answer) {
      const { status, type, body } = spoiling.answer
      return response.writeHead(status, { 'content-type': type }).end(body)
    }
    const now = Math.floor(Date.now() / 1000)
    const told = { iss: issuer, aud: 'ikms', sub: 'somebody', iat: now, exp: now + 300, nonce, ...claims }
    const key = spoiling.key === undefined ? published.privateKey : spoiling.key
    const id = token({ alg: 'ES256', kid: '1', ...spoiling.header }, { ...told, ...spoiling.claims }, key)
    json({ access_token: 'x', token_type: 'Bearer', expires_in: 300, id_token: id })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const issuer = `http://127.0.0.1:${(server.address() as { port: number }).port}`
  const stop = () =>
    new Promise<void>((done) => {
      server.close(() => done())
      server.closeAllConnections()
    })
  afterFile(stop)
  const settings: ProviderSettings = {
    issuer: new URL(issuer),
    clientId: 'ikms',
    clientSecret: 'between us',
    redirect: new URL(`${portal}/sign-in/return`),
    claim: 'personal_code',
    scope: 'openid profile',
  }
  return {
    issuer,
    settings,
    stop,
    key: published.privateKey,
    otherKey: newKey().privateKey,
    /** Published from now on besides what is true; to be said before anybody asks. */
    note: (more: Record<string, unknown>) => {
      notes = more
    },
    /** The address the browser brings back for the address it was sent to, and how the token is spoilt. */
    back(asked: URL, how: Spoiling = {}, answer: Record<string, string> = {}): string {
      spoiling = how
      nonce = asked.searchParams.get('nonce')!
      const query = new URLSearchParams({
        code: 'a code',
        state: asked.searchParams.get('state')!,
        iss: issuer,
        ...answer,
      })
      return `/sign-in/return?${query}`
    },
  }
}

async function drained(request: IncomingMessage): Promise<void> {
  for await (const _ of request);
}
