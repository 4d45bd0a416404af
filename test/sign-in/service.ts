import { randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import { Provider as OidcProvider } from 'oidc-provider'
import type { ProviderSettings } from '#modules/access/settings.ts'
import { afterFile } from '../after-file.ts'

/** Who may sign in at the service: by the name typed there, what the service tells of them. */
export type Accounts = Record<string, { personal_code?: string; name?: string }>

/** Our address as the service knows it. Nothing listens there: the browser of the tests leads it to the server in process. */
export const portal = 'https://ikms.example'

/**
 * A real sign-in service on this machine. Whoever types a name of the accounts and any password is that person; the service has
 * a second client, whose codes are none of ours.
 *
 * @param options.address  ours, as it knows it
 */
export async function signInService(accounts: Accounts, { claimsInIdToken = true, address = portal } = {}) {
  const server = createServer()
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as { port: number }
  const issuer = `http://127.0.0.1:${port}`
  const secret = randomBytes(32).toString('base64url')
  const client = (id: string) => ({
    client_id: id,
    client_secret: secret,
    redirect_uris: [`${address}/sign-in/return`],
    post_logout_redirect_uris: [`${address}/sign-in/left`],
  })
  const service = new OidcProvider(issuer, {
    clients: [client('ikms'), client('neighbour')],
    cookies: { keys: [randomBytes(16).toString('hex')] },
    claims: { openid: ['sub', 'sid'], profile: ['name', 'personal_code'] },
    conformIdTokenClaims: !claimsInIdToken,
    pkce: { required: () => true },
    features: { devInteractions: { enabled: true }, rpInitiatedLogout: { enabled: true } },
    ttl: {
      AuthorizationCode: 60,
      IdToken: 600,
      Interaction: 600,
      Session: 600,
      Grant: 600,
      AccessToken: 600,
    },
    findAccount: (_context, id) =>
      accounts[id] && { accountId: id, claims: () => ({ sub: id, ...accounts[id] }) },
  })
  server.on('request', service.callback())
  const stop = () =>
    new Promise<void>((done) => {
      server.close(() => done())
      server.closeAllConnections()
    })
  afterFile(stop)
  const settings: ProviderSettings = {
    issuer: new URL(issuer),
    clientId: 'ikms',
    clientSecret: secret,
    redirect: new URL(`${address}/sign-in/return`),
    claim: 'personal_code',
    scope: 'openid profile',
  }
  return { issuer, settings, stop }
}
