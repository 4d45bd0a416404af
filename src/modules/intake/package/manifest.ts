import { z } from 'zod'
import { Day } from '#terms/day.ts'
import { Words } from '#terms/locale.ts'
import { sentences } from '../mapping/load-mapping.ts'
import { Entity, ImportedKind } from '../model.ts'
import { ImportProblem } from '../rules.ts'

/** `manifest.json` of a package: who says it, as of which day, and how its files are written. */
export const Manifest = z.strictObject({
  source: z
    .string()
    .max(100)
    .regex(/^[a-z0-9-]+$/, { error: 'expected small letters, digits and dashes' })
    .describe('name of the source'),
  dataKind: ImportedKind,
  state: z.strictObject({
    code: z.string().min(1).max(50),
    name: Words,
    genitive: z.string().min(1),
    locative: z.string().min(1),
  }),
  snapshotDate: Day.describe('the day as of which the files speak'),
  version: z.string().min(1).max(50).describe('of the export'),
  format: z
    .strictObject({
      delimiter: z.enum([',', ';', '\t', '|']).default(','),
      encoding: z.enum(['utf-8', 'windows-1257']).default('utf-8'),
      decimal: z.enum(['point', 'comma']).default('point'),
      days: z.enum(['YYYY-MM-DD', 'DD.MM.YYYY']).default('YYYY-MM-DD'),
    })
    .prefault({})
    .describe('how all the files are written'),
  complete: Entity.array()
    .default([])
    .describe('of these the files hold all there is: what they lack is withdrawn'),
})
export type Manifest = z.infer<typeof Manifest>

/** @throws ImportProblem `manifest.invalid`, with path and expectation of each field */
export function parseManifest(text: string): Manifest {
  const parsed = Manifest.safeParse(json(text))
  if (parsed.success) return parsed.data
  throw new ImportProblem('manifest.invalid', { fields: sentences(parsed.error, 'manifest') })
}

function json(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch {
    throw new ImportProblem('manifest.invalid', { fields: 'manifest: expected JSON' })
  }
}
