import { z } from 'zod'
import { type Api, createRoute, json, refusals, unchanged } from '#http/route.ts'
import { etagByWords } from './etag-by-words.ts'
import { levelBook } from './level-words.ts'
import { LevelBook, LevelDomain } from './model.ts'

const list = createRoute({
  method: 'get',
  path: '/levels',
  summary: 'What the levels of monitoring tests mean: what a child can do, and what helps next',
  request: {
    query: z.object({
      grade: z.coerce.number().int().min(0).max(9).optional(),
      domain: LevelDomain.optional(),
    }),
  },
  responses: { 200: json(LevelBook, 'By grade and domain'), ...unchanged, ...refusals },
})

export function levelRoutes(api: Api) {
  api.use('/levels', etagByWords(levelBook))

  api.openapi(list, (c) => {
    const { grade, domain } = c.req.valid('query')
    const items = levelBook.items.filter(
      (item) => (grade === undefined || item.grade === grade) && (!domain || item.domain === domain),
    )
    return c.json({ ...levelBook, items }, 200)
  })
}
