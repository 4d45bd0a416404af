import { z } from 'zod'
import { Problem } from '#http/problem.ts'
import {
  type Api,
  createRoute,
  csrfHeaders,
  json,
  refusals,
  signedIn,
  writeRefusals,
  wrongState,
} from '#http/route.ts'
import { refuseForged } from '#modules/access/index.ts'
import { SchoolYear } from '#terms/school-year.ts'
import { isStorable } from '#terms/text.ts'
import { asDutyHolder, body, one, there } from '../asking.ts'
import { forPupil } from '../content/pupil.ts'
import { Content } from '../model.ts'
import { PanelDetail, PanelSummary } from './model.ts'
import { answer, isDone, panelById, panelItem, panelMedia } from './panel-store.ts'
import { listPanels } from './reading-store.ts'
import { asPsychometrician, refuse } from './routes.ts'

const Text = z.string().trim().min(1).max(1000).refine(isStorable)
const done = { 200: json(PanelDetail, 'The panel as it stands now'), ...writeRefusals, ...wrongState }

const panels = createRoute({
  method: 'get',
  path: '/scaling/panels',
  summary: 'Panels that set standards (psychometrician, panellist)',
  ...signedIn,
  responses: { 200: json(z.object({ items: z.array(PanelSummary) }), 'The latest first'), ...refusals },
})

const open = createRoute({
  method: 'post',
  path: '/scaling/panels',
  summary: 'Open a panel over the booklet of the run in force (psychometrician)',
  ...signedIn,
  request: {
    headers: csrfHeaders,
    body: body(z.object({ round: Text.max(80), name: Text.max(200) })),
  },
  responses: { 201: json(PanelDetail, 'Open, in its first round'), ...writeRefusals, ...wrongState },
})

const panel = createRoute({
  method: 'get',
  path: '/scaling/panels/{id}',
  summary: 'A panel: its booklet, own bookmarks, medians of rounds that ended (psychometrician, panellist)',
  ...signedIn,
  request: one,
  responses: { 200: json(PanelDetail, 'Nobody sees the bookmarks of another'), ...refusals },
})

const item = createRoute({
  method: 'get',
  path: '/scaling/panels/{id}/items/{place}',
  summary: 'Words of an item of the booklet while the panel is open; every reading is written down',
  ...signedIn,
  request: { params: one.params.extend({ place: z.coerce.number().int().min(1).max(1000) }) },
  responses: {
    200: json(z.object({ code: z.string(), item: Content }), 'As a pupil sees it, without keys'),
    ...refusals,
  },
})

const media = createRoute({
  method: 'get',
  path: '/scaling/panels/{id}/items/{place}/media/{name}',
  summary: 'A picture of an item of the booklet while the panel is open',
  ...signedIn,
  request: {
    params: one.params.extend({ place: z.coerce.number().int().min(1).max(1000), name: Text.max(80) }),
  },
  responses: {
    200: {
      description: 'The picture',
      content: { 'image/*': { schema: { type: 'string' as const, format: 'binary' } } },
    },
    ...refusals,
  },
})

const put = createRoute({
  method: 'post',
  path: '/scaling/panels/{id}/bookmarks',
  summary: 'Set the three bookmarks of this round, or set them anew (panellist)',
  ...signedIn,
  request: {
    ...one,
    headers: csrfHeaders,
    body: body(
      z.object({
        places: z
          .array(z.number().int().min(1).max(1000))
          .length(3)
          .describe('for levels 2, 3 and 4: the last place that a pupil who just reaches the level masters'),
      }),
    ),
  },
  responses: done,
})

const end = createRoute({
  method: 'post',
  path: '/scaling/panels/{id}/rounds',
  summary: 'End the round of a panel; the next begins, or the panel is closed (psychometrician)',
  ...signedIn,
  request: {
    ...one,
    headers: csrfHeaders,
    body: body(z.object({ closes: z.boolean().default(false) })),
  },
  responses: done,
})

const adopt = createRoute({
  method: 'post',
  path: '/scaling/panels/{id}/standard',
  summary: 'Make the medians of a closed panel the standard from a school year on (psychometrician)',
  ...signedIn,
  request: { ...one, headers: csrfHeaders, body: body(z.object({ fromYear: SchoolYear, basis: Text })) },
  responses: done,
})

/** Panels that set standards, for those who lead them and those who sit on them. */
export function panelRoutes(api: Api) {
  api.openapi(panels, async (c) =>
    c.json({ items: await asDutyHolder(c, (tx) => listPanels(tx, null)) }, 200),
  )

  api.openapi(open, async (c) => {
    refuseForged(c)
    const { round, name } = c.req.valid('json')
    const made = await asPsychometrician(c, async (tx, duties) => {
      const id = await answer(tx, 'assessments.open_panel($1, $2)', [round, name])
      if (!id) refuse('no_run')
      return panelById(tx, id!, duties)
    })
    return c.json(there(made), 201)
  })

  api.openapi(panel, async (c) => {
    const { id } = c.req.valid('param')
    return c.json(there(await asDutyHolder(c, (tx, duties) => panelById(tx, id, duties))), 200)
  })

  api.openapi(item, async (c) => {
    const { id, place } = c.req.valid('param')
    const { code, content } = there(
      await asDutyHolder(c, async (tx, duties) =>
        duties.includes('panellist') || duties.includes('psychometrician') ? panelItem(tx, id, place) : null,
      ),
    )
    c.header('cache-control', 'private, no-store')
    return c.json({ code, item: forPupil(Content.parse(content), 0) }, 200)
  })

  api.openapi(media, async (c) => {
    const { id, place, name } = c.req.valid('param')
    const { type, bytes } = there(await asDutyHolder(c, (tx) => panelMedia(tx, id, place, name)))
    return c.body(new Uint8Array(bytes), 200, { 'content-type': type, 'cache-control': 'private, no-store' })
  })

  api.openapi(put, async (c) => {
    refuseForged(c)
    const { id } = c.req.valid('param')
    const { places } = c.req.valid('json')
    const now = await asDutyHolder(c, async (tx, duties) => {
      if (!duties.includes('panellist')) throw new Problem('not_found')
      refuse(await answer(tx, 'assessments.put_bookmarks($1, $2::smallint[])', [id, places]))
      return panelById(tx, id, duties)
    })
    return c.json(there(now), 200)
  })

  api.openapi(end, async (c) => {
    refuseForged(c)
    const { id } = c.req.valid('param')
    const { closes } = c.req.valid('json')
    const now = await asPsychometrician(c, async (tx, duties) => {
      const isEnded = await isDone(tx, 'assessments.end_panel_round($1, $2)', [id, closes])
      refuse(isEnded ? null : 'nobody_set')
      return panelById(tx, id, duties)
    })
    return c.json(there(now), 200)
  })

  api.openapi(adopt, async (c) => {
    refuseForged(c)
    const { id } = c.req.valid('param')
    const { fromYear, basis } = c.req.valid('json')
    const now = await asPsychometrician(c, async (tx, duties) => {
      refuse(await answer(tx, 'assessments.adopt_standard($1, $2::smallint, $3)', [id, fromYear, basis]))
      return panelById(tx, id, duties)
    })
    return c.json(there(now), 200)
  })
}
