import { readFile } from 'node:fs/promises'
import type { Command } from 'commander'
import { asJob } from '#db/actor.ts'
import type { Database } from '#db/connection.ts'
import { tellOfData } from '#modules/publications/index.ts'
import { TilesRefused, takeTiles } from '#modules/registry/index.ts'
import { dayOf } from '#terms/day.ts'

type WithDatabase = (work: (db: Database) => Promise<void>) => Promise<void>

/** The command that brings in the tile map: where each municipality's square stands. */
export function addTileCommands(program: Command, withDatabase: WithDatabase): void {
  const tiles = program.command('tiles').description('the tile map: one square for each municipality')

  tiles
    .command('import')
    .description('take over a tile map, whole or not at all; it takes the place of the one before')
    .argument('<file>', 'CSV file with the columns atvk, short, col, row (docs/operations.md)')
    .requiredOption('--source <words>', 'who drew it, and under which licence')
    .action(async (file: string, { source }: { source: string }) => {
      const content = await readText(file)
      await withDatabase(async (db) => {
        const report = await asJob(db, async (tx) => {
          const taken = await takeTiles(tx, { content, source, today: dayOf(new Date()) })
          await tellOfData(tx)
          return taken
        })
        console.log(
          report.state === 'taken'
            ? `The tile map has ${report.tiles} squares.`
            : 'This tile map holds already: nothing has changed.',
        )
        if (report.leftOut.length > 0) {
          console.log(`Left out, gone and never in the register: ${report.leftOut.join(', ')}.`)
        }
        if (report.withoutTile.length > 0) {
          console.log(`Without a square, in tables only: ${report.withoutTile.join(', ')}.`)
        }
      })
    })
}

async function readText(file: string): Promise<string> {
  const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    throw new TilesRefused([`${file} cannot be read (${error.code})`])
  })
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new TilesRefused([`${file} is not written in UTF-8`])
  }
}
