/**
 * Random numbers from a counter (Philox4x32 with 10 rounds): every draw is a function of seed, stream and
 * position, so any draw can be had again and streams can be shared out among workers.
 *
 * @see Salmon, Moraes, Dror, Shaw (2011), Parallel random numbers: as easy as 1, 2, 3,
 *      https://doi.org/10.1145/2063384.2063405
 */
export interface Random {
  /** As given: belongs into the output of whatever was drawn with it. */
  readonly seed: number | bigint
  readonly stream: number
  /** Uniform on [0, 1), 53 bits. */
  uniform(): number
  /** Standard normal. */
  normal(): number
  /** Whole number 0 … n − 1, every one equally likely; n up to 2^53. */
  integer(n: number): number
  /** Changes the order of the array in place and returns it; every order is equally likely. */
  shuffle<T extends { length: number; [index: number]: unknown }>(array: T): T
  /** Another generator of the same seed on another stream: independent of this one. */
  jump(stream: number): Random
  /** Moves to the n-th block of two uniforms of this stream, n from 0 to 2^53 − 1. */
  seek(block: number): void
}

/**
 * @param seed    whole number 0 … 2^53 − 1, or a bigint 0 … 2^64 − 1
 * @param stream  whole number 0 … 2^53 − 1: independent sequences of one seed
 * @throws        RangeError for anything else
 * @example       philox(2026).uniform()
 */
export function philox(seed: number | bigint, stream = 0): Random {
  const key = words(seed, 'seed')
  const lane = words(stream, 'stream')
  const out = new Uint32Array(4)
  let block = 0
  let left = 0
  let spare: number | undefined

  const uniform = (): number => {
    if (left === 0) {
      philoxBlock(out, block, block / 4294967296, lane[0], lane[1], key[0], key[1])
      block++
      left = 2
    }
    left--
    const at = left === 1 ? 0 : 2
    return (out[at]! * 2097152 + (out[at + 1]! >>> 11)) / 9007199254740992
  }

  return {
    seed,
    stream,
    uniform,
    normal() {
      if (spare !== undefined) {
        const kept = spare
        spare = undefined
        return kept
      }
      // Box and Muller: a fixed number of draws for every pair, so positions stay predictable.
      const radius = Math.sqrt(-2 * Math.log1p(-uniform()))
      const angle = 2 * Math.PI * uniform()
      spare = radius * Math.sin(angle)
      return radius * Math.cos(angle)
    },
    integer(n) {
      if (!Number.isSafeInteger(n) || n < 1)
        throw new RangeError('integer requires a whole number n of at least 1')
      const limit = 9007199254740992 - (9007199254740992 % n)
      // Above the last whole multiple of n draws are repeated; 256 refusals in a row cannot happen (2^-256).
      for (let tries = 0; tries < 256; tries++) {
        const draw = uniform() * 9007199254740992
        if (draw < limit) return draw % n
      }
      return 0
    },
    shuffle(array) {
      const items = array as { length: number; [index: number]: unknown }
      for (let i = items.length - 1; i > 0; i--) {
        const j = this.integer(i + 1)
        const kept = items[i]
        items[i] = items[j]
        items[j] = kept
      }
      return array
    },
    jump: (other) => philox(seed, other),
    seek(to) {
      if (!Number.isSafeInteger(to) || to < 0)
        throw new RangeError('seek requires a whole number of at least 0')
      block = to
      left = 0
      spare = undefined
    },
  }
}

/** One block of Philox4x32-10: counter c0…c3 and key k0, k1 (32 bits each) to four words of 32 bits. */
export function philoxBlock(
  out: Uint32Array,
  c0: number,
  c1: number,
  c2: number,
  c3: number,
  k0: number,
  k1: number,
): void {
  let a = c0 >>> 0
  let b = c1 >>> 0
  let c = c2 >>> 0
  let d = c3 >>> 0
  let key0 = k0 >>> 0
  let key1 = k1 >>> 0
  for (let round = 0; round < 10; round++) {
    const high0 = highWord(0xd2511f53, a)
    const low0 = Math.imul(0xd2511f53, a)
    const high1 = highWord(0xcd9e8d57, c)
    const low1 = Math.imul(0xcd9e8d57, c)
    a = (high1 ^ b ^ key0) >>> 0
    b = low1 >>> 0
    c = (high0 ^ d ^ key1) >>> 0
    d = low0 >>> 0
    key0 = (key0 + 0x9e3779b9) >>> 0
    key1 = (key1 + 0xbb67ae85) >>> 0
  }
  out[0] = a
  out[1] = b
  out[2] = c
  out[3] = d
}

/** Upper 32 bits of the product of two unsigned 32-bit numbers. */
function highWord(x: number, y: number): number {
  const xl = x & 0xffff
  const xh = x >>> 16
  const yl = y & 0xffff
  const yh = y >>> 16
  const middle = xh * yl + ((xl * yl) >>> 16)
  const cross = xl * yh + (middle & 0xffff)
  return (xh * yh + Math.floor(middle / 65536) + Math.floor(cross / 65536)) >>> 0
}

function words(x: number | bigint, what: string): [number, number] {
  if (typeof x === 'number' && (!Number.isSafeInteger(x) || x < 0)) {
    throw new RangeError(`philox requires a ${what} that is a whole number from 0 to 2^53 − 1`)
  }
  if (typeof x === 'bigint' && (x < 0n || x >= 1n << 64n)) {
    throw new RangeError(`philox requires a ${what} from 0 to 2^64 − 1`)
  }
  const big = BigInt(x)
  return [Number(big & 0xffffffffn), Number(big >> 32n)]
}
