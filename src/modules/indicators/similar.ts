import { type Feature, similarByFeatures, unitDistances } from '#stats/growth/index.ts'

/** What an institution is compared by, on 1 October of a school year. */
export interface SchoolFeatures {
  institution: number
  /** only institutions of one kind are compared */
  kind: string
  region: number | null
  pupils: number
  /** shares of its pupils, 0–1 */
  preschool: number
  early: number
  upper: number
  special: number
  notFullTime: number
  /** 1 city … 6 sparsely populated, mean over its sites */
  urbanisation: number | null
  /** mean socio-economic fifth of the families, 1 lowest … 5 highest; null: not known, or the linkage is off */
  context: number | null
}

export interface SimilarSchools {
  institution: number
  withContext: boolean
  others: number[]
  distances: number[]
}

/** So many are compared with; taken from the so many nearest, those of the own region first. */
const most = 30
const pool = 60

/** Weight of each respect; those that are known are brought to the sum of 1. */
const weights = {
  size: 0.3,
  stages: 0.3,
  programme: 0.2,
  urbanisation: 0.2,
  context: 0.4,
}

/**
 * The schools most alike by √Σ weight (difference / range)²: in size (how many times larger), stages, programmes, urbanisation
 * and, where it may be used, the context of families. No result is among them. Nearest first, those of the own planning region before
 * others. A school with fewer than three alike has none.
 *
 * @param schools  those with pupils, in one order every time
 */
export function similarSchools(schools: readonly SchoolFeatures[]): SimilarSchools[] {
  return [...Map.groupBy(schools, ({ kind }) => kind).values()].flatMap((alike) => {
    if (alike.length <= 3) return []
    const { features, withContext } = featuresOf(alike)
    return alike.map(({ institution, region }, own) => {
      const found = similarByFeatures(features, own, {
        most,
        pool,
        preferred: (unit) => alike[unit]!.region === region,
      })
      const distances = unitDistances(features, own)
      return {
        institution,
        withContext,
        others: found.map(({ unit }) => alike[unit]!.institution),
        distances: found.map(({ unit }) => distances[unit]!),
      }
    })
  })
}

function featuresOf(schools: readonly SchoolFeatures[]): { features: Feature[]; withContext: boolean } {
  const withContext = schools.some(({ context }) => context !== null)
  const part = (weight: number, of: (school: SchoolFeatures) => number | null): Feature => ({
    values: filled(schools.map(of)),
    weight,
  })
  const features = [
    part(weights.size, ({ pupils }) => Math.log(pupils)),
    part(weights.stages / 3, ({ preschool }) => preschool),
    part(weights.stages / 3, ({ early }) => early),
    part(weights.stages / 3, ({ upper }) => upper),
    part(weights.programme / 2, ({ special }) => special),
    part(weights.programme / 2, ({ notFullTime }) => notFullTime),
    part(weights.urbanisation, ({ urbanisation }) => urbanisation),
    ...(withContext ? [part(weights.context, ({ context }) => context)] : []),
  ]
  const sum = features.reduce((total, { weight }) => total + weight, 0)
  return { features: features.map(({ values, weight }) => ({ values, weight: weight / sum })), withContext }
}

/** Where a school does not say it, it stands in the middle. */
function filled(values: readonly (number | null)[]): number[] {
  const known = values.filter((value) => value !== null)
  const middle = known.length === 0 ? 0 : known.reduce((sum, value) => sum + value, 0) / known.length
  return values.map((value) => value ?? middle)
}
