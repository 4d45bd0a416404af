import { expect, test } from 'vitest'
import { asJob } from '#db/actor.ts'
import { newDatabase } from '#test/database.ts'
import { makePlantedRegister, plantRegister, schools } from '#test/planted-register.ts'
import { compute } from '../indicators/compute.ts'
import { cubeCells, currentCube } from '../indicators/store.ts'
import { checksIndicators } from './indicators.ts'

test('the quality of data is what the latest run of the year found in order, of all it asked', async () => {
  const db = await newDatabase()
  await makePlantedRegister(db, plantRegister(4))
  await asJob(db, async (tx) => {
    for (const [year, asked, faults] of [
      [2025, 100, 90], // an earlier run of the same year counts no more
      [2025, 200, 10],
      [2026, 50, 0],
    ]) {
      await tx.query(
        `with run as (insert into checks.run (as_of_import, imported_at, school_year, asked_on) values (1, now(), $1, '2026-11-22')
                      returning run_id)
         insert into checks.score (run_id, check_code, institution_id, asked, faults)
         select run_id, code, school, $2, $3 from run, unnest($4::bigint[]) as school, unnest(array['a', 'b']) as code`,
        [year, asked, faults, [schools[0].id, schools[2].id]],
      )
    }
  })
  await compute(db, checksIndicators, { day: '2026-11-22' })
  const cells = await asJob(db, async (tx) => cubeCells(tx, (await currentCube(tx))!.id, {}))
  const of = (year: number, level: string) =>
    cells
      .filter((each) => each.schoolYear === year && each.level === level)
      .map(({ n, sumY, sumW }) => [n, sumY, sumW])
  expect(of(2025, 'school')).toEqual([
    [0, 380, 400],
    [0, 380, 400],
  ])
  expect(of(2025, 'state')).toEqual([[0, 760, 800]])
  expect(of(2026, 'state')).toEqual([[0, 200, 200]])
})
