import { mkdirSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { SingleBar } from 'cli-progress'
import { Command } from 'commander'
import { BackupDamaged } from '#db/backup/manifest.ts'
import { backup } from '#db/backup.ts'
import type { Database } from '#db/connection.ts'
import { DatabaseInUse, defaultDataFolder } from '#db/embedded.ts'
import { KeysRefused } from '#db/key-ring.ts'
import { commandOf, type Keys, loadKeys } from '#db/keys.ts'
import { MigrationRefused, migrate } from '#db/migrate.ts'
import { DatabaseFilled, PersonKeysMissing } from '#db/restore.ts'
import { rolesSql } from '#db/roles.ts'
import { MandateRefused, providerSettings, SignInMisconfigured } from '#modules/access/index.ts'
import { computeFreeTables, OtherRecordKeys } from '#modules/disclosure/index.ts'
import { FeedRefused } from '#modules/feeds/index.ts'
import { ImportProblem, uploadSettings } from '#modules/intake/index.ts'
import { publish } from '#modules/publications/index.ts'
import { BoundariesRefused, TilesRefused } from '#modules/registry/index.ts'
import { dayOf } from '#terms/day.ts'
import { addBankCommands } from './bank-commands.ts'
import { addBoundaryCommands } from './boundary-commands.ts'
import { freeData } from './catalogue.ts'
import { addCheckCommands } from './check-commands.ts'
import { computeFigures } from './compute-figures.ts'
import { addFeedCommands } from './feed-commands.ts'
import { addImportCommands } from './import-commands.ts'
import { addImportListCommands, addMappingCommands } from './import-list-commands.ts'
import { addItemCommands } from './item-commands.ts'
import { addJobCommands } from './jobs-commands.ts'
import { addKeyCommands } from './key-commands.ts'
import { addMandateCommands } from './mandate-commands.ts'
import { openBank } from './open-bank.ts'
import { RealDataRefused } from './real-data.ts'
import { addRightsCommands } from './rights-commands.ts'
import { addRoundCommands } from './rounds-commands.ts'
import { addRuleCommands } from './rule-commands.ts'
import { openApiDocument } from './server.ts'
import { serve } from './supervisor.ts'
import { addSynthCommands } from './synth-commands.ts'
import { addTargetCommands } from './target-commands.ts'
import { addTileCommands } from './tile-commands.ts'

/** Where this system keeps its data, keys and backups, and which database it uses. All from the environment. */
function settings() {
  const folder = resolve(process.env.IKMS_DATA ?? defaultDataFolder(join(import.meta.dirname, '..')))
  mkdirSync(folder, { recursive: true, mode: 0o711 })
  const keysPath = process.env.IKMS_KEYS ?? join(folder, 'keys.json')
  const keysFolder = commandOf(keysPath) === null ? dirname(resolve(keysPath)) : folder
  return {
    folder,
    url: process.env.DATABASE_URL,
    keysPath,
    backups: process.env.IKMS_BACKUPS ?? join(folder, 'backups'),
    personKeys: process.env.IKMS_PERSON_KEYS ?? join(keysFolder, 'person-keys'),
    feeds: process.env.IKMS_FEEDS ?? join(folder, 'feeds'),
    uploads: uploadSettings({ IKMS_UPLOADS: join(folder, 'uploads'), ...process.env })!,
    port: portOf(process.env.PORT ?? '3000'),
    host: process.env.HOST ?? '127.0.0.1',
  }
}

/** A setting of the environment that cannot be. */
class WrongSetting extends Error {}

function portOf(text: string): number {
  const port = Number(text)
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port
  throw new WrongSetting(`PORT must be a number from 1 to 65535, not ${JSON.stringify(text)}`)
}

/** Opens and migrates the database, does the work, closes. A running `serve` on the same folder is joined. */
async function withDatabase<T>(work: (db: Database, keys: Keys) => Promise<T>): Promise<T> {
  const { folder, url, keysPath, backups, personKeys } = settings()
  const { db, keys } = await openBank({ folder, url, keysPath }, 'guest')
  try {
    await migrate(db, { backupBefore: async () => void (await backup(db, { to: backups, personKeys })) })
    return await work(db, keys)
  } finally {
    await db.close()
  }
}

const program = new Command('ikms')
  .description(
    'Education quality monitoring system. Settings: IKMS_DATA, IKMS_KEYS, DATABASE_URL, PORT, HOST.',
  )
  .showHelpAfterError()

program
  .command('serve')
  .description('start the database and the portal; stops at Ctrl-C')
  .action(async () => {
    const { folder, url, keysPath, personKeys, backups, uploads, feeds, port, host } = settings()
    providerSettings(process.env) // the web processes read it; what is wrong with it is said here, once
    await serve({ folder, url, keysPath, personKeys, backups, uploads, feeds, port, host })
  })

program
  .command('migrate')
  .description('bring the database to the newest schema')
  .action(() =>
    withDatabase(async (db) => {
      console.log(`The database ${db.name} is up to date.`)
    }),
  )

program
  .command('compute')
  .description('build the cubes and release what may be public')
  .option('--full', 'make every part anew, also those whose inputs have not changed')
  .action(({ full = false }: { full?: boolean }) =>
    withDatabase(async (db, keys) => {
      const bar = new SingleBar({ format: 'compute {bar} {value}/{total} · {code} {year}', hideCursor: true })
      bar.start(1, 0, { code: '', year: '' })
      const built = await computeFigures(db, {
        full,
        onProgress: (done, of, code, year) => {
          bar.setTotal(of)
          bar.update(done, { code, year })
        },
      }).finally(() => bar.stop())
      if (!built.cube) {
        console.log('There is nothing to compute: import data first.')
        return
      }
      const { parts, newParts, reused, cells, seconds } = built
      console.log(
        `${cells} cells in ${parts} parts, ${newParts} of them new, ${reused} as they were, in ${seconds.toFixed(1)} s`,
      )
      await release(db)
      // Last: where the keys of the noise are lost, the cubes and their release still stand.
      const free = await computeFreeTables(db, keys, freeData)
      console.log(`${free.parts} parts of tables that anybody may cut, ${free.newParts} of them new.`)
    }),
  )

program
  .command('publish')
  .description('release the current cubes under the rules of today')
  .action(() => withDatabase(release))

async function release(db: Database) {
  const told = await publish(db, 'public', dayOf(new Date()))
  for (const { indicators, schoolYear, subject, units, figures, counts } of told.attack.withheld ?? []) {
    console.log(
      `Not proved safe, so hidden: ${figures} figures of ${units ?? 'all'} units, ${schoolYear} ${subject} ` +
        `${indicators.join(', ')}; first ${counts.join('; ')}`,
    )
  }
  if (!told.release) console.log('There are no cubes: run compute first.')
  else if (!told.changed) console.log(`Release ${told.release.number} stays: nothing has changed.`)
  else
    console.log(
      `Release ${told.release.number}: ${told.shown} cells shown, ${told.absent} absent with a reason. ` +
        `Attacked: ${told.attack.hidden} hidden counts, ${told.attack.programmes} programmes, no leak.`,
    )
}

addImportCommands(program, withDatabase)
addImportListCommands(program, withDatabase)
addMappingCommands(program, withDatabase)
addCheckCommands(program, withDatabase)
addFeedCommands(program, withDatabase)
addJobCommands(program, withDatabase)
addKeyCommands(program, withDatabase, () => settings().keysPath)
addItemCommands(program, withDatabase)
addMandateCommands(program, withDatabase)
addRightsCommands(program, withDatabase, () => settings().personKeys)
addRoundCommands(program, withDatabase)
addRuleCommands(program, withDatabase)
addTargetCommands(program, withDatabase)
addSynthCommands(program, withDatabase)
addTileCommands(program, withDatabase)
addBoundaryCommands(program, withDatabase)

addBankCommands(program, withDatabase, settings)

program
  .command('roles')
  .description('the SQL that makes the roles, for an operator whose DATABASE_URL may not create any')
  .requiredOption('--print', 'print it')
  .option('--owner <role>', 'the role that owns the database', 'ikms_owner')
  .option('--database <name>', 'name of the database', 'ikms')
  .action(({ owner, database }: { owner: string; database: string }) => {
    console.log(rolesSql(owner, database, loadKeys(settings().keysPath)))
  })

program
  .command('openapi')
  .description('print the OpenAPI document of the API')
  .action(() => {
    console.log(JSON.stringify(openApiDocument(), null, 2))
  })

try {
  await program.parseAsync()
} catch (error) {
  // What the operator can mend is said in one line; everything else shows where it happened.
  const known = [
    BackupDamaged,
    DatabaseFilled,
    PersonKeysMissing,
    DatabaseInUse,
    KeysRefused,
    MigrationRefused,
    FeedRefused,
    ImportProblem,
    OtherRecordKeys,
    RealDataRefused,
    MandateRefused,
    SignInMisconfigured,
    BoundariesRefused,
    TilesRefused,
    WrongSetting,
  ].some((kind) => error instanceof kind)
  console.error(known ? (error as Error).message : error)
  process.exitCode = 1
}
