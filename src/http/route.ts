import { OpenAPIHono, createRoute as openApiRoute } from '@hono/zod-openapi'
import type { z } from 'zod'
import type { Actor, Tx } from '#db/actor.ts'
import type { DataVersion } from '#terms/config.ts'
import type { Locale } from '#terms/locale.ts'
import { Problem, ProblemBody } from './problem.ts'

/** Cells are read from exactly these, so that everything on one page comes from one version of the data. */
export interface PinnedData {
  version: DataVersion
  cubeId: number | null
  releaseId: number | null
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
  /** One transaction as the caller of this request. */
  asActor: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>
}

/** What the portal hands to an in-process call, so that a page request is one caller, one id, one data version. */
export interface Bindings {
  requestId?: string
  caller?: Caller
  data?: PinnedData
  address?: string
}

export type Env = { Variables: Variables; Bindings: Bindings }
export type Api = OpenAPIHono<Env>

/** An API whose schema violations are problems with the fields named. */
export function newApi(): Api {
  return new OpenAPIHono<Env>({
    defaultHook: (result) => {
      if (result.success) return
      throw new Problem('invalid_request', {
        errors: result.error.issues.map((issue) => ({ field: issue.path.join('.'), message: issue.message })),
      })
    },
  })
}

export const createRoute = openApiRoute

/** A JSON answer of a schema. */
export function json<Schema extends z.ZodType>(schema: Schema, description: string) {
  return { description, content: { 'application/json': { schema } } }
}

/** The refusals a route may give, for its documentation. */
export const refusals = {
  400: { description: 'A field is wrong', content: { 'application/problem+json': { schema: ProblemBody } } },
  404: {
    description: 'Not there, or not for you',
    content: { 'application/problem+json': { schema: ProblemBody } },
  },
  429: { description: 'Too many requests', content: { 'application/problem+json': { schema: ProblemBody } } },
}
