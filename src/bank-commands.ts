import type { Command } from 'commander'
import { backup } from '#db/backup.ts'
import { type Database, openDatabase } from '#db/connection.ts'
import { readKeyFile } from '#db/key-ring.ts'
import { commandOf, loadKeys } from '#db/keys.ts'
import { restore } from '#db/restore.ts'
import { asTx, proveSamples } from '#modules/keys/index.ts'
import type { BankPlace } from './open-bank.ts'

type WithDatabase = (work: (db: Database) => Promise<void>) => Promise<void>

/**
 * The commands that write the whole bank into a folder and bring it back: a backup, and the way to another machine or to
 * a new major version of PostgreSQL. Both are the same folder, so each command has two names.
 */
export function addBankCommands(
  program: Command,
  withDatabase: WithDatabase,
  settings: () => BankPlace & { backups: string; personKeys: string },
): void {
  program
    .command('backup')
    .alias('export-bank')
    .description('write everything into a new backup folder; the same carries the bank elsewhere')
    .option('--to <folder>', 'where backups are collected')
    .option('--person-keys <file>', 'keys of single people; default IKMS_PERSON_KEYS')
    .action((options: { to?: string; personKeys?: string }) =>
      withDatabase(async (db) => {
        const { backups, personKeys } = settings()
        console.log(await backup(db, { to: backups, personKeys, ...options }))
      }),
    )

  program
    .command('restore')
    .alias('import-bank')
    .description('fill an empty database from a backup; whole or not at all; needs the same key file')
    .argument('<backup>', 'folder of the backup')
    .option('--person-keys <file>', 'keys of single people; default IKMS_PERSON_KEYS')
    .option('--without-people', 'where that file is lost: restore, with nobody identified')
    .action(async (from: string, options: { personKeys?: string; withoutPeople?: boolean }) => {
      const { folder, url, keysPath, personKeys } = settings()
      // A new one would be the wrong one, unless nobody is to be identified any more.
      if (commandOf(keysPath) === null && !options.withoutPeople) readKeyFile(keysPath)
      const keys = loadKeys(keysPath)
      const db = await openDatabase({
        ...(url ? { url } : { folder, kind: 'guest' }),
        keys,
        log: console.error,
      })
      try {
        const manifest = await restore(db, {
          personKeys,
          ...options,
          from,
          prove: async (client) => {
            for (const id of await proveSamples(asTx(client), keys)) {
              console.error(`The key file has no key ${id}: names that were sealed with it cannot be read.`)
            }
          },
        })
        const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0)
        console.log(
          `Restored ${rows} rows in ${manifest.tables.length} tables from ${from}, written ${manifest.madeAt} by PostgreSQL ${manifest.postgres}.`,
        )
      } finally {
        await db.close()
      }
    })
}
