import { createHash } from 'node:crypto'
import type { Level } from '#terms/level.ts'
import type { Words } from '#terms/locale.ts'
import type { Indicator, IndicatorUnit } from './model.ts'

/** What readers are told about an indicator, whatever its kind. */
interface About {
  code: string
  version: number
  area: Indicator['area']
  /** Which disclosure rule applies: 'enrolment', 'results', 'staff', … */
  topic: string
  name: Words
  short: Words
  definition: Words
  doesNotSay: Words
  of: Words
  /** Word for the people counted, shared by indicators whose cells count exactly the same ones. */
  people?: string
  source: Words
  /** Who answers for the definition; left out: the ministry. */
  owner?: Words
  /** a figure may be below zero in a unit that otherwise has no such number */
  isSigned?: true
  better: Indicator['better']
  levels: readonly Level[]
  /** Data that came for different purposes and are joined for it; while one of them is off, it is not computed. */
  linkages?: readonly string[]
  looks?: Looks
  once?: readonly Once[]
  /** Attributes the facts carry as columns of the same name, each a single breakdown. */
  by: readonly string[]
  lines: Lines
}

/**
 * SQL of the facts of one school year as known after one import: one row a person and subject, with the columns
 * `institution_id`, `subject` (text, '-' where there is none), `y` (double precision; null in a count) and one column
 * per breakdown. `$1` is the import, `$2` the school year; `current('e')` is the condition on recorded time. The facts of a
 * ratio are one row of anything that has both sums (an institution, a contract, a learner), with the columns `w` (what `y`
 * is divided by) and `n` (people the row stands for) beside.
 */
export type Facts = string

/**
 * SQL of where the facts of a school year came from: `institution_id`, `subject`, `import_id`, `line`, with the same
 * parameters as the facts. It touches no learner, so an analyst may run it.
 */
export type Lines = string

/**
 * How many school years before and after its own the facts of a school year look at. Said of an indicator, a change in another year
 * leaves its figures as they are; left out: any row of its tables may reach any school year.
 */
export interface Looks {
  back: number
  forward: number
}

/**
 * A part of facts that several definitions share: compute makes it once a school year and reads it wherever their facts have it. The
 * facts say the same without.
 */
export interface Once {
  name: string
  /** what is made */
  sql: string
  /** as it stands in facts */
  stands: string
  /** what stands there instead, reading the table it was made into */
  read: (table: string) => string
}

/** A subquery that stands in parentheses. */
export const once = (name: string, sql: string): Once => ({
  name,
  sql,
  stands: `(${sql})`,
  read: (table) => table,
})

/** Facts of a school year that are of this school year alone. */
export const atOwnYear: Looks = { back: 0, forward: 0 }

/** Whatever was before may reach them. */
export const everBefore: Looks = { back: 9999, forward: 0 }

/** Whether there is something in any school year decides them. */
export const everyYear: Looks = { back: 9999, forward: 9999 }

/** A definition with the SQL of its facts. Readers get everything but the SQL. */
export interface Definition
  extends Omit<Indicator, 'levels' | 'breakdowns' | 'breakdownsOff' | 'linkages' | 'switchedOff'> {
  readonly linkages?: readonly string[] | undefined
  readonly looks?: Looks | undefined
  readonly once?: readonly Once[] | undefined
  readonly levels: readonly Level[]
  readonly breakdowns: readonly string[]
  /** the facts carry plausible values beside `y` */
  readonly plausible?: true | undefined
  /** null for an indicator that is derived from the cells of another */
  readonly facts: Facts | null
  readonly lines: Lines
}

/** Where a figure is told: everywhere but of a class. */
export const everyLevel = ['state', 'region', 'municipality', 'school'] as const

/** The condition that a row of a fact table was current as of import `$1`. */
export function current(alias: string): string {
  return `(${alias}.import_id <= $1 and (${alias}.superseded_by is null or ${alias}.superseded_by > $1))`
}

/**
 * What is said of every learner of a school year, one row a learner: sex, whether a commission has found a special need, language of
 * the class, both on 1 October, and the fifth of family circumstances. The linkage with the circumstances switched off, nobody's is
 * known. Compute makes it once a school year and puts it in the place of this text wherever facts have it.
 */
export const learnersOfYear = `
        select l.learner_id, l.sex, s.special_needs, x.quintile::text as context, g.language
          from registry.learner_version l
          left join (
            select s.learner_id, case when bool_or(s.special_need is not null) then 'yes' else 'no' end as special_needs
              from registry.learner_circumstance s
             where ${current('s')} and s.valid @> make_date($2::int - 1, 10, 1) group by 1
          ) s using (learner_id)
          left join (
            select x.learner_id, max(x.quintile) as quintile from records.context x
             where x.school_year = $2 and ${current('x')} and not exists (select from rights.linkages_off() o where o = 'context')
             group by 1
          ) x using (learner_id)
          left join (
            select e.learner_id, max(g.language) as language
              from registry.enrolment e
              join registry.class_group_version g on g.class_group_id = e.class_group_id and ${current('g')}
             where e.school_year = $2 and e.main and e.valid @> make_date($2::int - 1, 10, 1) and ${current('e')} group by 1
          ) g using (learner_id)
         where ${current('l')} and l.valid @> make_date($2::int - 1, 10, 1)`

/** Joins what is said of a learner in the school year, as `l`. */
export function saidOf(learner: string): string {
  return `
      left join (${learnersOfYear}) l on l.learner_id = ${learner}`
}

/** What a definition whose facts join `saidOf` can be broken down by, and the columns of its facts for that. */
export const bySaid = ['sex', 'language', 'special_needs', 'context'] as const
export const said = bySaid.map((name) => `coalesce(l.${name}, 'unknown') as ${name}`).join(', ')

/** How many people. */
export function count(about: About & { facts: Facts }): Definition {
  return define(about, { kind: 'count', unit: 'pupils', showsSpread: false, facts: about.facts })
}

/** Which part of people, 0–1: `y` is 1 where it is so and 0 where not. */
export function share(about: About & { facts: Facts }): Definition {
  return define(about, { kind: 'share', unit: 'share', showsSpread: false, facts: about.facts })
}

/**
 * Mean of `y` over people. With `spread` a count per value is kept, for distributions and exact quantiles.
 *
 * With `plausible` the facts have a column of that name (double precision[], ten plausible values; null where `y` is known without):
 * means and errors of groups are then made of these, the distribution of `y`.
 */
export function mean({
  spread,
  plausible,
  ...about
}: About & { facts: Facts; unit: IndicatorUnit; spread: boolean; plausible?: true }): Definition {
  return define(about, {
    kind: 'mean',
    unit: about.unit,
    showsSpread: spread,
    facts: about.facts,
    ...(plausible && { plausible }),
  })
}

/**
 * Σy / Σw over rows of facts, never a mean of ratios: pupils to a teacher's full load, square metres to a pupil.
 *
 * `ofPeople: false` says that nobody is behind the rows (their n is 0): then no number of people protects or hides it.
 */
export function ratio({
  ofPeople = true,
  ...about
}: About & { facts: Facts; unit: IndicatorUnit; ofPeople?: boolean }): Definition {
  const rest = { kind: 'ratio', unit: about.unit, showsSpread: false, facts: about.facts } as const
  return define(about, ofPeople ? rest : { ...rest, ofPeople })
}

/** The mean of the first category minus the mean of the second, from the cells of another indicator. */
export function gap(
  about: Omit<About, 'by'> & {
    derivedFrom: string
    between: readonly [breakdown: string, first: string, second: string]
  },
): Definition {
  const [breakdown, first, second] = about.between
  return define(
    { ...about, by: [] },
    {
      kind: 'gap',
      unit: 'points_difference',
      showsSpread: false,
      facts: null,
      derivedFrom: about.derivedFrom,
      between: { breakdown, first, second },
    },
  )
}

const ministry: Words = { lv: 'Izglītības un zinātnes ministrija', en: 'Ministry of Education and Science' }

function define(
  about: About,
  rest: Pick<Definition, 'kind' | 'unit' | 'showsSpread' | 'facts'> &
    Partial<Pick<Definition, 'derivedFrom' | 'between' | 'ofPeople' | 'plausible'>>,
): Definition {
  const { by, ...told } = about
  const definition = {
    owner: ministry,
    ...told,
    derivedFrom: null,
    between: null,
    ...rest,
    breakdowns: by,
  }
  return { ...definition, hash: formulaHash(definition) }
}

/** SHA-256 of what decides the figures. Words may be improved under the same version, a formula may not. */
function formulaHash(definition: Omit<Definition, 'hash'>): string {
  const { code, version, kind, unit, topic, levels, breakdowns, showsSpread, derivedFrom, between, facts } =
    definition
  const { ofPeople, plausible } = definition
  const formula = {
    code,
    version,
    kind,
    unit,
    topic,
    levels,
    breakdowns,
    showsSpread,
    derivedFrom,
    between,
    facts,
    ofPeople,
    plausible,
  }
  return createHash('sha256').update(JSON.stringify(formula)).digest('hex')
}

/** The definition as readers see it, without the SQL of its facts. */
export function told({
  facts: _facts,
  lines: _lines,
  looks: _looks,
  once: _once,
  plausible: _plausible,
  ...definition
}: Definition): Indicator {
  return {
    ...definition,
    levels: [...definition.levels],
    linkages: [...(definition.linkages ?? [])],
    breakdowns: [...definition.breakdowns],
  }
}
