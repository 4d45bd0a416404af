import { expect, test } from 'vitest'
import { philox } from '#stats/numeric/random.ts'
import { interiorPoint } from './interior-point.ts'
import { quantileLoss, quantileProcess } from './quantile-process.ts'

const rows = 400
const random = philox(3)
const x = new Float64Array(3 * rows)
const y = new Float64Array(rows)
for (let i = 0; i < rows; i++) {
  const [a, b] = [random.normal(), random.normal()]
  x.set([1, a, b], 3 * i)
  y[i] = 2 + a - b + (1 + 0.3 * Math.abs(a)) * random.normal()
}

test('the interior point comes as near to the least loss as asked, in fewer than forty steps', () => {
  for (const tau of [0.005, 0.1, 0.5, 0.9, 0.995]) {
    const { coefficients, iterations, converged } = interiorPoint(x, y, rows, 3, tau, { tolerance: 1e-9 })
    expect(converged).toBe(true)
    expect(iterations).toBeLessThan(40)
    const data = { x, y, rows, columns: 3 }
    const least = quantileLoss(data, quantileProcess(data, [tau]).coefficients, tau)
    const loss = quantileLoss(data, coefficients, tau)
    expect(loss / least).toBeGreaterThanOrEqual(1 - 1e-12)
    expect(loss / least).toBeLessThan(1 + 1e-7)
  }
})

test('a bound on the steps is kept and admitted', () => {
  const { iterations, converged } = interiorPoint(x, y, rows, 3, 0.5, { iterations: 2 })
  expect(iterations).toBe(2)
  expect(converged).toBe(false)
})

test('columns that repeat each other are refused', () => {
  expect(() => interiorPoint(new Float64Array(8).fill(1), new Float64Array(4).fill(2), 4, 2, 0.5)).toThrow(
    RangeError,
  )
})
