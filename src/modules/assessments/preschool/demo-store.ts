import { asJob } from '#db/actor.ts'
import type { Database } from '#db/connection.ts'
import type { Keys } from '#db/keys.ts'
import { RoundRefused } from '../rounds/refused.ts'
import { makeRoster } from '../rounds/roster-store.ts'
import { openRound, planRound } from '../rounds/rounds-store.ts'
import { rubric2026 } from './rubric-2026.ts'

/**
 * Rounds of preschool over a made-up country, one for each domain, open for two weeks; the demo assessor is assigned to three groups. What
 * is there already stays as it is.
 *
 * @returns  how many children are on the roster; 0 where there are none of that age, or the rounds were there
 */
export async function makeDemoObservations(db: Database, keys: Keys, year: number): Promise<number> {
  const { rows: preschool } = await asJob(db, (tx) =>
    tx.query(
      'select from registry.enrolment where grade = 0 and school_year = $1 and superseded_by is null limit 1',
      [year],
    ),
  )
  if (preschool.length === 0) return 0
  let children = 0
  for (const { domain, name } of rubric2026.domains) {
    const code = `${year}-0-${domain}`
    const isNew = await asJob(db, async (tx) => {
      const { rows } = await tx.query('select from assessments.round where code = $1', [code])
      if (rows.length > 0) return false
      await planRound(tx, {
        code,
        kind: 'census',
        domain,
        grade: 0,
        schoolYear: year,
        name: { lv: `${name.lv}, pirmsskola, ${year}`, en: `${name.en}, preschool, ${year}` },
        opensAt: new Date(Date.now() - 60_000).toISOString(),
        closesAt: new Date(Date.now() + 14 * 86_400_000).toISOString(),
        minutes: 5,
        forms: [],
        settings: {},
      })
      return true
    })
    if (!isNew) continue
    try {
      children = (await makeRoster(db, keys, code)).participants
    } catch (error) {
      if (error instanceof RoundRefused && error.fault === 'no_pupils') return 0
      throw error
    }
    await asJob(db, (tx) => openRound(tx, code))
  }
  await asJob(db, (tx) =>
    tx.query(
      `select assessments.assign_observer(m.mandate_uuid, g.institution_uuid, $1::text::smallint, g.label)
         from (select i.institution_uuid, s.label
                 from assessments.session s join assessments.round r using (round_id) join registry.institution i using (institution_id)
                where r.code = $1::text || '-0-reading' order by s.institution_id, s.label limit 3) g
        cross join access.mandate m join access.person p using (person_id)
        where p.demo and p.display_name = 'Dace Vītola'`,
      [String(year)],
    ),
  )
  return children
}
