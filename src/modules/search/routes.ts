import { z } from 'zod'
import { asActor } from '#db/actor.ts'
import type { Database } from '#db/connection.ts'
import { etagByDataVersion } from '#http/etag.ts'
import { type Api, createRoute, json, refusals, unchanged } from '#http/route.ts'
import { pinOf } from '#modules/publications/index.ts'
import { dayOf } from '#terms/day.ts'
import { find } from './find.ts'
import { Found } from './model.ts'
import { indexOf, type SearchIndex } from './search-index.ts'
import { everything, type PortalTexts } from './things.ts'

const MOST = 20 // of a kind

const search = createRoute({
  method: 'get',
  path: '/search',
  summary: 'Places, indicators, terms, pages, rules and releases by their words',
  description:
    'Forgives marks, capitals, endings (Latvian and English) and a slip or two in longer words. Nobody is found by name.',
  request: { query: z.object({ q: z.string().trim().min(1).max(100) }) },
  responses: {
    200: json(
      z.object({ items: z.array(Found) }),
      `Best first; at most ${MOST} places and ${MOST} of every other kind`,
    ),
    ...unchanged,
    ...refusals,
  },
})

/**
 * The index is made from what the public may read, whoever asks, once for each version of the data and day.
 *
 * @param portal  its own pages and terms, and where things have their page
 */
export function searchRoutes(api: Api, { db, portal }: { db: Database; portal: PortalTexts }) {
  let kept: { key: string; index: Promise<SearchIndex> } | null = null
  api.use('/search', etagByDataVersion)
  api.openapi(search, async (c) => {
    const { data } = c.var
    const day = dayOf(new Date())
    const key = `${data.version.id} ${day}`
    if (kept?.key !== key) {
      const index = asActor(db, { tier: 'public', requestId: 'search' }, (tx) =>
        everything(tx, { portal, indicators: pinOf(data).indicators, day }),
      ).then(indexOf)
      kept = { key, index }
      index.catch(() => {
        if (kept?.index === index) kept = null // the next one who asks tries again
      })
    }
    const items = find(await kept.index, c.req.valid('query').q, MOST)
    return c.json({ items }, 200)
  })
}
