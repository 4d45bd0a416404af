import { asJob, type Tx } from '#db/actor.ts'
import type { Database } from '#db/connection.ts'
import type { Keys } from '#db/keys.ts'
import { makeDemoPeople } from '#modules/access/index.ts'
import {
  codes,
  fixForm,
  formId,
  makeDemoAuthors,
  makeRoster,
  openRound,
  planRound,
  shipItems,
  writeForm,
} from '#modules/assessments/index.ts'
import { sealer } from '#modules/registry/index.ts'
import { testKeys } from '../world.ts'

/** A round of monitoring for tests: two schools, their pupils by name, a form, a roster with codes known to the test. */
export interface PlantOptions {
  code?: string
  kind?: 'census' | 'rehearsal'
  domain?: 'reading' | 'numeracy' | 'science'
  /** 0: preschool, observed and without a form */
  grade?: number
  /** pupils of each of the two classes of each school; 10: forty pupils in all */
  pupilsPerClass?: number
  /** how many items of the shipped test the form has, from the first; default: all thirty */
  items?: number
  schoolYear?: number
  keys?: Keys
  /** how far the round is brought; default: open */
  until?: 'planned' | 'rostered' | 'open'
  minutes?: number
}

export interface PlantedParticipant {
  id: number
  uuid: string
  learnerId: number
  /** of the register */
  learner: string
  institutionId: number
  sessionId: number
  /** uuid */
  session: string
  /** what is printed, without its dash */
  code: string
  seed: number
}

export interface PlantedRound {
  code: string
  roundId: number
  /** uuid */
  id: string
  formId: number
  /** codes of the items, in order */
  items: string[]
  schools: { institutionId: number; id: string }[]
  sessions: { sessionId: number; id: string; institutionId: number; label: string }[]
  /** empty before the roster is made */
  participants: PlantedParticipant[]
}

const demoYear = 2027

/**
 * Plants a register of two schools (once a database) and a round over shipped items. May be called again with another code, domain
 * or grade; a second census of a domain and grade in one year is refused, as everywhere.
 *
 * @returns  ids and codes; the heads of the schools and people with duties are demo people (`signIn('school')`, and by name
 *           those of `makeDemoAuthors`)
 */
export async function plantRound(db: Database, options: PlantOptions = {}): Promise<PlantedRound> {
  const {
    grade = 6,
    domain = 'numeracy',
    schoolYear = demoYear,
    kind = 'census',
    pupilsPerClass = 10,
    keys = testKeys,
    until = 'open',
    minutes = 60,
  } = options
  const code = options.code ?? `${schoolYear}-${grade}-${domain}`
  const items = await asJob(db, async (tx) => {
    await plantSchools(tx, { grade, schoolYear, pupilsPerClass, keys })
    await makeDemoPeople(tx)
    await secondHead(tx)
    await shipItems(tx)
    await makeDemoAuthors(tx)
    const chosen = grade === 0 ? [] : await liveItems(tx, domain, grade, options.items)
    const form = `${code}-A`
    if (grade > 0)
      await writeForm(tx, {
        code: form,
        domain,
        grade,
        items: chosen.map((item, at) => ({ code: item, anchor: at % 5 === 0 })),
      })
    if (grade > 0) await fixForm(tx, await formId(tx, form))
    await planRound(tx, {
      code,
      kind,
      domain,
      grade,
      schoolYear,
      name: { lv: `Monitoringa darbs ${code}`, en: `Monitoring test ${code}` },
      opensAt: new Date(Date.now() - 3_600_000).toISOString(),
      closesAt: new Date(Date.now() + 14 * 86_400_000).toISOString(),
      minutes,
      forms: grade > 0 ? [{ code: form }] : [],
      settings: { seed: 7, rosterDay: `${schoolYear - 1}-10-01` },
    })
    return chosen
  })
  if (until !== 'planned') await makeRoster(db, keys, code)
  if (until === 'open') await asJob(db, (tx) => openRound(tx, code))
  return asJob(db, (tx) => plantedRound(tx, keys, code, items))
}

/** Items of a shipped test, in use from now on. */
async function liveItems(tx: Tx, domain: string, grade: number, most = 80): Promise<string[]> {
  const { rows } = await tx.query<{ code: string }>(
    `update assessments.item i set state = 'live'
      where i.item_id in (select v.item_id from assessments.item_version v join assessments.item x using (item_id)
                           where v.domain = $1 and v.grade = $2 order by x.code limit $3)
     returning i.code`,
    [domain, grade, most],
  )
  return rows.map((row) => row.code).toSorted()
}

async function plantSchools(
  tx: Tx,
  {
    grade,
    schoolYear,
    pupilsPerClass,
    keys,
  }: { grade: number; schoolYear: number; pupilsPerClass: number; keys: Keys },
): Promise<void> {
  const { rows: there } = await tx.query(
    'select from registry.enrolment where school_year = $1 and grade = $2 and institution_id in (11, 12) limit 1',
    [schoolYear, grade],
  )
  if (there.length > 0) return
  await tx.query(
    `insert into intake.import (source, mapping, data_kind, file_name, state, finished_at)
     select 'planted round', '{}', 'made_up', 'planted.csv', 'merged', now() where not exists (select from intake.import)`,
  )
  await tx.query(
    `insert into registry.territory (territory_id, kind) values (1, 'state'), (2, 'region'), (3, 'municipality') on conflict do nothing`,
  )
  await tx.query(
    `insert into registry.territory_version (territory_id, parent_id, code, name_lv, name_en, valid, import_id, line, row_hash)
     select * from (values (1, null, 'LV', 'Latvija', 'Latvia', '(,)'::daterange, 1, 1, 1),
                           (2, 1, 'R', 'Reģions', 'Region', '(,)', 1, 2, 2), (3, 2, 'A', 'A novads', 'A Municipality', '(,)', 1, 3, 3)) v
      where not exists (select from registry.territory_version)`,
  )
  await tx.query('insert into registry.institution (institution_id) values (11), (12) on conflict do nothing')
  await tx.query(
    `insert into registry.institution_version (institution_id, territory_id, code, name_lv, name_en, valid, import_id, line, row_hash)
     select i, 3, 'S' || i, case i when 11 then 'Bērzu pamatskola' else 'Ozolu pamatskola' end,
            case i when 11 then 'Birch School' else 'Oak School' end, '(,)', 1, i, i
       from unnest(array[11, 12]) i where not exists (select from registry.institution_version)`,
  )
  const classes = [11, 12].flatMap((school) =>
    ['a', 'b'].map((letter, at) => ({
      id: school * 1000 + grade * 10 + at,
      school,
      name: `${grade}.${letter}`,
    })),
  )
  await tx.query(
    'insert into registry.class_group (class_group_id) select unnest($1::bigint[]) on conflict do nothing',
    [classes.map(({ id }) => id)],
  )
  await tx.query(
    `insert into registry.class_group_version (class_group_id, institution_id, school_year, code, grade, name, valid, import_id, line, row_hash)
     select id, school, $2::int, name, $3, name, daterange(make_date($2::int - 1, 9, 1), make_date($2::int, 9, 1)), 1, id, id
       from jsonb_to_recordset($1) as c (id bigint, school bigint, name text)`,
    [JSON.stringify(classes), schoolYear, grade],
  )
  const { hashCode, hashName, seal } = sealer(keys)
  const pupils = classes.flatMap((each) =>
    Array.from({ length: pupilsPerClass + (each.school === 11 ? 1 : 0) }, (_, at) => {
      const id = each.id * 100 + at
      const personal = `P-${id}`
      const name = `${names[at % names.length]!} ${surnames[(each.id + at) % surnames.length]!}`
      return {
        id,
        school: each.school,
        classId: each.id,
        className: each.name,
        sex: at % 2 === 0 ? 'female' : 'male',
        code: seal('code', personal).toString('hex'),
        name: seal('name', name).toString('hex'),
        hash: hashCode(personal).toString('hex'),
        nameHash: hashName(personal, name).toString('hex'),
      }
    }),
  )
  await tx.query(
    `with given as (select * from jsonb_to_recordset($1) as p (id bigint, school bigint, "classId" bigint, "className" text, sex text,
                      code text, name text, hash text, "nameHash" text)),
     known as (insert into registry.learner (learner_id) select id from given),
     said as (insert into registry.learner_version (learner_id, sex, valid, import_id, line, row_hash)
              select id, sex, '(,)', 1, id, id from given),
     named as (insert into identity.person (learner_id, code_hash, sealed_code, sealed_name, name_hash, import_id, line)
               select id, decode(hash, 'hex'), decode(code, 'hex'), decode(name, 'hex'), decode("nameHash", 'hex'), 1, id from given)
     insert into registry.enrolment (learner_id, institution_id, school_year, grade, class_name, class_group_id, main, valid, import_id,
                                     line, row_hash)
     select id, school, $2::int, $3, "className", "classId", true, daterange(make_date($2::int - 1, 9, 1), make_date($2::int, 9, 1)), 1, id, id
       from given`,
    [JSON.stringify(pupils), schoolYear, grade],
  )
}

const names = ['Anna', 'Jānis', 'Elza', 'Kārlis', 'Ilze', 'Toms', 'Līga', 'Roberts', 'Zane', 'Emīls', 'Ņina']
const surnames = ['Bērziņa', 'Kalniņš', 'Ozola', 'Liepiņš', 'Krūmiņa', 'Šmits', 'Žagata']

/** The demo people have a head of the larger school; the other one gets hers too. */
async function secondHead(tx: Tx): Promise<void> {
  await tx.query(
    `with person as (
       insert into access.person (display_name, demo)
       select 'Vija Ozoliņa', true where not exists (select from access.person where display_name = 'Vija Ozoliņa')
       returning person_id)
     insert into access.mandate (person_id, tier, institution_id, valid, source)
     select person_id, 'school', 12, daterange(access.today(), null), 'demo' from person`,
  )
}

async function plantedRound(tx: Tx, keys: Keys, code: string, items: string[]): Promise<PlantedRound> {
  const { rows: rounds } = await tx.query<{ roundId: number; id: string; formId: number }>(
    `select round_id as "roundId", round_uuid as id, form_id as "formId"
       from assessments.round left join assessments.round_form using (round_id) where code = $1`,
    [code],
  )
  const round = rounds[0]!
  const { rows: schools } = await tx.query<PlantedRound['schools'][number]>(
    `select institution_id as "institutionId", institution_uuid as id from registry.institution
      where institution_id in (11, 12) order by 1`,
  )
  const { rows: sessions } = await tx.query<PlantedRound['sessions'][number]>(
    `select session_id as "sessionId", session_uuid as id, institution_id as "institutionId", label
       from assessments.session where round_id = $1 order by institution_id, label`,
    [round.roundId],
  )
  const { rows } = await tx.query<Omit<PlantedParticipant, 'code'>>(
    `select p.participant_id as id, p.participant_uuid as uuid, p.learner_id as "learnerId", l.learner_uuid as learner,
            p.institution_id as "institutionId", p.session_id as "sessionId", s.session_uuid as session, p.seed
       from assessments.participant p
       join assessments.session s using (session_id)
       join registry.learner l using (learner_id)
      where p.round_id = $1 order by p.learner_id`,
    [round.roundId],
  )
  const { codeOf } = codes(keys)
  return {
    ...round,
    code,
    items,
    schools,
    sessions,
    participants: rows.map((row) => ({ ...row, code: codeOf(row.uuid) })),
  }
}
