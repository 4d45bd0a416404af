import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { isLoopback } from './settings.ts'

/** Without TLS anybody on the way could be the other system; only this machine speaks with itself in plain. */
const Address = z.url().refine((text) => new URL(text).protocol === 'https:' || isLoopback(new URL(text)), {
  error: 'expected an https address',
})
const Origin = Address.refine((text) => new URL(text).origin === text, {
  error: 'expected an origin: scheme, host and port only',
})

/** A system that may show panels of ours within its pages, as it is registered (docs/feeds/embedding.md). */
export const Platform = z.strictObject({
  name: z.string().regex(/^[a-z0-9-]{1,40}$/, { error: 'expected small letters, digits and dashes' }),
  issuer: Address.describe('as it stands in its tokens'),
  clientId: z.string().min(1).describe('as it knows us'),
  authorization: Address.describe('where a launch is authorised'),
  keys: Address.describe('where it publishes its keys (JWKS)'),
  hosts: z.array(Origin).min(1).describe('origins of the pages that may show us'),
  claim: z.string().default('personal_code').describe('the claim that carries the personal code'),
})
export type Platform = z.output<typeof Platform>

export const Embedding = z.strictObject({
  portal: Origin.describe('ours, as the other systems know it'),
  platforms: z.array(Platform).refine((all) => new Set(all.map(({ issuer }) => issuer)).size === all.length, {
    error: 'every issuer stands once',
  }),
})
export type Embedding = z.output<typeof Embedding>

/** The registration of systems is wrong. */
export class EmbeddingMisconfigured extends Error {
  constructor(fields: string) {
    super(`IKMS_EMBED: ${fields} (docs/feeds/embedding.md)`)
    this.name = 'EmbeddingMisconfigured'
  }
}

/**
 * Reads the JSON file that IKMS_EMBED names.
 *
 * @returns  null where none is named: then nothing can be embedded anywhere
 * @throws   EmbeddingMisconfigured
 */
export function embeddingSettings(env: NodeJS.ProcessEnv): Embedding | null {
  const path = env.IKMS_EMBED
  if (!path) return null
  let content: unknown
  try {
    content = JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    throw new EmbeddingMisconfigured((error as Error).message)
  }
  const read = Embedding.safeParse(content)
  if (read.success) return read.data
  throw new EmbeddingMisconfigured(
    read.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; '),
  )
}
