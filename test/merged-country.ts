import { asJob, type Tx } from '#db/actor.ts'
import type { Database } from '#db/connection.ts'

/**
 * A small country whose borders change: on 1 July 2025 Varakļāni, until then in Latgale, joined Madona in Vidzeme, and tiny
 * Aglona joined Līvāni. One school of Varakļāni had closed a year before and went into another. In September 2025 a school of
 * Līvāni moved to Madona by itself. In the last year the test in science is told on another scale.
 */
export const territories = [
  { id: 1, kind: 'state', of: '', parent: null },
  { id: 2, kind: 'region', of: 'Vidzemes', parent: 1 },
  { id: 3, kind: 'region', of: 'Latgales', parent: 1 },
  { id: 11, kind: 'municipality', of: 'Madonas', parent: 2 },
  { id: 12, kind: 'municipality', of: 'Varakļānu', parent: 3, until: '2025-07-01', successor: 11 },
  { id: 13, kind: 'municipality', of: 'Līvānu', parent: 3 },
  { id: 14, kind: 'municipality', of: 'Cēsu', parent: 2 },
  { id: 15, kind: 'municipality', of: 'Aglonas', parent: 3, until: '2025-07-01', successor: 13 },
] as const

/** Where each school lay in the three school years, and where it lies today; how many pupils it had, 0: none. */
export const schools = [
  { id: 21, lv: 'Madonas pamatskola', lay: [11, 11, 11], today: 11, pupils: [60, 62, 61] },
  { id: 22, lv: 'Kalsnavas pamatskola', lay: [11, 11, 11], today: 11, pupils: [40, 38, 41] },
  { id: 31, lv: 'Varakļānu vidusskola', lay: [12, 12, 11], today: 11, pupils: [33, 44, 45] },
  {
    id: 32,
    lv: 'Murmastienes pamatskola',
    lay: [12, 12, 11],
    today: 11,
    pupils: [12, 0, 0],
    until: '2024-07-01',
  },
  { id: 33, lv: 'Stirnienes pamatskola', lay: [12, 12, 11], today: 11, pupils: [4, 4, 3] },
  { id: 41, lv: 'Līvānu 1. vidusskola', lay: [13, 13, 13], today: 13, pupils: [50, 51, 50] },
  { id: 42, lv: 'Jersikas pamatskola', lay: [13, 13, 13], today: 13, pupils: [30, 31, 29] },
  {
    id: 43,
    lv: 'Atašienes vidusskola',
    lay: [13, 13, 11],
    today: 11,
    pupils: [25, 24, 26],
    moved: '2025-09-01',
  },
  { id: 61, lv: 'Aglonas pamatskola', lay: [15, 15, 13], today: 13, pupils: [4, 4, 3] },
  { id: 51, lv: 'Cēsu pamatskola', lay: [14, 14, 14], today: 14, pupils: [48, 47, 49] },
] as const

export const schoolYears = [2024, 2025, 2026] as const

/** One pupil of a school year with a result in maths (0–10); science lies two points lower, from 2026 on ten times as many. */
export interface MergedPupil {
  id: number
  school: number
  schoolYear: number
  sex: 'female' | 'male'
  maths: number
}

/** Everybody: other pupils in every year. The school of Madona is plainly better in 2026, the others stay as they are. */
export const pupils: readonly MergedPupil[] = schools.flatMap(({ id: school, pupils }) =>
  schoolYears.flatMap((schoolYear, year) =>
    Array.from({ length: pupils[year]! }, (_, at): MergedPupil => {
      const better = school === 21 && schoolYear === 2026 ? 2 : 0
      return {
        id: school * 1000 + year * 200 + at,
        school,
        schoolYear,
        sex: at % 2 ? 'male' : 'female',
        maths: 2 + ((Math.floor(at / 2) + 2 * (at % 2)) % 6) + better,
      }
    }),
  ),
)

/** Fills an empty database with the country. */
export async function makeMergedCountry(db: Database): Promise<void> {
  await asJob(db, async (tx) => {
    await tx.query(`insert into intake.import (source, mapping, data_kind, file_name, state, finished_at)
                    values ('merged country', '{}', 'made_up', 'merged.csv', 'merged', now())`)
    for (const { id, kind, of, parent, ...rest } of territories) {
      const [lv, genitive, locative, en] = names(kind, of)
      const until = 'until' in rest ? rest.until : null
      await tx.query('insert into registry.territory (territory_id, kind) values ($1, $2)', [id, kind])
      await tx.query(
        `insert into registry.territory_version (territory_id, parent_id, code, name_lv, name_en, genitive_lv, locative_lv, valid,
                                                 import_id, line, row_hash)
         values ($1::bigint, $2, 'T' || $1::bigint, $3, $4, $5, $6, daterange('2000-01-01', $7), 1, $1, $1)`,
        [id, parent, lv, en, genitive, locative, until],
      )
      if (!('successor' in rest)) continue
      await tx.query(
        `insert into registry.succession (kind, predecessor_id, successor_id, since, import_id, line, row_hash)
         values ('territory', $1, $2, $3, 1, $1, $1)`,
        [id, rest.successor, until],
      )
    }
    for (const { id, lv, lay, today, ...rest } of schools) {
      await tx.query('insert into registry.institution (institution_id) values ($1)', [id])
      const moved = 'moved' in rest ? rest.moved : null
      const until = 'until' in rest ? rest.until : null
      await tx.query(
        `insert into registry.institution_version (institution_id, territory_id, code, name_lv, name_en, valid, import_id, line,
                                                   row_hash)
         select $1::bigint, of, 'S' || $1::bigint, $2, $3, valid, 1, $1, $1
           from unnest($4::bigint[], $5::daterange[]) as v (of, valid)`,
        [
          id,
          lv,
          lv.replace(/(pamat|vidus)skola/, 'School'),
          moved ? [lay[0], today] : [lay[0]],
          moved ? [`[2000-01-01,${moved})`, `[${moved},)`] : [`[2000-01-01,${until ?? ''})`],
        ],
      )
    }
    await tx.query(
      `insert into registry.succession (kind, predecessor_id, successor_id, since, import_id, line, row_hash)
       values ('institution', 32, 31, '2024-07-01', 1, 2, 2)`,
    )
    await addRegister(tx)
    const column = (of: (pupil: MergedPupil) => unknown) => pupils.map(of)
    const who = [
      column(({ id }) => id),
      column(({ school }) => school),
      column(({ schoolYear }) => schoolYear),
      column(({ sex }) => sex),
      column(({ maths }) => maths),
    ]
    const pupil =
      'unnest($1::bigint[], $2::bigint[], $3::int[], $4::text[], $5::float8[]) as p (id, school, year, sex, maths)'
    await tx.query(`insert into registry.learner (learner_id) select id from ${pupil}`, who)
    await tx.query(
      `insert into registry.learner_version (learner_id, sex, valid, import_id, line, row_hash)
       select id, sex, '[2000-01-01,)', 1, id, id from ${pupil}`,
      who,
    )
    await tx.query(
      `insert into registry.enrolment (learner_id, institution_id, school_year, grade, main, valid, import_id, line, row_hash)
       select id, school, year, 6, true, daterange(make_date(year - 1, 9, 1), make_date(year, 9, 1)), 1, id, id from ${pupil}`,
      who,
    )
    await tx.query(
      `insert into records.scale (scale_id, code, name_lv, name_en, minimum, maximum) overriding system value
       values (1, 'points', 'punkti', 'points', 0, 10), (2, 'hundred', 'simt punktu', 'a hundred points', 0, 100)`,
    )
    await tx.query(
      `insert into records.assessment (assessment_id, code, subject, name_lv, name_en, school_year, grade, scale_id, import_id) overriding system value
       select 2 * (year - 2024) + s.no, s.subject || '-' || year, s.subject, s.lv, s.en, year, 6,
              case when s.no = 2 and year = 2026 then 2 else 1 end, 1
         from unnest($1::int[]) as year,
              (values (1, 'maths', 'Matemātika', 'Maths'), (2, 'science', 'Dabaszinības', 'Science')) as s (no, subject, lv, en)`,
      [[...schoolYears]],
    )
    await tx.query(
      `insert into records.result (learner_id, assessment_id, institution_id, value, status, import_id, line, row_hash)
       select p.id, a.assessment_id, p.school,
              case a.subject when 'maths' then maths else greatest(0, maths - 2) * case year when 2026 then 10 else 1 end end,
              'official', 1, p.id, p.id
         from ${pupil} join records.assessment a on a.school_year = p.year`,
      who,
    )
  })
}

/** What the register says beyond names: of the secondary school of Varakļāni everything, of the others nothing. */
async function addRegister(tx: Tx): Promise<void> {
  await tx.query('insert into registry.founder (founder_id) values (1)')
  await tx.query(
    `insert into registry.founder_version (founder_id, code, kind, name_lv, name_en, territory_id, valid, import_id, line, row_hash)
     values (1, 'M-11', 'municipality', 'Madonas novada pašvaldība', 'Madona Municipality', 11, '[2000-01-01,)', 1, 1, 1)`,
  )
  await tx.query(
    `update registry.institution_version
        set type = 'secondary', kind = 'general', founder_id = 1, address = 'Pils iela 29, Varakļāni', opened_on = '1948-09-01',
            accredited_until = '2029-05-15'
      where institution_id = 31`,
  )
  await tx.query('insert into registry.site (site_id) values (1), (2), (3)')
  await tx.query(
    `insert into registry.site_version (site_id, institution_id, territory_id, code, name_lv, name_en, address, lat, lon, capacity,
                                        building_year, accessible, valid, import_id, line, row_hash)
     values (1, 31, 11, 'V-1', null, null, 'Pils iela 29, Varakļāni', 56.609, 26.754, 320, 1963, true, '[2000-01-01,)', 1, 1, 1),
            (2, 31, 11, 'V-2', 'Murmastienes mācību vieta', 'Murmastiene site', 'Skolas iela 2, Murmastiene', null, null, null,
             null, null, '[2024-09-01,)', 1, 2, 2),
            (3, 31, 12, 'V-0', 'Vecā ēka', 'Old building', 'Rīgas iela 1, Varakļāni', null, null, null, null, null,
             '[2000-01-01,2020-07-01)', 1, 3, 3)`,
  )
  await tx.query(
    `insert into registry.programme (institution_id, code, licence_no, licence_date, language, form, special_type, valid, import_id,
                                     line, row_hash)
     values (31, '21011111', 'V-1234', '2015-08-01', 'lv', 'full_time', null, '[2015-09-01,)', 1, 1, 1),
            (31, '21015611', 'V-1235', '2018-08-01', 'lv', 'full_time', 56, '[2018-09-01,)', 1, 2, 2),
            (31, '21011121', 'V-1111', '2010-08-01', 'minority', 'full_time', null, '[2010-09-01,2023-09-01)', 1, 3, 3)`,
  )
}

function names(kind: (typeof territories)[number]['kind'], of: string): string[] {
  if (kind === 'state') return ['Latvija', 'Latvijas', 'Latvijā', 'Latvia']
  const [lv, en] = kind === 'region' ? ['reģion', 'Region'] : ['novad', 'Municipality']
  return [`${of} ${lv}s`, `${of} ${lv}a`, `${of} ${lv}ā`, `${of} ${en}`]
}
