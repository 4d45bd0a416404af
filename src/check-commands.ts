import { SingleBar } from 'cli-progress'
import type { Command } from 'commander'
import type { Database } from '#db/connection.ts'
import { runChecks } from '#modules/checks/index.ts'
import { Day, dayOf } from '#terms/day.ts'
import { checks, figures } from './catalogue.ts'

type WithDatabase = (work: (db: Database) => Promise<void>) => Promise<void>

/** The command that asks every record whether it can be so; after an import a job does the same. */
export function addCheckCommands(program: Command, withDatabase: WithDatabase): void {
  program
    .command('checks')
    .description(
      'ask every record in the bank whether it can be so, and keep what is found for those who can correct it',
    )
    .option('--on <day>', 'whose thresholds hold, YYYY-MM-DD; today when left out')
    .action(({ on = dayOf(new Date()) }: { on?: string }) =>
      withDatabase(async (db) => {
        if (!Day.safeParse(on).success) {
          console.error('The day must be written YYYY-MM-DD.')
          process.exitCode = 1
          return
        }
        const bar = new SingleBar({ format: 'checks {bar} {value}/{total}', hideCursor: true })
        bar.start(checks.length, 0)
        const { runId, asked, faults, found, gone, surprises } = await runChecks(db, checks, {
          day: on,
          figures,
          onProgress: (done) => bar.update(done),
        }).finally(() => bar.stop())
        console.log(
          runId === null
            ? 'The bank holds no enrolments of a school year that has begun: there is nothing to ask.'
            : `${asked} records asked, ${faults} to look at: ${found} new, ${gone} gone since the time before; ${surprises} figures changed suddenly or lie far out.`,
        )
      }),
    )
}
