import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { sourceApiDocument } from '#modules/feeds/index.ts'
import { contract } from '#modules/intake/index.ts'

const document = JSON.parse(JSON.stringify(sourceApiDocument())) as {
  openapi: string
  paths: Record<string, { get: { responses: Record<string, unknown> } }>
  components: { schemas: Record<string, { properties: Record<string, object>; required?: string[] }> }
}

test('what a source has to answer is written down as the code reads it: npm run ikms -- feeds source-api > docs/feeds/source-api.json', () => {
  const file = join(import.meta.dirname, '..', '..', 'docs', 'feeds', 'source-api.json')
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(document)
})

test('it describes every file of the contract with every column, but for representations', () => {
  const { schemas } = document.components
  for (const { name, columns } of contract) {
    const schema =
      schemas[name.replace(/(^|_)([a-z])/g, (_all, _line, letter: string) => letter.toUpperCase())]
    if (name === 'representations') expect(schema).toBeUndefined()
    else expect([name, Object.keys(schema!.properties)]).toEqual([name, Object.keys(columns)])
  }
})

test('it says when a cursor is too old, when to wait, and that nothing is new', () => {
  expect(Object.keys(document.paths['/changes']!.get.responses)).toEqual(['200', '304', '401', '410', '429'])
})

test('every reference in it leads somewhere', () => {
  const text = JSON.stringify(document)
  const named = [...text.matchAll(/#\/components\/schemas\/(\w+)/g)].map(([, name]) => name!)
  expect(named.length).toBeGreaterThan(20)
  expect([...new Set(named)].filter((name) => !document.components.schemas[name])).toEqual([])
})
