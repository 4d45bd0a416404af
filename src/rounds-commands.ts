import { readFileSync } from 'node:fs'
import { type Command, InvalidArgumentError } from 'commander'
import { asJob } from '#db/actor.ts'
import type { Database } from '#db/connection.ts'
import type { Keys } from '#db/keys.ts'
import { writeOperation } from '#modules/access/index.ts'
import {
  closeRound,
  type DemoStage,
  type FileReport,
  fixForm,
  formId,
  makeRoster,
  openRound,
  planRound,
  RoundRefused,
  ScalingRefused,
  scaleRound,
  scoreRound,
  takeFile,
  writeForm,
} from '#modules/assessments/index.ts'
import { NewForm, NewRound } from '#modules/assessments/model.ts'

import { sitDemoRounds } from './demo-rounds.ts'

type WithDatabase = (work: (db: Database, keys: Keys) => Promise<void>) => Promise<void>

/** The commands about rounds of monitoring: plan, roster, open, close; answers from paper, points from elsewhere; a demo. */
export function addRoundCommands(program: Command, withDatabase: WithDatabase): void {
  const rounds = program.command('rounds').description('rounds of monitoring tests')
  const onRound = (work: (db: Database, keys: Keys) => Promise<string>) =>
    withDatabase(async (db, keys) => {
      try {
        console.log(await work(db, keys))
      } catch (error) {
        if (!(error instanceof RoundRefused)) throw error
        console.error(`Refused: ${error.fault}.`)
        process.exitCode = 1
      }
    })
  const noted = (db: Database, action: string, code: string) =>
    asJob(db, (tx) => writeOperation(tx, action, `round ${code}`))

  rounds
    .command('plan')
    .description(
      'put forms together, fix them and plan a round, as a JSON file says: { forms: […], round: {…} }',
    )
    .argument('<file>')
    .action((file: string) =>
      onRound(async (db) => {
        const said = JSON.parse(readFileSync(file, 'utf8')) as { forms?: unknown[]; round?: unknown }
        const forms = NewForm.array().safeParse(said.forms ?? [])
        const round = NewRound.safeParse(said.round)
        const faults = [...(forms.error?.issues ?? []), ...(round.error?.issues ?? [])]
        if (!forms.success || !round.success) {
          process.exitCode = 1
          return faults.map(({ path, message }) => `${path.join('.')}: ${message}`).join('\n')
        }
        await asJob(db, async (tx) => {
          for (const form of forms.data) {
            await writeForm(tx, form)
            await fixForm(tx, await formId(tx, form.code))
          }
          await planRound(tx, round.data)
        })
        await noted(db, 'plan_round', round.data.code)
        return `Round ${round.data.code} is planned.`
      }),
    )

  rounds
    .command('roster')
    .description('make the roster of a round from the register, or bring it up to date')
    .argument('<round>', 'code of the round')
    .action((code: string) =>
      onRound(async (db, keys) => {
        const { participants, schools, added, withdrawn, moved, twice } = await makeRoster(db, keys, code)
        await noted(db, 'make_roster', code)
        return (
          `${participants} pupils of ${schools} schools: ${added} added, ${withdrawn} withdrawn, ${moved} moved` +
          `${twice > 0 ? `; ${twice} enrolled twice were taken once` : ''}.`
        )
      }),
    )

  rounds
    .command('open')
    .description('let sessions of a round begin')
    .argument('<round>', 'code of the round')
    .action((code: string) =>
      onRound(async (db) => {
        await asJob(db, (tx) => openRound(tx, code))
        await noted(db, 'move_round', code)
        return `Round ${code} is open.`
      }),
    )

  rounds
    .command('close')
    .description('take no more answers; who never began was absent')
    .argument('<round>', 'code of the round')
    .option('--reason <text>', 'why before the end', '')
    .action((code: string, { reason }: { reason: string }) =>
      onRound(async (db) => {
        await asJob(db, (tx) => closeRound(tx, code, reason))
        await noted(db, 'move_round', code)
        return `Round ${code} is closed.`
      }),
    )

  for (const [name, what] of [
    ['paper', 'answers that were given on paper: code, position, answer (or points)'],
    ['scores', 'points that another system gave: code or learner (personal code), item, points'],
  ] as const) {
    rounds
      .command(name)
      .description(`take over a CSV file of ${what}; whole or not at all`)
      .argument('<round>', 'code of the round')
      .argument('<file>')
      .option('--dry-run', 'only the report')
      .action((code: string, file: string, { dryRun = false }: { dryRun?: boolean }) =>
        onRound(async (db, keys) => {
          const report = await takeFile(db, keys, code, readFileSync(file, 'utf8'), { dryRun })
          if (report.refusals.length > 0) process.exitCode = 1
          else if (report.kept) await noted(db, `take_${name}`, code)
          return reported(report, dryRun)
        }),
      )
  }

  rounds
    .command('score')
    .description('give points by rule and lay out what people have to mark; again, the same')
    .argument('<round>', 'code of the round')
    .action((code: string) =>
      onRound(async (db) => {
        const scored = await scoreRound(db, code)
        if (!scored) {
          process.exitCode = 1
          return `There is no round ${code} in which anything can have been answered.`
        }
        await noted(db, 'score_round', code)
        return `${scored.pupils} pupils: ${scored.scored} places by rule, ${scored.open} answers for people.`
      }),
    )

  rounds
    .command('scale')
    .description(
      'scale a closed round: items, results of pupils, values for groups; the run before stays readable',
    )
    .argument('<round>', 'code of the round')
    .option('--seed <number>', 'of the plausible values', '1')
    .option('--reason <text>', 'why again; required once results were released', '')
    .action((code: string, { seed, reason }: { seed: string; reason: string }) =>
      withDatabase(async (db) => {
        try {
          const number = await scaleRound(db, code, { seed: Number(seed), reason: reason || null })
          await noted(db, 'scale_round', code)
          console.log(`Round ${code} is scaled: run ${number}.`)
        } catch (error) {
          if (!(error instanceof ScalingRefused)) throw error
          console.error(`Refused: ${error.why}.`)
          process.exitCode = 1
        }
      }),
    )

  rounds
    .command('demo')
    .description(
      'let a made-up country sit its tests: rounds in grades 3 and 6, answers, marks, scales, levels, results; each as far as it is of use',
    )
    .option('--until <stage>', `all rounds only so far: ${demoStages.join(', ')}`, stageOf)
    .option('--seed <number>', 'of answers and marks', wholeNumber, 1)
    .option('--country-seed <number>', 'the seed the country was made with', wholeNumber, 2026)
    .action(({ until, seed, countrySeed }: { until?: DemoStage; seed: number; countrySeed: number }) =>
      onRound(async (db, keys) => {
        const started = performance.now()
        const made = await sitDemoRounds(db, keys, {
          country: countrySeed,
          seed,
          until,
          onStep: (code, what) => console.log(`${code}: ${what}`),
        })
        const seconds = ((performance.now() - started) / 1000).toFixed(1)
        return [
          ...made.map(({ code, state }) => `${code} is ${state}.`),
          `In ${seconds} s. Figures of the whole country take them in with the next: ikms compute.`,
        ].join('\n')
      }),
    )
}

function reported({ lines, pupils, taken, unchanged, refusals, kept }: FileReport, dryRun: boolean): string {
  const said = refusals.slice(0, 100).map(({ line, reason }) => `line ${line}: ${reason}`)
  const rest = refusals.length > said.length ? [`and ${refusals.length - said.length} more`] : []
  const end = kept
    ? 'Taken over.'
    : dryRun && refusals.length === 0
      ? 'Nothing was kept: this was a trial.'
      : 'Nothing was taken over.'
  return [
    ...said,
    ...rest,
    `${lines} lines of ${pupils} pupils: ${taken} places new, ${unchanged} as before, ${refusals.length} refused. ${end}`,
  ].join('\n')
}

const demoStages: readonly DemoStage[] = ['planned', 'open', 'closed', 'scaled', 'preliminary', 'official']

function stageOf(text: string): DemoStage {
  const stage = demoStages.find((each) => each === text)
  if (!stage) throw new InvalidArgumentError(`must be one of ${demoStages.join(', ')}.`)
  return stage
}

function wholeNumber(text: string): number {
  const number = Number(text)
  if (text.trim() === '' || !Number.isSafeInteger(number) || number < 0)
    throw new InvalidArgumentError('must be a whole number of at least 0.')
  return number
}
