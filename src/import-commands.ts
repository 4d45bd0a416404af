import { mkdir, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { SingleBar } from 'cli-progress'
import type { Command } from 'commander'
import { asJob } from '#db/actor.ts'
import type { Database } from '#db/connection.ts'
import type { Keys } from '#db/keys.ts'
import { makeDemoPeople } from '#modules/access/index.ts'
import {
  contractFiles,
  type ImportReport,
  importFile,
  importPackage,
  importReportText,
  loadMapping,
  type Progress,
  readManifest,
} from '#modules/intake/index.ts'
import { askForJob } from '#modules/jobs/index.ts'
import { proveFirstKey } from '#modules/keys/index.ts'
import { tellOfData } from '#modules/publications/index.ts'
import { Locale } from '#terms/locale.ts'
import { queue } from './jobs-commands.ts'
import { refuseRealData } from './real-data.ts'

type WithDatabase = (work: (db: Database, keys: Keys) => Promise<void>) => Promise<void>

interface ImportCommandOptions {
  mapping?: string
  manifest?: string
  language: string
  dryRun?: boolean
  mayEndMany?: boolean
  thenPublish?: boolean
}

/** The commands about what arrives: import, and the contract for whoever writes packages. */
export function addImportCommands(program: Command, withDatabase: WithDatabase): void {
  program
    .command('import')
    .description('import a package, or a file through a declared mapping; whole or not at all')
    .argument(
      '<path>',
      'folder or zip archive with manifest.json, one CSV file of such a folder, or with --mapping any CSV file',
    )
    .option('--mapping <file>', 'how the columns of a foreign file become our entities (docs/import.md)')
    .option('--manifest <file>', 'manifest.json of a package that brings none, as OneRoster does')
    .option('--dry-run', 'check and count everything, keep nothing but the report')
    .option(
      '--may-end-many',
      'it was looked at and is right that more than a tenth of all representations ends',
    )
    .option('--language <lv|en>', 'language of the report', 'en')
    .option('--then-publish', 'afterwards queue the jobs that compute and publish')
    .action(async (path: string, options: ImportCommandOptions) => {
      const mapping = options.mapping === undefined ? null : await loadMapping(options.mapping)
      const { dataKind } = mapping ?? (await readManifest(path, options.manifest))
      await withDatabase(async (db, keys) => {
        await refuseRealData(db, dataKind)
        await asJob(db, (tx) => proveFirstKey(tx, keys))
        const report = await withBar(path, (onProgress) => {
          const { dryRun = false, mayEndMany = false, manifest } = options
          const common = { db, keys, file: path, dryRun, onProgress }
          return mapping
            ? importFile({ ...common, mapping })
            : importPackage({ ...common, mayEndMany, ...(manifest !== undefined && { manifest }) })
        })
        await tell(db, report, options)
      })
    })

  program
    .command('contract')
    .description('the import contract as CSVW metadata and as a table; printed, or written into a folder')
    .option('--out <folder>', 'where csvw.json and contract.md are written')
    .action(async ({ out }: { out?: string }) => {
      const files = contractFiles()
      if (out === undefined) return console.log(files['csvw.json'])
      await mkdir(out, { recursive: true })
      for (const [name, content] of Object.entries(files)) await writeFile(join(out, name), content)
    })
}

async function tell(db: Database, report: ImportReport, { language, thenPublish }: ImportCommandOptions) {
  const { state, trial } = report
  const people = trial ? 0 : await asJob(db, makeDemoPeople)
  if (!trial) await asJob(db, tellOfData)
  console.log(importReportText(report, Locale.catch('en').parse(language)))
  if (people > 0) console.log(`${people} demo people can sign in.`)
  if (state === 'merged') await asJob(db, (tx) => askForJob(tx, 'checks'))
  if (thenPublish && state === 'merged') await queue(db, 'compute', { thenPublish })
  if (state !== 'merged' && state !== 'unchanged' && state !== 'checked') process.exitCode = 1
}

/** Shows how far the work is while it lasts. */
function withBar<T>(
  path: string,
  work: (onProgress: (progress: Progress) => void) => Promise<T>,
): Promise<T> {
  const bar = new SingleBar({
    format: `${basename(path)} {bar} {percentage} % · {rows} rows`,
    hideCursor: true,
  })
  bar.start(1, 0, { rows: 0 })
  return work(({ bytes, ofBytes, rows }) => {
    bar.setTotal(Math.max(1, ofBytes))
    bar.update(bytes, { rows })
  }).finally(() => bar.stop())
}
