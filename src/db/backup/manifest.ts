import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { z } from 'zod'
import { PersonColumns } from './person-seal.ts'

const Partition = z.object({
  schema: z.string(),
  name: z.string(),
  above: z.string(),
  bound: z.string(),
  by: z.string().nullable(),
})

const FORMAT = 'ikms-backup/1'
const Format = z.object({ format: z.string().startsWith('ikms-backup/') })

/** What a backup holds. The schema is there as the migrations that made it. */
export const Manifest = z.object({
  format: z.literal(FORMAT),
  madeAt: z.iso.datetime(),
  database: z.string(),
  postgres: z.string().describe('version of the server'),
  migrations: z.array(z.object({ number: z.int(), name: z.string(), checksum: z.string(), sql: z.string() })),
  tables: z.array(
    z.object({
      schema: z.string(),
      name: z.string(),
      columns: z.array(z.string()),
      partitions: z.array(Partition),
      rows: z.int().nonnegative(),
      file: z.string().regex(/^[\w.-]+\.gz$/),
      bytes: z.int().nonnegative(),
      sha256: z.string(),
      people: PersonColumns.optional().describe(
        'what identifies somebody is sealed with the person’s own key',
      ),
    }),
  ),
  sequences: z.array(
    z.object({ schema: z.string(), name: z.string(), value: z.string(), called: z.boolean() }),
  ),
})
export type Manifest = z.infer<typeof Manifest>

const FILE = 'manifest.json'
const SEAL = 'manifest.sha256'

/** A backup that is not whole, not ours, or not as it was written. */
export class BackupDamaged extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'BackupDamaged'
  }
}

export async function writeManifest(folder: string, manifest: Manifest) {
  const text = `${JSON.stringify(manifest, null, 1)}\n`
  await writeFile(join(folder, FILE), text, { mode: 0o600, flush: true })
  await writeFile(join(folder, SEAL), `${sha256(text)}  ${FILE}\n`, { mode: 0o600, flush: true })
}

/** Reads a manifest and every file it names, and compares their hashes: nothing is restored from a damaged backup. */
export async function readVerified(folder: string): Promise<Manifest> {
  const text = await read(folder, FILE)
  const seal = await read(folder, SEAL)
  if (seal.slice(0, 64) !== sha256(text))
    throw new BackupDamaged(`${join(folder, FILE)} is not as it was written`)
  const given: unknown = JSON.parse(text)
  const format = Format.safeParse(given).data?.format
  if (format && format !== FORMAT) {
    throw new BackupDamaged(
      `${folder} has the format ${format}, this IKMS reads ${FORMAT}: use the IKMS that wrote it, or a newer one`,
    )
  }
  const parsed = Manifest.safeParse(given)
  if (!parsed.success)
    throw new BackupDamaged(`${folder} has another format: ${z.prettifyError(parsed.error)}`)
  for (const { file, sha256: expected } of parsed.data.tables) {
    const found = await fileHash(join(folder, file))
    if (found !== expected)
      throw new BackupDamaged(`${join(folder, file)} is ${found ? 'altered or cut short' : 'missing'}`)
  }
  return parsed.data
}

async function read(folder: string, file: string) {
  try {
    return await readFile(join(folder, file), 'utf8')
  } catch (cause) {
    throw new BackupDamaged(`${folder} is no whole backup: it has no ${file}`, { cause })
  }
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

async function fileHash(path: string): Promise<string | undefined> {
  const hash = createHash('sha256')
  try {
    await pipeline(createReadStream(path), hash)
    return hash.digest('hex')
  } catch {
    return undefined
  }
}
