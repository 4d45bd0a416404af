import type { Tx } from '#db/actor.ts'
import { portions } from '#db/portions.ts'

/** A class as enrolments refer to it. */
export interface KnownClass {
  institutionId: number
  schoolYear: number
  grade: number
  name: string
}

/** Every class, to be found by its id. A country has 150,000 of them in seven years: they are held in columns, names once. */
export class KnownClasses {
  readonly #at = new Map<number, number>()
  readonly #institutions: number[] = []
  readonly #years: number[] = []
  readonly #grades: number[] = []
  readonly #names: string[] = []

  static async read(tx: Tx): Promise<KnownClasses> {
    const known = new KnownClasses()
    const said = new Map<string, string>()
    const all = portions<KnownClass & { id: number }>(
      tx,
      `select class_group_id as id, institution_id as "institutionId", school_year as "schoolYear", grade, name
         from registry.class_group_version where superseded_by is null`,
    )
    for await (const classes of all) {
      for (const { id, institutionId, schoolYear, grade, name } of classes) {
        const same = said.get(name) ?? name
        said.set(same, same)
        known.#at.set(id, known.#names.length)
        known.#institutions.push(institutionId)
        known.#years.push(schoolYear)
        known.#grades.push(grade)
        known.#names.push(same)
      }
    }
    return known
  }

  get(id: number): KnownClass | undefined {
    const at = this.#at.get(id)
    if (at === undefined) return undefined
    return {
      institutionId: this.#institutions[at]!,
      schoolYear: this.#years[at]!,
      grade: this.#grades[at]!,
      name: this.#names[at]!,
    }
  }
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
