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
    .option('--since <year>', 'first school year, by the year it ends', wholeNumber)
    .requiredOption('--out <folder>', 'a new folder; the truths go into <folder>-truths')
    .action(({ size, seed, since, out }: { size: Size; seed: number; since?: number; out: string }) => {
      const started = performance.now()
      const written = made(() => writePackage(planOf(size, seed, since), out))
      for (const [file, rows] of Object.entries(written)) console.log(`${file}: ${rows}`)
      console.log(`Made up in ${((performance.now() - started) / 1000).toFixed(1)} s: ${out}`)
    })
}

/** What the operator can mend, a year or a folder, is said in one line. */
function made<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (error instanceof RangeError || error instanceof FolderNotEmpty) {
      throw new InvalidArgumentError(error.message)
    }
    throw error
  }
}

function sizeOf(text: string): Size {
  const size = sizes.find((each) => each === text)
  if (!size) throw new InvalidArgumentError(`must be one of ${sizes.join(', ')}.`)
  return size
}

function wholeNumber(text: string): number {
  const number = Number(text)
  if (Number.isSafeInteger(number) && number >= 0) return number
  throw new InvalidArgumentError('must be a whole number of at least 0.')
}
