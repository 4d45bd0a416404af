import type { Tx } from '#db/actor.ts'
import type { Keys } from '#db/keys.ts'
import { utc } from '#db/utc.ts'
import { codeInWords, sealer } from '#modules/registry/index.ts'
import { type Section, type SectionKey, sections } from './held-sections.ts'
import { heldWords } from './held-words.ts'
import type { Held, HeldSection, HeldValue } from './model.ts'
import { listRetention } from './rules-store.ts'

const from = (column: string) => `lower(${column})::text as from`
const until = (column: string) => `(upper(${column}) - 1)::text as until`
const known = (alias: string) => `h.source, ${utc('h.heard_at')} as heard, ${utc('s.heard_at')} as replaced
  from ${alias} left join heard h on h.import_id = x.import_id left join heard s on s.import_id = x.superseded_by`
const school = (column: string) => `
  (select jsonb_build_object('lv', v.name_lv, 'en', v.name_en) from registry.institution_version v
    where v.institution_id = ${column} and v.superseded_by is null order by v.valid desc limit 1) as school`

/** Numbers of a list in one line; a dash where one is missing. */
const numbers = (list: string) => `array_to_string(${list}, ' ', '–')`

/** Marks subject by subject, with the subjects in words. */
const marksInWords = `(
  select jsonb_build_object('lv', string_agg(subject.words ->> 'lv' || ' ' || marks, '; ' order by at),
                            'en', string_agg(subject.words ->> 'en' || ' ' || marks, '; ' order by at))
    from (select at, concat_ws('/', coalesce(first::text, '–'), coalesce(second::text, '–'), coalesce(whole::text, '–')) as marks,
                 ${codeInWords('subject', 'm.subject_code')} as words, m.subject_code as code
            from unnest(x.subjects, x.first_term, x.second_term, x.year_mark) with ordinality as m (subject_code, first, second, whole, at)) found
   cross join lateral (select case jsonb_typeof(words) when 'object' then words
                                else jsonb_build_object('lv', code, 'en', code) end as words) subject)`

/** What is held, section by section, as the caller's own tier may read it; `$1` is the learner. */
const sql: Record<Exclude<SectionKey, 'identity'>, string> = {
  description: `select x.sex, to_char(x.birth_month, 'YYYY-MM') as born, ${from('x.valid')}, ${until('x.valid')},
    ${known('registry.learner_version x')} where x.learner_id = $1 order by x.superseded_by is not null, x.import_id desc`,
  circumstances: `select (select jsonb_build_object('lv', v.name_lv, 'en', v.name_en) from registry.territory_version v
      where v.territory_id = x.territory_id and v.superseded_by is null order by v.valid desc limit 1) as territory,
    x.parish_code as parish, ${codeInWords('citizenship_group', 'x.citizenship_group')} as citizenship,
    ${codeInWords('special_programme_type', 'x.special_need', { withCode: true })} as need, ${from('x.valid')}, ${until('x.valid')},
    ${known('registry.learner_circumstance x')} where x.learner_id = $1 order by x.superseded_by is not null, x.valid desc`,
  enrolments: `select x.school_year as year, ${school('x.institution_id')}, x.grade, x.class_name as "className", x.main,
    ${codeInWords('programme', 'x.programme_code', { withCode: true })} as programme, x.repeated,
    ${codeInWords('leave_reason', 'x.leave_reason')} as reason, x.transport_minutes as minutes, ${from('x.valid')},
    ${until('x.valid')}, ${known('registry.enrolment x')} where x.learner_id = $1
    order by x.superseded_by is not null, x.school_year desc, x.valid desc`,
  results: `select jsonb_build_object('lv', a.name_lv, 'en', a.name_en) as test, a.school_year as year, x.value as points, x.status,
    ${numbers('x.parts')} as parts,
    ${school('x.institution_id')}, ${known('records.result x')} join records.assessment a on a.assessment_id = x.assessment_id
    where x.learner_id = $1 order by x.superseded_by is not null, a.school_year desc, a.code`,
  rounds: `select jsonb_build_object('lv', r.name_lv, 'en', r.name_en) as test, r.school_year as year, ${school('x.institution_id')},
    x.status as taken, ${utc('x.started_at')} as started, ${utc('x.finished_at')} as finished
    from assessments.participant x left join assessments.round r using (round_id) where x.learner_id = $1 order by x.round_id desc`,
  outcomes: `select jsonb_build_object('lv', r.name_lv, 'en', r.name_en) as test, r.school_year as year, x.score as points, x.error,
    x.level, x.cause, ${utc('x.made_at')} as from, ${utc('x.ended_at')} as until
    from assessments.outcome x join assessments.round r using (round_id) where x.learner_id = $1 order by x.made_at desc`,
  wishes: `select x.name as test, x.school_year as year, x.reason, ${utc('x.at')} as at
    from assessments.own_wishes() x where $1::bigint is not null`,
  lookedAgain: `select x.name as test, x.school_year as year, ${school('x.institution_id')}, x.place, x.reason, x.points_before as before,
    x.points_after as points, ${utc('x.asked_at')} as at, ${utc('x.decided_at')} as decided
    from assessments.own_appeals() x where $1::bigint is not null`,
  support: `select x.domain, ${school('x.institution_id')}, ${utc('x.made_at')} as from, ${utc('x.withdrawn_at')} as until
    from assessments.support_request x where x.learner_id = $1 order by x.made_at desc`,
  progress: `select x.school_year as year, x.domain, x.from_score as before, x.to_score as points, x.percentile,
    ${school('x.institution_id')} from growth.progress x where x.learner_id = $1 order by x.school_year desc, x.domain`,
  observations: `select x.school_year as year, ${school('x.institution_id')}, x.statement, x.step,
    exists (select from assessments.observation u where u.undoes = x.observation_id) as undone, ${utc('x.observed_at')} as at
    from assessments.observation x where x.learner_id = $1 and x.undoes is null order by x.observation_id desc`,
  marks: `select x.school_year as year, ${school('x.institution_id')}, x.grade, x.scale, ${marksInWords} as marks, ${known('records.marks x')}
    where x.learner_id = $1 order by x.superseded_by is not null, x.school_year desc`,
  absence: `select x.school_year as year, ${school('x.institution_id')}, ${numbers('x.lessons')} as lessons,
    ${numbers('x.excused')} as excused, ${numbers('x.unexcused')} as unexcused, ${known('records.absence x')}
    where x.learner_id = $1 order by x.superseded_by is not null, x.school_year desc`,
  destinations: `select x.kind, x.on_day::text as from, x.place, ${known('records.destination x')}
    where x.learner_id = $1 order by x.superseded_by is not null, x.on_day desc`,
  context: `select x.school_year as year, x.quintile, ${known('records.context x')}
    where x.learner_id = $1 order by x.superseded_by is not null, x.school_year desc`,
  findings: `select check_code as check, school_year as year, ${school('x.institution_id')}, gone_run is not null as gone
    from checks.finding x where subject = 'learner' and subject_id = $1 order by finding_id desc`,
  representations: `select kind, ${from('valid')}, ${until('valid')}, disputed, ended_on::text as ended
    from access.representation where learner_id = $1 order by valid desc`,
  mandates: `select tier, ${from('valid')}, ${until('valid')}, ${utc('revoked_at')} as revoked, source
    from access.mandate where learner_id = $1 order by valid desc`,
  objections: `select kind, ground, ${from('valid')}, ${until('valid')}, ${utc('recorded_at')} as recorded,
    ${utc('withdrawn_at')} as withdrawn, withdrawn_why as why from rights.objection where learner_id = $1 order by recorded_at desc`,
  looks: `select ${utc('at')} as at, tier, coalesce(self, false) as self, action,
    case when place_lv is not null then jsonb_build_object('lv', place_lv, 'en', place_en) end as place
    from access.who_looked(null, 1000000) where $1::bigint is not null`,
}

/**
 * Everything held about the learner whom the caller's mandate is for. The database writes the reading down before it hands
 * out the sealed name.
 *
 * @returns  null when the mandate is for nobody, or for another than the one asked for
 */
export async function everythingHeld(
  tx: Tx,
  keys: Keys,
  learner: string,
  now: Date,
  day: string,
): Promise<Omit<Held, 'pdf'> | null> {
  const { rows: own } = await tx.query<{ id: number }>(
    'select learner_id as id from registry.learner where learner_uuid = $1 and learner_id in (select access.my_learner())',
    [learner],
  )
  if (!own[0]) return null
  const { rows: people } = await tx.query<{
    code: Buffer
    name: Buffer | null
    earlier: number
    heard: string | null
  }>(
    `select p.sealed_code as code, p.sealed_name as name, p.earlier_codes as earlier, ${utc('h.heard_at')} as heard
       from rights.own_identity() p left join rights.imports_named() h using (import_id)`,
  )
  const { open } = sealer(keys)
  const identity = people.map(({ code, name, earlier, heard }) => ({
    name: name && open('name', name),
    code: open('code', code),
    earlier,
    id: learner,
    heard,
  }))
  const found: HeldSection[] = []
  for (const section of sections) {
    const rows =
      section.key === 'identity'
        ? identity
        : (
            await tx.query<Record<string, HeldValue>>(
              `with heard as materialized (select * from rights.imports_named()) ${sql[section.key]}`,
              [own[0].id],
            )
          ).rows
    found.push(told(section, rows))
  }
  return {
    learner: { id: learner, name: identity[0]?.name ?? null },
    madeAt: now.toISOString(),
    sections: found,
    retention: await listRetention(tx, day),
  }
}

function told(
  { key, title, tables, correct, columns, coded = [] }: Section,
  rows: readonly Record<string, HeldValue>[],
) {
  const keys = Object.keys(columns)
  const value = (column: string, held: HeldValue | undefined): HeldValue =>
    typeof held === 'string' && coded.includes(column) ? (heldWords[held] ?? held) : (held ?? null)
  return {
    key,
    title,
    tables: [...tables],
    correct,
    columns: keys.map((column) => ({ key: column, name: columns[column]! })),
    rows: rows.map((row) => keys.map((column) => value(column, row[column]))),
  }
}
