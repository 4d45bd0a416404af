import { SingleBar } from 'cli-progress'
import { type Command, InvalidArgumentError } from 'commander'
import { asJob } from '#db/actor.ts'
import type { Database } from '#db/connection.ts'
import type { Keys } from '#db/keys.ts'
import { askForJob } from '#modules/jobs/index.ts'
import { loadMadeUpCountry, NotFresh } from './made-up-country.ts'
import { FolderNotEmpty, writePackage } from './synth/package.ts'
import { planOf, type Size } from './synth/size.ts'

const sizes: readonly Size[] = ['small', 'demo', 'country']

type WithDatabase = (work: (db: Database, keys: Keys) => Promise<void>) => Promise<void>

interface SynthOptions {
  size: Size
  seed: number
  since?: number
  errors?: boolean
  out?: string
}

/** The command that makes a country nobody lives in. */
export function addSynthCommands(program: Command, withDatabase: WithDatabase): void {
  program
    .command('synth')
    .description(
      'make up a Latvia: loaded, computed and published in an empty database; with --out written as a package instead',
    )
    .requiredOption('--size <small|demo|country>', 'how large', sizeOf)
    .option('--seed <number>', 'the same seed makes the same bytes', wholeNumber, 2026)
    .option('--since <year>', 'first school year, by the year it ends', yearSince)
    .option('--errors', 'faults are planted for the checks to find (demo and country have them)')
    .option('--no-errors', 'none are')
    .option(
      '--out <folder>',
      'a new folder for the package; the linked context goes into <folder>-context, the truths into <folder>-truths',
    )
    .action(async ({ out, ...asked }: SynthOptions) => {
      try {
        if (out === undefined) await withDatabase((db, keys) => load(db, keys, asked))
        else write(asked, out)
      } catch (error) {
        if (!(error instanceof FolderNotEmpty || error instanceof NotFresh)) throw error
        console.error(error.message)
        process.exitCode = 1
      }
    })
}

function write({ size, seed, since, errors }: SynthOptions, out: string) {
  const started = performance.now()
  const written = writePackage(planOf(size, seed, since, errors), out)
  for (const [file, rows] of Object.entries(written)) console.log(`${file}: ${rows}`)
  console.log(`Made up in ${secondsSince(started)} s: ${out}`)
}

async function load(db: Database, keys: Keys, asked: SynthOptions) {
  const started = performance.now()
  const bar = new SingleBar({ format: '{part} {bar} {percentage} % · {rows} rows', hideCursor: true })
  bar.start(1, 0, { part: 'making', rows: 0 })
  const read = await loadMadeUpCountry({
    db,
    keys,
    asked,
    onProgress: (done, part, rows) => bar.update(done, { part, ...(rows !== undefined && { rows }) }),
  }).finally(() => bar.stop())
  await asJob(db, (tx) => askForJob(tx, 'checks'))
  console.log(`Made up, loaded and published in ${secondsSince(started)} s: ${read} rows.`)
  console.log('All of it is made up. Demo people can sign in; data checks are queued.')
}

const secondsSince = (started: number) => ((performance.now() - started) / 1000).toFixed(1)

function sizeOf(text: string): Size {
  const size = sizes.find((each) => each === text)
  if (!size) throw new InvalidArgumentError(`must be one of ${sizes.join(', ')}.`)
  return size
}

function wholeNumber(text: string): number {
  const number = Number(text)
  if (text.trim() !== '' && Number.isSafeInteger(number) && number >= 0) return number
  throw new InvalidArgumentError('must be a whole number of at least 0.')
}

/** The years a plan can begin in are known to the plan. */
function yearSince(text: string): number {
  try {
    return planOf('small', 0, wholeNumber(text)).firstYear
  } catch (error) {
    if (error instanceof RangeError) throw new InvalidArgumentError(`${error.message}.`)
    throw error
  }
}
