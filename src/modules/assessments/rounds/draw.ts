import { philox } from '#stats/numeric/random.ts'

/** A school that may be drawn. */
export interface Drawable {
  institutionId: number
  /** pupils of the grade, 1 or more */
  size: number
  /** where it stands in the list: neighbours here are spread over the sample (implicit stratification) */
  place: number
}

/** A school that was drawn. */
export interface Drawn extends Drawable {
  /** with which it was drawn, above 0; 1: it had to be */
  probability: number
  /** pair of schools drawn next to each other, from 1; the last zone may hold three */
  zone: number
  /** which side of its pair */
  half: 0 | 1
}

/**
 * Draws schools systematically with probability proportional to the number of pupils, along the list by place and size: one start
 * by chance, then equal steps. A school larger than a step is taken for certain, and the step worked out anew for the others.
 *
 * Where all pupils of a drawn school take part, the weight of each is 1 ÷ probability.
 *
 * @param count  how many schools, 2 or more; all are taken where there are no more
 * @param seed   the same seed draws the same schools
 * @throws       RangeError if fewer than two schools can be drawn, or one has no pupils
 * @see          Särndal, Swensson, Wretman (1992), Model Assisted Survey Sampling, 3.6; OECD (2024), PISA 2022 Technical Report, ch. 4
 */
export function drawSchools(schools: readonly Drawable[], count: number, seed: number): Drawn[] {
  if (count < 2 || schools.length < 2 || schools.some(({ size }) => !(size >= 1))) {
    throw new RangeError('drawSchools requires two or more schools with pupils')
  }
  const list = schools.toSorted(
    (a, b) => a.place - b.place || b.size - a.size || a.institutionId - b.institutionId,
  )
  const certain = new Set<Drawable>()
  let step = 0
  for (;;) {
    const others = list.filter((school) => !certain.has(school))
    const left = count - certain.size
    if (others.length <= left) {
      for (const school of others) certain.add(school)
      break
    }
    step = left > 0 ? others.reduce((sum, { size }) => sum + size, 0) / left : Infinity
    const large = others.filter(({ size }) => size >= step)
    if (large.length === 0) break
    for (const school of large) certain.add(school)
  }
  let next = philox(seed).uniform() * step
  let passed = 0
  const drawn = list.flatMap((school) => {
    if (certain.has(school)) return [{ ...school, probability: 1 }]
    passed += school.size
    if (passed <= next) return []
    next += step
    return [{ ...school, probability: school.size / step }]
  })
  const zones = Math.max(1, Math.floor(drawn.length / 2))
  return drawn.map((school, at) => ({
    ...school,
    zone: Math.min(Math.floor(at / 2) + 1, zones),
    half: at % 2 === 1 ? 1 : 0,
  }))
}
