import { readFile, stat } from 'node:fs/promises'
import type { Command } from 'commander'
import { asJob } from '#db/actor.ts'
import type { Database } from '#db/connection.ts'
import { tellOfData } from '#modules/publications/index.ts'
import { BoundariesRefused, mostBytesOfBoundaries, takeBoundaries } from '#modules/registry/index.ts'
import { Day } from '#terms/day.ts'

type WithDatabase = (work: (db: Database) => Promise<void>) => Promise<void>

interface Options {
  validFrom: string
  source: string
  licence: string
  property: string
}

/** The command that brings in the borders of municipalities. */
export function addBoundaryCommands(program: Command, withDatabase: WithDatabase): void {
  const boundaries = program.command('boundaries').description('borders of municipalities, for the map')

  boundaries
    .command('import')
    .description('take over borders, whole or not at all; they hold from a day on')
    .argument('<file>', 'GeoJSON or TopoJSON of polygons in WGS 84 (docs/operations.md)')
    .requiredOption('--valid-from <day>', 'the first day on which these borders held, YYYY-MM-DD')
    .requiredOption('--source <words>', 'who surveyed or drew them')
    .requiredOption('--licence <words>', 'under which licence they may be shown')
    .option('--property <name>', 'property of a feature with the code of its municipality', 'atvk')
    .action(async (file: string, { validFrom, ...options }: Options) => {
      const day = Day.safeParse(validFrom)
      if (!day.success) throw new BoundariesRefused(['--valid-from must be a day YYYY-MM-DD'])
      const content = await readText(file)
      await withDatabase(async (db) => {
        const report = await asJob(db, async (tx) => {
          const taken = await takeBoundaries(tx, { content, validFrom: day.data, ...options })
          await tellOfData(tx)
          return taken
        })
        const { before, after } = report.points
        console.log(
          report.state === 'taken'
            ? `The map has ${report.areas} areas; of ${before} points ${after} are kept.`
            : 'These borders hold already: nothing has changed.',
        )
        if (report.without.length > 0)
          console.log(`Without borders, in tables only: ${report.without.join(', ')}.`)
      })
    })
}

async function readText(file: string): Promise<string> {
  const unreadable = (error: NodeJS.ErrnoException): never => {
    throw new BoundariesRefused([`${file} cannot be read (${error.code})`])
  }
  const { size } = await stat(file).catch(unreadable)
  if (size > mostBytesOfBoundaries) {
    throw new BoundariesRefused([
      `the file is larger than ${mostBytesOfBoundaries / 1024 ** 2} MB: simplify it first`,
    ])
  }
  const bytes = await readFile(file).catch(unreadable)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new BoundariesRefused([`${file} is not written in UTF-8`])
  }
}
