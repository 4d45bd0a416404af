import fc from 'fast-check'
import { expect, test } from 'vitest'
import { philox, philoxBlock } from './random.ts'
import { mean, variance } from './sum.ts'

const hex = (words: Uint32Array) => [...words].map((w) => w.toString(16).padStart(8, '0')).join(' ')

test('agrees with the known-answer vectors of Random123 for philox4x32-10', () => {
  const out = new Uint32Array(4)
  philoxBlock(out, 0, 0, 0, 0, 0, 0)
  expect(hex(out)).toBe('6627e8d5 e169c58d bc57ac4c 9b00dbd8')
  const f = 0xffffffff
  philoxBlock(out, f, f, f, f, f, f)
  expect(hex(out)).toBe('408f276d 41c83b0e a20bc7c6 6d5451fd')
  philoxBlock(out, 0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344, 0xa4093822, 0x299f31d0)
  expect(hex(out)).toBe('d16cfe09 94fdcceb 5001e420 24126ea1')
})

test('the same seed gives the same numbers; another seed or stream gives others', () => {
  const draw = (seed: number | bigint, stream = 0) => {
    const random = philox(seed, stream)
    return Array.from({ length: 20 }, () => random.uniform())
  }
  expect(draw(7)).toEqual(draw(7))
  expect(draw(7)).toEqual(draw(7n))
  expect(draw(7)).not.toEqual(draw(8))
  expect(draw(7, 1)).not.toEqual(draw(7, 2))
  expect(philox(7).jump(2).uniform()).toBe(draw(7, 2)[0])
  expect(philox(7).seed).toBe(7)
})

test('any position can be sought and gives what counting up to it gives', () => {
  fc.assert(
    fc.property(fc.nat(500), (block) => {
      const walked = philox(11)
      for (let i = 0; i < 2 * block; i++) walked.uniform()
      const sought = philox(11)
      sought.seek(block)
      expect(sought.uniform()).toBe(walked.uniform())
    }),
  )
})

test('positions beyond 2^32 are different from their lower halves', () => {
  const low = philox(1)
  const high = philox(1)
  low.seek(5)
  high.seek(5 + 2 ** 32)
  expect(high.uniform()).not.toBe(low.uniform())
})

test('uniform, normal and whole numbers have the moments they should have, within five standard errors', () => {
  const random = philox(20260901)
  const n = 200_000
  const uniform = Float64Array.from({ length: n }, () => random.uniform())
  expect(Math.abs(mean(uniform) - 0.5)).toBeLessThan(5 * Math.sqrt(1 / 12 / n))
  expect(Math.min(...uniform.subarray(0, 50_000))).toBeGreaterThanOrEqual(0)
  const normal = Float64Array.from({ length: n }, () => random.normal())
  expect(Math.abs(mean(normal))).toBeLessThan(5 / Math.sqrt(n))
  expect(Math.abs(variance(normal) - 1)).toBeLessThan(5 * Math.sqrt(2 / n))
  const beyond = normal.filter((z) => z > 1.959963984540054).length / n
  expect(Math.abs(beyond - 0.025)).toBeLessThan(5 * Math.sqrt((0.025 * 0.975) / n))
  const counts = new Float64Array(7)
  for (let i = 0; i < n; i++) counts[random.integer(7)]!++
  for (const count of counts) expect(Math.abs(count / n - 1 / 7)).toBeLessThan(5 * Math.sqrt(6 / 49 / n))
})

test('shuffling keeps every element and makes all six orders of three about equally often', () => {
  const random = philox(3)
  const seen = new Map<string, number>()
  for (let i = 0; i < 12_000; i++) {
    const order = random.shuffle([1, 2, 3]).join('')
    seen.set(order, (seen.get(order) ?? 0) + 1)
  }
  expect([...seen.keys()].sort()).toEqual(['123', '132', '213', '231', '312', '321'])
  for (const count of seen.values())
    expect(Math.abs(count - 2000)).toBeLessThan(5 * Math.sqrt(12_000 * (5 / 36)))
})

test('seeds that are negative, broken or too large are refused', () => {
  expect(() => philox(-1)).toThrow(RangeError)
  expect(() => philox(1.5)).toThrow(RangeError)
  expect(() => philox(1n << 64n)).toThrow(RangeError)
  expect(() => philox(1, -2)).toThrow(RangeError)
  expect(() => philox(1).integer(0)).toThrow(RangeError)
  expect(() => philox(1).seek(-1)).toThrow(RangeError)
})
