/**
 * The smallest of some step lengths at which the weights of all lengths up to it reach a goal: a weighted
 * quantile by selection, in time proportional to the number of lengths.
 *
 * @param lengths  the first `count` are used; reordered in place together with weights and labels
 * @param weights  not negative
 * @param goal     above 0; where rounding keeps the whole just below it, the largest length is taken
 * @returns        the place of the length found
 */
export function weightedStep(
  lengths: Float64Array,
  weights: Float64Array,
  labels: Int32Array,
  count: number,
  goal: number,
): number {
  let low = 0
  let high = count
  let reached = 0
  while (high - low > 1) {
    const pivot = middle(lengths[low]!, lengths[(low + high) >> 1]!, lengths[high - 1]!)
    let i = low
    let j = high - 1
    while (i <= j) {
      while (lengths[i]! < pivot) i++
      while (lengths[j]! > pivot) j--
      if (i > j) break
      swap(lengths, i, j)
      swap(weights, i, j)
      swap(labels, i, j)
      i++
      j--
    }
    // low … j are at most the pivot, j + 1 … i − 1 equal to it, i … high − 1 at least the pivot.
    let left = 0
    for (let k = low; k <= j; k++) left += weights[k]!
    if (j >= low && reached + left >= goal) {
      high = j + 1
      continue
    }
    reached += left
    let k = j + 1
    for (; k < i; k++) {
      reached += weights[k]!
      if (reached >= goal) return k
    }
    if (i >= high) return high - 1
    low = i
  }
  return low
}

function middle(a: number, b: number, c: number): number {
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c))
}

function swap(a: Float64Array | Int32Array, i: number, j: number): void {
  const kept = a[i]!
  a[i] = a[j]!
  a[j] = kept
}
