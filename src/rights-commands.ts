import { SingleBar } from 'cli-progress'
import type { Command } from 'commander'
import { asJob } from '#db/actor.ts'
import type { Database } from '#db/connection.ts'
import { listRetention, retain } from '#modules/rights/index.ts'
import { Day, dayOf } from '#terms/day.ts'

type WithDatabase = (work: (db: Database) => Promise<void>) => Promise<void>

/**
 * The commands about how long what is kept: the rules, and the run that destroys what is due. They print counts, never
 * anything about anybody.
 *
 * @param personKeys  path of the file with the keys of people
 */
export function addRightsCommands(
  program: Command,
  withDatabase: WithDatabase,
  personKeys: () => string,
): void {
  const retention = program
    .command('retention')
    .description('how long what is kept, by the rules of today')
    .action(() =>
      withDatabase(async (db) => {
        for (const { kind, keeps, event, tables } of await asJob(db, (tx) =>
          listRetention(tx, dayOf(new Date())),
        )) {
          console.log(
            `${kind}  ${keeps ?? 'as long as needed'}${keeps ? ` after ${event}` : ''}  ${tables.join(', ')}`,
          )
        }
      }),
    )

  retention
    .command('run')
    .description('destroy what is due, for good; the jobs process does it each month where the data are real')
    .option('--on <day>', 'as of this day, YYYY-MM-DD; default today')
    .option('--dry-run', 'only count what is due')
    .action(({ on, dryRun = false }: { on?: string; dryRun?: boolean }) =>
      withDatabase(async (db) => {
        const day = on ?? dayOf(new Date())
        if (!Day.safeParse(day).success) {
          console.error('The day must be written YYYY-MM-DD.')
          process.exitCode = 1
          return
        }
        const bar = new SingleBar({ format: 'retention {bar} {value}/{total}', hideCursor: true })
        bar.start(1, 0)
        const report = await retain(db, {
          run: { day, dry: dryRun },
          personKeys: personKeys(),
          onProgress: (done, of) => {
            bar.setTotal(of)
            bar.update(done)
          },
        }).finally(() => bar.stop())
        for (const [kind, counts] of Object.entries(report?.counts ?? {})) {
          for (const [table, n] of Object.entries(counts)) {
            if (n > 0) console.log(`${kind}  ${table}  ${n}`)
          }
        }
        console.log(
          dryRun ? 'Nothing was destroyed: this was a dry run.' : `What was due on ${day} is destroyed.`,
        )
      }),
    )
}
