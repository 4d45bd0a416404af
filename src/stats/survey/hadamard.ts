/**
 * A Hadamard matrix: rows of +1 and −1, each pair of rows (and columns) agreeing in half of its places.
 * Balanced half samples take their halves from it. Built by Sylvester's doubling and Paley's first
 * construction; orders that neither reaches are passed over to the next that one does.
 *
 * @param least  smallest order wanted, 1–2048
 * @returns      order (1, 2 or a multiple of 4, at least `least`) and entries, row-major; the first row and
 *               column are +1
 * @throws       RangeError outside 1–2048
 * @see          Paley (1933), Journal of Mathematics and Physics 12, 311–320
 */
export function hadamard(least: number): { order: number; entries: Int8Array } {
  if (!(Number.isInteger(least) && least >= 1 && least <= 2048)) {
    throw new RangeError('hadamard requires a whole order from 1 to 2048')
  }
  for (let order = least; ; order++) {
    const entries = build(order)
    if (entries) return { order, entries: normalised(entries, order) }
  }
}

function build(order: number): Int8Array | undefined {
  if (order === 1) return Int8Array.of(1)
  if (order === 2) return Int8Array.of(1, 1, 1, -1)
  if (order % 4 !== 0) return undefined
  if (isPrime(order - 1)) return paley(order)
  const half = build(order / 2)
  return half && doubled(half, order / 2)
}

/** [[H, H], [H, −H]] */
function doubled(half: Int8Array, size: number): Int8Array {
  const order = 2 * size
  return Int8Array.from({ length: order * order }, (_, at) => {
    const row = Math.floor(at / order)
    const column = at % order
    const sign = row >= size && column >= size ? -1 : 1
    return sign * half[(row % size) * size + (column % size)]!
  })
}

/** Order q + 1 for a prime q of the form 4k + 3, from the squares modulo q. */
function paley(order: number): Int8Array {
  const q = order - 1
  const isSquare = new Uint8Array(q)
  for (let x = 1; x < q; x++) isSquare[(x * x) % q] = 1
  const character = (x: number) => (x === 0 ? 0 : isSquare[x] ? 1 : -1)
  return Int8Array.from({ length: order * order }, (_, at) => {
    const row = Math.floor(at / order)
    const column = at % order
    if (row === 0) return 1
    if (column === 0) return -1
    return row === column ? 1 : character((((column - row) % q) + q) % q)
  })
}

/** Rows and columns turned so that the first of each is +1. */
function normalised(entries: Int8Array, order: number): Int8Array {
  const columns = entries.slice(0, order)
  const turned = entries.map((x, at) => x * columns[at % order]!)
  return turned.map((x, at) => x * turned[Math.floor(at / order) * order]!)
}

function isPrime(n: number): boolean {
  if (n < 2) return false
  for (let d = 2; d * d <= n; d++) if (n % d === 0) return false
  return true
}
