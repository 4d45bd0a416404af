import { expect, test } from 'vitest'
import { gaussHermite, normalGrid } from './quadrature.ts'

test('agrees with closed forms: two nodes at ±1, three at 0 and ±√3 with weights 1/6, 2/3, 1/6', () => {
  expect([...gaussHermite(1).nodes]).toEqual([0])
  const two = gaussHermite(2)
  expect(two.nodes[1]).toBeCloseTo(1, 15)
  expect([...two.weights]).toEqual([0.5, 0.5])
  const three = gaussHermite(3)
  expect(three.nodes[2]).toBeCloseTo(Math.sqrt(3), 14)
  expect(three.weights[1]).toBeCloseTo(2 / 3, 14)
  expect(three.weights[2]).toBeCloseTo(1 / 6, 14)
})

test('n nodes give the moments 1, 1·3, 1·3·5 … of the normal distribution exactly up to degree 2n − 1', () => {
  for (const n of [2, 3, 7, 21, 61, 200, 500]) {
    const { nodes, weights } = gaussHermite(n)
    let moment = 1
    for (let degree = 2; degree <= Math.min(2 * n - 2, 40); degree += 2) {
      moment *= degree - 1
      const found = weights.reduce((total, w, i) => total + w * nodes[i]! ** degree, 0)
      expect(Math.abs(found / moment - 1)).toBeLessThan(1e-10)
    }
  }
})

test('nodes rise and mirror each other; weights are positive and sum to 1', () => {
  for (const n of [4, 15, 49, 101]) {
    const { nodes, weights } = gaussHermite(n)
    for (let i = 1; i < n; i++) expect(nodes[i]!).toBeGreaterThan(nodes[i - 1]!)
    nodes.forEach((x, i) => {
      expect(x + nodes[n - 1 - i]!).toBe(0)
    })
    expect(weights.every((w) => w > 0)).toBe(true)
    expect(weights.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 14)
  }
})

test('the grid of 61 nodes on −6 … 6 integrates the variance to 1e-8 and ends where it should', () => {
  const { nodes, weights } = normalGrid(61, -6, 6)
  expect(nodes[0]).toBe(-6)
  expect(nodes[60]).toBe(6)
  expect(nodes[1]).toBeCloseTo(-5.8, 14)
  expect(weights.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 14)
  const second = weights.reduce((total, w, i) => total + w * nodes[i]! ** 2, 0)
  expect(Math.abs(second - 1)).toBeLessThan(1e-7)
  const far = normalGrid(3, 60, 62)
  expect(far.weights.every(Number.isFinite)).toBe(true)
})

test('no nodes, broken counts and turned ends are refused', () => {
  expect(() => gaussHermite(0)).toThrow(RangeError)
  expect(() => gaussHermite(2.5)).toThrow(RangeError)
  expect(() => gaussHermite(501)).toThrow(RangeError)
  expect(() => normalGrid(1, -1, 1)).toThrow(RangeError)
  expect(() => normalGrid(5, 1, 1)).toThrow(RangeError)
  expect(() => normalGrid(5, Number.NaN, 1)).toThrow(RangeError)
})
