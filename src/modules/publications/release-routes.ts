import { z } from 'zod'
import type { Tier } from '#db/actor.ts'
import { etagByDataVersion } from '#http/etag.ts'
import { Problem } from '#http/problem.ts'
import { type Api, always, createRoute, json, refusals, signedIn, unchanged } from '#http/route.ts'
import { AttackSummary } from '#modules/disclosure/model.ts'
import { ReleaseDetail, ReleaseSummary } from './model.ts'
import { attackOn, listReleases, releaseCounts } from './release-list-store.ts'

const ReleaseNumber = z
  .string()
  .regex(/^\d{1,6}\.\d{1,6}$/)
  .describe('e.g. 1.0')

const releases = createRoute({
  method: 'get',
  path: '/releases',
  summary: 'Releases of public figures, newest first: what each tells, hides and changed',
  responses: {
    200: json(z.object({ items: z.array(ReleaseSummary) }), 'A release is never edited'),
    ...unchanged,
    ...always,
  },
})

const one = createRoute({
  method: 'get',
  path: '/releases/{number}',
  summary: 'One release, with its figures counted by indicator and level',
  request: { params: z.object({ number: ReleaseNumber }) },
  responses: { 200: json(ReleaseDetail, 'Figures told, and those that are not by reason'), ...refusals },
})

const attack = createRoute({
  method: 'get',
  path: '/releases/{number}/attack',
  summary: 'What the attack on a release found (steward, data protection officer, analyst)',
  description:
    'Before a release is made, everything public is used to work out what it hides. A release that gives a hidden count away is not made.',
  ...signedIn,
  request: { params: z.object({ number: ReleaseNumber }) },
  responses: { 200: json(AttackSummary, 'It holds no true number of a hidden figure'), ...refusals },
})

const readers: ReadonlySet<Tier | 'public'> = new Set(['steward', 'protection_officer', 'analyst'])

export function releaseRoutes(api: Api) {
  api.use('/releases', etagByDataVersion)

  api.openapi(releases, async (c) =>
    c.json({ items: await c.var.asActor((tx) => listReleases(tx, 'public')) }, 200),
  )

  api.openapi(one, async (c) => {
    const { number } = c.req.valid('param')
    const found = await c.var.asActor(async (tx) => {
      const release = (await listReleases(tx, 'public')).find((each) => each.number === number)
      return release && { ...release, counts: await releaseCounts(tx, 'public', number) }
    })
    if (!found) throw new Problem('not_found')
    return c.json(found, 200)
  })

  api.openapi(attack, async (c) => {
    if (!readers.has(c.var.caller.actor.tier)) throw new Problem('not_found')
    const { number } = c.req.valid('param')
    const report = await c.var.asActor((tx) => attackOn(tx, 'public', number))
    if (report === null) throw new Problem('not_found')
    return c.json(report, 200)
  })
}
