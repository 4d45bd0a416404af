import type { Tx } from '#db/actor.ts'
import type { ImportDetail } from '../model.ts'
import { importByNumber } from '../store.ts'

/** What the files of a package have in common. */
export interface PackageGiven {
  source: string
  version: string
  snapshotDate: string
  manifest: unknown
  /** name of the folder or archive */
  file: string
}

/** Writes down that a package has begun. */
export async function beginPackage(
  tx: Tx,
  given: PackageGiven & { dataKind: string; isTrial: boolean; startedBy?: number | undefined },
): Promise<number> {
  const { rows } = await tx.query<{ id: number }>(
    `insert into intake.package (source, version, snapshot_date, data_kind, manifest, file_name, trial, started_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8) returning package_id as id`,
    [
      given.source,
      given.version,
      given.snapshotDate,
      given.dataKind,
      JSON.stringify(given.manifest),
      given.file,
      given.isTrial,
      given.startedBy ?? null,
    ],
  )
  return rows[0]!.id
}

/** Imports with what was refused, in the order asked for. */
export async function importsByNumber(tx: Tx, numbers: readonly number[]): Promise<ImportDetail[]> {
  const found: ImportDetail[] = []
  for (const number of numbers) found.push((await importByNumber(tx, number))!)
  return found
}
