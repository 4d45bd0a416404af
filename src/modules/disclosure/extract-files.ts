import { current } from '#modules/indicators/index.ts'
import type { Words } from '#terms/locale.ts'
import type { ExtractColumn } from './extract-columns.ts'
import type { ColumnType } from './extract-parquet.ts'

/** A column of a file, as the codebook describes it. */
export interface FileColumn {
  name: string
  role: ExtractColumn['role']
  type: ColumnType
  ordered?: boolean
  label: Words
  /** quasi: what each coarser level is, in words; the values of the last are all `*` */
  levels?: readonly Words[]
  coarser?: (regions: ReadonlyMap<string, string>) => readonly ((value: string) => string)[]
}

/** A file of an extract: one row a person. `sql` has the columns by name and `person`; `$1` is the import, `$2` the school year. */
export interface ExtractFile {
  kind: 'learners' | 'results'
  /** of a results file: code of the test, `$3` */
  assessment: string | null
  name: string
  label: Words
  columns: readonly FileColumn[]
  /** data that were given for different purposes and are joined in it */
  linkages: readonly string[]
  sql: string
}

export const PSEUDONYM: Words = {
  lv: 'Pseidonīms: vienam cilvēkam viens un tas pats visos šī pieprasījuma failos, citā pieprasījumā cits',
  en: 'Pseudonym: the same for a person in all files of this request, another one in any other request',
}

const everybody = () => '*'
const ALL: Words = { lv: 'visi kopā', en: 'all together' }

const municipality: FileColumn = {
  name: 'municipality',
  role: 'quasi',
  type: 'text',
  label: {
    lv: 'Iestādes pašvaldības ATVK kods mācību gada 1. oktobrī',
    en: 'ATVK code of the municipality of the institution on 1 October of the school year',
  },
  levels: [{ lv: 'plānošanas reģiona kods', en: 'code of the planning region' }, ALL],
  coarser: (regions) => [(code) => regions.get(code) ?? '', everybody],
}
const sex: FileColumn = {
  name: 'sex',
  role: 'quasi',
  type: 'text',
  label: { lv: 'Dzimums: female, male, unknown', en: 'Sex: female, male, unknown' },
  levels: [ALL],
  coarser: () => [everybody],
}
const age: FileColumn = {
  name: 'age',
  role: 'quasi',
  type: 'text',
  label: {
    lv: 'Gadi, kas aprit kalendārajā gadā, kurā sākas mācību gads',
    en: 'Age reached in the calendar year in which the school year begins',
  },
  levels: [{ lv: 'trīs gadi kopā, pirmais nosaukts', en: 'three years together, named by the first' }, ALL],
  coarser: () => [(years) => (years === '' ? '' : `${Math.floor(Number(years) / 3) * 3}`), everybody],
}
const grade: FileColumn = {
  name: 'grade',
  role: 'quasi',
  type: 'text',
  label: { lv: 'Klase; 0 ir pirmsskola', en: 'Grade; 0 is preschool' },
  levels: [{ lv: 'posms: 0, 1-3, 4-6, 7-9, 10-13', en: 'stage: 0, 1-3, 4-6, 7-9, 10-13' }, ALL],
  coarser: () => [(value) => stageOf(Number(value)), everybody],
}
const specialNeed: FileColumn = {
  name: 'special_need',
  role: 'sensitive',
  type: 'text',
  label: {
    lv: 'Vai ir atzinums par speciālām vajadzībām: yes, no',
    en: 'Whether there is a conclusion about special needs: yes, no',
  },
}
const unexcused: FileColumn = {
  name: 'unexcused',
  role: 'sensitive',
  type: 'whole',
  ordered: true,
  label: {
    lv: 'Neattaisnoti kavētas stundas mācību gadā',
    en: 'Lessons missed without excuse in the school year',
  },
}
const points: FileColumn = {
  name: 'points',
  role: 'sensitive',
  type: 'number',
  ordered: true,
  label: { lv: 'Rezultāts pārbaudījuma skalā', en: 'Result on the scale of the test' },
}

function stageOf(value: number): string {
  if (value === 0) return '0'
  if (value <= 3) return '1-3'
  if (value <= 6) return '4-6'
  return value <= 9 ? '7-9' : '10-13'
}

const october = 'make_date($2::int - 1, 10, 1)'
/** Who a learner is on 1 October, beside the alias `e` of what names learner and institution. */
const who = `
  t.code as municipality, coalesce(v.sex, 'unknown') as sex,
  coalesce(($2::int - 1 - extract(year from v.birth_month)::int)::text, '') as age,
  case when c.special_need is null then 'no' else 'yes' end as special_need`
const whoFrom = `
  join registry.learner l on l.learner_id = e.learner_id
  join registry.institution_version i on i.institution_id = e.institution_id and ${current('i')} and i.valid @> ${october}
  join registry.territory_version t on t.territory_id = i.territory_id and ${current('t')} and t.valid @> ${october}
  left join registry.learner_version v on v.learner_id = e.learner_id and ${current('v')} and v.valid @> ${october}
  left join registry.learner_circumstance c on c.learner_id = e.learner_id and ${current('c')} and c.valid @> ${october}`

/** Everybody with a main enrolment on 1 October. */
export function learnersFile(year: number): ExtractFile {
  return {
    kind: 'learners',
    assessment: null,
    name: `learners-${year}.parquet`,
    label: {
      lv: 'Izglītojamie ar pamata ierakstu 1. oktobrī',
      en: 'Learners with a main enrolment on 1 October',
    },
    columns: [municipality, grade, sex, age, specialNeed, unexcused],
    linkages: [],
    sql: `
      select distinct on (l.person_key) l.person_key::text as person, e.grade::text as grade, ${who},
             coalesce((select sum(missed)::text
                         from records.absence a cross join unnest(a.unexcused) missed
                        where a.learner_id = e.learner_id and a.school_year = $2 and ${current('a')}), '') as unexcused
        from registry.enrolment e ${whoFrom}
       where e.school_year = $2 and e.main and e.valid @> ${october} and ${current('e')}
       order by l.person_key`,
  }
}

/** Everybody with a result of one test. */
export function resultsFile(assessment: { code: string; name: Words }): ExtractFile {
  return {
    kind: 'results',
    assessment: assessment.code,
    name: `results-${assessment.code.replaceAll(/[^\w.-]/g, '_')}.parquet`,
    label: {
      lv: `Rezultāti: ${assessment.name.lv}`,
      en: `Results: ${assessment.name.en}`,
    },
    columns: [municipality, sex, age, points, specialNeed],
    linkages: ['results-register'],
    sql: `
      select distinct on (l.person_key) l.person_key::text as person, e.value::text as points, ${who}
        from records.result e ${whoFrom}
       where e.assessment_id = (select x.assessment_id from records.assessment x where x.code = $3)
         and e.value is not null and ${current('e')}
       order by l.person_key`,
  }
}
