import { asJob } from '#db/actor.ts'
import type { Database } from '#db/connection.ts'
import type { Destination, EntityDefinition } from '#db/entity.ts'
import type { Keys } from '#db/keys.ts'
import { sealer } from '#modules/registry/index.ts'
import type { PackageReport } from '../model.ts'
import type { Part } from '../part.ts'
import type { Content } from '../read/content.ts'
import { type Progress, run } from '../run.ts'
import { contract } from './contract.ts'
import type { PackageWork } from './contract-part.ts'
import { DeletionsPart } from './deletions-part.ts'
import { DescriptionsPart } from './descriptions-part.ts'
import { EnrolmentsPart } from './enrolments-part.ts'
import { FactsPart, ThingsPart } from './entity-part.ts'
import { LearnerFactsPart } from './learner-facts-part.ts'
import { LearnersPart } from './learners-part.ts'
import type { Manifest } from './manifest.ts'
import { ManifestPart } from './manifest-part.ts'
import { togetherReport } from './package-report.ts'
import { openPackage, type PackageSource } from './package-source.ts'
import { importsByNumber } from './package-store.ts'
import { RepresentationsPart } from './representations-part.ts'
import { ResultsPart } from './results-part.ts'
import { StaffPart } from './staff-part.ts'

export interface PackageOptions {
  db: Database
  keys: Keys
  /** Folder or zip archive. */
  file: string
  /** Name in the report, where it is not that of the folder or archive. */
  name?: string
  /** Path of a manifest.json, where the package has none or another is meant. */
  manifest?: string
  /** Check and count only: nothing is kept but the report. */
  dryRun?: boolean
  /** access.person; the command line when left out */
  startedBy?: number
  onProgress?: (progress: Progress) => void
  signal?: AbortSignal
  /** Somebody looked and it is right that more than a tenth of all representations ends. */
  mayEndMany?: boolean
  /** How many learners are remembered at once. Default 300,000. */
  rememberedLearners?: number
}

/**
 * Imports a package whole or not at all: all its files in one transaction, what is referred to first, deletions last. Every file is
 * an import of its own, so that each fact names its file and line.
 *
 * @returns  the report, also when something was refused
 * @throws   ImportProblem when it could not be begun (no manifest, a file the contract does not know, an archive that is not what
 *           it should be); the reason of the signal when it was cancelled; what the database says. Nothing is kept then
 */
export async function importPackage(options: PackageOptions): Promise<PackageReport> {
  const { db, keys, file, name, manifest: elsewhere, dryRun = false } = options
  const source = await openPackage(file, { name, manifest: elsewhere })
  try {
    const { manifest } = source
    const shared: PackageWork = {
      manifest,
      sealer: sealer(keys),
      unmerged: new Set(),
      rememberedLearners: options.rememberedLearners,
      mayEndMany: options.mayEndMany ?? false,
    }
    const { begun, seconds } = await run({
      db,
      dataKind: manifest.dataKind,
      state: manifest.state.code,
      parts: partsOf(source, shared),
      package: {
        source: manifest.source,
        version: manifest.version,
        snapshotDate: manifest.snapshotDate,
        manifest,
        file: source.name,
      },
      isTrial: dryRun,
      startedBy: options.startedBy,
      onProgress: options.onProgress,
      signal: options.signal,
    })
    const imports = await asJob(db, (tx) =>
      importsByNumber(
        tx,
        begun.map(({ number }) => number),
      ),
    )
    return togetherReport(imports, source.name, seconds)
  } finally {
    source.close()
  }
}

/**
 * What a package says of itself, before it is imported.
 *
 * @throws  ImportProblem
 */
export async function readManifest(file: string, manifest?: string): Promise<Manifest> {
  const source = await openPackage(file, { manifest })
  source.close()
  return source.manifest
}

/** The files of a package in the order in which they are taken over. */
function partsOf({ manifest, manifestFile, files }: PackageSource, shared: PackageWork): Part[] {
  const parts = contract.flatMap((entity) => {
    const content = files.get(`${entity.name}.csv`)
    if (!content) return []
    const Kind: PartKind = own[entity.name] ?? kinds[entity.destination.as]!
    return [new Kind(content, entity, shared)]
  })
  // What refers to others goes first.
  const deletions = contract.toReversed().flatMap((entity) => {
    const content = files.get(`${entity.name}.deleted.csv`)
    return content ? [new DeletionsPart(content, entity, shared)] : []
  })
  return [new ManifestPart(manifestFile.content, manifest, manifestFile.sha256), ...parts, ...deletions]
}

/** How entities are taken over by what they are told as. */
const kinds: Partial<Record<Destination['as'], PartKind>> = {
  versions: ThingsPart,
  facts: FactsPart,
  learner_facts: LearnerFactsPart,
}

type PartKind = new (content: Content, definition: EntityDefinition, shared: PackageWork) => Part

/** Entities that are taken over in a way of their own. */
const own: Partial<Record<string, PartKind>> = {
  learners: LearnersPart,
  enrolments: EnrolmentsPart,
  staff: StaffPart,
  scales: DescriptionsPart,
  assessments: DescriptionsPart,
  results: ResultsPart,
  representations: RepresentationsPart,
}
