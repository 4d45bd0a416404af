import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { newWorld } from '../world.ts'
import { document, operations } from './document.ts'

const world = await newWorld({ data: 'none' })

/** Every object and array inside a value, with where it stands. */
function* parts(value: unknown, at = '#'): Generator<[at: string, part: Record<string, unknown>]> {
  if (typeof value !== 'object' || value === null) return
  if (!Array.isArray(value)) yield [at, value as Record<string, unknown>]
  for (const [key, part] of Object.entries(value)) yield* parts(part, `${at}/${key.replaceAll('/', '~1')}`)
}
const all = [...parts(document)]
const at = (reference: string) =>
  reference
    .slice(2)
    .split('/')
    .reduce<unknown>((found, key) => (found as Record<string, unknown> | undefined)?.[key], document)

test('docs/openapi.json is the document of this API: npm run ikms -- openapi > docs/openapi.json', () => {
  const file = join(import.meta.dirname, '..', '..', 'docs', 'openapi.json')
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(document)
})

test('the API gives its own document', async () => {
  expect(await world.read('/openapi.json')).toEqual(document)
})

test('it is OpenAPI 3.1 with a title, a version and a server', () => {
  expect(document.openapi).toMatch(/^3\.1\.\d+$/)
  expect(document.info).toMatchObject({ title: expect.any(String), version: expect.any(String) })
  expect(document.servers).toEqual([{ url: '/api/v1' }])
})

test.each(operations)('$name says what it is for and what it answers', ({ path, operation }) => {
  expect(operation.summary).toMatch(/^\p{Lu}.{5,120}$/u)
  const statuses = Object.keys(operation.responses)
  expect(statuses.some((status) => /^2\d\d$/.test(status))).toBe(true)
  expect(statuses).toEqual(expect.arrayContaining(['400', '414', '429', '500', '503']))
  for (const [status, { description, content }] of Object.entries(operation.responses)) {
    expect(status).toMatch(/^[1-5]\d\d$/)
    expect(description).not.toBe('')
    if (Number(status) >= 400) expect(Object.keys(content!)).toEqual(['application/problem+json'])
  }
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
  const parameters = operation.parameters ?? []
  expect(parameters.filter((each) => each.in === 'path').map(({ name }) => name)).toEqual(inPath)
  for (const each of parameters) {
    expect(each.in).toMatch(/^(path|query|header)$/)
    if (each.in === 'path') expect(each.required).toBe(true)
    expect(Object.keys(each.schema).length).toBeGreaterThan(0)
  }
  const keys = parameters.map((each) => `${each.in} ${each.name}`)
  expect(new Set(keys).size).toBe(keys.length)
})

test('a route for somebody signed in says so, and 404 to everybody else is documented', () => {
  const closed = operations.filter(({ operation }) => operation.security)
  expect(closed.map(({ name }) => name)).toEqual([
    'PATCH /session',
    'DELETE /session',
    'DELETE /sessions',
    'GET /sessions',
    'GET /audit',
    'GET /audit.csv',
    'GET /looks',
    'GET /looks.csv',
    'GET /institutions/{id}/learners',
    'GET /learners/{id}',
    'GET /releases/{number}/attack',
    'GET /reports/{unit}/report.pdf',
    'GET /reports/{unit}/report.xlsx',
    'GET /report-sets',
    'POST /report-sets',
    'POST /report-sets/{id}/cancel',
    'GET /report-sets/{id}/reports.zip',
    'POST /disclosure/trials',
    'GET /disclosure/trials',
    'GET /disclosure/trials/{id}',
    'GET /extracts',
    'POST /extracts',
    'GET /extracts/{id}',
    'GET /extracts/{id}/codebook.json',
    'GET /extracts/{id}/files/{name}',
    'GET /trace',
    'GET /uploads',
    'POST /uploads',
    'GET /uploads/{id}',
    'DELETE /uploads/{id}',
    'POST /uploads/{id}/import',
    'GET /uploads/{id}/preview',
    'GET /mappings',
    'POST /mappings',
    'GET /mappings/{id}',
    'GET /imports/{id}/refusals',
    'GET /imports/{id}/refusals.csv',
    'GET /imports',
    'GET /imports/{id}',
    'GET /checks/jumps',
    'GET /checks/jumps.csv',
    'GET /institutions/{id}/findings',
    'GET /checks/scores',
    'GET /checks/scores/{id}',
    'GET /work/school',
    'GET /work/municipality',
    'GET /work/teacher',
    'POST /institutions/{id}/reminders',
    'GET /classes',
    'GET /classes/{id}/figures',
    'GET /growth/schools/{id}',
    'GET /jobs',
    'POST /jobs',
    'GET /jobs/{id}',
    'POST /jobs/{id}/cancel',
    'POST /jobs/{id}/retry',
    'GET /feeds',
    'GET /feeds/{id}',
    'POST /feeds/{id}/run',
    'POST /feeds/{id}/pause',
    'POST /feeds/{id}/resume',
    'GET /feeds/{id}/messages',
    'POST /feeds/{id}/messages/{message}/replay',
    'POST /feeds/{id}/replay',
    'GET /learners/{id}/held',
    'GET /learners/{id}/held.pdf',
    'GET /retention/runs',
    'POST /retention/runs',
    'GET /objections',
    'POST /objections',
    'POST /objections/{id}/withdrawal',
    'POST /linkages/{code}',
    'GET /item-bench',
    'GET /items',
    'POST /items',
    'GET /items/{id}',
    'GET /items/{id}/view',
    'GET /items/{id}/solution',
    'GET /items/{id}/media/{name}',
    'POST /items/{id}/tries',
    'POST /items/{id}/comments',
    'POST /items/{id}/sign-offs',
    'POST /items/{id}/state',
    'GET /item-package',
    'POST /item-package',
    'GET /forms/{id}/package',
    'GET /item-drafts',
    'POST /item-drafts',
    'GET /item-drafts/{id}',
    'POST /item-drafts/{id}/decision',
    'GET /assembly-bank',
    'GET /assemblies',
    'POST /assemblies',
    'GET /assemblies/{id}',
    'GET /assemblies/{id}/swaps/{code}',
    'POST /assemblies/{id}/steps',
    'POST /assemblies/{id}/form',
    'GET /forms',
    'POST /forms',
    'GET /forms/{id}',
    'POST /forms/{id}/fixing',
    'GET /rounds',
    'POST /rounds',
    'GET /rounds/{id}',
    'POST /rounds/{id}/roster',
    'POST /rounds/{id}/state',
    'POST /rounds/{id}/marking',
    'POST /rounds/{id}/files',
    'POST /rounds/{id}/files/{file}/decision',
    'GET /scaling/rounds',
    'GET /scaling/rounds/{code}',
    'POST /scaling/rounds/{code}/runs',
    'GET /scaling/rounds/{code}/runs/{number}',
    'POST /scaling/rounds/{code}/decisions',
    'GET /scaling/panels',
    'POST /scaling/panels',
    'GET /scaling/panels/{id}',
    'GET /scaling/panels/{id}/items/{place}',
    'GET /scaling/panels/{id}/items/{place}/media/{name}',
    'POST /scaling/panels/{id}/bookmarks',
    'POST /scaling/panels/{id}/rounds',
    'POST /scaling/panels/{id}/standard',
    'GET /sessions/{id}',
    'GET /sessions/{id}/codes',
    'POST /sessions/{id}/time',
    'POST /sessions/{id}/leaders',
    'POST /sessions/{id}/participants/{participant}',
    'GET /sittings/rooms',
    'GET /sessions/{id}/board',
    'POST /sessions/{id}/board',
    'GET /sessions/{id}/board/names',
    'POST /sessions/{id}/board/{participant}',
    'GET /marking/second-looks/answers',
    'GET /marking/second-looks/wishes',
    'GET /marking/second-looks/own',
    'POST /marking/second-looks/own',
    'GET /marking',
    'GET /marking/rounds/{id}',
    'POST /marking/rounds/{id}/next',
    'POST /marking/rounds/{id}/marks',
    'POST /marking/rounds/{id}/undo',
    'POST /marking/rounds/{id}/suggestions',
    'GET /marking/tasks/{id}/media/{name}',
    'GET /marking/rounds/{id}/report',
    'POST /marking/rounds/{id}/again',
    'POST /marking/rounds/{id}/controls',
    'POST /marking/rounds/{id}/scoring',
    'GET /marking/second-looks',
    'POST /marking/second-looks',
    'GET /results/own',
    'GET /results/notices',
    'GET /results/classes',
    'GET /results/classes/{id}',
    'GET /results/items',
    'GET /results/schools/{id}',
    'GET /results/support-requests',
    'POST /results/support-requests',
    'DELETE /results/support-requests/{id}',
    'GET /results/rounds',
    'POST /results/rounds/{code}/steps',
    'GET /results/own/{round}/report.pdf',
    'GET /results/classes/{id}/sheets.pdf',
    'GET /results/schools/{id}/report.pdf',
    'GET /results/told-rounds/{code}/clusters',
    'GET /results/places/{id}/{round}/report.pdf',
    'GET /observations',
    'GET /observations/children',
    'GET /observations/children/{id}',
    'POST /observations/children/{id}',
    'POST /observations/children/{id}/undo',
    'POST /observations/children/{id}/absence',
    'GET /observations/profiles/{id}',
    'GET /observations/assessors',
    'POST /observations/assignments',
    'DELETE /observations/assignments/{id}',
    'GET /observations/groups',
    'GET /observations/groups/{id}',
    'GET /results/learners/{id}',
  ])
  for (const { operation } of closed) {
    expect(operation.security).toEqual([{ session: [] }])
    expect(operation.responses).toHaveProperty('404')
  }
  expect(document.components.securitySchemes).toMatchObject({ session: { type: 'apiKey', in: 'cookie' } })
})

test('every reference leads somewhere, and no schema stands unused', () => {
  const references = all.flatMap(([where, { $ref }]) =>
    typeof $ref === 'string' ? [[where, $ref] as const] : [],
  )
  expect(references.filter(([, reference]) => at(reference) === undefined)).toEqual([])
  const used = new Set(references.map(([, reference]) => reference.split('/').at(-1)))
  expect(Object.keys(document.components.schemas).filter((name) => !used.has(name))).toEqual([])
})

test('schemas are sound: known types, required properties that exist, lists with items, nothing of OpenAPI 3.0', () => {
  const steps = String.raw`(\/properties\/[^/]+|\/items|\/(anyOf|allOf|oneOf)\/\d+)*$`
  const schemas = all.filter(([where]) =>
    new RegExp(String.raw`\/(schema|schemas\/[^/]+)${steps}`).test(where),
  )
  const known = new Set(['string', 'number', 'integer', 'boolean', 'object', 'array', 'null'])
  const faults = schemas.flatMap(([where, schema]) => {
    const types = schema.type === undefined ? [] : [schema.type].flat()
    const required = (schema.required ?? []) as string[]
    const properties = Object.keys((schema.properties ?? {}) as object)
    return [
      types.every((type) => known.has(type as string)) ? [] : [`${where}: type ${types}`],
      required.filter((name) => !properties.includes(name)).map((name) => `${where}: required ${name}`),
      types.includes('array') && !schema.items ? [`${where}: no items`] : [],
      'nullable' in schema ? [`${where}: nullable`] : [],
      Array.isArray(schema.enum) && schema.enum.length === 0 ? [`${where}: empty enum`] : [],
    ].flat()
  })
  expect(schemas.length).toBeGreaterThan(100)
  expect(faults).toEqual([])
})

test('figures are described: every number of a cell says its unit or meaning', () => {
  const { Cell } = document.components.schemas as {
    Cell: { properties: Record<string, { description?: string }> }
  }
  for (const name of ['n', 'value', 'sd', 'se', 'low', 'high', 'absent']) {
    expect([name, Cell.properties[name]?.description]).toEqual([name, expect.any(String)])
  }
})

test('nowhere may a list be ordered by its result', () => {
  const names = operations.flatMap(({ operation }) => (operation.parameters ?? []).map(({ name }) => name))
  expect(names.filter((name) => /sort|(?<!b)order|rank|top|best/i.test(name))).toEqual([])
})
