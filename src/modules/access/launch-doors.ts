import { createHmac, randomBytes } from 'node:crypto'
import type { Context } from 'hono'
import { asApp } from '#db/actor.ts'
import type { Database } from '#db/connection.ts'
import { firstKeyId } from '#db/key-ring.ts'
import { deriveKey, type Keys } from '#db/keys.ts'
import type { Log } from '#http/log.ts'
import { Problem } from '#http/problem.ts'
import { type Api, type Caller, type Env, newApi } from '#http/route.ts'
import type { Sealer } from '#modules/registry/index.ts'
import type { Locale } from '#terms/locale.ts'
import { issuerOf, LAUNCH_MINUTES, nonceOf, panelOf, readLaunch } from './launch.ts'
import type { Me } from './model.ts'
import type { Embedding, Platform } from './platforms.ts'
import { callerOf, hashOf, newToken } from './session.ts'
import { changeMandate, endSession } from './session-store.ts'
import { beginAttempt, beginSession, takeAttempt } from './sign-in-store.ts'
import type { PublishedKey } from './signed-token.ts'

/** Why nothing is shown. */
export type LaunchFailure = 'too_old' | 'untrusted' | 'away' | 'not_yours'

export interface LaunchParts {
  db: Database
  keys: Keys
  identity: Pick<Sealer, 'hashCode' | 'open'>
  embedding: Embedding
  log: Log
  /** draws a panel for somebody, once */
  draw: (c: Context<Env>, caller: Caller, panel: string, hosts: readonly string[]) => Promise<Response>
  /** draws why there is none */
  refuse: (c: Context<Env>, locale: Locale, why: LaunchFailure, hosts: readonly string[]) => Promise<Response>
}

const PATIENCE = 8_000 // ms a platform gets to give its keys
const KEPT = 5 * 60_000 // ms its keys are kept

/**
 * The doors through which a panel is shown within another system, under `/embed`: the launch of LTI 1.3 (third-party initiated login,
 * then an ID token by form_post). No cookie and no session comes of it: what is posted is answered with the one page it was begun for,
 * drawn for whom the token names, under a mandate that IKMS itself knows. Nothing else is ever answered below `/embed`.
 */
export function launchDoors({ db, keys, identity, embedding, log, draw, refuse }: LaunchParts): Api {
  const doors = newApi()
  const secret = deriveKey(keys, 'access/launch', firstKeyId(keys))
  const published = keepKeys()
  const attemptOf = (issuer: string, state: string) => hashOf(`launch ${issuer} ${state}`)

  const begin = async (c: Context<Env>, given: (name: string) => string | null) => {
    const platform = embedding.platforms.find(({ issuer }) => issuer === given('iss'))
    const clientId = given('client_id')
    if (!platform || (clientId !== null && clientId !== platform.clientId)) throw new Problem('not_found')
    const panel = panelOf(given('target_link_uri'), embedding.portal)
    if (!panel) throw new Problem('not_found')
    const state = randomBytes(32).toString('base64url')
    await asApp(db, c.var.requestId, (tx) =>
      beginAttempt(
        tx,
        { hash: attemptOf(platform.issuer, state), locale: localeIn(panel), returnTo: panel },
        LAUNCH_MINUTES,
      ),
    )
    const there = new URL(platform.authorization)
    const asked = {
      response_type: 'id_token',
      response_mode: 'form_post',
      scope: 'openid',
      prompt: 'none',
      client_id: platform.clientId,
      redirect_uri: `${embedding.portal}/embed/launch`,
      login_hint: given('login_hint'),
      lti_message_hint: given('lti_message_hint'),
      state,
      nonce: nonceOf(state, secret),
    }
    for (const [name, value] of Object.entries(asked)) if (value !== null) there.searchParams.set(name, value)
    c.header('cache-control', 'no-store')
    return c.redirect(there.href, 303)
  }
  doors.get('/begin', (c) => begin(c, (name) => new URL(c.req.url).searchParams.get(name)))
  doors.post('/begin', async (c) => {
    const form = await c.req.parseBody()
    return begin(c, (name) => (typeof form[name] === 'string' ? form[name] : null))
  })

  doors.post('/launch', async (c) => {
    const form = await c.req.parseBody()
    const said = (name: string) => (typeof form[name] === 'string' ? form[name] : '')
    const token = said('id_token')
    // A refusal of the platform bears no token; it is known by the state alone.
    const issuer = token ? issuerOf(token) : null
    const platform = embedding.platforms.find((each) => each.issuer === issuer)
    if (!platform) throw new Problem('not_found')
    c.set('frameHosts', platform.hosts)
    const state = said('state').slice(0, 100)
    const attempt = await asApp(db, c.var.requestId, (tx) =>
      takeAttempt(tx, attemptOf(platform.issuer, state)),
    )
    if (!attempt?.returnTo) return refuse(c, c.var.locale, 'too_old', platform.hosts)
    const { locale, returnTo: panel } = attempt
    const failed = (why: LaunchFailure) => {
      log.warn({ requestId: c.var.requestId, why, platform: platform.name }, 'launch refused')
      return refuse(c, locale, why, platform.hosts)
    }
    const its = await published(platform).catch(() => null)
    if (!its) return failed('away')
    const person = readLaunch(token, { platform, keys: its, nonce: nonceOf(state, secret), now: Date.now() })
    if (!person) return failed('untrusted')
    return (await shown(c, platform, person, panel)) ?? failed('not_yours')
  })

  doors.all('*', () => {
    throw new Problem('not_found')
  })
  return doors

  /** The panel under the first mandate of the person that opens it; null: none does. The session ends before the answer goes. */
  async function shown(
    c: Context<Env>,
    platform: Platform,
    { code, subject }: { code: string; subject: string },
    panel: string,
  ): Promise<Response | null> {
    const { requestId } = c.var
    const { token, hash, csrf } = newToken()
    const told = await asApp(db, requestId, (tx) =>
      beginSession(
        tx,
        {
          tokenHash: hash,
          codeHash: identity.hashCode(code),
          sealedName: null,
          openName: null,
          csrf,
          providerSession: null,
          providerSubject: createHmac('sha256', secret).update(`${platform.issuer}\0${subject}`).digest(),
        },
        1,
      ),
    )
    if (told !== 'begun') return null
    try {
      const { me } = await callerOf(db, identity, token, requestId)
      for (const mandate of inOrder(me as Me, panel)) {
        await asApp(db, requestId, (tx) => changeMandate(tx, hash, mandate))
        const caller = await callerOf(db, identity, token, requestId)
        const answer = await draw(c, { ...caller, csrf: null, sessionHash: null }, panel, platform.hosts)
        if (answer.status === 200) return answer
      }
      return null
    } finally {
      await asApp(db, requestId, (tx) => endSession(tx, hash))
    }
  }
}

/** Mandates of a person: those for the place of the panel first, then those of schools and families, then the rest. */
function inOrder({ mandates }: Me, panel: string): string[] {
  const unit = panel.split('/').at(-1)
  const near = ({ institutionId, learnerId, tier }: Me['mandates'][number]) =>
    institutionId === unit || learnerId === unit
      ? 0
      : ['school', 'teacher', 'parent', 'learner'].includes(tier)
        ? 1
        : 2
  return mandates.toSorted((a, b) => near(a) - near(b)).map(({ id }) => id)
}

function localeIn(panel: string): Locale {
  return panel.startsWith('/embed/en/') ? 'en' : 'lv'
}

/** Keys that platforms publish, asked for again after a while. */
function keepKeys(): (platform: Platform) => Promise<PublishedKey[]> {
  const kept = new Map<string, { keys: PublishedKey[]; at: number }>()
  return async ({ keys: address }) => {
    const known = kept.get(address)
    if (known && Date.now() - known.at < KEPT) return known.keys
    const answer = await fetch(address, { signal: AbortSignal.timeout(PATIENCE), redirect: 'error' })
    if (!answer.ok) throw new Error('no keys')
    const { keys } = (await answer.json()) as { keys: PublishedKey[] }
    kept.set(address, { keys, at: Date.now() })
    return keys
  }
}
