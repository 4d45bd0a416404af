import { createHmac } from 'node:crypto'
import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { asApp } from '#db/actor.ts'
import type { Database } from '#db/connection.ts'
import { firstKeyId } from '#db/key-ring.ts'
import { deriveKey, type Keys } from '#db/keys.ts'
import type { Log } from '#http/log.ts'
import { Problem } from '#http/problem.ts'
import { type Api, type Env, newApi } from '#http/route.ts'
import { cookiePrefix } from '#http/tls.ts'
import type { Sealer } from '#modules/registry/index.ts'
import { Locale } from '#terms/locale.ts'
import { ATTEMPT_MINUTES, localAddress, newAttempt, secretsOf } from './attempt.ts'
import type { SignInFailure } from './model.ts'
import { type Provider, type SignedInPerson, SignInFailed } from './provider.ts'
import { giveSession, hashOf, newToken, SESSION_HOURS } from './session.ts'
import { endSession } from './session-store.ts'
import { beginAttempt, beginSession, endProviderSessions, takeAttempt } from './sign-in-store.ts'

export interface DoorParts {
  db: Database
  keys: Keys
  identity: Pick<Sealer, 'hashCode' | 'seal'>
  provider: Provider
  log: Log
  /** addresses of the portal's pages */
  pages: {
    home: (locale: Locale) => string
    begin: (locale: Locale) => string
    failed: (locale: Locale, why: SignInFailure) => string
  }
}

/** The attempt lives in the browser that began it, for as long as it may take. */
const attemptCookie = 'ikms-sign-in'

/**
 * The doors to the sign-in provider and back, under `/sign-in`. They are for browsers: every answer leads on to a page.
 * Whoever comes back without the cookie of the browser that went is not let in.
 */
export function signInDoors({ db, keys, identity, provider, log, pages }: DoorParts): Api {
  const doors = newApi()
  // Of the first key: a notice of sign-out must find sessions that began before a new key came.
  const subjectKey = deriveKey(keys, 'access/provider', firstKeyId(keys))
  const keyed = (kind: string, text: string) =>
    createHmac('sha256', subjectKey).update(`${kind}\0`).update(text).digest()

  doors.post('/begin', async (c) => {
    const form = await c.req.parseBody()
    const locale = Locale.catch('lv').parse(form.language)
    const { token, hash } = newAttempt()
    const returnTo = localAddress(typeof form.return === 'string' ? form.return : undefined)
    try {
      const there = await provider.signInAddress(secretsOf(token), locale)
      await asApp(db, c.var.requestId, (tx) => beginAttempt(tx, { hash, locale, returnTo }, ATTEMPT_MINUTES))
      setCookie(c, attemptCookie, token, {
        httpOnly: true,
        sameSite: 'Lax',
        path: '/',
        maxAge: ATTEMPT_MINUTES * 60,
        ...cookiePrefix(c),
      })
      return c.redirect(there.href, 303)
    } catch (error) {
      return failed(c, locale, error)
    }
  })

  doors.get('/return', async (c) => {
    const tls = cookiePrefix(c)
    const token = getCookie(c, attemptCookie, 'prefix' in tls ? tls.prefix : undefined)
    deleteCookie(c, attemptCookie, { path: '/', ...tls })
    const answer = new URL(c.req.url).searchParams
    try {
      const secrets = token && token.length < 100 ? secretsOf(token) : null
      if (!secrets || answer.get('state') !== secrets.state)
        throw new SignInFailed('too_old', 'other attempt')
      const attempt = await asApp(db, c.var.requestId, (tx) => takeAttempt(tx, hashOf(token!)))
      if (!attempt) throw new SignInFailed('too_old', 'no attempt')
      try {
        await letIn(c, await provider.redeem(answer, secrets))
        return c.redirect(attempt.returnTo ?? pages.begin(attempt.locale), 303)
      } catch (error) {
        return failed(c, attempt.locale, error)
      }
    } catch (error) {
      return failed(c, c.var.locale, error)
    }
  })

  // Signed out here already; now there as well, where the provider has a way.
  doors.get('/leave', async (c) => {
    const locale = given(c, 'language')
    const there = await provider.signOutAddress(locale).catch(() => null)
    return c.redirect(there?.href ?? pages.home(locale), 303)
  })

  doors.get('/left', (c) => c.redirect(pages.home(given(c, 'state')), 303))

  // The provider tells us, from machine to machine, whose sessions are over there.
  doors.post('/logged-out', async (c) => {
    const { logout_token: notice } = await c.req.parseBody()
    const over = typeof notice === 'string' ? await provider.readNotice(notice).catch(() => null) : null
    c.header('cache-control', 'no-store')
    if (!over) return c.body(null, 400)
    await asApp(db, c.var.requestId, (tx) =>
      endProviderSessions(tx, {
        session: over.session === null ? null : keyed('session', over.session),
        subject: over.subject === null ? null : keyed('subject', over.subject),
      }),
    )
    return c.body(null, 200)
  })

  doors.all('*', () => {
    throw new Problem('not_found')
  })
  return doors

  /** Begins a session under a new token; one that was there before ends. */
  async function letIn(c: Context<Env>, person: SignedInPerson): Promise<void> {
    const { token, hash, csrf } = newToken()
    const told = await asApp(db, c.var.requestId, async (tx) => {
      if (c.var.caller.sessionHash) await endSession(tx, c.var.caller.sessionHash)
      return beginSession(
        tx,
        {
          tokenHash: hash,
          codeHash: identity.hashCode(person.code),
          sealedName: person.name === null ? null : identity.seal('name', person.name),
          openName: person.name,
          csrf,
          providerSession: person.session === null ? null : keyed('session', person.session),
          providerSubject: keyed('subject', person.subject),
        },
        SESSION_HOURS,
      )
    })
    if (told !== 'begun') throw new SignInFailed(told, told)
    giveSession(c, token)
  }

  function failed(c: Context<Env>, locale: Locale, error: unknown): Response {
    if (!(error instanceof SignInFailed)) throw error
    const { why, detail } = error
    // Codes of the protocol only: what the provider wrote may name somebody.
    if (why === 'away' || why === 'untrusted' || why === 'no_code') {
      log.warn({ requestId: c.var.requestId, why, detail }, 'sign-in failed')
    }
    return c.redirect(pages.failed(locale, why), 303)
  }
}

/** A language named in the address; Latvian where there is none. */
function given(c: Context<Env>, name: string): Locale {
  return Locale.catch('lv').parse(new URL(c.req.url).searchParams.get(name))
}
