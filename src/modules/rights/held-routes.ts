import type { Context } from 'hono'
import { z } from 'zod'
import type { Keys } from '#db/keys.ts'
import { Problem } from '#http/problem.ts'
import { type Api, createRoute, type Env, json, refusals, signedIn } from '#http/route.ts'
import { writeAudit } from '#modules/access/index.ts'
import { dayOf } from '#terms/day.ts'
import { Locale } from '#terms/locale.ts'
import { NoPdf, pdfOf } from './chromium.ts'
import { heldDocument } from './held-html.ts'
import { everythingHeld } from './held-store.ts'
import { Held } from './model.ts'

const params = z.object({ id: z.uuid() })

const held = createRoute({
  method: 'get',
  path: '/learners/{id}/held',
  summary: 'Everything held about the own learner (learner, parent)',
  ...signedIn,
  description:
    'Of the learner of the mandate in force: oneself, or one’s child. Of anybody else there is nothing: 404. The reading is written down, and stands in its own answer. With `download` the answer is a file.',
  request: { params, query: z.object({ download: z.enum(['1']).optional() }) },
  responses: { 200: json(Held, 'In plain words of both languages'), ...refusals },
})

const heldPdf = createRoute({
  method: 'get',
  path: '/learners/{id}/held.pdf',
  summary: 'The same as a tagged PDF (learner, parent)',
  ...signedIn,
  description:
    'Made by the browser that the operator names in IKMS_CHROMIUM; without one refused as `no_pdf`.',
  request: { params, query: z.object({ language: Locale.default('lv') }) },
  responses: {
    200: { description: 'Tagged PDF', content: { 'application/pdf': { schema: z.string() } } },
    ...refusals,
  },
})

export function heldRoutes(api: Api, keys: Keys, chromium: string | null) {
  api.openapi(held, async (c) => {
    const found = await heldOf(c, c.req.valid('param').id, keys, chromium)
    c.header('cache-control', 'private, no-store')
    if (c.req.valid('query').download) c.header('content-disposition', 'attachment; filename="ikms.json"')
    return c.json(found, 200)
  })

  api.openapi(heldPdf, async (c) => {
    const { language } = c.req.valid('query')
    const found = await heldOf(c, c.req.valid('param').id, keys, chromium)
    if (chromium === null) throw new Problem('no_pdf')
    const pdf = await pdfOf(chromium, heldDocument(found, language)).catch((error: unknown) => {
      throw error instanceof NoPdf ? new Problem('no_pdf') : error
    })
    return c.body(new Uint8Array(pdf), 200, {
      'content-type': 'application/pdf',
      'content-disposition': `attachment; filename="ikms-${language}.pdf"`,
      'cache-control': 'private, no-store',
    })
  })
}

/** Throws `not_found` for a learner who is not the caller's own; the refusal is written down. */
async function heldOf(c: Context<Env>, id: string, keys: Keys, chromium: string | null): Promise<Held> {
  const { tier } = c.var.caller.actor
  if (tier !== 'learner' && tier !== 'parent') throw new Problem('not_found')
  const now = new Date()
  const found = await c.var.asActor(async (tx) => {
    const held = await everythingHeld(tx, keys, id, now, dayOf(now))
    if (!held) await writeAudit(tx, { action: 'read_held', object: `learner ${id}`, outcome: 'not_found' })
    return held
  })
  if (!found) throw new Problem('not_found')
  return { ...found, pdf: chromium !== null }
}
