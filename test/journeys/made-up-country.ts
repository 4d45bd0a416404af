import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { asJob } from '#db/actor.ts'
import type { Database } from '#db/connection.ts'
import type { Keys } from '#db/keys.ts'
import { makeDemoPeople } from '#modules/access/index.ts'
import { importPackage } from '#modules/intake/index.ts'
import { sitDemoRounds } from '../../src/demo-rounds.ts'
import { writePackage } from '../../src/synth/package.ts'
import { planOf } from '../../src/synth/size.ts'

/**
 * A small made-up country since 2024 whose pupils have sat this year's tests, as `ikms synth --size small --since 2024` and
 * `ikms rounds demo` have it; no figure is computed yet. Who wrote grade 3 in 2024 is in grade 6 now: growth is known.
 */
export async function makeCountry(db: Database, keys: Keys): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'ikms-country-'))
  try {
    const file = join(folder, 'small')
    writePackage(planOf('small', 2026, 2024), file)
    const { state, failure } = await importPackage({ db, keys, file })
    if (state !== 'merged') throw new Error(`the country was not taken over: ${state} (${failure})`)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  await asJob(db, makeDemoPeople)
  await sitDemoRounds(db, keys)
}
