import type { Tx } from './actor.ts'
import type { Contradiction, ToFacts, ToVersions } from './entity.ts'

/** Something that only a look at all rows together, or at the bank, can find. */
export interface FoundInRows {
  line: number
  /** column of the file; null: the line as a whole */
  column: string | null
  rule: string
  value: string | null
  detail: Record<string, string | number>
}

export interface FoundTogether {
  found: FoundInRows[]
  /** how many lines there would be, uncut */
  total: number
}

async function collect(tx: Tx, sql: string, most: number): Promise<FoundTogether> {
  const { rows } = await tx.query<FoundInRows & { total: number }>(
    `select line, "column", rule, value, detail, count(*) over () as total from (${sql}) found order by line limit $1`,
    [most],
  )
  return { found: rows.map(({ total: _, ...each }) => each), total: rows[0]?.total ?? 0 }
}

/**
 * Rows with the same key as an earlier one.
 *
 * @param key   columns of the staged rows, empty ones equal
 * @param rows  the staged rows to look at
 */
export function repeatedRows(
  tx: Tx,
  key: readonly string[],
  most: number,
  rows = 'staged_row',
): Promise<FoundTogether> {
  const columns = key.map((each) => `"${each}"`).join(', ')
  return collect(
    tx,
    `select line, null::text as "column", 'row.repeated' as rule, null::text as value,
            jsonb_build_object('otherLine', other_line) as detail
       from (select line, lag(line) over (partition by ${columns} order by line) as other_line from ${rows} r) s
      where other_line is not null`,
    most,
  )
}

/** Rows that contradict themselves. */
export function contradictoryRows(
  tx: Tx,
  contradictions: readonly Contradiction[],
  most: number,
): Promise<FoundTogether> {
  if (contradictions.length === 0) return Promise.resolve({ found: [], total: 0 })
  const each = contradictions.map(
    ({ rule, column, where }) => `
      select s.line, '${column}' as "column", '${rule}' as rule, null::text as value, '{}'::jsonb as detail
        from staged_row s where ${where}`,
  )
  return collect(tx, each.join(' union all '), most)
}

/** Rows that name a code of their own entity which neither the file nor the bank has. Needs `own_code`. */
export async function unknownOwn(
  tx: Tx,
  columns: readonly { name: string; isList: boolean }[],
  entity: string,
  most: number,
): Promise<FoundTogether> {
  if (columns.length === 0) return { found: [], total: 0 }
  const each = columns.map(
    ({ name, isList }) => `
      select s.line, '${name}' as "column", 'reference.unknown' as rule, c.code as value,
             jsonb_build_object('entity', '${entity}') as detail
        from staged_row s
       cross join unnest(${isList ? `string_to_array(s."${name}", ' ')` : `array[s."${name}"]`}) as c (code)
       where c.code <> '' and not exists (select from own_code o where o.code = c.code)`,
  )
  return collect(tx, each.join(' union all '), most)
}

/** Things that are of another kind in the register, and codes that mean two things. Needs `id_of`. */
export async function otherThings(
  tx: Tx,
  to: Pick<ToVersions, 'table' | 'id' | 'register' | 'registerColumns' | 'previous'>,
  most: number,
): Promise<FoundTogether> {
  const kinds = (to.registerColumns ?? []).map(
    (column) => `
      select s.line, '${column}' as "column", 'row.other_kind' as rule, s.${column} as value,
             jsonb_build_object('held', r.${column}) as detail
        from staged_row s join id_of o using (code) join ${to.register} r on r.${to.id} = o.id
       where not o.is_new and r.${column} <> s.${column}`,
  )
  const previous = to.previous
    ? [
        `select s.line, '${to.previous}' as "column", 'code.two_things' as rule, s.${to.previous} as value,
                jsonb_build_object('code', s.code) as detail
           from staged_row s join id_of o using (code)
          where s.${to.previous} is not null
            and exists (select from ${to.table} v where v.superseded_by is null and v.code = s.${to.previous})
            and not exists (select from ${to.table} v where v.code = s.${to.previous} and v.${to.id} = o.id)`,
      ]
    : []
  const all = [...kinds, ...previous]
  return all.length === 0 ? { found: [], total: 0 } : collect(tx, all.join(' union all '), most)
}

/** Facts that are things of their own and cannot change one of their scope: a class its school year. Needs `id_of`. */
export function otherScope(tx: Tx, to: ToFacts, column: string, most: number): Promise<FoundTogether> {
  return collect(
    tx,
    `select s.line, '${column}' as "column", 'row.other_year' as rule, s.${column}::text as value,
            jsonb_build_object('held', t.${column}) as detail
       from staged_row s join id_of o using (code)
       join ${to.table} t on t.${to.register!.id} = o.id and t.superseded_by is null
      where t.${column} <> s.${column}`,
    most,
  )
}
