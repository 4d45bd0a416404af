import { expect, test } from 'vitest'
import { bandPath, type LinePoint, linePath, lineRuns } from './line-runs.ts'

const at = (year: number, value: number | null, isBroken = false): LinePoint => ({
  year,
  value,
  low: value === null ? null : value - 1,
  high: value === null ? null : value + 1,
  isBroken,
})
const years = (points: LinePoint[]) => lineRuns(points).map((run) => run.map(({ year }) => year))

test('a line joins years that follow one another', () => {
  expect(years([at(2024, 5), at(2025, 6), at(2026, 6)])).toEqual([[2024, 2025, 2026]])
})

test('a year that is not told, and one that is missing, leave a gap', () => {
  expect(years([at(2023, 5), at(2024, null), at(2025, 6)])).toEqual([[2023], [2025]])
  expect(years([at(2023, 5), at(2025, 6)])).toEqual([[2023], [2025]])
})

test('no line runs over a break of the series', () => {
  expect(years([at(2024, 5), at(2025, 6), at(2026, 50, true)])).toEqual([[2024, 2025], [2026]])
})

test('the band runs forth along the upper ends and back along the lower', () => {
  const [run] = lineRuns([at(2024, 5), at(2025, 6)])
  const x = (year: number) => year - 2024
  expect(bandPath(run!, x, (y) => -y)).toBe('M0 -6L1 -7L1 -5L0 -4Z')
  expect(linePath(run!, x, (y) => -y)).toBe('M0 -5L1 -6')
})

test('one year alone has neither line nor band, and a count without interval no band', () => {
  const x = (year: number) => year
  expect(linePath(lineRuns([at(2024, 5)])[0]!, x, x)).toBe('')
  expect(bandPath(lineRuns([at(2024, 5)])[0]!, x, x)).toBe('')
  const counts = [2024, 2025].map((year) => ({ ...at(year, 5), low: null, high: null }))
  expect(bandPath(lineRuns(counts)[0]!, x, x)).toBe('')
})
