/** Version of the way a round is scaled: it changes whenever the same answers would give other numbers. */
export const PROGRAM = 'scaling 1'

/** What a scaling is done with; kept with the run. */
export interface ScalingSettings {
  /** with fewer people on some item all slopes are 1 (Rasch, partial credit): more could not be told apart */
  fewest: number
  /** plausible values a person */
  draws: number
  /** chance with which an item is mastered where it stands in the ordered booklet */
  mastery: number
  /** the scale: mean and standard deviation of the first round of grade 6 */
  mean: number
  sd: number
  /** anchors that must hold to stay on the scale of the grade, and to stand on that of another grade */
  anchors: number
  anchorsBetweenGrades: number
}

export const usualSettings: ScalingSettings = {
  fewest: 250,
  draws: 10,
  mastery: 0.67,
  mean: 500,
  sd: 100,
  anchors: 5,
  anchorsBetweenGrades: 10,
}
