import type { Dirent } from 'node:fs'
import { access, constants, lstat, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { isAbsolute, join } from 'node:path'
import { z } from 'zod'
import { ImportProblem, type ImportReport, importReportText } from '#modules/intake/index.ts'
import { locales } from '#terms/locale.ts'
import { connector } from '../connector.ts'
import { SourceFault } from '../source-fault.ts'

const Settings = z.strictObject({
  folder: z.string().refine(isAbsolute, { error: 'expected the whole path of a folder' }),
  whole: z
    .enum(['marker', 'rename'])
    .default('marker')
    .describe(
      'how it is known that something is there whole. marker: an empty NAME.done beside it; rename: it was written as NAME.part and renamed',
    ),
  mapping: z
    .string()
    .optional()
    .describe('name of a kept mapping, by which CSV files are read; without it there are packages only'),
  keepDays: z
    .int()
    .min(0)
    .max(365)
    .default(30)
    .describe('days that what was taken or refused stays in done/ and refused/'),
})

const DAY = 86_400_000 // ms

/**
 * Packages (zip or folder) that a source puts into a folder, oldest name first. What was imported is moved to `done/`, what was refused to
 * `refused/` with the report beside it in both languages. A refused one does not hold up the next.
 */
export const drop = connector<z.output<typeof Settings>, object>({
  kind: 'drop',
  settings: Settings,
  state: z.object({}),
  place: ({ folder }) => folder,
  async *deliveries({ settings, now, mapping: kept, signal }) {
    const { folder, keepDays } = settings
    await prepare(folder)
    for (const away of ['done', 'refused']) await sweep(join(folder, away), now.getTime() - keepDays * DAY)
    for (const name of await whole(settings)) {
      signal.throwIfAborted()
      const file = join(folder, name)
      const common = {
        file,
        name,
        state: {},
        mayBeRefused: true,
        settle: (came: ImportReport | ImportProblem) => putAway(folder, name, came, now),
      }
      if (name.endsWith('.csv') && settings.mapping)
        yield { ...common, mapping: await kept(settings.mapping) }
      else yield common
    }
  },
})

async function prepare(folder: string) {
  try {
    await access(folder, constants.R_OK | constants.W_OK)
    for (const away of ['done', 'refused']) await mkdir(join(folder, away), { recursive: true })
  } catch {
    throw new SourceFault('feed.folder', { folder })
  }
}

/** What is there whole, by name. */
async function whole({ folder, whole: how, mapping }: z.output<typeof Settings>): Promise<string[]> {
  const found = await readdir(folder, { withFileTypes: true })
  const names = new Set(found.map(({ name }) => name))
  return found
    .filter((each) => isPackage(each, mapping !== undefined))
    .map(({ name }) => name)
    .filter((name) => how === 'rename' || names.has(`${name}.done`))
    .toSorted()
}

/** No links: what is imported lies in this folder. */
function isPackage(entry: Dirent, takesCsv: boolean): boolean {
  const { name } = entry
  if (name.startsWith('.') || /\.(part|tmp|done)$/i.test(name) || name === 'done' || name === 'refused')
    return false
  return (
    entry.isDirectory() || (entry.isFile() && (/\.zip$/i.test(name) || (takesCsv && name.endsWith('.csv'))))
  )
}

/** Moves what was looked at out of the way. A name that is there already gets the time before it. */
async function putAway(folder: string, name: string, came: ImportReport | ImportProblem, now: Date) {
  const isTaken = !(came instanceof ImportProblem) && (came.state === 'merged' || came.state === 'unchanged')
  const away = join(folder, isTaken ? 'done' : 'refused')
  const isThere = await lstat(join(away, name)).then(
    () => true,
    () => false,
  )
  const kept = isThere ? `${now.toISOString().replace(/[:.]/g, '-')}-${name}` : name
  if (!isTaken) {
    const text = locales.map((locale) => {
      return came instanceof ImportProblem ? came.words[locale] : importReportText(came, locale)
    })
    await writeFile(join(away, `${kept}.report.txt`), `${text.join('\n\n')}\n`, { mode: 0o640 })
  }
  await rename(join(folder, name), join(away, kept))
  await rm(join(folder, `${name}.done`), { force: true })
}

/** Destroys what was put away long ago. */
async function sweep(away: string, before: number) {
  for (const name of await readdir(away)) {
    const { ctimeMs } = await lstat(join(away, name))
    if (ctimeMs < before) await rm(join(away, name), { recursive: true, force: true })
  }
}
