import type { Tx } from './actor.ts'
import { portions } from './portions.ts'

/** Codes in the file and the things they mean. */
interface Found {
  /** Table with `code` and the id. */
  table: string
  id: string
  /** Table of the things, whose sequence gives new ids. */
  register: string
  /** Columns of the register taken from the staged row. */
  registerColumns?: readonly string[]
  /** Column of the staged rows with an earlier code of the same thing. */
  previous?: string | undefined
}

/** The sequence of an identity column. */
const sequence = (register: string, id: string) => `${register}_${id}_seq`

/**
 * Finds the things the staged rows speak of, by code: makes `id_of` (code, id, is_new). What was withdrawn once and comes again is
 * the same thing.
 */
export async function findIds(tx: Tx, { table, id, register, previous }: Found) {
  const known = `(select distinct on (code) code, ${id} as id from ${table}
                   order by code, (superseded_by is null) desc, lower(valid) desc nulls last)`
  const earlier = previous
    ? `left join (select distinct on (code) code, ${previous} as before from staged_row where ${previous} is not null
                   order by code, line) b using (code)
       left join ${known} e on e.code = b.before`
    : ''
  await tx.query(`
    create temporary table id_of on commit drop as
    select code, coalesce(known_id, nextval('${sequence(register, id)}')) as id, known_id is null as is_new
      from (select c.code, coalesce(k.id${previous ? ', e.id' : ''}) as known_id
              from (select distinct code from staged_row) c left join ${known} k using (code) ${earlier}) found`)
  if (previous) await followPrevious(tx, previous)
  await tx.query('analyze id_of')
}

const LONGEST_CHAIN = 10 // codes of one thing, one after the other

/** New codes whose earlier code is in the same file mean the same thing. */
async function followPrevious(tx: Tx, previous: string) {
  for (let step = 0; step < LONGEST_CHAIN; step++) {
    const { rowCount } = await tx.query(`
      update id_of o set id = p.id, is_new = p.is_new
        from (select distinct on (code) code, ${previous} as before from staged_row where ${previous} is not null
               order by code, line) b
        join id_of p on p.code = b.before
       where o.code = b.code and o.is_new and o.id <> p.id`)
    if (rowCount === 0) return
  }
}

/** Makes `own_code` (code, id): every code of this entity, those of the file first. */
export async function findOwnCodes(tx: Tx, { table, id }: Pick<Found, 'table' | 'id'>) {
  await tx.query(`
    create temporary table own_code on commit drop as
    select distinct on (code) code, id
      from (select code, id, 0 as rank, null::date as since from id_of
            union all
            select code, ${id}, 1, lower(valid) from ${table} where superseded_by is null) c
     order by code, rank, since desc nulls last`)
}

/** Puts the new things into their register. */
export async function registerNew(tx: Tx, { register, id, registerColumns = [] }: Found) {
  const columns = [id, ...registerColumns].join(', ')
  await tx.query(`
    insert into ${register} (${columns})
    select distinct on (i.id) i.id${registerColumns.map((column) => `, s.${column}`).join('')}
      from id_of i join staged_row s using (code) where i.is_new order by i.id, s.line`)
}

/** Code and id of everything known of an entity now, some at a time; of several with one code the latest. */
export function knownCodes(
  tx: Tx,
  {
    table,
    id,
    ofKind,
  }: { table: string; id: string; ofKind?: { register: string; kind: string } | undefined },
): AsyncGenerator<{ code: string; id: number }[]> {
  const kind = ofKind ? `join ${ofKind.register} r using (${id})` : ''
  return portions(
    tx,
    `select distinct on (code) code, ${id} as id from ${table} v ${kind}
      where superseded_by is null ${ofKind ? 'and r.kind = $1' : ''}
      order by code, lower(valid) desc nulls last`,
    ofKind ? [ofKind.kind] : [],
  )
}
