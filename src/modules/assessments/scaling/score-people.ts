import { estimateAbilities, type KnownItem } from '#stats/irt/index.ts'
import { drawValues } from './calibration.ts'
import { levelOf, type Standard, type StrandResult, strandsOf } from './levels.ts'
import type { Scale } from './model.ts'
import { rounded } from './or-null.ts'
import type { RoundData } from './round-data.ts'

/** What people are measured with: items whose parameters are known, the scale they lead to, where its levels begin. */
export interface Measured {
  /** the round without the items that were left out */
  data: RoundData
  /** its items in logits of the round */
  known: readonly KnownItem[]
  scale: Scale
  /** the latest first; the first of the same scale holds */
  standards: readonly Standard[]
}

/** What came of people, in the order of the data. */
export interface ScoredPeople {
  standard: Standard | null
  /** from logits of the round to points */
  toPoints: (ability: number) => number
  /** points for one logit of the round */
  stretch: number
  /** WLE and its error, logits of the round */
  ability: Float64Array
  abilityError: Float64Array
  score: Float64Array
  error: Float64Array
  level: (number | null)[]
  strands: (person: number) => StrandResult[]
}

/**
 * A score for everybody, with an error that does not depend on whom they are like (WLE), a level and strands. The same answers under the
 * same items give the same, whoever else was there.
 *
 * @param forPeople  people × items, as the items know them
 * @param points     as they were given, for strands; default the same
 */
export function measurePeople(
  { data, known, scale, standards }: Measured,
  forPeople: Int8Array,
  points = forPeople,
): ScoredPeople {
  const stretch = scale.reporting.stretch * scale.toBase.stretch
  const shift = scale.reporting.stretch * scale.toBase.shift + scale.reporting.shift
  const toPoints = (ability: number) => stretch * ability + shift
  const wle = estimateAbilities({ responses: forPeople, items: known, method: 'wle' })
  const standard = standards.find((each) => each.scale === scale.name) ?? null
  const score = wle.estimate.map((ability) => rounded(toPoints(ability)))
  return {
    standard,
    toPoints,
    stretch,
    ability: wle.estimate,
    abilityError: wle.error,
    score,
    error: wle.error.map((error) => rounded(stretch * error)),
    level: Array.from(score, (own) => standard && levelOf(own, standard.cuts)),
    strands: strandsOf(data, known, points, standard?.cuts.map((cut) => (cut - shift) / stretch) ?? null),
  }
}

/** Plausible values of everybody, people × draws, points. */
export function valuesOf(
  { data, known }: Measured,
  forPeople: Int8Array,
  { ability, toPoints }: ScoredPeople,
  drawn: { draws: number; seed: number },
): Float64Array {
  return drawValues(data, forPeople, known, ability, drawn).map((value) => rounded(toPoints(value)))
}
