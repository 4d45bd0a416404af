import { z } from 'zod'
import { asApp, type Tx } from '#db/actor.ts'
import type { Database } from '#db/connection.ts'
import { Problem } from '#http/problem.ts'
import { type Api, always, createRoute, csrfHeaders, json, signedIn, writeRefusals } from '#http/route.ts'
import type { Sealer } from '#modules/registry/index.ts'
import { auditRoutes } from './audit-routes.ts'
import { listDemoPeople } from './demo-store.ts'
import { DemoPerson, Me } from './model.ts'
import { callerOf, forgetSession, giveSession, newToken, refuseForged, SESSION_HOURS } from './session.ts'
import { beginDemoSession, changeMandate, endAllSessions, endSession } from './session-store.ts'

const whoAmI = createRoute({
  method: 'get',
  path: '/me',
  summary: 'Who is signed in, in which capacity',
  responses: { 200: json(Me, 'person is null when nobody is signed in'), ...always },
})

const waysIn = createRoute({
  method: 'get',
  path: '/sign-in',
  summary: 'How people sign in here',
  responses: {
    200: json(
      z.object({
        provider: z.boolean().describe('through the sign-in service; browsers begin at /sign-in/begin'),
      }),
      'Demo people are at /demo-people',
    ),
    ...always,
  },
})

const demoPeople = createRoute({
  method: 'get',
  path: '/demo-people',
  summary: 'Made-up people to sign in as; empty where the data are real',
  responses: { 200: json(z.object({ items: z.array(DemoPerson) }), 'In a fixed order'), ...always },
})

const signIn = createRoute({
  method: 'post',
  path: '/session',
  summary: 'Sign in as a demo person; sets the session cookie',
  request: {
    body: { required: true, content: { 'application/json': { schema: z.object({ person: z.uuid() }) } } },
  },
  responses: { 201: json(Me, 'Signed in'), ...writeRefusals },
})

const useMandate = createRoute({
  method: 'patch',
  path: '/session',
  summary: 'Act under another of the own mandates',
  ...signedIn,
  request: {
    headers: csrfHeaders,
    body: { required: true, content: { 'application/json': { schema: z.object({ mandate: z.uuid() }) } } },
  },
  responses: { 204: { description: 'Changed' }, ...writeRefusals },
})

const signOut = createRoute({
  method: 'delete',
  path: '/session',
  summary: 'Sign out: this session ends',
  ...signedIn,
  request: { headers: csrfHeaders },
  responses: { 204: { description: 'Signed out' }, ...writeRefusals },
})

const signOutEverywhere = createRoute({
  method: 'delete',
  path: '/sessions',
  summary: 'Sign out everywhere: every session of the person ends',
  ...signedIn,
  request: { headers: csrfHeaders },
  responses: { 204: { description: 'Signed out on every device' }, ...writeRefusals },
})

/** @param hasProvider  a sign-in provider is configured */
export function accessRoutes(
  api: Api,
  { db, identity, hasProvider }: { db: Database; identity: Sealer; hasProvider: boolean },
) {
  api.openapi(whoAmI, (c) => c.json(c.var.caller.me as Me, 200))

  api.openapi(waysIn, (c) => c.json({ provider: hasProvider }, 200))

  api.openapi(demoPeople, async (c) =>
    c.json({ items: await asApp(db, c.var.requestId, listDemoPeople) }, 200),
  )

  api.openapi(signIn, async (c) => {
    const { person } = c.req.valid('json')
    const { token, hash, csrf } = newToken()
    const begun = await asApp(db, c.var.requestId, async (tx) => {
      if (c.var.caller.sessionHash) await endSession(tx, c.var.caller.sessionHash)
      return beginDemoSession(tx, hash, person, csrf, SESSION_HOURS)
    })
    if (!begun) throw new Problem('demo_refused')
    giveSession(c, token)
    const signedIn = await callerOf(db, identity, token, c.var.requestId)
    return c.json(signedIn.me as Me, 201)
  })

  api.openapi(useMandate, async (c) => {
    const { caller } = c.var
    if (!caller.sessionHash) throw new Problem('unauthenticated')
    refuseForged(c)
    const hash = caller.sessionHash
    const { mandate } = c.req.valid('json')
    if (!(await asApp(db, c.var.requestId, (tx) => changeMandate(tx, hash, mandate))))
      throw new Problem('not_found')
    return c.body(null, 204)
  })

  for (const [route, end] of [
    [signOut, endSession],
    [signOutEverywhere, endAllSessions],
  ] as const satisfies [unknown, (tx: Tx, hash: Buffer) => Promise<void>][]) {
    api.openapi(route, async (c) => {
      const { caller } = c.var
      if (caller.sessionHash) {
        refuseForged(c)
        const hash = caller.sessionHash
        await asApp(db, c.var.requestId, (tx) => end(tx, hash))
      }
      forgetSession(c)
      return c.body(null, 204)
    })
  }

  auditRoutes(api)
}
