import type { Tx } from '#db/actor.ts'
import { utcExact } from '#db/utc.ts'
import { type Detail, ruleWords } from '../rules.ts'
import { KEPT_FOR } from './upload-folder.ts'
import type { KeptMapping, KeptMappingDetail, Upload } from './upload-model.ts'
import type { Received } from './upload-receive.ts'

const UNREMEMBERED = 90 // days after its end that the row of an upload stays

type UploadRow = Omit<Upload, 'problem'> & { problem: { code: string; detail: Detail } | null }

const uploads = `
  select u.upload_uuid as id, u.file_name as file, u.file_bytes as bytes, encode(u.file_sha256, 'hex') as sha256, u.format,
         ${utcExact('u.uploaded_at')} as "uploadedAt", u.state, ${utcExact('u.ended_at')} as "endedAt",
         case when u.state = 'waiting' then ${utcExact(`(u.uploaded_at + ${KEPT_FOR / 1000} * interval '1s')`)} end as "keptUntil",
         u.job_id as job, u.dry_run as "dryRun", u.problem,
         case when i.import_id is not null
           then jsonb_build_object('id', i.import_uuid, 'number', i.import_id) end as import,
         (select jsonb_build_object('id', b.import_uuid, 'number', b.import_id) from intake.import b
           where b.file_sha256 = u.file_sha256 and b.state in ('merged', 'unchanged')
             and b.import_id is distinct from u.import_id
           order by b.import_id desc limit 1) as before
    from intake.upload u left join intake.import i using (import_id)`

/** Uploads that wait, and those that have ended, the latest first. */
export async function listUploads(tx: Tx): Promise<Upload[]> {
  const { rows } = await tx.query<UploadRow>(
    `${uploads} order by u.state <> 'waiting', u.uploaded_at desc limit 100`,
  )
  return rows.map(uploadOf)
}

export async function uploadByUuid(tx: Tx, id: string): Promise<Upload | null> {
  const { rows } = await tx.query<UploadRow>(`${uploads} where u.upload_uuid = $1`, [id])
  return rows[0] ? uploadOf(rows[0]) : null
}

function uploadOf({ problem, ...row }: UploadRow): Upload {
  return {
    ...row,
    problem: problem && { code: problem.code, message: ruleWords(problem.code, problem.detail) },
  }
}

/** Notes a file that has arrived, as the steward of the transaction; false when too many wait already. */
export async function addUpload(tx: Tx, { id, name, bytes, sha256, format }: Received): Promise<boolean> {
  const { rows } = await tx.query<{ added: boolean }>(
    'select intake.add_upload($1, $2, $3, $4, $5) as added',
    [id, name, bytes, sha256, format],
  )
  return rows[0]!.added
}

/** Throws an upload away; false when a job works on it, or it is not there any more. */
export async function removeUpload(tx: Tx, id: string): Promise<boolean> {
  const { rows } = await tx.query<{ removed: boolean }>('select intake.remove_upload($1) as removed', [id])
  return rows[0]!.removed
}

/**
 * Asks for an import of an upload.
 *
 * @param mapping  id of a kept mapping; null: the file is a package of the contract
 * @param dryRun   only checks
 * @returns        id of the job; null when one works on it already, or there is no such upload or mapping
 */
export async function askImport(
  tx: Tx,
  id: string,
  mapping: string | null,
  dryRun: boolean,
): Promise<string | null> {
  const { rows } = await tx.query<{ job: string | null }>('select intake.ask_import($1, $2, $3) as job', [
    id,
    mapping,
    dryRun,
  ])
  return rows[0]!.job
}

const mappings = `
  select m.mapping_uuid as id, m.name, m.version, ${utcExact('m.kept_at')} as "keptAt",
         not exists (select from intake.mapping n where n.name = m.name and n.version > m.version) as latest`

/** Mappings kept by name, the newest version of each first. */
export async function listMappings(tx: Tx): Promise<KeptMapping[]> {
  const { rows } = await tx.query<KeptMapping>(
    `${mappings} from intake.mapping m order by m.name, m.version desc limit 500`,
  )
  return rows
}

export async function mappingByUuid(tx: Tx, id: string): Promise<KeptMappingDetail | null> {
  const { rows } = await tx.query<KeptMappingDetail>(
    `${mappings}, m.content from intake.mapping m where m.mapping_uuid = $1`,
    [id],
  )
  return rows[0] ?? null
}

/** Keeps a mapping as the next version of its name; the same as the latest is that one. Gives its id. */
export async function keepMapping(tx: Tx, mapping: object): Promise<string> {
  const { rows } = await tx.query<{ id: string }>('select intake.keep_mapping($1) as id', [
    JSON.stringify(mapping),
  ])
  return rows[0]!.id
}

/** What a job needs to know of the upload it works on. */
export interface WaitingUpload {
  id: string
  file: string
  format: Upload['format']
  state: Upload['state']
  uploadedBy: number
  /** the mapping as it was kept; null: the file is a package of the contract */
  mapping: unknown
  /** the import this upload led to already */
  importId: number | null
}

export async function uploadForJob(
  tx: Tx,
  uploadId: number,
  mappingId: number | null,
): Promise<WaitingUpload | null> {
  const { rows } = await tx.query<WaitingUpload>(
    `select u.upload_uuid as id, u.file_name as file, u.format, u.state, u.uploaded_by as "uploadedBy",
            u.import_id as "importId", (select m.content from intake.mapping m where m.mapping_id = $2) as mapping
       from intake.upload u where u.upload_id = $1`,
    [uploadId, mappingId],
  )
  return rows[0] ?? null
}

/** The import behind its number, by the id that may be told. */
export async function importOfUpload(tx: Tx, importId: number): Promise<string | null> {
  const { rows } = await tx.query<{ id: string }>(
    'select import_uuid as id from intake.import where import_id = $1',
    [importId],
  )
  return rows[0]?.id ?? null
}

/** Notes what an import or a check of the upload came to; after an import the file is not needed any more. */
export async function noteImported(tx: Tx, uploadId: number, importUuid: string, isOver: boolean) {
  await tx.query(
    `update intake.upload u
        set import_id = i.import_id, problem = null,
            state = case when $3 then 'imported' else u.state end, ended_at = case when $3 then now() else u.ended_at end
       from intake.import i where u.upload_id = $1 and i.import_uuid = $2`,
    [uploadId, importUuid, isOver],
  )
}

/** Notes why an import could not begin. */
export async function noteProblem(tx: Tx, uploadId: number, problem: { code: string; detail: Detail }) {
  await tx.query('update intake.upload set problem = $2 where upload_id = $1', [
    uploadId,
    JSON.stringify(problem),
  ])
}

/** Gives up uploads that nobody imported in time, forgets those that ended long ago, and names those that wait. */
export async function uploadsThatWait(tx: Tx): Promise<string[]> {
  await tx.query(
    `update intake.upload u set state = 'removed', ended_at = now()
      where state = 'waiting' and uploaded_at < now() - $1 * interval '1s'
        and not exists (select from pgboss.job j where j.id = u.job_id and j.name = 'import' and j.state < 'completed')`,
    [KEPT_FOR / 1000],
  )
  await tx.query(`delete from intake.upload where ended_at < now() - $1 * interval '1 day'`, [UNREMEMBERED])
  const { rows } = await tx.query<{ id: string }>(
    `select upload_uuid as id from intake.upload where state = 'waiting'`,
  )
  return rows.map(({ id }) => id)
}
