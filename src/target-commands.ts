import type { Command } from 'commander'
import { asJob } from '#db/actor.ts'
import type { Database } from '#db/connection.ts'
import {
  listSeriesBreaks,
  listTargets,
  NewSeriesBreak,
  NewTarget,
  putSeriesBreak,
  putTarget,
} from '#modules/indicators/index.ts'

type WithDatabase = (work: (db: Database) => Promise<void>) => Promise<void>

interface GivenTarget {
  subject: string
  level: string
  unit?: string
  value: string
  from: string
  until?: string
  sourceLv: string
  sourceEn: string
}
interface GivenBreak {
  subject: string
  year: string
  lv: string
  en: string
}

/** The commands about what indicators aim at, and from which school year on a series cannot be compared. */
export function addTargetCommands(program: Command, withDatabase: WithDatabase): void {
  const targets = program
    .command('targets')
    .description('what indicators aim at, and announced breaks of series')
    .action(() =>
      withDatabase(async (db) => {
        const [lines, breaks] = await asJob(db, async (tx) => [
          await listTargets(tx),
          await listSeriesBreaks(tx),
        ])
        for (const { indicator, subject, level, unit, value, from, until, source } of lines) {
          const days = `from ${from}${until ? ` until ${until}` : ''}`
          console.log([indicator, subject, unit ?? level, value, days, source.en].join('  '))
        }
        for (const { indicator, subject, schoolYear, words } of breaks) {
          console.log([indicator, subject, `broken from ${schoolYear}`, words.en].join('  '))
        }
      }),
    )

  targets
    .command('put')
    .description('set what is aimed at from a day on; an open line of the same unit ends the day before')
    .argument('<indicator>', 'code of the catalogue, e.g. CON-03')
    .requiredOption('--value <number>', 'in the unit of the indicator; a share is 0–1')
    .requiredOption('--from <day>', 'first day, YYYY-MM-DD')
    .option('--until <day>', 'last day, YYYY-MM-DD')
    .option('--level <level>', 'state, region or municipality', 'state')
    .option('--unit <code>', 'code of one territory; left out: every one of the level')
    .option('--subject <subject>', 'of the indicator, where it has any', '-')
    .requiredOption('--source-lv <words>', 'the document that sets it, in Latvian')
    .requiredOption('--source-en <words>', 'the same in English')
    .action((indicator: string, given: GivenTarget) =>
      withDatabase(async (db) => {
        const target = NewTarget.safeParse({
          indicator,
          subject: given.subject,
          level: given.level,
          unitCode: given.unit ?? null,
          value: Number(given.value),
          from: given.from,
          until: given.until ?? null,
          source: { lv: given.sourceLv, en: given.sourceEn },
        })
        if (!target.success) return refuse(faultsOf(target.error))
        if (target.data.until !== null && target.data.until < target.data.from) {
          return refuse('It cannot end before it begins.')
        }
        const told = await asJob(db, (tx) => putTarget(tx, target.data))
        if (told === 'no_indicator') return refuse(noIndicator)
        if (told === 'no_unit') return refuse('There is no territory of that level with this code.')
        if (told === 'begins_later') return refuse('Such a line begins on that day or later already.')
        console.log(`Aimed at from ${target.data.from}.`)
      }),
    )

  targets
    .command('break')
    .description('mark from which school year on a series cannot be compared with the years before')
    .argument('<indicator>', 'code of the catalogue')
    .requiredOption('--year <year>', 'the first school year that is different, by the year it ends')
    .option('--subject <subject>', 'left out: all subjects', '-')
    .requiredOption('--lv <words>', 'what changed, for everybody, in Latvian')
    .requiredOption('--en <words>', 'the same in English')
    .action((indicator: string, given: GivenBreak) =>
      withDatabase(async (db) => {
        const words = { lv: given.lv, en: given.en }
        const broken = NewSeriesBreak.safeParse({
          indicator,
          subject: given.subject,
          schoolYear: given.year,
          words,
        })
        if (!broken.success) return refuse(faultsOf(broken.error))
        const told = await asJob(db, (tx) => putSeriesBreak(tx, broken.data))
        if (told === 'no_indicator') return refuse(noIndicator)
        console.log(`Not compared across the beginning of the school year ${broken.data.schoolYear}.`)
      }),
    )
}

const noIndicator = 'No such indicator was computed yet.'

function faultsOf({ issues }: { issues: readonly { path: PropertyKey[]; message: string }[] }): string {
  return issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('\n')
}

function refuse(why: string): void {
  console.error(why)
  process.exitCode = 1
}
