import fc from 'fast-check'
import { document, type operations } from '../api/document.ts'
import { fromSchema, nearly, wild } from './values.ts'

/** A request as it goes out, and how it was meant. */
export interface Asked {
  path: string
  headers: Record<string, string>
  body: string | undefined
}

type Operation = (typeof operations)[number]
type Known = Record<string, fc.Arbitrary<unknown>>

/**
 * Requests of one route: mostly right ones, many nearly right, some wild, in every part that a client sends. What is right comes
 * from the schemas of the document and from values that exist.
 */
export function requestsOf({ path, operation }: Operation, known: Known): fc.Arbitrary<Asked> {
  const schemas = document.components.schemas
  const text = (schema: Record<string, unknown>, name: string) => {
    const right = fromSchema(schema, name, { known, schemas }).map((value) =>
      typeof value === 'string' ? value : JSON.stringify(value),
    )
    return fc.oneof(
      { arbitrary: right, weight: 6 },
      { arbitrary: nearly(right), weight: 2 },
      { arbitrary: wild, weight: 2 },
    )
  }
  const parameters = (operation.parameters ?? []).filter((each) => each.in !== 'header')
  const values = fc.tuple(
    ...parameters.map((each) =>
      fc.oneof(
        { arbitrary: text(each.schema, each.name), weight: each.in === 'path' || each.required ? 20 : 1 },
        { arbitrary: fc.constant(null), weight: 1 },
      ),
    ),
  )
  return fc
    .record({
      values,
      sent: bodies(operation, known),
      headers,
      extra: fc.option(fc.tuple(wild, wild), { freq: 8 }),
    })
    .map(({ values: given, sent, headers: more, extra }) => {
      let address = path
      const query = new URLSearchParams()
      parameters.forEach((each, at) => {
        const value = given[at] ?? null
        if (each.in === 'path') address = address.replace(`{${each.name}}`, encode(value ?? ''))
        else if (value !== null) query.append(each.name, value)
      })
      if (extra) query.append(extra[0], extra[1])
      return {
        path: query.size > 0 ? `${address}?${query}` : address,
        headers: { ...more, ...(sent && { 'content-type': sent.type }) },
        body: sent?.body,
      }
    })
}

interface Sent {
  type: string
  body: string
}

function bodies(operation: Operation['operation'], known: Known): fc.Arbitrary<Sent | null> {
  const content = operation.requestBody?.content
  if (!content) return fc.constant(null)
  const types = Object.keys(content)
  const json = content['application/json']?.schema
  const right = json
    ? fromSchema(json, '', { known, schemas: document.components.schemas })
    : fc.string({ maxLength: 2000 })
  const written = right.map((value) => (typeof value === 'string' ? value : JSON.stringify(value)))
  const type = fc.oneof(
    { arbitrary: fc.constantFrom(...types), weight: 12 },
    fc.constantFrom(
      'text/plain',
      'application/xml',
      'application/json; charset=utf-16',
      'multipart/form-data',
      '',
    ),
  )
  const body = fc.oneof(
    { arbitrary: written, weight: 24 },
    { arbitrary: fc.tuple(right, fc.string(), wild).map(withAnother), weight: 12 },
    { arbitrary: nearly(written), weight: 4 },
    { arbitrary: fc.json({ maxDepth: 6 }), weight: 4 },
    { arbitrary: wild, weight: 4 },
    {
      arbitrary: fc.constantFrom('['.repeat(20_000), '{"a":'.repeat(5_000), 'x'.repeat(200_000)),
      weight: 1,
    },
  )
  return fc.record({ type, body })
}

/** The same body with one field replaced or added by something wild. */
function withAnother([value, name, what]: [unknown, string, string]): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify([value, what])
  const keys = Object.keys(value)
  const key = keys.length > 0 && name.length % 3 !== 0 ? keys[name.length % keys.length]! : name
  return JSON.stringify({ ...value, [key]: what })
}

/** Headers whose values a client may choose; only signs that HTTP lets through. */
const headers = fc.record({
  'accept-language': fc.constantFrom('lv', 'en', '', 'de;q=0.1', '*', 'x'.repeat(500), "' or 1=1 --"),
  accept: fc.constantFrom('application/json', '*/*', 'text/html', 'image/png;q=2', ''),
  'if-none-match': fc.constantFrom('', '*', '"x"', 'W/"', '"'.repeat(300)),
  'x-request-id': fc.constantFrom('', '1', 'select 1'),
})

/** Half a letter of a pair cannot stand in an address; a client would send the sign for "unknown". */
const encode = (text: string) => encodeURIComponent(text.toWellFormed())
