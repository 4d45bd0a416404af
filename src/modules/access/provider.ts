import * as oidc from 'openid-client'
import type { Locale } from '#terms/locale.ts'
import { type NoticeChecks, readLogoutNotice } from './logout-notice.ts'
import type { SignInFailure } from './model.ts'
import { personalCode } from './personal-code.ts'
import { isLoopback, type ProviderSettings } from './settings.ts'

/** What an attempt holds against the answer of the provider; all of it derived from what only the browser has. */
export interface AttemptSecrets {
  state: string
  nonce: string
  verifier: string
}

/** What the provider says of somebody who signed in. */
export interface SignedInPerson {
  /** personal code as the registers write it */
  code: string
  name: string | null
  subject: string
  /** the provider's session, where it names one */
  session: string | null
}

/** The one service that signs people in. */
export interface Provider {
  /** Where the browser goes to sign in. */
  signInAddress(secrets: AttemptSecrets, locale: Locale): Promise<URL>
  /** Turns the answer that the browser brought back into a person. @throws SignInFailed */
  redeem(answer: URLSearchParams, secrets: AttemptSecrets): Promise<SignedInPerson>
  /** Where the browser goes to sign out there as well; null where the provider has no such address. */
  signOutAddress(locale: Locale): Promise<URL | null>
  /** Whose sessions the provider says are over; null when the notice is not to be believed. @throws SignInFailed */
  readNotice(notice: string): Promise<{ subject: string | null; session: string | null } | null>
  /** Asks the provider ahead for what it publishes, so that pages know where their forms lead; a failure waits for the first sign-in. */
  prepare(): void
  /** Origins our forms lead to, for the content security policy. */
  origins(): readonly string[]
}

/** A sign-in that did not come about. `detail` is a stable code of the protocol, never a text of the provider. */
export class SignInFailed extends Error {
  readonly why: SignInFailure
  readonly detail: string
  constructor(why: SignInFailure, detail: string) {
    super(why)
    this.name = 'SignInFailed'
    this.why = why
    this.detail = detail
  }
}

const PATIENCE = 8 // s that the provider gets for an answer
const CLOCKS = 60 // s by which its clock may differ from ours

/**
 * OpenID Connect, code flow with PKCE, state and nonce; every ID token is checked against the provider's keys, though it comes
 * straight from the provider. Its addresses are asked for once and kept until the process ends.
 */
export function openProvider(settings: ProviderSettings): Provider {
  const { clientId, clientSecret, issuer, redirect, scope, claim } = settings
  const { origins, configuration } = keepConfiguration(settings)
  const guarded = <T>(work: Promise<T>) => work.catch((error) => Promise.reject(failureOf(error)))
  if (!clientId || !clientSecret) throw new RangeError('A provider knows its clients by id and secret')

  return {
    origins,
    prepare: () => void configuration().catch(() => {}),
    signInAddress: (secrets, locale) => guarded(addressOf(secrets, locale)),
    redeem: (answer, secrets) => guarded(redeemed(answer, secrets)),
    readNotice: (notice) => guarded(readNotice(notice)),
    async signOutAddress(locale) {
      const found = await guarded(configuration())
      if (!found.serverMetadata().end_session_endpoint) return null
      // Without the ID token as a hint: it holds a personal code, and addresses stay in histories and logs.
      return oidc.buildEndSessionUrl(found, {
        client_id: clientId,
        post_logout_redirect_uri: new URL('/sign-in/left', redirect).href,
        state: locale,
        ui_locales: locale,
      })
    },
  }

  /** Keys are asked for with every notice: there are few, and keys that were withdrawn must not end sessions. */
  async function readNotice(notice: string) {
    const { issuer: name, jwks_uri } = (await configuration()).serverMetadata()
    if (!jwks_uri) throw new SignInFailed('untrusted', 'no keys published')
    const answer = await fetch(jwks_uri, { signal: AbortSignal.timeout(PATIENCE * 1000), redirect: 'error' })
    if (!answer.ok) throw new SignInFailed('away', 'keys')
    const { keys } = (await answer.json()) as { keys: NoticeChecks['keys'] }
    return readLogoutNotice(notice, { issuer: name, clientId, keys, now: Date.now() })
  }

  async function addressOf({ state, nonce, verifier }: AttemptSecrets, locale: Locale): Promise<URL> {
    return oidc.buildAuthorizationUrl(await configuration(), {
      redirect_uri: redirect.href,
      scope,
      state,
      nonce,
      code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      ui_locales: locale,
    })
  }

  async function redeemed(answer: URLSearchParams, secrets: AttemptSecrets): Promise<SignedInPerson> {
    const found = await configuration()
    const address = new URL(redirect)
    address.search = answer.toString()
    const tokens = await oidc.authorizationCodeGrant(found, address, {
      expectedState: secrets.state,
      expectedNonce: secrets.nonce,
      pkceCodeVerifier: secrets.verifier,
      idTokenExpected: true,
    })
    const told = tokens.claims()!
    // Some providers put the claims of a person into the ID token, others hand them out on request only.
    const claims =
      told[claim] === undefined && found.serverMetadata().userinfo_endpoint
        ? { ...(await oidc.fetchUserInfo(found, tokens.access_token, told.sub)), ...told }
        : told
    const code = personalCode((claims as Record<string, unknown>)[claim])
    if (!code) throw new SignInFailed('no_code', `claim of ${issuer.host}`)
    const { sid } = told
    return { code, name: nameOf(claims), subject: told.sub, session: typeof sid === 'string' ? sid : null }
  }
}

/** What the provider publishes of itself, asked for when first needed and again after a failure. */
function keepConfiguration({ issuer, clientId, clientSecret }: ProviderSettings) {
  const origins = new Set([issuer.origin])
  let kept: Promise<oidc.Configuration> | undefined
  const discover = async () => {
    const found = await oidc.discovery(
      issuer,
      clientId,
      { client_secret: clientSecret, [oidc.clockTolerance]: CLOCKS },
      // As the provider wants it; HTTP Basic is what every provider must offer.
      (as, ...rest) => authenticationFor(as.token_endpoint_auth_methods_supported, clientSecret)(as, ...rest),
      {
        timeout: PATIENCE,
        execute: [
          oidc.enableNonRepudiationChecks,
          ...(isLoopback(issuer) ? [oidc.allowInsecureRequests] : []),
        ],
      },
    )
    const { authorization_endpoint, end_session_endpoint } = found.serverMetadata()
    for (const address of [authorization_endpoint, end_session_endpoint]) {
      if (address) origins.add(new URL(address).origin)
    }
    return found
  }
  const configuration = () => {
    kept ??= discover().catch((error) => {
      kept = undefined
      throw error
    })
    return kept
  }
  return { configuration, origins: () => [...origins] }
}

function authenticationFor(offered: readonly string[] | undefined, secret: string): oidc.ClientAuth {
  const isBasic = !offered || offered.includes('client_secret_basic')
  return isBasic ? oidc.ClientSecretBasic(secret) : oidc.ClientSecretPost(secret)
}

function nameOf(claims: Readonly<Record<string, unknown>>): string | null {
  const { name, given_name: given, family_name: family } = claims
  if (typeof name === 'string' && name.trim()) return name.trim().slice(0, 200)
  const parts = [given, family].filter((part) => typeof part === 'string' && part.trim())
  return parts.length > 0 ? parts.join(' ').slice(0, 200) : null
}

/** Conditions of the provider that pass by themselves. */
const passing = new Set([
  'OAUTH_TIMEOUT',
  'OAUTH_ABORT',
  'OAUTH_RESPONSE_IS_NOT_CONFORM',
  'OAUTH_RESPONSE_IS_NOT_JSON',
])

function failureOf(error: unknown): SignInFailed {
  if (error instanceof SignInFailed) return error
  if (error instanceof oidc.AuthorizationResponseError) {
    const isAway = ['server_error', 'temporarily_unavailable'].includes(error.error)
    return new SignInFailed(isAway ? 'away' : 'refused', error.code ?? 'refused')
  }
  const { code = 'unknown', name = '' } = error as { code?: string; name?: string }
  // A TypeError without a code is what fetch throws when nobody answers.
  const isAway = passing.has(code) || (name === 'TypeError' && code === 'unknown')
  return new SignInFailed(isAway ? 'away' : 'untrusted', code)
}
