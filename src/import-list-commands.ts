import type { Command } from 'commander'
import { asJob } from '#db/actor.ts'
import type { Database } from '#db/connection.ts'
import {
  type ImportSummary,
  importByNumber,
  importReportText,
  keepMapping,
  listImports,
  listMappings,
  loadMapping,
  refusalsCsv,
} from '#modules/intake/index.ts'
import { Locale } from '#terms/locale.ts'

type WithDatabase = (work: (db: Database) => Promise<void>) => Promise<void>

/** The commands about what was imported: the list, one report, its refusals as a file. */
export function addImportListCommands(program: Command, withDatabase: WithDatabase): void {
  const imports = program
    .command('imports')
    .description('what was imported when, newest first')
    .action(() =>
      withDatabase(async (db) => {
        const found = await asJob(db, listImports)
        for (const each of found) console.log(lineOf(each))
        if (found.length === 0) console.log('Nothing was imported yet.')
      }),
    )

  imports
    .command('show')
    .description('the report of one import')
    .argument('<number>', 'number of the import')
    .option('--language <lv|en>', 'language of the report', 'en')
    .action((number: string, { language }: { language: string }) =>
      withDatabase(async (db) => {
        const found = await byNumber(db, number)
        if (!found) return
        const ended = Date.parse(found.finishedAt ?? new Date().toISOString())
        const seconds = (ended - Date.parse(found.startedAt)) / 1000
        const rowsPerSecond = seconds > 0 ? Math.round(found.rowsRead / seconds) : 0
        console.log(importReportText({ ...found, seconds, rowsPerSecond }, localeOf(language)))
      }),
    )

  imports
    .command('refusals')
    .description('what one import refused, as CSV')
    .argument('<number>', 'number of the import')
    .option('--language <lv|en>', 'language of the sentences', 'en')
    .action((number: string, { language }: { language: string }) =>
      withDatabase(async (db) => {
        const found = await byNumber(db, number)
        if (found) process.stdout.write(refusalsCsv(found.refusalList, localeOf(language)))
      }),
    )
}

/** The commands about mappings that stewards keep by name. */
export function addMappingCommands(program: Command, withDatabase: WithDatabase): void {
  const mappings = program
    .command('mappings')
    .description('mappings kept by name, with their versions')
    .action(() =>
      withDatabase(async (db) => {
        const found = await asJob(db, listMappings)
        for (const { name, version, keptAt } of found) console.log(`${name}  ${version}  ${keptAt}`)
        if (found.length === 0) console.log('No mapping is kept.')
      }),
    )

  mappings
    .command('keep')
    .description('keep a mapping as the next version of its name, for whoever imports in the portal')
    .argument('<file>', 'JSON file (docs/import.md)')
    .action(async (file: string) => {
      const mapping = await loadMapping(file)
      await withDatabase(async (db) => {
        const kept = await asJob(db, async (tx) => {
          const id = await keepMapping(tx, mapping)
          return (await listMappings(tx)).find((each) => each.id === id)
        })
        console.log(`${mapping.name} is kept as version ${kept?.version}.`)
      })
    })
}

async function byNumber(db: Database, number: string) {
  const found = /^\d{1,15}$/.test(number) ? await asJob(db, (tx) => importByNumber(tx, Number(number))) : null
  if (found) return found
  console.error('There is no such import.')
  process.exitCode = 1
}

const localeOf = (language: string) => Locale.catch('en').parse(language)

/** `12  2026-11-22T17:39:05Z  merged  results-two-rounds  results.csv  858 rows`, one line an import. */
function lineOf({
  number,
  startedAt,
  state,
  trial,
  source,
  file,
  rowsRead,
  refusals,
}: ImportSummary): string {
  return [
    number,
    startedAt,
    trial ? `${state} (check)` : state,
    source,
    file,
    `${rowsRead} rows`,
    refusals > 0 ? `${refusals} refusals` : '',
  ]
    .filter((part) => part !== '')
    .join('  ')
}
