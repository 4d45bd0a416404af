/**
 * Small dense matrices as row-major `Float64Array`: element (i, j) of a matrix with c columns is a[i * c + j].
 */

/**
 * Lower triangle L with a = L L′; the upper triangle of the result is 0.
 *
 * @param a  symmetric n × n; only its lower triangle is read
 * @throws   RangeError if the matrix is not positive definite (to rounding) or not finite
 */
export function cholesky(a: Float64Array, n: number): Float64Array {
  size(a, n * n, 'cholesky')
  const l = new Float64Array(n * n)
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let rest = a[i * n + j]!
      for (let k = 0; k < j; k++) rest -= l[i * n + k]! * l[j * n + k]!
      if (i !== j) l[i * n + j] = rest / l[j * n + j]!
      else if (rest > n * Number.EPSILON * Math.abs(a[i * n + i]!) && rest < Number.POSITIVE_INFINITY) {
        l[i * n + i] = Math.sqrt(rest)
      } else throw new RangeError('cholesky requires a positive definite matrix of finite numbers')
    }
  }
  return l
}

/** Solves L L′ x = b for one right-hand side of n numbers; b is left as it is. */
export function choleskySolve(l: Float64Array, n: number, b: ArrayLike<number>): Float64Array {
  size(l, n * n, 'choleskySolve')
  size(b, n, 'choleskySolve')
  const x = Float64Array.from(b)
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) x[i]! -= l[i * n + k]! * x[k]!
    x[i]! /= l[i * n + i]!
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) x[i]! -= l[k * n + i]! * x[k]!
    x[i]! /= l[i * n + i]!
  }
  return x
}

/** Inverse of L L′, n × n, exactly symmetric. */
export function choleskyInverse(l: Float64Array, n: number): Float64Array {
  size(l, n * n, 'choleskyInverse')
  const lower = new Float64Array(n * n) // inverse of L
  for (let j = 0; j < n; j++) {
    lower[j * n + j] = 1 / l[j * n + j]!
    for (let i = j + 1; i < n; i++) {
      let rest = 0
      for (let k = j; k < i; k++) rest -= l[i * n + k]! * lower[k * n + j]!
      lower[i * n + j] = rest / l[i * n + i]!
    }
  }
  const inverse = new Float64Array(n * n)
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let total = 0
      for (let k = i; k < n; k++) total += lower[k * n + i]! * lower[k * n + j]!
      inverse[i * n + j] = total
      inverse[j * n + i] = total
    }
  }
  return inverse
}

/** Natural logarithm of the determinant of L L′. */
export function logDeterminant(l: Float64Array, n: number): number {
  size(l, n * n, 'logDeterminant')
  let total = 0
  for (let i = 0; i < n; i++) total += Math.log(l[i * n + i]!)
  return 2 * total
}

/** Product of a (rows × inner) and b (inner × columns). */
export function multiply(
  a: Float64Array,
  b: Float64Array,
  rows: number,
  inner: number,
  columns: number,
): Float64Array {
  size(a, rows * inner, 'multiply')
  size(b, inner * columns, 'multiply')
  const product = new Float64Array(rows * columns)
  for (let i = 0; i < rows; i++) {
    for (let k = 0; k < inner; k++) {
      const factor = a[i * inner + k]!
      if (factor === 0) continue
      for (let j = 0; j < columns; j++) product[i * columns + j]! += factor * b[k * columns + j]!
    }
  }
  return product
}

/** Transpose of a (rows × columns). */
export function transpose(a: Float64Array, rows: number, columns: number): Float64Array {
  size(a, rows * columns, 'transpose')
  const turned = new Float64Array(rows * columns)
  for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) turned[j * rows + i] = a[i * columns + j]!
  return turned
}

/**
 * Eigenvalues and eigenvectors of a symmetric matrix by Jacobi rotations: slow for n above some hundreds,
 * but accurate for the small eigenvalues too.
 *
 * @param a  symmetric n × n; only its lower triangle is read
 * @returns  values in falling order; column j of vectors (n × n, row-major) belongs to values[j]; each has
 *           length 1 and its largest element is positive
 * @throws   RangeError if the matrix is not finite
 */
export function symmetricEigen(a: Float64Array, n: number): { values: Float64Array; vectors: Float64Array } {
  size(a, n * n, 'symmetricEigen')
  const m = new Float64Array(n * n)
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      if (!Number.isFinite(a[i * n + j])) throw new RangeError('symmetricEigen requires finite numbers')
      m[i * n + j] = a[i * n + j]!
      m[j * n + i] = a[i * n + j]!
    }
  }
  const v = new Float64Array(n * n)
  for (let i = 0; i < n; i++) v[i * n + i] = 1
  // Convergence is quadratic: ten sweeps are usual, sixty are a bound that is never reached.
  for (let sweep = 0; sweep < 60; sweep++) {
    let rotated = false
    for (let p = 0; p < n - 1; p++) {
      for (let q = p + 1; q < n; q++) {
        const off = m[p * n + q]!
        const scale = Math.sqrt(Math.abs(m[p * n + p]! * m[q * n + q]!))
        if (off === 0 || Math.abs(off) <= 1e-17 * scale || Math.abs(off) < 1e-300) continue
        rotated = true
        rotate(m, v, n, p, q)
      }
    }
    if (!rotated) break
  }
  return sortedEigen(m, v, n)
}

function rotate(m: Float64Array, v: Float64Array, n: number, p: number, q: number): void {
  const off = m[p * n + q]!
  const theta = (m[q * n + q]! - m[p * n + p]!) / (2 * off)
  const t =
    Math.abs(theta) > 1e150
      ? 1 / (2 * theta)
      : Math.sign(theta || 1) / (Math.abs(theta) + Math.hypot(1, theta))
  const c = 1 / Math.hypot(1, t)
  const s = t * c
  m[p * n + p]! -= t * off
  m[q * n + q]! += t * off
  m[p * n + q] = 0
  m[q * n + p] = 0
  for (let k = 0; k < n; k++) {
    if (k !== p && k !== q) {
      const kp = m[k * n + p]!
      const kq = m[k * n + q]!
      m[k * n + p] = c * kp - s * kq
      m[k * n + q] = s * kp + c * kq
      m[p * n + k] = m[k * n + p]!
      m[q * n + k] = m[k * n + q]!
    }
    const vp = v[k * n + p]!
    const vq = v[k * n + q]!
    v[k * n + p] = c * vp - s * vq
    v[k * n + q] = s * vp + c * vq
  }
}

function sortedEigen(m: Float64Array, v: Float64Array, n: number) {
  const order = Array.from({ length: n }, (_, i) => i).sort((i, j) => m[j * n + j]! - m[i * n + i]!)
  const values = Float64Array.from(order, (i) => m[i * n + i]!)
  const vectors = new Float64Array(n * n)
  order.forEach((from, to) => {
    let largest = 0
    for (let k = 0; k < n; k++)
      if (Math.abs(v[k * n + from]!) > Math.abs(largest) + 1e-12) largest = v[k * n + from]!
    for (let k = 0; k < n; k++) vectors[k * n + to] = v[k * n + from]! * (largest < 0 ? -1 : 1)
  })
  return { values, vectors }
}

function size(a: ArrayLike<number>, expected: number, what: string): void {
  if (a.length !== expected) throw new RangeError(`${what} requires ${expected} numbers, not ${a.length}`)
}
