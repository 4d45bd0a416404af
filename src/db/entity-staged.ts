import type { EntityColumn, EntityDefinition, ToFacts, ToVersions } from './entity.ts'
import { listColumns, listShape, listSql } from './entity-lists.ts'

/** What a staged file has, for the queries that are made from its declaration. */
export interface StagedFile {
  entity: Pick<EntityDefinition, 'columns'>
  /** Columns the file has; of the others the bank keeps what it holds. */
  present: ReadonlySet<string>
}

/** Whether a column holds codes of its own entity, which are known only when the whole file is read. */
export function isOwn({ name }: Pick<EntityDefinition, 'name'>, { refersTo }: EntityColumn): boolean {
  return refersTo === name
}

/** Name of the staged column: as in the table, or as in the file where it does not go there directly. */
export function stagedName(entity: Pick<EntityDefinition, 'name' | 'columns'>, name: string): string {
  const column = entity.columns[name]!
  return isOwn(entity, column) ? name : (column.to ?? name)
}

/** The column of the file that fills a column of the table. */
function sourceOf({ entity }: StagedFile, stored: string): [string, EntityColumn] | undefined {
  return Object.entries(entity.columns).find(([name, column]) => storedColumns(name, column).includes(stored))
}

/** Columns of the table that a column of the file fills. */
export function storedColumns(name: string, { to, schema }: EntityColumn): string[] {
  const shape = listShape(schema)
  if (shape) return listColumns(shape).map(({ column }) => column)
  return to === null ? [] : [to ?? name]
}

/** SQL of what the file says for a column of the table; what it does not speak of is kept from `held`. */
function told(file: StagedFile, stored: string, derived: Readonly<Record<string, string>> = {}): string {
  const source = sourceOf(file, stored)
  if (!source) return `held.${stored}`
  const [name, column] = source
  const given = derived[stored] ?? givenSql(name, column, stored)
  return file.present.has(name)
    ? given
    : `case when held.row_hash is null then ${given} else held.${stored} end`
}

/** SQL of a column of the table from the staged row `s`. */
function givenSql(name: string, { schema, isList }: EntityColumn, stored: string): string {
  const shape = listShape(schema)
  if (shape) return listSql(shape, stored, `s."${name}"`)
  return isList ? `string_to_array(s."${stored}", ' ')` : `s."${stored}"`
}

/** Which thing a staged row is about: a join that gives `o` with id and is_new. */
export interface Ids {
  join: string
  id: string
  isNew: string
}

export const byCode: Ids = { join: 'join id_of o using (code)', id: 'o.id', isNew: 'o.is_new' }

/**
 * Query of described things for `mergeVersions`. Where the file gives no day, a description holds from the day of the snapshot,
 * if it says anything new; the first one of a thing holds for the time before, too.
 *
 * @param snapshot  `YYYY-MM-DD`
 */
export function describedThings(
  file: StagedFile,
  to: Pick<
    ToVersions,
    'table' | 'id' | 'said' | 'later' | 'constant' | 'since' | 'until' | 'start' | 'derived'
  >,
  { ids, snapshot }: { ids: Ids; snapshot: string },
): string {
  const all = [...to.said, ...(to.later ?? [])]
  const compared = all.filter((column) => !to.constant?.includes(column))
  const day = (column: string | undefined) => (column ? `s."${column}"` : 'null::date')
  const saysEnd = to.until !== undefined && file.present.has(to.until)
  const list = (of: (column: string) => string, columns = all) => columns.map(of).join(', ')
  return `
    select ${to.id}, is_new, line, ${list((each) => each)}, until, ${saysEnd} as says_end,
           case when given is not null then given
                when of_it > 1 then null
                when held_valid is null then started
                when row(${list((each) => each, compared)}) is not distinct from row(${list((each) => `held_${each}`, compared)})
                  then lower(held_valid)
                else least('${snapshot}'::date, until) end as since
      from (select ${ids.id} as ${to.id}, ${ids.isNew} as is_new, s.line, ${day(to.since)} as given,
                   ${saysEnd ? day(to.until) : 'null::date'} as until, ${day(to.start)} as started,
                   count(*) over (partition by ${ids.id}) as of_it, held.valid as held_valid,
                   ${list((each) => `${told(file, each, to.derived)} as ${each}`)}, ${list((each) => `held.${each} as held_${each}`)}
              from staged_row s ${ids.join}
              left join lateral (
                select v.* from ${to.table} v
                 where v.${to.id} = ${ids.id} and v.superseded_by is null
                 order by v.valid @> coalesce(${day(to.since)}, least('${snapshot}'::date, ${day(to.until)})) desc,
                          lower(v.valid) desc nulls last limit 1) held on true) found`
}

/** Columns of a facts table beside its key, in the order in which they are hashed. */
export function saidColumns(
  { entity }: Pick<StagedFile, 'entity'>,
  { key, valid }: Pick<ToFacts, 'key' | 'valid'>,
): string[] {
  const stored = Object.entries(entity.columns).flatMap(([name, column]) => storedColumns(name, column))
  return [...stored.filter((column) => !key.includes(column)), ...(valid === undefined ? [] : ['valid'])]
}

/** Columns of a key that are never empty: the columns of the file that fill them must be there. */
export function sureColumns(entity: Pick<EntityDefinition, 'columns'>, key: readonly string[]): string[] {
  return key.filter((stored) => {
    const [, column] = sourceOf({ entity, present: new Set() }, stored) ?? []
    return column !== undefined && !column.isOptional
  })
}

/**
 * Query of facts for `mergeFacts`.
 *
 * @param learner  join that gives the learner of a staged row as `l.learner_id`, where there is one
 */
export function describedFacts(
  file: StagedFile,
  to: Pick<ToFacts, 'table' | 'key' | 'valid' | 'validFrom' | 'register'>,
  learner = '',
): string {
  const said = saidColumns(file, to).filter((column) => column !== 'valid')
  const { key: columns, table, valid, validFrom = [], register } = to
  const keySql = (column: string) => {
    if (column === register?.id) return 'o.id'
    return learner && column === 'learner_id' ? 'l.learner_id' : `s."${column}"`
  }
  const key = columns.map(keySql)
  const isKeptValid = validFrom.length > 0 && !validFrom.some((column) => file.present.has(column))
  const isAllSaid = Object.keys(file.entity.columns).every((name) => file.present.has(name))
  const same = columns.map(
    (column, at) => `t.${column} ${at === 0 ? '=' : 'is not distinct from'} ${key[at]}`,
  )
  // What the file does not speak of is looked up row by row.
  const held = isAllSaid
    ? ''
    : `left join lateral (select t.* from ${table} t where t.superseded_by is null and ${same.join(' and ')} limit 1) held on true`
  const fields = [
    's.line',
    ...key.map((sql, at) => `${sql} as ${columns[at]}`),
    ...said.map((column) => `${told(file, column)} as ${column}`),
    ...(valid === undefined ? [] : [`${isKeptValid ? `coalesce(held.valid, ${valid})` : valid} as valid`]),
  ]
  return `select ${fields.join(', ')} from staged_row s ${learner} ${register ? byCode.join : ''} ${held}`
}
