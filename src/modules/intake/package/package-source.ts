import { createHash } from 'node:crypto'
import { lstat, readdir } from 'node:fs/promises'
import { basename, dirname, extname, join } from 'node:path'
import { fromOneRoster, oneRosterFiles } from '../oneroster/convert.ts'
import { type Content, fileContent } from '../read/content.ts'
import { FileFault } from '../read/file-fault.ts'
import { openArchive } from '../read/zip.ts'
import { ImportProblem } from '../rules.ts'
import { contract } from './contract.ts'
import { isDeletable } from './deletions-part.ts'
import { type Manifest, parseManifest } from './manifest.ts'

export interface PackageSource {
  /** Name of the folder or archive. */
  name: string
  manifest: Manifest
  manifestFile: { content: Content; sha256: Buffer }
  /** Files by name, without the manifest. */
  files: ReadonlyMap<string, Content>
  close(): void
}

const LONGEST_MANIFEST = 64 * 1024

/**
 * Opens a package, a folder or a zip archive, as far as its manifest; its files are not read yet. Of a CSV file in such a folder only that
 * one is taken, with the manifest beside it. A OneRoster package is opened as one of ours.
 *
 * @param options.manifest  path of a manifest.json that takes the place of the one inside
 *
 * @throws  ImportProblem when there is none, when its manifest is wrong, or when it holds a file the contract does not know
 */
export async function openPackage(
  path: string,
  { name = basename(path), manifest }: { name?: string | undefined; manifest?: string | undefined } = {},
): Promise<PackageSource> {
  const { files, close } = await filesOf(path)
  try {
    const isOneRoster = files.some((each) => each.name === 'manifest.csv')
    const manifestFile = await manifestOf(files, manifest)
    const data = files.filter((each) => each.name !== 'manifest.json')
    const known = new Set(isOneRoster ? oneRosterFiles : contract.flatMap(fileNames))
    const unknown = data.find((each) => !known.has(each.name))
    if (unknown) throw new ImportProblem('package.unknown_file', { file: printable(unknown.name) })
    if (data.length === 0) throw new ImportProblem('package.empty')
    const bytes = await whole(manifestFile)
    const byName = new Map(data.map((each) => [each.name, each]))
    return {
      name,
      manifest: parseManifest(new TextDecoder().decode(bytes)),
      manifestFile: {
        content: { ...manifestFile, bytes: bytes.length },
        sha256: createHash('sha256').update(bytes).digest(),
      },
      files: isOneRoster ? await asContract(byName) : byName,
      close,
    }
  } catch (error) {
    close()
    throw error
  }
}

/** The manifest of a package, or one that lies elsewhere. */
async function manifestOf(files: readonly Content[], elsewhere: string | undefined): Promise<Content> {
  if (elsewhere !== undefined) {
    const found = await lstat(elsewhere).catch(() => {
      throw new ImportProblem('file.missing', { file: elsewhere })
    })
    return fileContent(elsewhere, 'manifest.json', found.size)
  }
  const inside = files.find((each) => each.name === 'manifest.json')
  if (!inside) throw new ImportProblem('manifest.missing')
  return inside
}

/** A OneRoster package as one of ours. What cannot be read of it is said before anything is begun. */
async function asContract(files: ReadonlyMap<string, Content>): Promise<ReadonlyMap<string, Content>> {
  try {
    return await fromOneRoster(files)
  } catch (error) {
    if (!(error instanceof FileFault)) throw error
    throw new ImportProblem(error.rule, error.detail)
  }
}

/** Files an entity may come in. */
function fileNames(entity: (typeof contract)[number]): string[] {
  return [`${entity.name}.csv`, ...(isDeletable(entity) ? [`${entity.name}.deleted.csv`] : [])]
}

async function filesOf(path: string): Promise<{ files: Content[]; close(): void }> {
  const found = await lstat(path).catch(() => {
    throw new ImportProblem('file.missing', { file: path })
  })
  if (found.isDirectory()) return { files: await inFolder(path), close: () => {} }
  if (extname(path).toLowerCase() !== '.csv') return openArchive(path)
  const wanted = ['manifest.json', basename(path)]
  return { files: await inFolder(dirname(path), (name) => wanted.includes(name)), close: () => {} }
}

async function inFolder(
  path: string,
  isWanted = (name: string) => !name.startsWith('.'),
): Promise<Content[]> {
  const files: Content[] = []
  for (const name of (await readdir(path)).filter(isWanted).toSorted()) {
    const file = await lstat(join(path, name))
    if (!file.isFile()) throw new ImportProblem('package.unknown_file', { file: printable(name) })
    files.push(fileContent(join(path, name), name, file.size))
  }
  return files
}

async function whole(content: Content): Promise<Buffer> {
  const pieces: Buffer[] = []
  let bytes = 0
  for await (const piece of content.open(undefined)) {
    bytes += piece.length
    if (bytes > LONGEST_MANIFEST)
      throw new ImportProblem('manifest.invalid', { fields: 'manifest: expected a short file' })
    pieces.push(piece)
  }
  return Buffer.concat(pieces)
}

function printable(name: string): string {
  return name.replace(/[^\p{L}\p{N}\p{P}\p{S} ]/gu, '?').slice(0, 80)
}
