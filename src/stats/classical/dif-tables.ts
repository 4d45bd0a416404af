import { checkMatrix, type ScoreMatrix } from './score-matrix.ts'

/** What is needed to ask whether an item treats two groups alike. */
export interface DifData {
  /** 0 or 1 (whole scores for `orderedDif`) for every person and item; NaN only where `matching` is given */
  readonly answers: ScoreMatrix
  /** per person: 1 = focal group (the one possibly put at a disadvantage), 0 = reference group */
  readonly focal: ArrayLike<number>
  /**
   * What persons are matched on, if not the number of right answers: a score on the whole scale, say. Then nothing
   * is purified, and persons without an answer to an item are left out of its tables.
   */
  readonly matching?: ArrayLike<number>
}

/** The persons of one matching score: right and wrong answers in both groups. */
export interface DifTable {
  readonly score: number
  readonly referenceRight: number
  readonly referenceWrong: number
  readonly focalRight: number
  readonly focalWrong: number
}

/**
 * @param highest  answers are whole scores from 0 to this; default 1
 * @throws         RangeError if they are not, groups are not 0/1, one group is empty, or sizes do not fit
 */
export function checkDifData({ answers, focal, matching }: DifData, highest = 1): void {
  checkMatrix(answers, 'an analysis of differential item functioning')
  const { persons, scores } = answers
  if (focal.length !== persons || (matching && matching.length !== persons)) {
    throw new RangeError(
      'an analysis of differential item functioning requires one group and score per person',
    )
  }
  let inFocal = 0
  for (let person = 0; person < persons; person++) {
    if (focal[person] !== 0 && focal[person] !== 1)
      throw new RangeError('groups must be 0 (reference) or 1 (focal)')
    if (matching && !Number.isFinite(matching[person]!))
      throw new RangeError('matching scores must be finite')
    inFocal += focal[person]!
  }
  if (inFocal === 0 || inFocal === persons)
    throw new RangeError('both the reference and the focal group need persons')
  for (let i = 0; i < scores.length; i++) {
    const x = scores[i]!
    const allowed = Number.isInteger(x) && x >= 0 && x <= highest
    if (!allowed && !(matching && Number.isNaN(x))) {
      throw new RangeError(
        highest === 1
          ? 'answers must be 0 or 1; where items were not presented to everyone, give the score to match on'
          : 'answers must be whole scores of 0 or more; where items were not presented to everyone, give the score to match on',
      )
    }
  }
}

/**
 * The score each person is matched on for one item: points on the anchors and the item itself, which always
 * stays in (without it the test rejects far too often under no difference; Holland & Thayer 1988).
 */
export function matchingScores(data: DifData, item: number, anchors: readonly boolean[]): ArrayLike<number> {
  if (data.matching) return data.matching
  const { persons, items, scores } = data.answers
  const sums = new Float64Array(persons)
  for (let person = 0; person < persons; person++) {
    let total = 0
    for (let i = 0; i < items; i++) if (anchors[i] || i === item) total += scores[person * items + i]!
    sums[person] = total
  }
  return sums
}

/** Tables of one item, one for each matching score that occurs, lowest first. */
export function difTables(data: DifData, item: number, anchors: readonly boolean[]): DifTable[] {
  const { persons, items, scores } = data.answers
  const matching = matchingScores(data, item, anchors)
  const counts = new Map<number, [number, number, number, number]>()
  for (let person = 0; person < persons; person++) {
    const answer = scores[person * items + item]!
    if (Number.isNaN(answer)) continue
    const score = matching[person]!
    let cell = counts.get(score)
    if (!cell) {
      cell = [0, 0, 0, 0]
      counts.set(score, cell)
    }
    cell[(data.focal[person] === 1 ? 2 : 0) + (answer === 1 ? 0 : 1)]! += 1
  }
  return [...counts]
    .sort(([a], [b]) => a - b)
    .map(([score, [referenceRight, referenceWrong, focalRight, focalWrong]]) => ({
      score,
      referenceRight,
      referenceWrong,
      focalRight,
      focalWrong,
    }))
}
