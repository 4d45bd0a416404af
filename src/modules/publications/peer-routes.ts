import { z } from 'zod'
import { etagByDataVersion } from '#http/etag.ts'
import { Problem } from '#http/problem.ts'
import { type Api, createRoute, json, refusals, unchanged, type Variables } from '#http/route.ts'
import { similarTo } from '#modules/indicators/index.ts'
import { type UnitRow, unitPath, unitsById } from '#modules/registry/index.ts'
import { SchoolYear } from '#terms/school-year.ts'
import { cellsOf, figuresOf, toUnit } from './figures.ts'
import { besideSimilar, type SimilarUnit } from './peers.ts'
import { pinOf } from './pin.ts'
import { ToldPeers } from './told.ts'
import { audienceOf, visibleCells } from './visible.ts'

const PeersQuery = z.object({
  unit: z.uuid().describe('a region, a municipality or a school'),
  indicator: z.string().max(20),
  year: SchoolYear,
  subject: z.string().max(100).default('-').describe('what was tested; - where the indicator has none'),
})

const peers = createRoute({
  method: 'get',
  path: '/peers',
  summary: 'One figure of a unit beside its municipality, region, the state and similar schools',
  description:
    'Similar schools are chosen by size, stages, programmes, urbanisation and, while that linkage is on, the context of families; never by results. They come by name, each with its distance.',
  request: { query: PeersQuery },
  responses: { 200: json(ToldPeers, 'One data version throughout'), ...unchanged, ...refusals },
})

export function peerRoutes(api: Api) {
  api.use('/peers', etagByDataVersion)
  api.openapi(peers, async (c) => c.json(await readPeers(c.var, c.req.valid('query')), 200))
}

async function readPeers(
  { asActor, caller, data }: Variables,
  { unit: uuid, indicator: code, year: schoolYear, subject }: z.infer<typeof PeersQuery>,
): Promise<ToldPeers> {
  const { indicators, placesOf } = pinOf(data)
  const indicator = indicators.find((each) => each.code === code)
  if (!indicator) {
    const fault = { lv: 'Tāda rādītāja nav.', en: 'There is no such indicator.' }
    throw new Problem('invalid_request', { errors: [{ field: 'indicator', fault }] })
  }
  return asActor(async (tx) => {
    const [unit] = await unitPath(tx, uuid)
    if (!unit) throw new Problem('not_found')
    const parents = await unitsById(tx, placesOf(schoolYear).around(unit.level, unit.id))
    const similar =
      unit.level === 'school' && data.cubeId !== null
        ? await similarTo(tx, data.cubeId, schoolYear, unit.id)
        : null
    const others = await unitsById(
      tx,
      (similar?.others ?? []).map(({ id }) => ({ level: 'school' as const, id })),
    )
    const visible = await visibleCells(tx, caller.actor, data, {
      units: [unit, ...parents, ...others],
      schoolYear,
      indicator: indicator.derivedFrom ?? code,
      subject,
      ...(indicator.between ? {} : { breakdown: '-' }),
    })
    const isOf = (of: UnitRow) =>
      visible.filter(({ level, unitId }) => level === of.level && unitId === of.id)
    const cell = cellsOf(indicator, unit, isOf(unit)).find(({ breakdown }) => breakdown === '-') ?? null
    const [figure] = figuresOf([indicator], unit, parents, visible)
    const byId = new Map(others.map((of) => [of.id, of]))
    const units = (similar?.others ?? []).flatMap(({ id, distance }): SimilarUnit[] => {
      const of = byId.get(id)
      return of ? [{ unit: of, distance }] : []
    })
    return {
      unit: toUnit(unit),
      indicator: code,
      subject,
      schoolYear,
      cell,
      around: figure?.against ?? [],
      similar:
        similar && besideSimilar(indicator, cell, { withContext: similar.withContext, units }, visible),
      audience: audienceOf(caller.actor, unit, visible),
      dataVersion: data.version,
    }
  })
}
