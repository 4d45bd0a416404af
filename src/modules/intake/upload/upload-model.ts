import { z } from 'zod'
import { Words } from '#terms/locale.ts'

const instant = z.iso.datetime({ offset: true })

/** A file that a steward sent: waits to be checked and imported, then is destroyed; what was known of it stays. */
export const Upload = z
  .object({
    id: z.uuid(),
    file: z.string().describe('as the sender calls it'),
    bytes: z.number().int(),
    sha256: z.string().describe('hexadecimal'),
    format: z.enum(['csv', 'zip']).describe('as its first bytes tell'),
    uploadedAt: instant,
    state: z
      .enum(['waiting', 'imported', 'removed'])
      .describe(
        'imported: an import came to its end, whatever it said; then and when removed the file is destroyed',
      ),
    endedAt: instant.nullable(),
    keptUntil: instant.nullable().describe('a file that still waits then is destroyed'),
    job: z.uuid().nullable().describe('the latest job that was to check or import it'),
    dryRun: z.boolean().nullable().describe('whether that job only checks'),
    import: z
      .object({ id: z.uuid(), number: z.number().int() })
      .nullable()
      .describe('the report of the latest check or import'),
    problem: z
      .object({ code: z.string(), message: Words })
      .nullable()
      .describe('why the latest job could not begin'),
    before: z
      .object({ id: z.uuid(), number: z.number().int() })
      .nullable()
      .describe('the latest import that took over a file with the very same content'),
  })
  .meta({ id: 'Upload' })
export type Upload = z.infer<typeof Upload>

/** A mapping that is kept by name, so that the next file of the source needs none. Versions never change. */
export const KeptMapping = z
  .object({
    id: z.uuid(),
    name: z.string(),
    version: z.number().int(),
    keptAt: instant,
    latest: z.boolean().describe('the newest of its name'),
  })
  .meta({ id: 'KeptMapping' })
export type KeptMapping = z.infer<typeof KeptMapping>

/** A kept mapping with what it says. */
export const KeptMappingDetail = KeptMapping.extend({
  content: z.record(z.string(), z.unknown()).describe('the mapping, see docs/import.md'),
}).meta({ id: 'KeptMappingDetail' })
export type KeptMappingDetail = z.infer<typeof KeptMappingDetail>
