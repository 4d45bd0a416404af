import { z } from 'zod'
import { openApiDocument } from '../../src/server.ts'

/** The OpenAPI document as plain JSON, as a program would read it. */
export const document = JSON.parse(JSON.stringify(openApiDocument())) as Document

type Json = Record<string, unknown>
export interface Parameter {
  name: string
  in: 'path' | 'query' | 'header'
  required?: boolean
  schema: Json
}
export interface Operation {
  summary?: string
  security?: Json[]
  parameters?: Parameter[]
  requestBody?: { required?: boolean; content: Record<string, { schema: Json }> }
  responses: Record<string, { description: string; content?: Record<string, { schema: Json }> }>
}
interface Document {
  openapi: string
  info: { title: string; version: string; description: string }
  servers: { url: string }[]
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, Json>; securitySchemes: Record<string, Json> }
}

/** Every operation with its method and path. */
export const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({
    name: `${method.toUpperCase()} ${path}`,
    method: method.toUpperCase(),
    path,
    operation,
  })),
)

const defs = Object.fromEntries(
  Object.entries(document.components.schemas).map(([name, schema]) => [name, closed(schema)]),
)
const made = new Map<string, z.ZodType>()

/**
 * What is wrong with an answer by the document, or null: its status and type must be there, its JSON must be of the
 * schema, and hold nothing that the schema does not name.
 */
export function contradiction(
  { name, operation }: (typeof operations)[number],
  { status, type, body }: { status: number; type: string | null; body: string },
): string | null {
  const response = operation.responses[status]
  if (!response) return `${name}: status ${status} is not documented`
  if (!response.content) return body === '' ? null : `${name}: ${status} has no body by the document`
  const media = type?.split(';')[0] ?? ''
  const content = response.content[media]
  if (!content) return `${name}: ${status} is not documented as ${type}`
  if (!media.endsWith('json')) return null
  const key = `${name} ${status}`
  const schema = made.get(key) ?? z.fromJSONSchema({ ...closed(content.schema), $defs: defs } as never)
  made.set(key, schema)
  const checked = schema.safeParse(JSON.parse(body))
  return checked.success ? null : `${name}: ${z.prettifyError(checked.error)}`
}

/** The schema with no room for more than it names, its references led to `$defs`. */
function closed(schema: Json): Json {
  return JSON.parse(JSON.stringify(schema), (_key, value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
    if (typeof value.$ref === 'string')
      return { ...value, $ref: value.$ref.replace('#/components/schemas/', '#/$defs/') }
    if (value.type === 'object' && value.properties && !('additionalProperties' in value)) {
      return { ...value, additionalProperties: false }
    }
    return value
  })
}
