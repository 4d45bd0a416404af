/**
 * Which school years the rows of a table are about. By it compute knows which parts a changed row can reach; a definition says how
 * many school years beside its own it looks at (`looks`).
 */
export interface RowYears {
  /** joined beside the table, which is `t` */
  join?: string
  /** SQL of what first and last are worked out from; rows are counted by it first, so that dates are worked out once each */
  by: readonly string[]
  /** SQL of the first and the last school year, of columns `k1`, `k2`, …; null: from or for ever */
  first: string
  last: string
}

const yearOf = (day: string) => `(extract(year from ${day}) + (extract(month from ${day}) >= 9)::int)::int`
const year = (column: string): RowYears => ({ by: [column], first: 'k1', last: 'k1' })

/** A row holds from a day to another, half-open. */
const holding: RowYears = {
  by: ['lower(t.valid)', 'upper(t.valid)'],
  first: yearOf('k1'),
  last: yearOf('(k2 - 1)'),
}

/** A calendar year lies in two school years. */
const calendar: RowYears = { by: ['t.year'], first: 'k1', last: 'k1 + 1' }

/** Of a round of tests. */
const ofRound: RowYears = {
  ...year('r.school_year'),
  join: 'left join assessments.round r using (round_id)',
}

/** What its own columns do not say. */
const others: Readonly<Record<string, RowYears>> = {
  'records.result': {
    ...year('a.school_year'),
    join: 'left join records.assessment a using (assessment_id)',
  },
  'assessments.outcome': ofRound,
  'assessments.participant': ofRound,
  'checks.score': { ...year('r.school_year'), join: 'left join checks.run r using (run_id)' },
  'records.lesson_delivery': {
    join: `left join (select class_group_id, min(school_year) as first, max(school_year) as last
                        from registry.class_group_version group by 1) g using (class_group_id)`,
    by: ['g.first', 'g.last'],
    first: 'k1',
    last: 'k2',
  },
  'records.destination': { by: ['t.on_day'], first: yearOf('k1'), last: yearOf('k1') },
  'records.finance': calendar,
  'records.population': calendar,
  'records.sample_plan': { by: ['t.since', 't.until'], first: yearOf('k1'), last: yearOf('k2') },
  'registry.vacancy': { by: ['t.open_on', 't.filled_on'], first: yearOf('k1'), last: yearOf('k2') },
}

/** Of a table that says nothing of years every row is about all of them. */
export function rowYears(table: string, columns: readonly string[]): RowYears | null {
  if (others[table]) return others[table]
  if (columns.includes('school_year')) return year('t.school_year')
  return columns.includes('valid') ? holding : null
}
