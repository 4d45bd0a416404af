import { type Command, InvalidArgumentError } from 'commander'
import { FolderNotEmpty, writePackage } from './synth/package.ts'
import { planOf, type Size } from './synth/size.ts'

const sizes: readonly Size[] = ['small', 'demo', 'country']

/** The command that makes a country nobody lives in. */
export function addSynthCommands(program: Command): void {
  program
    .command('synth')
    .description(
      'make up a Latvia: a package of the import contract, with the truths it was made from beside it',
    )
    .requiredOption('--size <small|demo|country>', 'how large', sizeOf)
    .option('--seed <number>', 'the same seed makes the same bytes', wholeNumber, 2026)
    .option('--since <year>', 'first school year, by the year it ends', yearSince)
    .requiredOption('--out <folder>', 'a new folder; the truths go into <folder>-truths')
    .action(({ size, seed, since, out }: { size: Size; seed: number; since?: number; out: string }) => {
      const started = performance.now()
      try {
        const written = writePackage(planOf(size, seed, since), out)
        for (const [file, rows] of Object.entries(written)) console.log(`${file}: ${rows}`)
        console.log(`Made up in ${((performance.now() - started) / 1000).toFixed(1)} s: ${out}`)
      } catch (error) {
        if (!(error instanceof FolderNotEmpty)) throw error
        console.error(error.message)
        process.exitCode = 1
      }
    })
}

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
