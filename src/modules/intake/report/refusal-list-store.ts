import type { Tx } from '#db/actor.ts'
import type { Refusal } from '../model.ts'
import { type Detail, ruleWords } from '../rules.ts'
import type { RefusalCounts } from './refusal-list-model.ts'

/** Which refusals of an import are asked for. */
export interface RefusalQuestion {
  rule?: string | undefined
  column?: string | undefined
}

/** Number of an import by the id that may be told; null when there is none. */
export async function importNumber(tx: Tx, id: string): Promise<number | null> {
  const { rows } = await tx.query<{ number: number }>(
    'select import_id as number from intake.import where import_uuid = $1',
    [id],
  )
  return rows[0]?.number ?? null
}

/** The refusals of an import in the order of lines, after the one numbered `after`. */
export async function listRefusals(
  tx: Tx,
  number: number,
  { rule, column }: RefusalQuestion,
  after: number,
  limit: number,
): Promise<(Refusal & { no: number })[]> {
  const { rows } = await tx.query<Omit<Refusal, 'message'> & { no: number }>(
    `select refusal_no as no, nullif(line, 0) as line, column_name as column, rule, value, detail from intake.refusal
      where import_id = $1 and refusal_no > $2 and ($3::text is null or rule = $3) and ($4::text is null or column_name = $4)
      order by refusal_no limit $5`,
    [number, after, rule ?? null, column ?? null, limit],
  )
  return rows.map((each) => ({ ...each, message: ruleWords(each.rule, each.detail as Detail) }))
}

/** How the refusals of an import are spread. */
export async function countRefusals(tx: Tx, number: number): Promise<RefusalCounts> {
  const by = async (column: 'rule' | 'column_name') => {
    const { rows } = await tx.query<{ name: string; count: number }>(
      `select ${column} as name, count(*) as count from intake.refusal
        where import_id = $1 and ${column} is not null group by 1 order by 2 desc, 1`,
      [number],
    )
    return rows
  }
  const [rules, columns] = [await by('rule'), await by('column_name')]
  return { listed: rules.reduce((sum, { count }) => sum + count, 0), rules, columns }
}
