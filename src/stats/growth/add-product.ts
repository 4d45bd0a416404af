/**
 * Adds Xb to a vector for the rows from … to − 1, for X stored column after column: the layout in which such
 * a product runs about twice as fast as row by row.
 *
 * @param x       columns × stride; element (row i, column j) is x[j * stride + i]
 * @param target  target[i] += Σ_j x[j * stride + i] b[j]
 */
export function addProduct(
  target: Float64Array,
  x: Float64Array,
  stride: number,
  b: Float64Array,
  from: number,
  to: number,
): void {
  const columns = b.length
  let j = 0
  for (; j + 3 < columns; j += 4) {
    const b0 = b[j]!
    const b1 = b[j + 1]!
    const b2 = b[j + 2]!
    const b3 = b[j + 3]!
    const x0 = j * stride
    const x1 = x0 + stride
    const x2 = x1 + stride
    const x3 = x2 + stride
    for (let i = from; i < to; i++) {
      target[i]! += b0 * x[x0 + i]! + b1 * x[x1 + i]! + b2 * x[x2 + i]! + b3 * x[x3 + i]!
    }
  }
  for (; j < columns; j++) {
    const b0 = b[j]!
    const x0 = j * stride
    for (let i = from; i < to; i++) target[i]! += b0 * x[x0 + i]!
  }
}
