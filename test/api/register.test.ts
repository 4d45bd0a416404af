import { expect, test } from 'vitest'
import type { InstitutionRegister, TerritoryRegister } from '#modules/registry/model.ts'
import { newWorld } from '../world.ts'

const world = await newWorld({ data: 'merged' })
const { rows } = await world.db.jobPool.query<{ kind: string; id: number; uuid: string }>(
  `select 'institutions' as kind, institution_id as id, institution_uuid as uuid from registry.institution
   union all select 'territories', territory_id, territory_uuid from registry.territory`,
)
const uuidOf = (kind: string, id: number) => rows.find((each) => each.kind === kind && each.id === id)!.uuid
const school = (id: number) =>
  world.read<InstitutionRegister>(`/institutions/${uuidOf('institutions', id)}/register`)
const territory = (id: number) =>
  world.read<TerritoryRegister>(`/territories/${uuidOf('territories', id)}/register`)

test('of a school everybody reads kind, founder, address, accreditation, and the sites and programmes of today', async () => {
  const found = await school(31)
  expect(found).toMatchObject({
    kind: 'general',
    type: 'secondary',
    founder: { name: { lv: 'Madonas novada pašvaldība' }, kind: 'municipality' },
    address: 'Pils iela 29, Varakļāni',
    openedOn: '1948-09-01',
    closedOn: null,
    accreditedUntil: '2029-05-15',
  })
  expect(found.sites).toMatchObject([
    {
      name: null,
      capacity: 320,
      buildingYear: 1963,
      accessible: true,
      municipality: { name: { lv: 'Madonas novads' } },
    },
    { name: { lv: 'Murmastienes mācību vieta' }, capacity: null, from: '2024-09-01', until: null },
  ])
  expect(found.programmes.map(({ code, specialType }) => [code, specialType])).toEqual([
    ['21011111', null],
    ['21015611', 56],
  ])
})

test('a school that took another one in names it, and the one that is closed names its successor and its last day', async () => {
  const since = '2024-07-01'
  expect(await school(31)).toMatchObject({
    predecessors: [{ id: uuidOf('institutions', 32), name: { lv: 'Murmastienes pamatskola' }, since }],
    successors: [],
  })
  expect(await school(32)).toMatchObject({
    closedOn: '2024-06-30',
    predecessors: [],
    successors: [{ id: uuidOf('institutions', 31), since }],
  })
})

test('what the source does not say is null or empty, never left out', async () => {
  expect(await school(51)).toMatchObject({
    type: null,
    founder: null,
    address: null,
    openedOn: null,
    sites: [],
    programmes: [],
    predecessors: [],
    successors: [],
  })
})

test('a territory says since when it is, until when it was, and what came before and after it', async () => {
  expect(await territory(12)).toMatchObject({
    from: '2000-01-01',
    until: '2025-06-30',
    predecessors: [],
    successors: [{ id: uuidOf('territories', 11), name: { lv: 'Madonas novads' }, since: '2025-07-01' }],
  })
  expect(await territory(11)).toMatchObject({
    until: null,
    predecessors: [{ name: { lv: 'Varakļānu novads' } }],
    successors: [],
  })
})

test('what is no school and no territory has no register entry', async () => {
  const nobody = '00000000-0000-4000-8000-000000000000'
  expect((await world.get(`/api/v1/institutions/${nobody}/register`)).status).toBe(404)
  expect((await world.get(`/api/v1/territories/${nobody}/register`)).status).toBe(404)
  expect((await world.get(`/api/v1/institutions/${uuidOf('territories', 11)}/register`)).status).toBe(404)
})
