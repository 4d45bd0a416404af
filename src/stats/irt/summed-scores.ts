/**
 * Distribution of the sum of scores at each node (Lord and Wingersky's recursion).
 *
 * @param tables  item → probabilities of scores 0, 1, … (those never given have 0): scores × points
 * @param points  number of nodes
 * @param skip    an item to leave out
 * @returns       sums × points, from sum 0 to the largest possible
 * @see           Lord, Wingersky (1984), Applied Psychological Measurement 8, 453–461
 */
export function summedScores(tables: readonly Float64Array[], points: number, skip = -1): Float64Array {
  let sums = new Float64Array(points).fill(1)
  tables.forEach((table, j) => {
    if (j === skip) return
    const scores = table.length / points
    const before = sums.length / points
    const next = new Float64Array((before + scores - 1) * points)
    for (let s = 0; s < before; s++) {
      for (let c = 0; c < scores; c++) {
        const to = (s + c) * points
        for (let q = 0; q < points; q++) next[to + q]! += sums[s * points + q]! * table[c * points + q]!
      }
    }
    sums = next
  })
  return sums
}
