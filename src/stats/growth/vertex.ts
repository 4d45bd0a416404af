import { addProduct } from './add-product.ts'
import { independentRows, invert, scrambled } from './basis.ts'
import { addCompensated, type PreparedRows } from './prepared-rows.ts'
import { weightedStep } from './weighted-step.ts'

/**
 * The search for an optimal vertex of a quantile regression: coefficients that pass exactly through as many
 * rows (the basis) as there are columns, from which no step lowers the loss.
 *
 * Only the rows near the fit take part in the steps; of the rows far from it nothing but the side matters,
 * and that enters through one sum. Ties are broken by shifting each y by less than 1e-7 of its spread, row by
 * row differently; the coefficients are those of the basis for y as given.
 *
 * @see Barrodale, Roberts (1973), SIAM Journal on Numerical Analysis 10, 839–848,
 *      https://doi.org/10.1137/0710069
 */
export class Vertex {
  /** Row indices through which the fit passes. */
  readonly basis: Int32Array
  /** Coefficients for the shifted y. */
  readonly beta: Float64Array
  /** Shifted y. */
  readonly y: Float64Array
  /** 1 for rows below the fit. */
  readonly below: Uint8Array
  /** 1 for rows that take part in the steps. */
  readonly isNear: Uint8Array
  nearCount = 0
  pivots = 0
  readonly #rows: PreparedRows
  /** Place of a row in the basis, −1 for all others. */
  readonly #place: Int16Array
  /** Inverse of the basis rows; column j is the direction in which only basis row j moves. */
  readonly #inverse: Float64Array
  /** Sum of the rows below, and what rounding lost of it. */
  readonly #sum: Float64Array
  readonly #lost: Float64Array
  #shift = 1e-7
  #near = new Int32Array(0)
  #x = new Float64Array(0)
  #residual = new Float64Array(0)
  #slope = new Float64Array(0)
  #length = new Float64Array(0)
  #weight = new Float64Array(0)
  #label = new Int32Array(0)

  constructor(rows: PreparedRows) {
    const { columns } = rows
    this.#rows = rows
    this.y = new Float64Array(rows.rows)
    this.below = new Uint8Array(rows.rows)
    this.isNear = new Uint8Array(rows.rows)
    this.basis = new Int32Array(columns).fill(-1)
    this.beta = new Float64Array(columns)
    this.#place = new Int16Array(rows.rows).fill(-1)
    this.#inverse = new Float64Array(columns * columns)
    this.#sum = new Float64Array(columns)
    this.#lost = new Float64Array(columns)
    this.#shiftRows()
  }

  inBasis(row: number): boolean {
    return this.#place[row]! >= 0
  }

  /** Notes on which side of the fit a row lies. */
  setBelow(row: number, below: boolean): void {
    if ((this.below[row] === 1) === below) return
    this.below[row] = below ? 1 : 0
    const { x, columns } = this.#rows
    const at = row * columns
    const sign = below ? 1 : -1
    for (let j = 0; j < columns; j++) addCompensated(this.#sum, this.#lost, j, sign * x[at + j]!)
  }

  nearRows(): Int32Array {
    return this.#near.subarray(0, this.nearCount)
  }

  clearNear(): void {
    for (let k = 0; k < this.nearCount; k++) this.isNear[this.#near[k]!] = 0
    this.nearCount = 0
  }

  addNear(row: number): void {
    if (this.isNear[row] === 1) return
    const { x, columns } = this.#rows
    if (this.nearCount === this.#near.length) this.#grow(2 * this.nearCount + 256)
    this.isNear[row] = 1
    const k = this.nearCount++
    this.#near[k] = row
    const stride = this.#near.length
    for (let j = 0, from = row * columns; j < columns; j++) this.#x[j * stride + k] = x[from++]!
  }

  /**
   * Starts from the near rows with the smallest |residual| / leverage that are linearly independent; the rows
   * of the last basis stand in where these do not suffice.
   * @returns false if there is no such basis among the near rows
   */
  startNear(residual: Float64Array): boolean {
    const { leverage, columns } = this.#rows
    const key = (row: number) => Math.abs(residual[row]!) / leverage[row]!
    const near = this.#near.subarray(0, this.nearCount)
    const keys = Float64Array.from(near, key).sort()
    const limit = keys[Math.min(keys.length, 6 * columns) - 1]!
    const closest = Array.from(near)
      .filter((row) => key(row) <= limit)
      .sort((a, b) => key(a) - key(b) || a - b)
    const old = Array.from(this.basis).filter((row) => row >= 0)
    const chosen =
      independentRows(this.#rows, [...closest, ...old], 1e-2) ??
      independentRows(this.#rows, [...closest, ...old], 1e-7) ??
      independentRows(this.#rows, near, 1e-7)
    if (!chosen) return false
    for (const row of old) this.#place[row] = -1
    for (const [place, row] of chosen.entries()) {
      this.basis[place] = row
      this.#place[row] = place
      this.addNear(row)
    }
    return true
  }

  /** Solves for the coefficients of the basis anew, and for the residuals and sides of the near rows. */
  refresh(): void {
    const { columns, x } = this.#rows
    const b = new Float64Array(columns * columns)
    for (let j = 0; j < columns; j++) {
      const at = this.basis[j]! * columns
      for (let k = 0; k < columns; k++) b[j * columns + k] = x[at + k]!
    }
    invert(b, columns, this.#inverse)
    this.#solve(this.y, this.beta)
    const residual = this.#residual
    for (let k = 0; k < this.nearCount; k++) residual[k] = this.y[this.#near[k]!]!
    const minus = this.beta.map((b) => -b)
    addProduct(residual, this.#x, this.#near.length, minus, 0, this.nearCount)
    for (let k = 0; k < this.nearCount; k++) {
      const row = this.#near[k]!
      if (this.#place[row]! >= 0) residual[k] = 0
      this.setBelow(row, residual[k]! < 0)
    }
  }

  /**
   * Steps from vertex to vertex until none is better.
   * @returns 'optimal'; 'open' if the near rows do not bound a step; 'bound' after too many steps
   */
  descend(tau: number): 'optimal' | 'open' | 'bound' {
    const { columns } = this.#rows
    const direction = new Float64Array(columns)
    const most = 2000 + 100 * columns + 4 * this.nearCount
    for (let step = 1; step <= most; step++) {
      const leaving = this.#steepest(tau, direction)
      if (!leaving) return 'optimal'
      this.pivots++
      const entering = this.#stepLength(direction, leaving.gain)
      if (entering < 0) return 'open'
      this.#exchange(leaving.place, leaving.sign, entering, direction)
      if (step % 30 === 0) this.refresh()
    }
    return 'bound'
  }

  /** Whether no release of a basis row lowers the loss, with the sides as now noted. */
  isOptimal(tau: number): boolean {
    return this.#steepest(tau, new Float64Array(this.#rows.columns)) === undefined
  }

  /** Coefficients of the basis for y as given, in the units of the columns as given. */
  coefficients(): Float64Array {
    const { columns, scale, y } = this.#rows
    const beta = new Float64Array(columns)
    this.#solve(y, beta)
    return beta.map((b, j) => b / scale[j]!)
  }

  /**
   * Whether the shifts that break ties put no row on another side than y as given does. If they do, the
   * shifts shrink: refresh and descend again.
   */
  holdsUnshifted(): boolean {
    const { y, columns, spread } = this.#rows
    const beta = new Float64Array(columns)
    this.#solve(y, beta)
    for (let k = 0; k < this.nearCount; k++) {
      const row = this.#near[k]!
      if (this.#place[row]! >= 0 || Math.abs(this.#residual[k]!) > 1e-3 * spread) continue
      const residual = this.#residualOf(row, y, beta)
      if (
        Math.abs(residual) > 1e-11 * (spread + Math.abs(y[row]!)) &&
        residual < 0 !== (this.below[row] === 1)
      ) {
        this.#shift /= 8
        this.#shiftRows()
        return false
      }
    }
    return true
  }

  #shiftRows(): void {
    const { y, rows, spread } = this.#rows
    const size = this.#shift * spread
    for (let i = 0; i < rows; i++) this.y[i] = y[i]! + size * (scrambled(i) - 0.5)
  }

  /** The basis row whose release lowers the loss most for the distance the fit moves. */
  #steepest(tau: number, direction: Float64Array) {
    const { columns, x, total, gram } = this.#rows
    const gradient = new Float64Array(columns)
    for (let j = 0; j < columns; j++) gradient[j] = tau * total[j]! - this.#sum[j]! - this.#lost[j]!
    for (let j = 0; j < columns; j++) {
      const at = this.basis[j]! * columns
      for (let k = 0; k < columns; k++) gradient[k]! -= tau * x[at + k]!
    }
    const inverse = this.#inverse
    let best = 0
    let found: { place: number; sign: number; gain: number } | undefined
    for (let j = 0; j < columns; j++) {
      let u = 0
      let size = 0
      for (let k = 0; k < columns; k++) {
        u += inverse[k * columns + j]! * gradient[k]!
        size += Math.abs(inverse[k * columns + j]!)
      }
      const sign = u > 1 - tau ? 1 : -1
      const gain = sign > 0 ? u - (1 - tau) : -u - tau
      if (gain <= 1e-9 + 1e-12 * size) continue
      let square = 0
      for (let a = 0; a < columns; a++) {
        let part = 0
        for (let b = 0; b < columns; b++) part += gram[a * columns + b]! * inverse[b * columns + j]!
        square += part * inverse[a * columns + j]!
      }
      if (gain * gain > best * square) {
        best = (gain * gain) / square
        found = { place: j, sign, gain }
      }
    }
    if (found) {
      for (let k = 0; k < columns; k++) direction[k] = found.sign * inverse[k * columns + found.place]!
    }
    return found
  }

  /** Goes along the direction until the loss stops falling; the near row met there, or −1 if none is. */
  #stepLength(direction: Float64Array, gain: number): number {
    const residual = this.#residual
    const slope = this.#slope
    const length = this.#length
    const weight = this.#weight
    const label = this.#label
    let count = 0
    let whole = 0
    slope.fill(0, 0, this.nearCount)
    addProduct(slope, this.#x, this.#near.length, direction, 0, this.nearCount)
    for (let k = 0; k < this.nearCount; k++) {
      const change = slope[k]!
      const r = residual[k]!
      const size = Math.abs(change)
      // One comparison for both sides: a branch for each would cost more than all the rest. A row that hardly
      // moves cannot enter the basis: the rows of the basis would be all but dependent.
      if (r * change > 0 && size > 1e-11) {
        length[count] = r / change
        weight[count] = size
        label[count] = k
        whole += size
        count++
      }
    }
    if (count === 0 || whole < gain) return -1
    return label[weightedStep(length, weight, label, count, gain)]!
  }

  #exchange(place: number, sign: number, entering: number, direction: Float64Array): void {
    const { columns, x } = this.#rows
    const residual = this.#residual
    const slope = this.#slope
    const near = this.#near
    const step = residual[entering]! / slope[entering]!
    const out = this.basis[place]!
    const incoming = near[entering]!
    for (let k = 0; k < this.nearCount; k++) {
      const row = near[k]!
      if (this.#place[row]! >= 0 && row !== out) continue
      const before = residual[k]!
      const after = before - step * slope[k]!
      residual[k] = after
      if (after < 0 !== before < 0) this.setBelow(row, after < 0)
    }
    residual[entering] = 0
    this.setBelow(incoming, false)
    this.setBelow(out, sign > 0)
    this.#place[out] = -1
    this.#place[incoming] = place
    this.basis[place] = incoming
    for (let k = 0; k < columns; k++) this.beta[k]! += step * direction[k]!
    const inverse = this.#inverse
    const turned = new Float64Array(columns)
    for (let k = 0, at = incoming * columns; k < columns; k++) {
      const value = x[at + k]!
      if (value !== 0) for (let j = 0; j < columns; j++) turned[j]! += value * inverse[k * columns + j]!
    }
    for (let k = 0; k < columns; k++) {
      const share = inverse[k * columns + place]! / turned[place]!
      for (let j = 0; j < columns; j++) inverse[k * columns + j]! -= share * turned[j]!
      inverse[k * columns + place] = share
    }
  }

  /** Coefficients that pass through y at the basis rows, refined once. */
  #solve(y: Float64Array, beta: Float64Array): void {
    const { columns, x } = this.#rows
    const inverse = this.#inverse
    beta.fill(0)
    const rest = new Float64Array(columns)
    for (let round = 0; round < 2; round++) {
      for (let j = 0; j < columns; j++) {
        const row = this.basis[j]!
        let r = y[row]!
        for (let k = 0; k < columns; k++) r -= x[row * columns + k]! * beta[k]!
        rest[j] = r
      }
      for (let k = 0; k < columns; k++) {
        for (let j = 0; j < columns; j++) beta[k]! += inverse[k * columns + j]! * rest[j]!
      }
    }
  }

  #residualOf(row: number, y: Float64Array, beta: Float64Array): number {
    const { x, columns } = this.#rows
    let r = y[row]!
    for (let j = 0, at = row * columns; j < columns; j++) r -= x[at++]! * beta[j]!
    return r
  }

  #grow(capacity: number): void {
    const longer = (a: Float64Array, size: number) => {
      const b = new Float64Array(size)
      b.set(a)
      return b
    }
    const old = this.#near.length
    const near = new Int32Array(capacity)
    near.set(this.#near)
    this.#near = near
    this.#label = new Int32Array(capacity)
    const x = new Float64Array(capacity * this.#rows.columns)
    for (let j = 0; j < this.#rows.columns; j++) {
      x.set(this.#x.subarray(j * old, j * old + this.nearCount), j * capacity)
    }
    this.#x = x
    this.#residual = longer(this.#residual, capacity)
    this.#slope = longer(this.#slope, capacity)
    this.#length = longer(this.#length, capacity)
    this.#weight = longer(this.#weight, capacity)
  }
}
