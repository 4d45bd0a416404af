import type { Tx } from '#db/actor.ts'

/** A class as enrolments refer to it. */
export interface KnownClass {
  institutionId: number
  schoolYear: number
  grade: number
  name: string
}

/** Every class by its id. */
export async function knownClasses(tx: Tx): Promise<Map<number, KnownClass>> {
  const { rows } = await tx.query<KnownClass & { id: number }>(
    `select class_group_id as id, institution_id as "institutionId", school_year as "schoolYear", grade, name
       from registry.class_group_version where superseded_by is null`,
  )
  return new Map(rows.map(({ id, ...known }) => [id, known]))
}

/** Institutions by the number a file gives them: makes `institution_of` (no → id). */
export async function numberInstitutions(tx: Tx, ids: readonly number[]): Promise<void> {
  await tx.query(
    'create temporary table institution_of (no int4, institution_id int8, is_new bool) on commit drop',
  )
  await tx.query(
    `insert into institution_of select no - 1, id, false from unnest($1::int8[]) with ordinality as given (id, no)`,
    [ids],
  )
  await tx.query('analyze institution_of')
}
