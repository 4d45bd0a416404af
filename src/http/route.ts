import { OpenAPIHono, createRoute as openApiRoute } from '@hono/zod-openapi'
import { z } from 'zod'
import type { Actor, Tx } from '#db/actor.ts'
import type { DataVersion } from '#terms/config.ts'
import type { Locale } from '#terms/locale.ts'
import { fieldFaults } from './field-faults.ts'
import { Problem, ProblemBody } from './problem.ts'

/** Cells are read from exactly these, so that everything on one page comes from one version of the data. */
export interface PinnedData {
  version: DataVersion
  cubeId: number | null
  releaseId: number | null
  /** version of the data sets that are told with noise */
  freeId: number | null
}

/** Who asks: resolved once per request at the outer edge, before any route runs. */
export interface Caller {
  actor: Actor
  /** what `GET /me` answers; knows of people, mandates and places */
  me: unknown
  sessionHash: Buffer | null
  csrf: string | null
}

export interface Variables {
  requestId: string
  locale: Locale
  caller: Caller
  data: PinnedData
  /** The request comes from the machine itself, and no proxy stands between. */
  isLocal: boolean
  /** origins whose pages may show this answer in a frame; left out: nobody's */
  frameHosts?: readonly string[]
  /** One transaction as the caller of this request. */
  asActor: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>
}

/** What the portal hands to an in-process call, so that a page request is one caller, one id, one data version. */
export interface Bindings {
  requestId?: string
  caller?: Caller
  data?: PinnedData
  isLocal?: boolean
}

export type Env = { Variables: Variables; Bindings: Bindings }
export type Api = OpenAPIHono<Env>

/** An API whose schema violations are problems with the fields named. */
export function newApi(): Api {
  return new OpenAPIHono<Env>({
    defaultHook: (result) => {
      if (result.success) return
      const sent = 'data' in result ? result.data : undefined // there, though the type does not tell
      throw new Problem('invalid_request', { errors: fieldFaults(result.error.issues, sent) })
    },
  })
}

export const createRoute = openApiRoute

/** A JSON answer of a schema. */
export function json<Schema extends z.ZodType>(schema: Schema, description: string) {
  return { description, content: { 'application/json': { schema } } }
}

function refusal(description: string) {
  return { description, content: { 'application/problem+json': { schema: ProblemBody } } }
}

const retryAfter = { 'retry-after': { schema: { type: 'integer' as const }, description: 'seconds to wait' } }

/** The refusals any route may give, for its documentation. */
export const always = {
  400: refusal('A field is wrong; `errors` names it'),
  414: refusal('The address is too long'),
  429: { ...refusal('Too many requests'), headers: retryAfter },
  500: refusal('A fault of ours; nothing was lost'),
  503: { ...refusal('Too busy, or the database is away'), headers: retryAfter },
}

/** Those of a route that asks for something by its name. */
export const refusals = { ...always, 404: refusal('Not there, or not for you') }

/** Those of a write. */
export const writeRefusals = {
  ...refusals,
  401: refusal('Nobody is signed in'),
  403: refusal('Refused, or the form is out of date'),
  413: refusal('Too much was sent'),
  415: refusal('Not JSON'),
}

/** That of a write to something that may meanwhile stand differently. */
export const wrongState = { 409: refusal('Not possible any more') }

/** Answers 304 when the caller has the same already; for routes under `etagByDataVersion`. */
export const unchanged = { 304: { description: 'The same as the caller has (If-None-Match)' } }

/** The route is for somebody signed in; to everybody else it is not there. */
export const signedIn = { security: [{ session: [] }] }

/** Headers of a write: `csrf` of GET /me, which whoever only has the cookie does not know. */
export const csrfHeaders = z.object({ 'x-csrf': z.string().optional() })
