import { readFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import type { z } from 'zod'
import { ImportProblem } from '../rules.ts'
import { Mapping } from './mapping.ts'

/**
 * Reads a mapping from its JSON file. With `"extends": "other.mapping.json"` (beside it) it takes over every top-level part
 * it does not give itself.
 *
 * @throws  ImportProblem `mapping.missing`, `mapping.not_json`, `mapping.invalid` (with path and expectation of each field)
 */
export async function loadMapping(path: string): Promise<Mapping> {
  return parseMapping(await readParts(path, []))
}

/** The same for a mapping that is in memory already. */
export function parseMapping(parts: unknown): Mapping {
  const parsed = Mapping.safeParse(parts)
  if (parsed.success) return parsed.data
  throw new ImportProblem('mapping.invalid', { fields: sentences(parsed.error, 'mapping') })
}

async function readParts(path: string, seen: readonly string[]): Promise<Record<string, unknown>> {
  const file = resolve(path)
  if (seen.includes(file)) throw new ImportProblem('mapping.circular', { file: path })
  const text = await readFile(file, 'utf8').catch(() => {
    throw new ImportProblem('mapping.missing', { file: path })
  })
  const { extends: base, ...own } = object(text, path)
  if (base === undefined) return own
  if (typeof base !== 'string')
    throw new ImportProblem('mapping.invalid', { fields: 'extends: expected a file name' })
  return { ...(await readParts(resolve(dirname(file), base), [...seen, file])), ...own }
}

function object(text: string, file: string): Record<string, unknown> {
  try {
    const parsed: unknown = JSON.parse(text.replace(/^\uFEFF/, ''))
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) {
      return parsed as Record<string, unknown>
    }
  } catch {
    // said below
  }
  throw new ImportProblem('mapping.not_json', { file })
}

/** What is wrong with a declaration, field by field: `enrolments[0].grade: expected …; …` */
export function sentences(error: z.ZodError, whole: string): string {
  return error.issues
    .map(({ path, message }) => {
      const place = path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('')
      return `${place.slice(1) || whole}: ${message}`
    })
    .join('; ')
}
