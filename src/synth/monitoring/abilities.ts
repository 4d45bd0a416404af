import { philox, type Random } from '#stats/numeric/random.ts'
import type { Population } from '../learners/population.ts'
import type { School } from '../network/school.ts'
import { type Round, type Subject, subjects } from './rounds.ts'

/**
 * What the ability behind a result is made of, in standard deviations of the learners of a grade (a hundred points). These are the
 * truths: an analysis of the results has to find them again.
 */
export const parameters = {
  /** makes up for what special needs and the countryside take, so that the mean is the one told below */
  intercept: 0.07,
  contextSlope: 0.33,
  residual: 0.77,
  /** what a learner is better or worse at in one subject, for ever, and on one day in April */
  ofSubject: 0.35,
  ofYear: 0.2,
  /** girls less boys */
  sexGap: { literacy: 0.2, numeracy: -0.05, science: 0 } satisfies Record<Subject, number>,
  rural: -0.15,
  specialNeed: -0.7,
  /** error of measurement: a result less the ability */
  error: 0.3,
  /** change from year to year before 2026, and what the closed schools of 2020 and 2021 took */
  trend: { literacy: -0.015, numeracy: 0.02, science: 0 } satisfies Record<Subject, number>,
  closedSchools: -0.08,
  points: 100,
  mean: { 3: 400, 6: 500 },
} as const

/** Types of special need whose learners are not tested. */
export const EXEMPT: ReadonlySet<number> = new Set([57, 58, 59])
/** Stream of what learners are good at. */
export const GIFTS = 1 << 20

const BASE_YEAR = 2026
const NORMALS = 4 // kept for each learner: subjects and one to spare

/** Makes abilities: of whom, where, in which round. Independent of the order in which they are asked for. */
export class Abilities {
  private readonly people: Population
  private readonly random: Random

  constructor(people: Population, seed: number, stream: number) {
    this.people = people
    this.random = philox(seed, stream)
  }

  /**
   * The ability in points, before any error of measurement and any treatment.
   *
   * @param occasion  standard normal: what the year did to the learner
   */
  of(learner: number, school: School, { subject, grade, year }: Round, occasion: number): number {
    const { people } = this
    const own = people.context[learner]!
    const sex = (people.sex[learner] === 0 ? 0.5 : -0.5) * parameters.sexGap[subject]
    const z =
      parameters.intercept +
      parameters.contextSlope * (Number.isNaN(own) ? 0 : own) +
      parameters.residual * people.residual[learner]! +
      parameters.ofSubject * this.gift(learner, subject) +
      parameters.ofYear * occasion +
      school.effect[subject] +
      (grade === 6 ? school.effect.growth : 0) +
      (school.isRural ? parameters.rural : 0) +
      (people.need[learner]! > 0 ? parameters.specialNeed : 0) +
      sex +
      parameters.trend[subject] * (year - BASE_YEAR) +
      (year <= 2022 ? parameters.closedSchools : 0)
    return parameters.mean[grade] + parameters.points * z
  }

  /**
   * What a learner brings to each subject, whatever the school, the sex and the day: standard deviations, of about 0.9 over the country.
   * In the order of `subjects`.
   */
  standing(learner: number): readonly [literacy: number, numeracy: number, science: number] {
    const { people, random } = this
    const own = people.context[learner]!
    const common =
      parameters.intercept +
      parameters.contextSlope * (Number.isNaN(own) ? 0 : own) +
      parameters.residual * people.residual[learner]! +
      (people.need[learner]! > 0 ? parameters.specialNeed : 0)
    random.seek((learner * NORMALS) / 2)
    return [
      common + parameters.ofSubject * random.normal(),
      common + parameters.ofSubject * random.normal(),
      common + parameters.ofSubject * random.normal(),
    ]
  }

  private gift(learner: number, subject: Subject): number {
    this.random.seek((learner * NORMALS) / 2)
    let normal = 0
    for (let at = 0; at <= subjects.indexOf(subject); at++) normal = this.random.normal()
    return normal
  }
}
