import type { Answers } from './joint-patterns.ts'

/**
 * An order of items in which those given to the same people are neighbours, so that blocks of neighbours are either
 * answered or left out as a whole. Only speed depends on it.
 *
 * @returns positions in `answers.used`
 */
export function designOrder(answers: Answers): Int32Array {
  const { responses, persons, columns, used } = answers
  const given = used.map(({ column }) => {
    const bits = new Int32Array((persons + 31) >> 5)
    for (let i = 0; i < persons; i++)
      if (responses[i * columns + column]! >= 0) bits[i >> 5]! |= 1 << (i & 31)
    return bits
  })
  const left = new Set(used.keys())
  const order: number[] = []
  while (left.size > 0) {
    const last = given[order.at(-1) ?? 0]!
    let nearest = -1
    let least = Number.POSITIVE_INFINITY
    for (const j of left) {
      const apart = order.length === 0 ? 0 : differences(last, given[j]!, least)
      if (apart >= least) continue
      least = apart
      nearest = j
    }
    left.delete(nearest)
    order.push(nearest)
  }
  return Int32Array.from(order)
}

/** Bits in which a and b differ; counting stops once there are as many as `enough`. */
function differences(a: Int32Array, b: Int32Array, enough: number): number {
  let count = 0
  for (let w = 0; w < a.length && count < enough; w++) {
    let bits = a[w]! ^ b[w]!
    if (bits === 0) continue
    bits -= (bits >>> 1) & 0x55555555
    bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333)
    count += Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
  }
  return count
}
