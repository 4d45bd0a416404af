import type { File, Row } from '../../src/synth/contract.ts'
import { makeCountry } from '../../src/synth/country.ts'
import { planOf, type Size } from '../../src/synth/size.ts'

/** All rows of a made-up country by file, for tests that look at it whole; not for one of full size. */
export class Made {
  private readonly files = new Map<File, Row<File>[]>()

  constructor(size: Exclude<Size, 'country'>, seed: number, since?: number) {
    for (const { file, rows } of makeCountry(planOf(size, seed, since, false))) {
      const all = this.files.get(file) ?? []
      for (const row of rows) all.push(row as Row<File>)
      this.files.set(file, all)
    }
  }

  of<F extends File>(file: F): readonly Row<F>[] {
    return (this.files.get(file) ?? []) as unknown as Row<F>[]
  }

  /** What stands in a column, each value once. */
  values<F extends File>(file: F, column: keyof Row<F>): Set<unknown> {
    return new Set(this.of(file).map((row) => row[column]))
  }
}
