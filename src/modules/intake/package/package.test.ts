import { expect, test } from 'vitest'
import { country, newPackages } from '#test/intake-package.ts'

const { imports, importsAt, rows } = await newPackages()

test('a package becomes a country: places, founders, sites, programmes, classes, people, tests', async () => {
  const report = await imports(country)
  expect(report.refusalList).toEqual([])
  expect(report).toMatchObject({ state: 'merged', failure: null })
  const added = Object.fromEntries(
    Object.entries(report.counts).map(([entity, counts]) => [entity, counts!.added]),
  )
  expect(added).toEqual({
    territories: 6,
    founders: 1,
    institutions: 2,
    delivery_sites: 2,
    programmes: 2,
    staff: 1,
    class_groups: 2,
    learners: 2,
    enrolments: 2,
    employments: 2,
    scales: 1,
    assessments: 2,
    results: 1,
  })
  expect(
    await rows(`select v.code, v.name_lv, t.kind, p.name_lv as within, v.valid from registry.territory_version v
                  join registry.territory t using (territory_id)
                  left join registry.territory_version p on p.territory_id = v.parent_id order by v.code`),
  ).toMatchObject([
    { code: '0038000', kind: 'municipality', within: 'Vidzeme', valid: '(,)' },
    { code: '0042000', within: 'Latgale' },
    { code: '0055000', within: 'Vidzeme' },
    { code: 'LV', kind: 'state', within: null },
    { code: 'R1', kind: 'region', within: 'Latvija' },
    { code: 'R2', within: 'Latvija' },
  ])
})

test('the same package again changes nothing', async () => {
  const again = await imports(country)
  expect(again.refusalList).toEqual([])
  expect(again.state).toBe('unchanged')
  for (const [entity, counts] of Object.entries(again.counts)) {
    expect(counts, entity).toMatchObject({ added: 0, changed: 0, withdrawn: 0 })
  }
})

test('the sample beside the guide says the same of the same country', async () => {
  const report = await importsAt('samples/package')
  expect(report).toMatchObject({ state: 'unchanged', refusals: 0 })
  expect(Object.keys(report.counts).toSorted()).toEqual(Object.keys(country).toSorted())
})
