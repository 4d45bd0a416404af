/**
 * The facts of a free data set, given by the module that owns them. What the data set is called, by what it is cut and
 * with which noise it is told is dated data (`disclosure.data_set`).
 */
export interface FreeDefinition {
  readonly dataSet: string
  /**
   * SQL of the school years in which the population can be known as of import `$1`: one column, `school_year`. A year
   * that is not among them is unavailable, which is not the same as nobody.
   */
  readonly years: string
  /**
   * SQL of one school year as known after one import: one row a person, with the columns `institution_id`, `person_key`
   * and one per dimension (text, one of its categories). `$1` is the import, `$2` the school year.
   */
  readonly facts: string
}
