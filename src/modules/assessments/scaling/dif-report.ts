import { fromResponses, orderedDif, tableDif } from '#stats/classical/index.ts'
import { isOther } from './calibration.ts'
import type { Dif } from './model.ts'
import { roundedOrNull } from './or-null.ts'
import { part, peopleWhere, type RoundData } from './round-data.ts'

/** Fewest people in each of two groups that are compared. */
const FEWEST = 100

/** Width of the bands of ability within which people are taken as equals, logits. */
const BAND = 0.2

/** A group and the one it is compared with. */
interface Comparison {
  by: Dif['by']
  group: string
  people: number[]
  focal: Uint8Array
}

/**
 * Whether items treat equals alike: girls and boys, classes taught in Latvian and in other languages, each region and the
 * others. Equals are people of the same band of estimated ability, so that forms may differ.
 *
 * @param abilities  WLE, logits
 * @returns          for each item its comparisons; groups below a hundred people are not compared
 */
export function difOf(data: RoundData, responses: Int8Array, abilities: Float64Array): Dif[][] {
  const found: Dif[][] = data.items.map(() => [])
  const width = data.items.length
  const right = data.items.flatMap(({ most }, at) => (most === 1 ? [at] : []))
  const several = data.items.flatMap(({ most }, at) => (most > 1 ? [at] : []))
  for (const { by, group, people, focal } of comparisonsOf(data)) {
    const matching = Float64Array.from(people, (i) => Math.round(abilities[i]! / BAND))
    const matrix = (columns: number[]) =>
      fromResponses(part(responses, width, columns, people), columns.length)
    if (right.length > 0) {
      const { results } = tableDif({ answers: matrix(right), focal, matching })
      results.forEach(({ delta, deltaStandardError, ets }, k) => {
        const error = roundedOrNull(deltaStandardError)
        found[right[k]!]!.push({ by, group, delta: roundedOrNull(delta), error, effect: null, ets })
      })
    }
    if (several.length > 0) {
      const { results } = orderedDif({ answers: matrix(several), focal, matching })
      results.forEach(({ effectSize, ets }, k) => {
        const effect = roundedOrNull(effectSize)
        found[several[k]!]!.push({ by, group, delta: null, error: null, effect, ets })
      })
    }
  }
  return found
}

function comparisonsOf({ people }: RoundData): Comparison[] {
  const count = people.id.length
  const regions = [...new Set(people.region)].filter((region) => region !== null).sort()
  const wanted: [Dif['by'], string, (i: number) => boolean, (i: number) => boolean][] = [
    ['sex', 'female', (i) => people.sex[i] !== 'unknown', (i) => people.sex[i] === 'female'],
    ['language', 'other', (i) => people.language[i] !== null, (i) => isOther(people.language[i]!)],
    ...regions.map((region): (typeof wanted)[number] => [
      'region',
      region,
      (i) => people.region[i] !== null,
      (i) => people.region[i] === region,
    ]),
  ]
  return wanted.flatMap(([by, group, isIn, isFocal]) => {
    const places = peopleWhere(count, isIn)
    const focal = Uint8Array.from(places, (i) => (isFocal(i) ? 1 : 0))
    const size = focal.reduce((sum, x) => sum + x, 0)
    return Math.min(size, places.length - size) < FEWEST ? [] : [{ by, group, people: places, focal }]
  })
}
