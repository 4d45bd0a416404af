import {
  coefficientAlpha,
  decisionsFromErrors,
  fromResponses,
  omegaOneFactor,
} from '#stats/classical/index.ts'
import { localDependence, marginalReliability, testInformation } from '#stats/irt/index.ts'
import { bookletOf } from './booklet.ts'
import { FEWEST_OF_PAIR, flagsOf, limits } from './flags.ts'
import { type Choices, itemReports } from './item-report.ts'
import { levelOf } from './levels.ts'
import type { LinkTry } from './link.ts'
import type { FormReport, LinkTryReport, RunReport } from './model.ts'
import { orNull, rounded, roundedOrNull } from './or-null.ts'
import { part, peopleWhere, type RoundData } from './round-data.ts'
import type { Scaled } from './scale-data.ts'
import { spreadsOf } from './spreads.ts'

/** What the report needs besides what was worked out. */
export interface ReportInput {
  /** of the roster, the exempt not counted */
  expected: number
  choices: readonly Choices[]
  isOmitted: (person: number, item: number) => boolean
  mastery: number
}

/** Width of the bars of the distribution, points. */
const BAR = 20

/** Scores at which errors are told: −3 to +3 standard deviations of the scale. */
const GRID = Array.from({ length: 25 }, (_, k) => 200 + 25 * k)

/** The report of a run, but for how long it took. */
export function reportOf(whole: RoundData, scaled: Scaled, input: ReportInput): Omit<RunReport, 'seconds'> {
  const { data, standard } = scaled
  const items = itemReports(whole, scaled, input.choices, input.isOmitted)
  const forms = data.forms.map((_, form) => formReport(scaled, form))
  const links = scaled.linking.tries.map((each) => linkReport(data, each))
  const { dependent, q3Mean } = dependentPairs(scaled)
  const told = {
    pupils: data.people.id.length,
    expected: input.expected,
    items,
    forms,
    links,
    dependent,
    standard: standard && standardReport(scaled, standard),
  }
  return {
    ...told,
    q3Mean,
    flags: flagsOf(told, scaled.calibration, scaled.scale.kind !== 'own' || links.length === 0),
    reliability: {
      eap: roundedOrNull(scaled.reliability.eap, 4),
      wle: roundedOrNull(scaled.reliability.wle, 4),
    },
    grid: GRID,
    ...distribution(scaled),
    bandwidth: BAR,
    booklet: bookletOf(data.items, scaled.known, input.mastery, scaled.toPoints),
  }
}

function formReport(
  { data, responses, known, standard, stretch, toPoints, calibration }: Scaled,
  form: number,
): FormReport {
  const { code, items } = data.forms[form]!
  const people = peopleWhere(data.people.id.length, (i) => data.people.form[i] === form)
  const own = items.map((at) => known[at]!).filter(({ scores }) => scores.length > 1)
  const answers = fromResponses(part(responses.forPeople, data.items.length, items, people), items.length)
  const alpha = people.length < 2 ? null : orNull(() => coefficientAlpha(answers))
  const omega = people.length < 2 ? null : orNull(() => omegaOneFactor(answers))
  const shift = toPoints(0)
  const errorAt = (scores: readonly number[]) =>
    own.length === 0
      ? scores.map(() => null)
      : [
          ...testInformation(
            own,
            scores.map((score) => (score - shift) / stretch),
          ).error,
        ].map((error) => roundedOrNull(stretch * error, 2))
  const { mean, variance } = calibration.groups[0]!
  return {
    code,
    items: items.length,
    pupils: people.length,
    alpha: roundedOrNull(alpha?.alpha, 4),
    alphaLow: roundedOrNull(alpha?.low, 4),
    alphaHigh: roundedOrNull(alpha?.high, 4),
    omega: roundedOrNull(omega?.omega, 4),
    marginal:
      own.length === 0
        ? null
        : roundedOrNull(
            orNull(() => marginalReliability(own, { mean, variance })),
            4,
          ),
    error: errorAt(GRID),
    errorAtCuts: errorAt(standard?.cuts ?? []),
  }
}

function linkReport(data: RoundData, { drift, ...about }: LinkTry): LinkTryReport {
  const codes = new Map(data.items.map(({ versionId, code }) => [String(versionId), code]))
  return {
    ...about,
    kept: roundedOrNull(drift?.kept, 4),
    correlation: roundedOrNull(drift?.correlation, 4),
    spreadRatio: roundedOrNull(drift?.spreadRatio, 4),
    drift: (drift?.anchors ?? []).map(({ id, slopeZ, locationZ, shift, stable }) => ({
      code: codes.get(id)!,
      slopeZ: roundedOrNull(slopeZ, 2),
      locationZ: roundedOrNull(locationZ, 2),
      shift: rounded(shift),
      stable,
    })),
  }
}

function dependentPairs({
  data,
  responses,
  known,
  ability,
}: Scaled): Pick<RunReport, 'dependent' | 'q3Mean'> {
  const { q3, people, mean } = localDependence(responses.forItems, known, ability)
  const k = data.items.length
  const dependent: RunReport['dependent'] = []
  for (let a = 0; a < k; a++) {
    for (let b = a + 1; b < k; b++) {
      if (people[a * k + b]! < FEWEST_OF_PAIR || q3[a * k + b]! - mean < limits.dependence) continue
      dependent.push({
        a: data.items[a]!.code,
        b: data.items[b]!.code,
        q3: rounded(q3[a * k + b]!),
        pupils: people[a * k + b]!,
      })
    }
  }
  return { dependent, q3Mean: rounded(mean, 4) }
}

/** Mean, spread and shape of the round by plausible values: each set of values on its own, then their average. */
function distribution({ data, values }: Scaled) {
  const { institution, weight } = data.people
  const n = weight.length
  const draws = values.length / n
  const total = weight.reduce((sum, w) => sum + w, 0)
  const bars = new Map<number, number>()
  let mean = 0
  let variance = 0
  let shareBetween = 0
  for (let d = 0; d < draws; d++) {
    const own = Float64Array.from({ length: n }, (_, i) => values[i * draws + d]!)
    const m = own.reduce((sum, x, i) => sum + weight[i]! * x, 0) / total
    mean += m / draws
    variance += own.reduce((sum, x, i) => sum + weight[i]! * (x - m) ** 2, 0) / total / draws
    const { between, within } = spreadsOf(institution, own)
    shareBetween += between / (between + within) / draws
    own.forEach((x, i) => {
      const bar = Math.floor(x / BAR) * BAR
      bars.set(bar, (bars.get(bar) ?? 0) + weight[i]! / total / draws)
    })
  }
  return {
    mean: rounded(mean, 2),
    sd: rounded(Math.sqrt(variance), 2),
    betweenSchools: rounded(shareBetween, 4),
    histogram: [...bars]
      .sort(([a], [b]) => a - b)
      .map(([from, share]) => ({ from, share: rounded(share, 5) })),
  }
}

function standardReport(
  { data, score, error, values }: Scaled,
  { version, cuts }: { version: number; cuts: readonly number[] },
): RunReport['standard'] {
  const sure = peopleWhere(score.length, (i) => Number.isFinite(error[i]!))
  const { accuracy, consistency } = decisionsFromErrors(
    sure.map((i) => score[i]!),
    sure.map((i) => error[i]!),
    cuts,
  )
  const draws = values.length / score.length
  const total = draws * data.people.weight.reduce((sum, w) => sum + w, 0)
  const shares = new Array<number>(cuts.length + 1).fill(0)
  values.forEach((x, at) => {
    shares[levelOf(x, cuts) - 1]! += data.people.weight[Math.floor(at / draws)]! / total
  })
  return {
    version,
    cuts: [...cuts],
    accuracy: rounded(accuracy, 4),
    consistency: rounded(consistency, 4),
    shares: shares.map((share) => rounded(share, 4)),
  }
}
