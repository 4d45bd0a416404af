import { type NoiseTable, noiseTable, noisyInterval } from '#stats/disclosure/index.ts'

/** The noise of a data set from a school year on, as dated data. */
export interface Noise {
  fromYear: number
  /** largest change, in either direction */
  most: number
  variance: number
  /** no answer is one of 1 … smallest */
  smallest: number
  /** answers of 1 … minimum − 1 are not told */
  minimum: number
}

/** The noise of counts of `people` as steps over the cell key, for the database. */
export interface NoiseSteps {
  people: number
  changes: number[]
  /** in units of 2⁻³²; the change is the one after all thresholds that are not above the key */
  thresholds: number[]
}

/** The rows of a noise table as steps: the database answers by them exactly as `noisyCount` does. */
export function noiseSteps(noise: Noise): NoiseSteps[] {
  return tableOf(noise).rows.map(({ changes, cumulative }, people) => ({
    people,
    changes: [...changes],
    // a key lies above a step where it is above it as a whole number
    thresholds: [...cumulative.slice(0, -1)].map((step) => Math.floor(step * 2 ** 32) + 1),
  }))
}

/** Between which numbers the true count lies, for every answer that is told. */
export function intervals(noise: Noise): (answer: number) => { low: number; high: number } {
  const table = tableOf(noise)
  const kept = new Map<number, { low: number; high: number }>()
  return (answer) => {
    let found = kept.get(answer)
    if (!found) {
      found = noisyInterval(answer, table)
      kept.set(answer, found)
    }
    return found
  }
}

const tables = new Map<string, NoiseTable>()

function tableOf({ most, variance, smallest }: Noise): NoiseTable {
  const key = `${most} ${variance} ${smallest}`
  let table = tables.get(key)
  if (!table) {
    table = noiseTable({ most, variance, smallest })
    tables.set(key, table)
  }
  return table
}
