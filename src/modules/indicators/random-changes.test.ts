import { expect, test } from 'vitest'
import { asJob } from '#db/actor.ts'
import { philox } from '#stats/numeric/random.ts'
import { newDatabase } from '#test/database.ts'
import { makePlantedRecords, plantRecords } from '#test/planted-records.ts'
import { makePlantedRegister, plantRegister } from '#test/planted-register.ts'
import { changeAtRandom } from '#test/random-changes.ts'
import { catalogue as whole } from '../../catalogue.ts'
import { compute } from './compute.ts'
import { similarState } from './similar-store.ts'

const db = await newDatabase()
const register = plantRegister(2026)
await makePlantedRegister(db, register)
await makePlantedRecords(db, plantRecords(7, register))
await asJob(db, (tx) =>
  tx.query(
    `insert into rights.linkage_switch (linkage, is_on, reason) select code, true, 'test' from rights.linkage`,
  ),
)

/** Of learners, marks, absence, results, staff and buildings; of one year, with those before and with those after. */
const codes = ['CTX-01', 'CON-01', 'ACH-09', 'SAF-03', 'NET-02', 'STF-03']
const catalogue = whole.filter(({ code }) => codes.includes(code))
const day = '2026-11-23'
await compute(db, catalogue, { day })

test.for([1, 2, 3])(
  'whatever happens to a bank (%i), making what has changed is making all anew',
  async (seed) => {
    const random = philox(seed)
    const happened: string[] = []
    for (let step = 0; step < 2; step++) {
      const changes = 2 + random.integer(4)
      for (let at = 0; at < changes; at++) happened.push(await asJob(db, (tx) => changeAtRandom(tx, random)))
      const some = await compute(db, catalogue, { day })
      const alike = await asJob(db, (tx) => similarState(tx, some.cube!.id))
      const all = await compute(db, catalogue, { day, full: true })
      // the same cube: parts are addressed by the hash of their cells
      expect(all, happened.join('; ')).toMatchObject({
        cube: { id: some.cube!.id },
        changed: false,
        newParts: 0,
        parts: some.parts,
        cells: some.cells,
      })
      expect(await asJob(db, (tx) => similarState(tx, all.cube!.id)), happened.join('; ')).toBe(alike)
    }
    expect(happened.filter((what) => !what.startsWith('0 rows')).length).toBeGreaterThan(1)
  },
)
