import { z } from 'zod'
import type { EntityColumn, EntityDefinition } from '#db/entity.ts'
import { createRoute, json, newApi } from '#http/route.ts'
import { contract } from '#modules/intake/index.ts'

/** Representations come whole or not at all, as a file: one that is missing ends a mandate. */
const fed = contract.filter(({ name }) => name !== 'representations')

const describedValue = ({ schema, words, refersTo, isList }: EntityColumn) => {
  const value = refersTo || isList ? z.string() : schema
  return value.describe(`${words.en}${refersTo ? ` (key of ${refersTo})` : ''}`)
}

function rowOf({ columns, name }: EntityDefinition) {
  const fields = Object.entries(columns).map(([key, each]) => {
    return [key, each.isOptional ? describedValue(each).nullable().optional() : describedValue(each)]
  })
  return z.strictObject(Object.fromEntries(fields)).meta({ id: pascal(name) })
}

const changeOf = (entity: EntityDefinition) =>
  z
    .strictObject({
      entity: z.literal(entity.name),
      columns: z
        .array(z.enum(Object.keys(entity.columns) as [string, ...string[]]))
        .describe('columns the source speaks of; in a row, one of them that is left out or null is empty'),
      rows: z.array(rowOf(entity)).describe('each as it is now, whole'),
      deleted: z
        .array(z.strictObject(Object.fromEntries(entity.key.map((key) => [key, z.string()]))))
        .describe('keys of what is gone'),
    })
    .meta({ id: `${pascal(entity.name)}Change` })

const Page = z
  .strictObject({
    asOf: z.iso.datetime({ offset: true }).describe('as of when the page speaks'),
    version: z.string().max(50).describe('of the source system'),
    changes: z.array(z.union(fed.map(changeOf))),
    next: z.string().describe('what to ask with for what comes after; the same where nothing does'),
    more: z.boolean().describe('whether there is more already'),
  })
  .meta({ id: 'ChangePage' })

const Fault = z.object({ title: z.string(), status: z.number().int() }).meta({ id: 'Fault' })
const fault = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: Fault } },
})

const changes = createRoute({
  method: 'get',
  path: '/changes',
  summary: 'What has changed since a cursor, in the order in which it may be taken over',
  description:
    'Without `since` from the beginning: everything there is, tombstones included. What is referred to comes before what refers to it, or on the same page. Of a learner’s enrolments a page brings all main ones of the school year, or none. The same page may be asked for again at any time.',
  security: [{ bearer: [] }],
  request: {
    query: z.object({
      since: z.string().optional().describe('`next` of an earlier page'),
      limit: z.coerce.number().int().min(1).max(10_000).describe('rows and deletions of a page, about'),
    }),
    headers: z.object({ 'if-none-match': z.string().optional() }),
  },
  responses: {
    200: {
      ...json(Page, 'A page, in UTF-8'),
      headers: { etag: { schema: { type: 'string' as const }, description: 'of this answer' } },
    },
    304: { description: 'The same as If-None-Match: nothing has changed' },
    401: fault('The token is not right'),
    410: fault('The cursor is too old: begin anew'),
    429: {
      ...fault('Too often'),
      headers: { 'retry-after': { schema: { type: 'integer' as const }, description: 'seconds to wait' } },
    },
  },
})

const Correction = z
  .strictObject({
    id: z.uuid().describe('the same as Idempotency-Key'),
    kind: z.literal('correction'),
    event: z
      .enum(['found', 'gone'])
      .describe('found: to be corrected at the source; gone: the source does not say it any more'),
    madeAt: z.iso.datetime({ offset: true }),
    check: z.string().describe('code of the question that was asked: GET /checks of IKMS says it in words'),
    institution: z.string().nullable().describe('registration number'),
    schoolYear: z.int().describe('by the year it ends'),
    subject: z.strictObject({
      kind: z.enum(['institution', 'site', 'class', 'learner', 'staff']),
      code: z.string().nullable().describe('by which the source knows it'),
    }),
    detail: z
      .record(z.string(), z.union([z.string(), z.number(), z.null()]))
      .describe('codes, days and numbers the question was about'),
    record: z
      .strictObject({ source: z.string(), file: z.string(), line: z.int() })
      .describe('where it came from'),
  })
  .meta({ id: 'Correction' })

const messages = createRoute({
  method: 'post',
  path: '/messages',
  summary: 'IKMS tells what is to be corrected at the source, and what was',
  description:
    'At least once each, in order; whoever gets it keeps a message once by its Idempotency-Key. What is answered with 400 or 422 is not sent again until a person says so.',
  security: [{ bearer: [] }],
  request: {
    headers: z.object({ 'idempotency-key': z.uuid() }),
    body: { required: true, content: { 'application/json': { schema: Correction } } },
  },
  responses: {
    201: json(
      z.object({ receipt: z.string().max(200) }).meta({ id: 'Receipt' }),
      'Kept; 200 and 202 do as well',
    ),
    400: fault('The message is not understood'),
    401: fault('The token is not right'),
    409: fault('It was kept before'),
    422: fault('The message cannot be accepted'),
    429: fault('Too often'),
  },
})

const head = {
  id: z.uuid().describe('of the message; whoever gets it twice keeps it once'),
  madeAt: z.iso.datetime({ offset: true }),
}
const about = (what: string) =>
  z.string().describe(`${what}; a later message about the same takes the place of the earlier one`)
const withdrawn = (kind: 'level' | 'link', what: string) =>
  z
    .strictObject({ ...head, kind: z.literal(kind), event: z.literal('withdrawn'), about: about(what) })
    .describe('What was given is to be deleted; unknown is no fault')

const Level = z
  .strictObject({
    ...head,
    kind: z.literal('level'),
    event: z.literal('given'),
    about: about('the taking of a test by a learner, the same in every version'),
    version: z.int().min(1).describe('counts up with each correction'),
    subject: z.strictObject({ kind: z.literal('learner'), code: z.string() }),
    institution: z.string().nullable().describe('registration number of the school at the time of the test'),
    test: z.strictObject({
      code: z.string(),
      domain: z.enum(['reading', 'numeracy', 'science']),
      grade: z.int(),
      schoolYear: z.int().describe('by the year it ends'),
      heldOn: z.iso.date().nullable(),
    }),
    level: z.int().min(1).max(4).nullable().describe('null: no standard was set'),
    score: z.number().optional().describe('points of the reporting scale, where it was agreed'),
    error: z.number().optional().describe('standard error of the score, points'),
  })
  .meta({ id: 'Level' })

const Link = z
  .strictObject({
    ...head,
    kind: z.literal('link'),
    event: z.literal('given'),
    about: about('institution, class or learner, and the id that stands in addresses'),
    subject: z.strictObject({
      kind: z.enum(['institution', 'class', 'learner']),
      code: z.string().nullable().describe('by which the receiver knows it'),
    }),
    institution: z.string().nullable(),
    address: z
      .strictObject({ lv: z.url(), en: z.url() })
      .describe('what to name as target_link_uri of a launch (docs/feeds/embedding.md)'),
  })
  .meta({ id: 'Link' })

const batches = createRoute({
  method: 'post',
  path: '/batches',
  summary: 'IKMS tells levels of monitoring tests and addresses of pages, at most 200 at once',
  description:
    'At least once each, in order of what they are about. Every message is answered by itself: one that is kept, also one that was kept before, with a receipt; one that cannot be kept with a code, and it is not sent again until a person says so. Of what the answer does not speak nothing is known, and it comes again. Official results only; what was withdrawn or is restricted comes as withdrawn.',
  security: [{ bearer: [] }],
  request: {
    body: {
      required: true,
      content: {
        'application/json': {
          schema: z
            .strictObject({
              messages: z
                .array(
                  z.union([
                    Level,
                    withdrawn('level', 'the taking of a test').meta({ id: 'LevelWithdrawn' }),
                    Link,
                    withdrawn('link', 'institution, class or learner').meta({ id: 'LinkWithdrawn' }),
                  ]),
                )
                .min(1)
                .max(200),
            })
            .meta({ id: 'Batch' }),
        },
      },
    },
  },
  responses: {
    200: json(
      z
        .object({
          results: z.array(
            z.union([
              z.object({ id: z.uuid(), receipt: z.string().max(200) }),
              z.object({
                id: z.uuid(),
                refused: z.string().max(100).describe('a code, no words about anybody'),
              }),
            ]),
          ),
        })
        .meta({ id: 'BatchResults' }),
      'One result a message; 201 and 202 do as well',
    ),
    401: fault('The token is not right'),
    429: fault('Too often'),
  },
})

/** What another system has to answer, as OpenAPI 3.1; the columns are those of the import contract. */
export function sourceApiDocument() {
  const api = newApi()
  api.openAPIRegistry.registerPath(changes)
  api.openAPIRegistry.registerPath(messages)
  api.openAPIRegistry.registerPath(batches)
  api.openAPIRegistry.registerComponent('securitySchemes', 'bearer', { type: 'http', scheme: 'bearer' })
  return api.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'Change feed and messages of IKMS',
      version: '1',
      description:
        'What VIIS, VPS or another register answers so that IKMS keeps up with it and can tell it what to correct. Ours until an official contract is published (docs/feeds.md).',
    },
    servers: [{ url: '/' }],
  })
}

function pascal(name: string): string {
  return name.replace(/(^|_)([a-z])/g, (_all, _line, letter: string) => letter.toUpperCase())
}
