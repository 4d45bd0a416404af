import type { Tx } from '#db/actor.ts'
import type { ImportDetail, ImportState, ImportSummary, Refusal } from './model.ts'
import { type Detail, ruleSet, ruleWords } from './rules.ts'

const columns = `
  import_id as number, import_uuid as id, source, data_kind as "dataKind", file_name as file, file_bytes as bytes,
  encode(file_sha256, 'hex') as sha256, state, failure,
  to_char(started_at, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "startedAt",
  to_char(finished_at, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "finishedAt",
  entity, trial, rule_set as "ruleSet",
  (select p.package_uuid from intake.package p where p.package_id = i.package_id) as "packageId",
  rows_read as "rowsRead", rows_refused as "rowsRefused", refusals, counts`

/** What was imported when, the latest 200, newest first. */
export async function listImports(tx: Tx): Promise<ImportSummary[]> {
  const { rows } = await tx.query<ImportSummary>(
    `select ${columns} from intake.import i order by import_id desc limit 200`,
  )
  return rows
}

/** One import with its refusals in the order of lines; null when there is none. */
export function importByUuid(tx: Tx, uuid: string): Promise<ImportDetail | null> {
  return importWhere(tx, 'import_uuid = $1', uuid)
}

export function importByNumber(tx: Tx, number: number): Promise<ImportDetail | null> {
  return importWhere(tx, 'import_id = $1', number)
}

async function importWhere(tx: Tx, which: string, value: string | number): Promise<ImportDetail | null> {
  const { rows } = await tx.query<ImportSummary>(`select ${columns} from intake.import i where ${which}`, [
    value,
  ])
  const summary = rows[0]
  if (!summary) return null
  const { rows: refused } = await tx.query<Omit<Refusal, 'message'>>(
    `select nullif(line, 0) as line, column_name as column, rule, value, detail from intake.refusal
      where import_id = $1 order by refusal_no`,
    [summary.number],
  )
  return {
    ...summary,
    refusalList: refused.map((each) => ({ ...each, message: ruleWords(each.rule, each.detail as Detail) })),
  }
}

/** The other kind of data this bank holds already, if it does. */
export async function otherKind(tx: Tx, kind: string): Promise<string | undefined> {
  const { rows } = await tx.query<{ data_kind: string }>(
    `select data_kind from intake.import where data_kind <> $1 and state in ('merged', 'unchanged') limit 1`,
    [kind],
  )
  return rows[0]?.data_kind
}

/** One import at a time writes the bank, so that imports are numbered in the order in which they became known. */
export async function takeTurn(tx: Tx): Promise<boolean> {
  const { rows } = await tx.query<{ taken: boolean }>(
    `select pg_try_advisory_xact_lock(hashtextextended('intake.import', 0)) as taken`,
  )
  return rows[0]!.taken
}

/** Sets the limits of a long transaction and says which server process it runs in. */
export async function prepareMerge(tx: Tx): Promise<number> {
  await tx.query(`set local work_mem = '96MB'`)
  await tx.query(`set local maintenance_work_mem = '96MB'`)
  // A merge whose program was killed must not go on, and must not keep its turn.
  await tx.query(`set local client_connection_check_interval = '2s'`)
  const { rows } = await tx.query<{ pid: number }>('select pg_backend_pid() as pid')
  return rows[0]!.pid
}

/** Lets the planner know how much was staged; nobody else does it for temporary tables. */
export async function analyzeStaging(tx: Tx) {
  await tx.query(
    'analyze staged_crowded, staged_territory, staged_institution, learner_of, staged_enrolment, staged_result',
  )
}

/** Stops the statement a server process is at. */
export async function cancelStatement(tx: Tx, pid: number) {
  await tx.query('select pg_cancel_backend($1)', [pid])
}

/** Imports that say they run although nobody holds the turn: their program was killed. Needs the turn. */
export async function closeInterrupted(tx: Tx): Promise<number> {
  const { rowCount } = await tx.query(
    `update intake.import set state = 'failed', failure = 'import.interrupted', finished_at = now() where state = 'running'`,
  )
  return rowCount
}

export type Begun = { number: number; id: string }

export async function beginImport(
  tx: Tx,
  given: {
    source: string
    mapping: unknown
    dataKind: string
    file: string
    bytes: number
    entity: string | null
    packageId: number | null
    isTrial: boolean
    startedBy?: number | undefined
  },
): Promise<Begun> {
  const { rows } = await tx.query<Begun>(
    `insert into intake.import (source, mapping, data_kind, file_name, file_bytes, state, started_by, entity, package_id, trial,
       rule_set)
     values ($1, $2, $3, $4, $5, 'running', $6, $7, $8, $9, $10) returning import_id as number, import_uuid as id`,
    [
      given.source,
      JSON.stringify(given.mapping),
      given.dataKind,
      given.file,
      given.bytes,
      given.startedBy ?? null,
      given.entity,
      given.packageId,
      given.isTrial,
      ruleSet,
    ],
  )
  return rows[0]!
}

export type Outcome = {
  state: Exclude<ImportState, 'running'>
  failure?: string
  sha256?: Buffer | undefined
  rowsRead: number
  rowsRefused: number
  refusals: number
  counts: ImportSummary['counts']
}

/** Writes down how an import ended. */
export async function endImport(tx: Tx, number: number, outcome: Outcome) {
  const sum = (key: 'added' | 'changed' | 'withdrawn' | 'unchanged') =>
    Object.values(outcome.counts).reduce((total, counts) => total + counts[key], 0)
  await tx.query(
    `update intake.import
        set state = $2, failure = $3, file_sha256 = $4, rows_read = $5, rows_refused = $6, refusals = $7, counts = $8,
            rows_added = $9, rows_changed = $10, rows_withdrawn = $11, rows_unchanged = $12,
            finished_at = clock_timestamp()
      where import_id = $1`,
    [
      number,
      outcome.state,
      outcome.failure ?? null,
      outcome.sha256 ?? null,
      outcome.rowsRead,
      outcome.rowsRefused,
      outcome.refusals,
      JSON.stringify(outcome.counts),
      sum('added'),
      sum('changed'),
      sum('withdrawn'),
      sum('unchanged'),
    ],
  )
}

/** Keeps the listed refusals. A refusal of the file as a whole stands at line 0. */
export async function keepRefusals(tx: Tx, number: number, refusals: readonly Refusal[]) {
  const rows = refusals.map(({ line, column, rule, value, detail }) => ({
    line: line ?? 0,
    column,
    rule,
    value,
    detail,
  }))
  await tx.query(
    `insert into intake.refusal (import_id, refusal_no, line, column_name, rule, value, detail)
     select $1, row_number() over (), (r->>'line')::bigint, r->>'column', r->>'rule', r->>'value', r->'detail'
       from jsonb_array_elements($2) r`,
    [number, JSON.stringify(rows)],
  )
}
