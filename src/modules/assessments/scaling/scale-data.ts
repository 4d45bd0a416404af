import { type Calibration, eapReliability, estimateAbilities, wleReliability } from '#stats/irt/index.ts'
import { calibratedForm } from '#stats/linking/index.ts'
import { calibrateRound, nameOf } from './calibration.ts'
import type { Standard } from './levels.ts'
import { type EarlierRun, findScale, type Linking } from './link.ts'
import { type Responses, type RoundData, responsesOf } from './round-data.ts'
import { type Measured, measurePeople, type ScoredPeople, valuesOf } from './score-people.ts'
import type { ScalingSettings } from './settings.ts'

/** What a scaling needs besides the answers. */
export interface ScalingOptions {
  seed: number
  settings: ScalingSettings
  /** runs in force of other rounds of the domain */
  earlier: readonly EarlierRun[]
  /** versions of items left out by decision: of the round, and of its links */
  droppedItems: ReadonlySet<number>
  droppedAnchors: ReadonlySet<number>
  /** standards of the grade that hold in the school year, the latest first */
  standards: readonly Standard[]
  /** told what is done; may give way to other work */
  onStep?: (done: number) => Promise<void> | void
}

/** What came of a round, person by person in the order of the data, and what it was worked out with. */
export interface Scaled extends Measured, ScoredPeople {
  responses: Responses
  calibration: Calibration
  linking: Linking
  reliability: { eap: number; wle: number }
  /** people × draws, points */
  values: Float64Array
}

/** The round without some items. */
export function without(data: RoundData, dropped: ReadonlySet<number>): RoundData {
  const kept = data.items.flatMap(({ versionId }, at) => (dropped.has(versionId) ? [] : [at]))
  if (kept.length === data.items.length) return data
  const place = new Map(kept.map((at, k) => [at, k]))
  const points = new Int8Array((data.points.length / data.items.length) * kept.length)
  for (let i = 0; i < data.points.length / data.items.length; i++) {
    kept.forEach((at, k) => {
      points[i * kept.length + k] = data.points[i * data.items.length + at]!
    })
  }
  return {
    ...data,
    items: kept.map((at) => data.items[at]!),
    forms: data.forms.map((form) => ({
      ...form,
      items: form.items.flatMap((at) => place.get(at) ?? []),
    })),
    points,
  }
}

/**
 * Scales a round: items are calibrated, people get a score with an error that does not depend on whom they are like (WLE),
 * groups get plausible values that do, all on the scale the anchors lead to.
 *
 * @throws RangeError where the answers do not allow it: two few people, no item on which they differ
 */
export async function scaleData(whole: RoundData, options: ScalingOptions): Promise<Scaled> {
  const { settings, seed, onStep = () => {} } = options
  const data = without(whole, options.droppedItems)
  const responses = responsesOf(data.points)
  const calibration = calibrateRound(data, responses.forItems, settings)
  const known = calibration.items
  await onStep(0.3)

  const group = calibration.groups[0]!
  const population = { mean: group.mean, sd: Math.sqrt(group.variance) }
  const linking = findScale(
    {
      domain: data.domain,
      grade: data.grade,
      schoolYear: data.schoolYear,
      isRehearsal: data.kind === 'rehearsal',
      form: calibratedForm(calibration),
      anchors: new Set(
        data.items
          .filter(({ isAnchor, versionId }) => isAnchor && !options.droppedAnchors.has(versionId))
          .map(nameOf),
      ),
      population,
    },
    options.earlier,
    settings,
  )
  await onStep(0.4)

  const measured = { data, known, scale: linking.scale, standards: options.standards }
  const scored = measurePeople(measured, responses.forPeople)
  const eap = estimateAbilities({
    responses: responses.forPeople,
    items: known,
    method: 'eap',
    prior: { mean: group.mean, variance: group.variance },
  })
  await onStep(0.5)
  const values = valuesOf(measured, responses.forPeople, scored, { draws: settings.draws, seed })
  await onStep(0.7)
  return {
    ...measured,
    ...scored,
    responses,
    calibration,
    linking,
    reliability: {
      eap: eapReliability(eap.estimate, eap.error),
      wle: wleReliability(scored.ability, scored.abilityError),
    },
    values,
  }
}
