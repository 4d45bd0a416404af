/**
 * A national round from roster to every report: `node bench/national-round.ts [pupils a grade, 20000] [school PDFs, 20]`. Three domains
 * in grades 3 and 6 of 600 schools; four forms of 40 items of a matrix of 100, in a database of its own. Each step with its seconds, those of
 * this process's processor, and the memory it has afterwards. Pupils answer, markers mark and the panel sets levels as in the
 * made-up country. Budgets: growth with results and cubes 3 min, 600 school PDFs 15 min. The portal has to be built for the PDFs.
 */
import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { chmod } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pino from 'pino'
import { catalogue } from '../src/catalogue.ts'
import { asActor, asJob, type Tx } from '../src/db/actor.ts'
import { openDatabase } from '../src/db/connection.ts'
import { migrate } from '../src/db/migrate.ts'
import {
  closeRound,
  fixForm,
  formId,
  makeDemoAuthors,
  makeRoster,
  openRound,
  planRound,
  releaseRound,
  scaleRound,
  scoreRound,
  shipItems,
  writeForm,
} from '../src/modules/assessments/index.ts'
import {
  answerAll,
  deservedPoints,
  type PlantedPupils,
  sayWhoSits,
} from '../src/modules/assessments/made-up/answers-store.ts'
import { markAll } from '../src/modules/assessments/made-up/marks-store.ts'
import { setStandard } from '../src/modules/assessments/made-up/standard-store.ts'
import { heldAnswer, nextAnswer, putMark } from '../src/modules/assessments/marking/marking-store.ts'
import { Item } from '../src/modules/assessments/model.ts'
import { shippedForms } from '../src/modules/assessments/shipped/forms.ts'
import { writeItem } from '../src/modules/assessments/store.ts'
import { growAll } from '../src/modules/growth/index.ts'
import { compute } from '../src/modules/indicators/index.ts'
import { builtPortal, newServer } from '../src/server.ts'
import { philox } from '../src/stats/numeric/random.ts'
import { chromiumPath } from '../test/pages/chromium.ts'

const [pupils = 20_000, prints = 20] = process.argv.slice(2).map(Number)
const SCHOOLS = Math.min(600, Math.ceil(pupils / 20))
const YEAR = 2027
const POOL = 100
const PER_FORM = 40
const FORMS = 4
const keys = { current: '1', keys: { 1: randomBytes(32) } }

let since = performance.now()
let work = process.cpuUsage()
function done(what: string): void {
  const { user, system } = process.cpuUsage(work)
  const now = Math.round(process.memoryUsage().rss / 2 ** 20)
  const most = Math.round(process.resourceUsage().maxRSS / 1024)
  const seconds = (performance.now() - since) / 1000
  console.log(
    `${what.padEnd(64)} ${seconds.toFixed(1).padStart(7)} s, processor ${((user + system) / 1e6).toFixed(1).padStart(6)} s, ${now} MB, at most ${most} MB`,
  )
  since = performance.now()
  work = process.cpuUsage()
}

const folder = mkdtempSync(join(tmpdir(), 'ikms-national-round-'))
await chmod(folder, 0o711) // started as root, PostgreSQL runs as another account
const db = await openDatabase({ folder: join(folder, 'data') })
const inJob = <T>(work: (tx: Tx) => Promise<T>) => asJob(db, work)
try {
  await migrate(db)
  await inJob(plantRegister)
  await inJob(plantBank)
  const codes = await inJob(plan)
  await db.ownerPool.query('analyze')
  done('made ready: register, earlier results, items, rounds')

  for (const { code } of codes) await makeRoster(db, keys, code)
  done('rosters of six rounds')
  for (const { code } of codes) await inJob((tx) => openRound(tx, code))

  const planted = new Map<string, PlantedPupils>()
  let answers = 0
  for (const [at, { code, grade }] of codes.entries()) {
    const of = plantedOf(grade, at)
    planted.set(code, of)
    const given = await inJob(async (tx) => {
      const id = await roundNumber(tx, code)
      await sayWhoSits(tx, id, of, { seed: 1, readsAloud: false })
      return answerAll(tx, id, of, at)
    })
    answers += given.answers
    await inJob((tx) => closeRound(tx, code, 'all have sat it'))
  }
  done(`answers in: ${answers}`)

  let open = 0
  for (const { code } of codes) open += (await scoreRound(db, code))!.open
  done(`scored by rule; ${open} answers wait for people`)

  await db.ownerPool.query('analyze')
  done('analyze, as the database does by itself after a while')
  await markSome(codes[0]!.code, 'at the first answers of a round')
  for (const [at, { code }] of codes.entries())
    await inJob(async (tx) => {
      const id = await roundNumber(tx, code)
      const deserved = await deservedPoints(tx, id, planted.get(code)!, at)
      return markAll(tx, id, deserved, { seed: 1, share: code === codes[0]!.code ? 0.5 : 1 })
    })
  done('marked in bulk, the first round by half')
  await markSome(codes[0]!.code, 'with half of the round marked')
  await inJob(async (tx) => {
    const id = await roundNumber(tx, codes[0]!.code)
    return markAll(tx, id, await deservedPoints(tx, id, planted.get(codes[0]!.code)!, 0), { seed: 2 })
  })
  await endMarking(codes[0]!.code)
  done('the rest of it')

  for (const { code } of codes) {
    await scaleRound(db, code, { seed: 1 })
    done(`scaled ${code}, read and written`)
  }
  for (const { code } of codes) await setStandard(db, code, { year: YEAR, name: 'bench', basis: 'bench' })
  for (const { code } of codes) await scaleRound(db, code, { seed: 1 })
  done('six standards, and six runs with levels')

  for (const step of ['preliminary', 'official'] as const)
    for (const { code } of codes) await inJob((tx) => releaseRound(tx, code, step))
  done('told to schools, then to everybody')
  await growAll(db)
  done('growth')
  const { cells } = await compute(db, catalogue)
  done(`cubes: ${cells} cells`)
  if (chromiumPath && prints > 0) await print(prints)
} finally {
  await db.close()
  rmSync(folder, { recursive: true, force: true })
}

/** Schools with classes and pupils of grades 3 and 6; results of the sixth-graders three years ago. */
async function plantRegister(tx: Tx): Promise<void> {
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
    SCHOOLS,
  ])
  await tx.query(
    `insert into registry.institution_version (institution_id, territory_id, code, name_lv, name_en, valid, import_id, line, row_hash)
     select i, 10 + i % 43, 'S' || i, 'Skola ' || i, 'School ' || i, '(,)', 1, i, i from registry.institution, lateral (select institution_id as i) x`,
  )
  await tx.query(
    `create temporary table pupil on commit drop as
     select g * 1000000 + n as learner, g as grade, 1 + n % $1::int as school, n / $1::int / 17 as class
       from unnest(array[3, 6]) g, generate_series(0, $2::int - 1) n`,
    [SCHOOLS, pupils],
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
  const earlier = plantedOf(6, 0)
  await tx.query(
    `insert into assessments.outcome (learner_id, participant_id, round_id, institution_id, version, score, error, run)
     select p.learner_id, p.participant_id, p.round_id, p.institution_id, 1, 500 + 90 * a.ability + 40 * (random() + random() + random() - 1.5), 30, 'bench'
       from assessments.participant p join jsonb_to_recordset($1) as a (learner bigint, ability float8) on a.learner = p.learner_id`,
    [JSON.stringify([...earlier].map(([learner, { ability }]) => ({ learner, ability })))],
  )
}

/** Abilities of a grade: of a school and the own, a little other in each round. */
function plantedOf(grade: number, round: number): PlantedPupils {
  const random = philox(7, grade)
  const ofRound = philox(8, round)
  const schools = Array.from({ length: SCHOOLS }, () => 0.4 * random.normal())
  return new Map(
    Array.from({ length: pupils }, (_, n) => {
      const ability = schools[n % SCHOOLS]! + 0.85 * random.normal() + 0.3 * ofRound.normal()
      return [grade * 1_000_000 + n, { n, ability, exempt: null, hasNeed: n % 20 === 0 }]
    }),
  )
}

/** A hundred items for each domain and grade, after those that come with the product; who writes, marks, scales. */
async function plantBank(tx: Tx): Promise<void> {
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

/** Six rounds, each of four forms: ten anchors in all of them, thirty of its own, some shared with the next. */
async function plan(tx: Tx): Promise<{ code: string; grade: number }[]> {
  const made: { code: string; grade: number }[] = []
  for (const { domain, grade } of shippedForms) {
    const code = `${YEAR}-${grade}-${domain}`
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
    made.push({ code, grade })
  }
  return made
}

async function roundNumber(tx: Tx, code: string): Promise<number> {
  const { rows } = await tx.query<{ id: number }>(
    'select round_id as id from assessments.round where code = $1',
    [code],
  )
  return rows[0]!.id
}

/** How long a marker waits for the next answer, and for a mark to be taken: 40 of each, one after the other. */
async function markSome(code: string, when: string): Promise<void> {
  const { rows } = await inJob((tx) =>
    tx.query<{ personId: number; mandateId: number; round: string; waiting: number }>(
      `select m.person_id as "personId", m.mandate_id as "mandateId", r.round_uuid as round,
              (select count(*)::integer from assessments.mark_task t where t.points is null) as waiting
         from assessments.duty d join access.mandate m using (mandate_id), assessments.round r
        where d.duty = 'marker' and r.code = $1 order by 2`,
      [code],
    ),
  )
  const times = { next: [] as number[], put: [] as number[] }
  for (let n = 0; n < 40; n++) {
    const { round, ...marker } = rows[n % rows.length]!
    const as = <T>(work: (tx: Tx) => Promise<T>) =>
      asActor(db, { tier: 'researcher', ...marker, requestId: randomUUID() }, work)
    const asked = performance.now()
    const held = await as(async (tx) => ((await nextAnswer(tx, round, null)) ? heldAnswer(tx, round) : null))
    times.next.push(performance.now() - asked)
    if (!held) break
    const put = performance.now()
    await as((tx) => putMark(tx, held.task, Math.min(1, held.most)))
    times.put.push(performance.now() - put)
  }
  const middle = (all: number[]) => all.toSorted((a, b) => a - b)[Math.floor(all.length / 2)]!.toFixed(1)
  console.log(
    `  next answer ${middle(times.next)} ms (longest ${Math.max(...times.next).toFixed(0)}), a mark ${middle(times.put)} ms (longest ${Math.max(...times.put).toFixed(0)}): ${when}, ${rows[0]!.waiting} waiting`,
  )
  done('  forty answers marked one at a time')
}

/** What one marker began and a second has not read yet is decided by the first. */
async function endMarking(code: string): Promise<void> {
  await inJob((tx) =>
    tx.query(
      `with given as (
         insert into assessments.mark (task_id, person_id, points)
         select t.task_id, p.person_id, (select max(m.points) from assessments.mark m where m.task_id = t.task_id)
           from assessments.mark_task t join assessments.round r using (round_id),
                lateral (select x.person_id from assessments.duty d join access.mandate x using (mandate_id)
                          where d.duty = 'marker' and x.person_id not in (select m.person_id from assessments.mark m where m.task_id = t.task_id)
                          order by 1 limit 1) p
          where r.code = $1 and t.points is null
         returning task_id)
       select assessments.settle_marks(array_agg(task_id)) from given`,
      [code],
    ),
  )
}

/** Reports of some schools as their heads get them. */
async function print(schools: number): Promise<void> {
  await inJob((tx) =>
    tx.query(
      `with p as (insert into access.person (display_name, demo) select 'Vadītāja ' || i, true from generate_series(1, $1::int) i returning person_id, display_name)
       insert into access.mandate (person_id, tier, institution_id, valid, source)
       select person_id, 'school', split_part(display_name, ' ', 2)::bigint, daterange(access.today(), null), 'demo' from p`,
      [schools],
    ),
  )
  const server = await newServer({
    db,
    keys,
    log: pino({ level: 'silent' }),
    chromium: chromiumPath,
    ...(await builtPortal()),
  })
  const people = (await (await server.app.request('/api/v1/demo-people')).json()) as {
    items: { id: string; name: string }[]
  }
  done('server')
  let bytes = 0
  for (const { id } of people.items.filter(({ name }) => name.startsWith('Vadītāja'))) {
    const signed = await server.app.request('/api/v1/session', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ person: id }),
    })
    const cookie = signed.headers.get('set-cookie')!.split(';')[0]!
    const { mandate } = (await signed.json()) as { mandate: { institutionId: string } }
    const answer = await server.app.request(
      `/api/v1/results/schools/${mandate.institutionId}/report.pdf?language=lv`,
      {
        headers: { cookie },
      },
    )
    if (answer.status !== 200) throw new Error(`a report → ${answer.status} ${await answer.text()}`)
    bytes += (await answer.arrayBuffer()).byteLength
  }
  done(`${schools} school reports as PDF, ${(bytes / schools / 1024).toFixed(0)} kB each`)
  await server.close()
}
