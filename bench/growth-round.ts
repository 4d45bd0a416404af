/**
 * Growth of a country: `node bench/growth-round.ts [pupils a year, 20000] [errors]`. Three domains and three years of pupils with results
 * in grade 3 and grade 6 in 600 schools, made up from a seed and put into a database of its own; then growth as the job does it: read,
 * fitted, written. With `errors` the tests carry standard errors that make a correction necessary. Budget: with results and cubes within
 * three minutes.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { chmod } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { asJob } from '../src/db/actor.ts'
import { openDatabase } from '../src/db/connection.ts'
import { migrate } from '../src/db/migrate.ts'
import { growAll, growRound } from '../src/modules/growth/index.ts'

const [pupils = '20000', how] = process.argv.slice(2)
const SCHOOLS = 600
const YEARS = [2024, 2025, 2026]
const DOMAINS = ['reading', 'numeracy', 'science'] as const

const folder = mkdtempSync(join(tmpdir(), 'ikms-growth-'))
await chmod(folder, 0o711) // started as root, PostgreSQL runs as another account
const db = await openDatabase({ folder: join(folder, 'data') })
try {
  await migrate(db)
  await asJob(db, async (tx) => {
    await tx.query('select setseed(0.5)')
    await tx.query(
      `insert into assessments.round (code, kind, domain, grade, school_year, name_lv, name_en, opens_at, closes_at, minutes, state)
       select y || '-' || g || '-' || d, 'census', d, g, y, 'Darbs', 'Test', make_timestamptz(y, 4, 1, 8, 0, 0),
              make_timestamptz(y, 4, 30, 8, 0, 0), 60, 'official'
         from unnest($1::text[]) d, unnest($2::int[]) later, lateral (values (later, 6), (later - 3, 3)) as t (y, g)`,
      [DOMAINS, YEARS],
    )
    await tx.query('insert into registry.institution (institution_id) select generate_series(1, $1::int)', [
      SCHOOLS,
    ])
    // One made-up ability a pupil, by the sum of uniform draws; 600 schools with an effect of their own.
    await tx.query(
      `create temporary table pupil on commit drop as
       select year * 1000000 + i as learner, 1 + i % $3::int as school, year,
              random() + random() + random() + random() - 2 as ability
         from unnest($1::int[]) year, generate_series(1, $2::int) i`,
      [YEARS, Number(pupils), SCHOOLS],
    )
    await tx.query(
      `insert into assessments.participant (round_id, learner_id, institution_id, status)
       select r.round_id, p.learner, p.school, 'tested'
         from pupil p join assessments.round r on r.school_year in (p.year, p.year - 3) and (r.grade = 6) = (r.school_year = p.year)`,
    )
    await tx.query(
      `insert into assessments.outcome (learner_id, participant_id, round_id, institution_id, version, score, error, run)
       select p.learner, a.participant_id, r.round_id, p.school, 1,
              round((case r.grade when 6 then 500 + 15 * sin(p.school) else 400 end + 160 * p.ability
                + $1 * (random() + random() + random() + random() - 2))::numeric, 2)::float8, $2, 'made up'
         from pupil p join assessments.participant a on a.learner_id = p.learner join assessments.round r using (round_id)`,
      how === 'errors' ? [75, 40] : [50, 25],
    )
  })
  await db.ownerPool.query('analyze')
  const one = performance.now()
  const report = await growRound(db, { domain: 'numeracy', schoolYear: 2024 })
  const seconds = (from: number) => ((performance.now() - from) / 1000).toFixed(1)
  console.log(`one domain and year: ${report!.pupils} pupils, ${report!.schools} schools: ${seconds(one)} s`)
  const all = performance.now()
  const { rounds } = await growAll(db)
  console.log(`${rounds} domains and years, one of them known: ${seconds(all)} s`)
  const again = performance.now()
  await growAll(db)
  console.log(`again, nothing changed: ${seconds(again)} s`)
  const { rows } = await asJob(db, (tx) =>
    tx.query<{ reliability: number; corrected: boolean }>(
      'select reliability, corrected from growth.run limit 1',
    ),
  )
  console.log(
    `reliability of the earlier result ${rows[0]!.reliability.toFixed(2)}, corrected: ${rows[0]!.corrected}; ` +
      `${Math.round(process.memoryUsage().rss / 2 ** 20)} MB`,
  )
} finally {
  await db.close()
  rmSync(folder, { recursive: true, force: true })
}
