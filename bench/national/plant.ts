import type { Tx } from '../../src/db/actor.ts'
import {
  fixForm,
  formId,
  makeDemoAuthors,
  planRound,
  shipItems,
  writeForm,
} from '../../src/modules/assessments/index.ts'
import type { PlantedPupils } from '../../src/modules/assessments/made-up/answers-store.ts'
import { Item } from '../../src/modules/assessments/model.ts'
import { shippedForms } from '../../src/modules/assessments/shipped/forms.ts'
import { writeItem } from '../../src/modules/assessments/store.ts'
import { philox } from '../../src/stats/numeric/random.ts'

export const YEAR = 2027
/** Items of a domain and grade; each of the forms has some of them. */
const POOL = 100
const PER_FORM = 40
const FORMS = 4
/** Standard error of the results of three years ago, points. */
const EARLIER_ERROR = 30

export interface Country {
  /** of each grade */
  pupils: number
  schools: number
}

/** The six rounds, in the order in which they are worked on. */
export const rounds = shippedForms.map(({ domain, grade }, at) => ({
  at,
  domain,
  grade,
  code: `${YEAR}-${grade}-${domain}`,
}))
export type Round = (typeof rounds)[number]

/** Schools with classes and pupils of grades 3 and 6; results of the sixth-graders three years ago. */
export async function plantRegister(tx: Tx, { pupils, schools }: Country): Promise<void> {
  await tx.query(
    `insert into intake.import (source, mapping, data_kind, file_name, state, finished_at) values ('bench', '{}', 'made_up', 'bench', 'merged', now())`,
  )
  await tx.query(
    `insert into registry.territory (territory_id, kind)
     select 1, 'state' union all select 1 + r, 'region' from generate_series(1, 5) r union all select 10 + m, 'municipality' from generate_series(0, 42) m`,
  )
  await tx.query(
    `insert into registry.territory_version (territory_id, parent_id, code, name_lv, name_en, valid, import_id, line, row_hash)
     select territory_id, case kind when 'region' then 1 when 'municipality' then 2 + territory_id % 5 end, 'T' || territory_id,
            'Vieta ' || territory_id, 'Place ' || territory_id, '(,)', 1, territory_id, territory_id from registry.territory`,
  )
  await tx.query('insert into registry.institution (institution_id) select generate_series(1, $1::int)', [
    schools,
  ])
  await tx.query(
    `insert into registry.institution_version (institution_id, territory_id, code, name_lv, name_en, valid, import_id, line, row_hash)
     select i, 10 + i % 43, 'S' || i, 'Skola ' || i, 'School ' || i, '(,)', 1, i, i from registry.institution, lateral (select institution_id as i) x`,
  )
  await tx.query(
    `create temporary table pupil on commit drop as
     select g * 1000000 + n as learner, g as grade, 1 + n % $1::int as school, n / $1::int / 17 as class
       from unnest(array[3, 6]) g, generate_series(0, $2::int - 1) n`,
    [schools, pupils],
  )
  await tx.query(
    `insert into registry.class_group (class_group_id) select distinct school * 1000 + grade * 100 + class from pupil`,
  )
  await tx.query(
    `insert into registry.class_group_version (class_group_id, institution_id, school_year, code, grade, name, language, valid, import_id, line, row_hash)
     select distinct on (id) id, school, $1::int, grade || '.' || class, grade, grade || '.' || class, case when school % 9 = 0 then 'pl' else 'lv' end,
            daterange('2026-09-01', '2027-09-01'), 1, id, id
       from pupil, lateral (select school * 1000 + grade * 100 + class as id) x`,
    [YEAR],
  )
  await tx.query('insert into registry.learner (learner_id) select learner from pupil')
  await tx.query(
    `insert into registry.learner_version (learner_id, sex, valid, import_id, line, row_hash)
     select learner, case learner % 2 when 0 then 'female' else 'male' end, '(,)', 1, learner, learner from pupil`,
  )
  await tx.query(
    `insert into registry.enrolment (learner_id, institution_id, school_year, grade, class_name, class_group_id, main, valid, import_id, line, row_hash)
     select learner, school, $1::int, grade, grade || '.' || class, school * 1000 + grade * 100 + class, true,
            daterange('2026-09-01', '2027-09-01'), 1, learner, learner from pupil`,
    [YEAR],
  )
  await tx.query(
    `insert into assessments.round (code, kind, domain, grade, school_year, name_lv, name_en, opens_at, closes_at, minutes, state)
     select '2024-3-' || d, 'census', d, 3, 2024, 'Darbs', 'Test', '2024-04-01', '2024-04-30', 60, 'official'
       from unnest(array['reading', 'numeracy', 'science']) d`,
  )
  await tx.query(
    `insert into assessments.participant (round_id, learner_id, institution_id, status)
     select r.round_id, p.learner, p.school, 'tested' from pupil p, assessments.round r where p.grade = 6`,
  )
  for (const round of rounds.filter(({ grade }) => grade === 6)) {
    const random = philox(9, round.at)
    const results = [...plantedRound({ pupils, schools }, round)].map(([learner, { earlier }]) => ({
      learner,
      score: 500 + 100 * earlier + EARLIER_ERROR * random.normal(),
    }))
    await tx.query(
      `insert into assessments.outcome (learner_id, participant_id, round_id, institution_id, version, score, error, run)
       select p.learner_id, p.participant_id, p.round_id, p.institution_id, 1, a.score, $2, 'bench'
         from assessments.participant p join assessments.round r using (round_id)
         join jsonb_to_recordset($1) as a (learner bigint, score float8) on a.learner = p.learner_id
        where r.domain = $3 and r.school_year = 2024`,
      [JSON.stringify(results), EARLIER_ERROR, round.domain],
    )
  }
}

/** What is true of a pupil in one round, standard deviations: how able, and how able three years ago. */
export type PlantedPupil =
  PlantedPupils extends ReadonlyMap<number, infer P> ? P & { earlier: number; school: number } : never

/** How much more than others who started level pupils of each school grow until grade 6, standard deviations. */
export function plantedGrowth({ schools }: Country, { at }: Round): number[] {
  const random = philox(10, at)
  return Array.from({ length: schools }, () => 0.15 * random.normal())
}

/** Pupils of a round by learner: what a school and they themselves bring, a little other in each domain. */
export function plantedRound(country: Country, round: Round): Map<number, PlantedPupil> {
  const { pupils, schools } = country
  const random = philox(7, round.grade)
  const ofRound = philox(8, round.at)
  const effects = Array.from({ length: schools }, () => 0.4 * random.normal())
  const growth = plantedGrowth(country, round)
  return new Map(
    Array.from({ length: pupils }, (_, n) => {
      const school = n % schools
      const earlier = effects[school]! + 0.85 * random.normal() + 0.3 * ofRound.normal()
      const ability = round.grade === 6 ? 0.8 * earlier + growth[school]! + 0.55 * ofRound.normal() : earlier
      return [
        round.grade * 1_000_000 + n,
        { n, ability, earlier, school: 1 + school, exempt: null, hasNeed: n % 20 === 0 },
      ]
    }),
  )
}

/** A hundred items for each domain and grade, after those that come with the product; who writes, marks, scales. */
export async function plantBank(tx: Tx): Promise<void> {
  await tx.query(`insert into access.person (display_name, demo) values ('Ilze Liepiņa', true)`)
  await makeDemoAuthors(tx)
  await shipItems(tx)
  for (const { domain, grade, items } of shippedForms) {
    for (let k = 0; k < POOL; k++) {
      const { item, files } = items[k % items.length]!
      const text = { ...item.texts[0]!, title: `${item.texts[0]!.title} ${k}` }
      await writeItem(
        tx,
        Item.parse({ ...item, code: itemCode(domain, grade, k), texts: [text] }),
        files,
        'bench',
      )
    }
  }
  await tx.query(`update assessments.item set state = 'live' where code like 'B-%'`)
}

function itemCode(domain: string, grade: number, k: number): string {
  return `B-${domain.slice(0, 1).toUpperCase()}${grade}-${String(k).padStart(3, '0')}`
}

/** Rounds, each of four forms: ten anchors in all of them, thirty of its own, some shared with the next. */
export async function plan(tx: Tx, given: readonly Round[]): Promise<void> {
  for (const { code, domain, grade } of given) {
    const forms = Array.from({ length: FORMS }, (_, form) => `${code}-${form}`)
    for (const [form, name] of forms.entries()) {
      const places = Array.from({ length: PER_FORM }, (_, at) =>
        at < 10 ? at : 10 + ((form * 22 + at - 10) % (POOL - 10)),
      )
      await writeForm(tx, {
        code: name,
        domain,
        grade,
        items: places.map((k) => ({ code: itemCode(domain, grade, k), anchor: k < 10 })),
      })
      await fixForm(tx, await formId(tx, name))
    }
    await planRound(tx, {
      code,
      kind: 'census',
      domain,
      grade,
      schoolYear: YEAR,
      name: { lv: code, en: code },
      opensAt: new Date(Date.now() - 86_400_000).toISOString(),
      closesAt: new Date(Date.now() + 86_400_000).toISOString(),
      minutes: 60,
      forms: forms.map((each) => ({ code: each })),
      settings: { seed: 1, rosterDay: '2026-10-01' },
    })
  }
}
