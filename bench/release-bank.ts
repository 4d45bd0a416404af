/**
 * The gate over the cube of a bank, system by system, without writing anything: where the time of a release goes, and how far a long one
 * has come. What earlier releases told is left out, so that every run is a first release. The folder is migrated: give a copy.
 *
 *     IKMS_DATA=FOLDER node --max-semi-space-size=16 bench/release-bank.ts [years, all or 2024,2025] [words in the code or subject]
 */
import { join, resolve } from 'node:path'
import { asJob, type Tx } from '#db/actor.ts'
import { migrate } from '#db/migrate.ts'
import { type Audience, release } from '#modules/disclosure/index.ts'
import { cubeCells, currentCube, yearsOfCube } from '#modules/indicators/index.ts'
import { hierarchiesOf } from '#modules/publications/hierarchies.ts'
import { circumstancesOn } from '#modules/publications/publish.ts'
import { placeRegister } from '#modules/registry/index.ts'
import { openBank } from '../src/open-bank.ts'

/** Systems that take longer are named, s of the processor. */
const SLOW = 1

const folder = resolve(process.env.IKMS_DATA ?? '')
const [asked = 'all', words = ''] = process.argv.slice(2)
const audience: Audience = 'public'
const { db } = await openBank({ folder, url: undefined, keysPath: join(folder, 'keys.json') }, 'guest')

function used(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

async function measure(tx: Tx): Promise<void> {
  const cube = await currentCube(tx)
  if (!cube) throw new Error('the bank has no cube: run compute first')
  const standing = await circumstancesOn(tx, audience, '2026-11-23')
  const register = await placeRegister(tx, cube.asOfImport)
  const years = asked === 'all' ? await yearsOfCube(tx, cube.id) : asked.split(',').map(Number)
  const sum = { figures: 0, told: 0, counts: 0, programmes: 0, insiders: 0, withheld: 0, gate: 0 }
  for (const schoolYear of years) {
    const cells = await cubeCells(tx, cube.id, { schoolYear, borders: 'all' })
    const bordersOn = cells.some(({ borders }) => borders === 'today') ? cube.bordersOn : null
    const hierarchies = hierarchiesOf(register, schoolYear, bordersOn)
    const groups = Map.groupBy(cells, ({ indicator, subject }) => {
      const { people, code } = standing.indicators.get(indicator)!
      return `${people ?? code} ${subject}`
    })
    const before = { ...sum }
    for (const [name, own] of groups) {
      if (!name.includes(words)) continue
      const from = used()
      sum.figures += own.length
      const { told, attack } = release(own, audience, { ...standing, hierarchies, earlier: [] })
      sum.told += told.filter(({ absent }) => absent === null).length
      sum.counts += attack.cells
      sum.programmes += attack.programmes
      sum.insiders += attack.insiders
      for (const { figures, units, counts } of attack.withheld ?? []) {
        sum.withheld += figures
        console.log(`  ${schoolYear} ${name}: ${figures} of ${units ?? 'all'} units withheld, ${counts[0]}`)
      }
      const seconds = used() - from
      sum.gate += seconds
      if (seconds > SLOW)
        console.log(`  ${schoolYear} ${name}: ${own.length} figures, ${seconds.toFixed(1)} s`)
    }
    console.log(
      `${schoolYear}: ${sum.figures - before.figures} figures, ${sum.told - before.told} told, ${(sum.gate - before.gate).toFixed(1)} s`,
    )
  }
  console.log(
    `all: ${sum.figures} figures, ${sum.told} told, ${sum.counts} linked counts, ${sum.programmes} programmes, ${sum.insiders} open to insiders at most, ${sum.withheld} withheld`,
  )
  console.log(
    `  gate ${sum.gate.toFixed(1)} s of the processor, peak ${Math.round(process.resourceUsage().maxRSS / 1024)} MB`,
  )
}

try {
  await migrate(db)
  await asJob(db, measure)
} finally {
  await db.close()
}
