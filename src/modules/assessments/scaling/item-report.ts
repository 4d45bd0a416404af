import {
  type DistractorTable,
  distractorTable,
  fromResponses,
  itemStatistics,
} from '#stats/classical/index.ts'
import { residualFit, scoreFit } from '#stats/irt/index.ts'
import { difOf } from './dif-report.ts'
import type { ItemReport } from './model.ts'
import { finite, orNull, rounded, roundedOrNull } from './or-null.ts'
import { NOT_GIVEN, NOT_REACHED, part, peopleWhere, type RoundData } from './round-data.ts'
import type { Scaled } from './scale-data.ts'

/** What people chose where one choice is right: by item, person by person; undefined where the item was not given. */
export interface Choices {
  versionId: number
  key: string
  offered: readonly string[]
  chosen: readonly (string | null | undefined)[]
}

/**
 * Every item as classical statistics, the model and comparisons of groups see it; items that were left out keep what can be said
 * of them without the others.
 */
export function itemReports(
  whole: RoundData,
  scaled: Scaled,
  choices: readonly Choices[],
  /** whether the answer of person × item (of the whole round) was left empty */
  isOmitted: (person: number, item: number) => boolean,
): ItemReport[] {
  const { data, responses, calibration } = scaled
  const width = data.items.length
  const place = new Map(data.items.map(({ versionId }, at) => [versionId, at]))
  const answered = data.items.flatMap((_, at) => (isAnswered(responses.forItems, width, at) ? [at] : []))
  const statistics = itemStatistics(
    fromResponses(
      part(
        responses.forItems,
        width,
        answered,
        peopleWhere(data.people.id.length, () => true),
      ),
      answered.length,
    ),
    answered.map((at) => data.items[at]!.most),
  )
  const statisticsOf = new Map(answered.map((at, k) => [at, statistics[k]!]))
  const fit = residualFit(responses.forItems, scaled.known, scaled.ability)
  const misfit = misfitOf(scaled)
  const dif = difOf(data, responses.forItems, scaled.ability)
  return whole.items.map((item, atWhole): ItemReport => {
    const at = place.get(item.versionId)
    const told = { ...gapsOf(whole, atWhole, isOmitted), counts: countsOf(whole, atWhole) }
    const pupils = told.counts.reduce((sum, n) => sum + n, 0)
    const reached = told.counts.reduce((sum, n, points) => sum + n * points, 0)
    const about = {
      versionId: item.versionId,
      code: item.code,
      strand: item.strand,
      most: item.most,
      isAnchor: item.isAnchor,
      isDropped: at === undefined,
      pupils,
      difficulty: pupils === 0 ? null : rounded(reached / (pupils * item.most), 4),
      ...told,
    }
    if (at === undefined) {
      return {
        ...about,
        ...{ itemRest: null, model: '', slope: null, slopeError: null, locations: [] },
        ...{ infit: null, outfit: null, misfit: null, dif: [], options: null },
      }
    }
    const estimate = calibration.items[at]!
    const own = statisticsOf.get(at)
    return {
      ...about,
      itemRest: roundedOrNull(own?.itemRest),
      model: estimate.model,
      slope: estimate.scores.length < 2 ? null : rounded(estimate.slope, 4),
      slopeError: roundedOrNull(estimate.errors.slope, 4),
      locations: estimate.difficulties.filter(Number.isFinite).map((b) => rounded(scaled.toPoints(b), 1)),
      infit: fit.items.answers[at] === 0 ? null : roundedOrNull(fit.items.infit[at]),
      outfit: fit.items.answers[at] === 0 ? null : roundedOrNull(fit.items.outfit[at]),
      misfit: roundedOrNull(misfit[at], 4),
      dif: dif[at]!,
      options: optionsOf(choices, item.versionId, scaled.ability),
    }
  })
}

function isAnswered(responses: Int8Array, width: number, column: number): boolean {
  for (let at = column; at < responses.length; at += width) if (responses[at]! >= 0) return true
  return false
}

function countsOf({ points, items }: RoundData, item: number): number[] {
  const counts = new Array<number>(items[item]!.most + 1).fill(0)
  for (let at = item; at < points.length; at += items.length) {
    if (points[at]! >= 0) counts[points[at]!]!++
  }
  return counts
}

function gapsOf(
  { points, items }: RoundData,
  item: number,
  isOmitted: (person: number, item: number) => boolean,
): { omitted: number; notReached: number } {
  let given = 0
  let reached = 0
  let omitted = 0
  for (let person = 0; person < points.length / items.length; person++) {
    const x = points[person * items.length + item]!
    if (x === NOT_GIVEN) continue
    given++
    if (x === NOT_REACHED) continue
    reached++
    if (isOmitted(person, item)) omitted++
  }
  return {
    omitted: reached === 0 ? 0 : rounded(omitted / reached, 4),
    notReached: given === 0 ? 0 : rounded(1 - reached / given, 4),
  }
}

/** RMSEA of S-X², on the form with most people who answered all of it. */
function misfitOf({ data, responses, known, calibration }: Scaled): (number | null)[] {
  const found: { rmsea: number | null; people: number }[] = data.items.map(() => ({ rmsea: null, people: 0 }))
  const group = calibration.groups[0]!
  data.forms.forEach(({ items }, form) => {
    const own = items.filter((at) => known[at]!.scores.length > 1)
    const people = peopleWhere(
      data.people.id.length,
      (i) =>
        data.people.form[i] === form &&
        own.every((at) => responses.forItems[i * data.items.length + at]! >= 0),
    )
    if (own.length < 3 || people.length < 2) return
    const fits = orNull(() =>
      scoreFit({
        responses: part(responses.forItems, data.items.length, own, people),
        items: own.map((at) => known[at]!),
        population: { mean: group.mean, variance: group.variance },
      }),
    )
    fits?.forEach((fit, k) => {
      const before = found[own[k]!]!
      if (fit && people.length > before.people)
        found[own[k]!] = { rmsea: finite(fit.rmsea), people: people.length }
    })
  })
  return found.map(({ rmsea }) => rmsea)
}

function optionsOf(
  choices: readonly Choices[],
  versionId: number,
  abilities: Float64Array,
): ItemReport['options'] {
  const own = choices.find((each) => each.versionId === versionId)
  if (!own) return null
  const people = peopleWhere(abilities.length, (i) => own.chosen[i] !== undefined)
  if (people.length === 0) return null
  const table: DistractorTable<string | null> = distractorTable<string>(
    people.map((i) => own.chosen[i]!),
    people.map((i) => abilities[i]!),
    own.key,
    own.offered,
  )
  return table.options.map(({ option, isKey, share, pointBiserial, shareByGroup }) => ({
    option,
    isKey,
    share: rounded(share, 4),
    correlation: roundedOrNull(pointBiserial),
    byThird: shareByGroup.map((x) => roundedOrNull(x, 4)),
  }))
}
