import { deleteCookie, setCookie } from 'hono/cookie'
import { z } from 'zod'
import { asApp } from '#db/actor.ts'
import type { Database } from '#db/connection.ts'
import { fromCursor, PageQuery, pageOf, toCursor } from '#http/paging.ts'
import { Problem } from '#http/problem.ts'
import { type Api, always, createRoute, json, refusals, signedIn, writeRefusals } from '#http/route.ts'
import { AuditLine, DemoPerson, Me } from './model.ts'
import { callerOf, hasCsrf, newToken, sessionCookie } from './session.ts'
import { beginDemoSession, changeMandate, endSession, listAudit, listDemoPeople } from './store.ts'

const whoAmI = createRoute({
  method: 'get',
  path: '/me',
  summary: 'Who is signed in, in which capacity',
  responses: { 200: json(Me, 'person is null when nobody is signed in'), ...always },
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
    headers: z.object({ 'x-csrf': z.string().optional() }),
    body: { required: true, content: { 'application/json': { schema: z.object({ mandate: z.uuid() }) } } },
  },
  responses: { 204: { description: 'Changed' }, ...writeRefusals },
})

const signOut = createRoute({
  method: 'delete',
  path: '/session',
  summary: 'Sign out; the session ends everywhere',
  ...signedIn,
  request: { headers: z.object({ 'x-csrf': z.string().optional() }) },
  responses: { 204: { description: 'Signed out' }, ...writeRefusals },
})

const audit = createRoute({
  method: 'get',
  path: '/audit',
  summary: 'The audit trail, newest first (steward, data protection officer)',
  ...signedIn,
  request: { query: PageQuery },
  responses: { 200: json(pageOf(AuditLine), 'Reads of named learners and refusals'), ...refusals },
})

export function accessRoutes(api: Api, db: Database) {
  api.openapi(whoAmI, (c) => c.json(c.var.caller.me as Me, 200))

  api.openapi(demoPeople, async (c) =>
    c.json({ items: await asApp(db, c.var.requestId, listDemoPeople) }, 200),
  )

  api.openapi(signIn, async (c) => {
    const { person } = c.req.valid('json')
    const { token, hash, csrf } = newToken()
    const begun = await asApp(db, c.var.requestId, async (tx) => {
      if (c.var.caller.sessionHash) await endSession(tx, c.var.caller.sessionHash)
      return beginDemoSession(tx, hash, person, csrf)
    })
    if (!begun) throw new Problem('demo_refused')
    setCookie(c, sessionCookie, token, {
      httpOnly: true,
      sameSite: 'Lax',
      path: '/',
      maxAge: 8 * 3600,
      secure: c.req.header('x-forwarded-proto') === 'https',
    })
    const signedIn = await callerOf(db, token, c.var.requestId)
    return c.json(signedIn.me as Me, 201)
  })

  api.openapi(useMandate, async (c) => {
    const { caller } = c.var
    if (!caller.sessionHash) throw new Problem('unauthenticated')
    if (!hasCsrf(caller, c.req.header('x-csrf'))) throw new Problem('wrong_csrf')
    const hash = caller.sessionHash
    const { mandate } = c.req.valid('json')
    if (!(await asApp(db, c.var.requestId, (tx) => changeMandate(tx, hash, mandate))))
      throw new Problem('not_found')
    return c.body(null, 204)
  })

  api.openapi(signOut, async (c) => {
    const { caller } = c.var
    if (caller.sessionHash) {
      if (!hasCsrf(caller, c.req.header('x-csrf'))) throw new Problem('wrong_csrf')
      const hash = caller.sessionHash
      await asApp(db, c.var.requestId, (tx) => endSession(tx, hash))
    }
    deleteCookie(c, sessionCookie, { path: '/' })
    return c.body(null, 204)
  })

  api.openapi(audit, async (c) => {
    const { actor } = c.var.caller
    if (actor.tier !== 'steward' && actor.tier !== 'protection_officer') throw new Problem('not_found')
    const { cursor, limit } = c.req.valid('query')
    const before = fromCursor(cursor, z.tuple([z.number().int()]))
    const lines = await c.var.asActor((tx) => listAudit(tx, before?.[0] ?? null, limit + 1))
    const items = lines.slice(0, limit)
    const next = lines.length > limit ? toCursor([items.at(-1)!.auditId]) : null
    return c.json({ items, next }, 200)
  })
}
