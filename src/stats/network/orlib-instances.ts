/**
 * Two test problems of OR-Library (J. E. Beasley, https://people.brunel.ac.uk/~mastjjb/jeb/orlib), used by
 * tests only: pmed1 (Beasley 1985) and problem 1 of pmedcap (Osman, Christofides 1994).
 */
import type { LocationProblem } from './location-problem.ts'

/** Roads of pmed1: from, to, length; places are numbered from 1, a repeated road counts with its last length. */
const pmed1Roads = `
  1 2 30, 2 3 46, 3 4 1, 4 5 28, 5 6 31, 6 7 69, 7 8 39, 8 9 14, 9 10 84,
  10 11 59, 11 12 10, 12 13 28, 13 14 63, 14 15 9, 15 16 100, 16 17 98, 17 18 70, 18 19 94,
  19 20 22, 20 21 14, 21 22 87, 22 23 82, 23 24 55, 24 25 2, 25 26 32, 26 27 77, 27 28 95,
  28 29 29, 29 30 59, 30 31 91, 31 32 89, 32 33 50, 33 34 40, 34 35 88, 35 36 94, 36 37 60,
  37 38 21, 38 39 89, 39 40 47, 40 41 63, 41 42 45, 42 43 46, 43 44 24, 44 45 77, 45 46 60,
  46 47 45, 47 48 50, 48 49 93, 49 50 22, 50 51 84, 51 52 16, 52 53 85, 53 54 68, 54 55 93,
  55 56 37, 56 57 26, 57 58 29, 58 59 38, 59 60 10, 60 61 32, 61 62 67, 62 63 66, 63 64 52,
  64 65 19, 65 66 39, 66 67 12, 67 68 86, 68 69 72, 69 70 73, 70 71 65, 71 72 2, 72 73 8,
  73 74 96, 74 75 43, 75 76 39, 76 77 61, 77 78 90, 78 79 8, 79 80 58, 80 81 91, 81 82 58,
  82 83 13, 83 84 79, 84 85 59, 85 86 28, 86 87 46, 87 88 24, 88 89 63, 89 90 81, 90 91 14,
  91 92 52, 92 93 64, 93 94 75, 94 95 71, 95 96 51, 96 97 75, 97 98 57, 98 99 31, 99 100 49,
  100 1 88, 80 5 90, 85 69 51, 20 19 30, 85 13 22, 81 95 54, 58 73 37, 64 51 89, 39 76 89,
  13 8 77, 91 76 51, 52 95 96, 91 75 33, 80 91 84, 35 80 46, 54 86 35, 30 70 5, 19 7 9,
  74 53 50, 11 37 4, 19 92 70, 62 94 96, 60 52 34, 24 59 63, 42 45 68, 19 60 53, 60 27 86,
  15 50 31, 38 18 27, 81 30 99, 1 29 6, 22 52 11, 54 59 75, 5 7 8, 41 44 80, 41 76 42,
  44 12 56, 61 65 73, 20 93 35, 9 99 28, 45 68 19, 16 79 96, 13 42 3, 68 4 28, 58 17 60,
  21 81 34, 35 7 7, 21 14 82, 26 32 26, 6 63 83, 31 69 53, 91 78 32, 45 59 33, 42 57 5,
  8 53 66, 65 94 61, 94 90 63, 73 33 88, 39 21 59, 42 85 34, 30 57 37, 34 94 52, 62 38 56,
  26 29 20, 48 98 53, 4 33 45, 31 63 82, 8 52 31, 37 81 14, 50 27 16, 27 14 48, 88 33 8,
  56 30 76, 87 91 17, 33 49 77, 70 30 74, 25 99 19, 95 30 96, 14 85 90, 49 8 96, 96 5 87,
  73 4 41, 99 32 35, 95 1 31, 99 3 49, 18 75 100, 58 47 68, 35 60 5, 38 16 70, 54 40 52,
  95 55 47, 54 17 45, 9 83 75, 97 66 81, 9 48 92, 90 95 96, 4 27 27, 75 22 48, 62 7 55,
  79 3 57, 15 69 46,
`

/** Places of pmedcap problem 1: x, y, demand. */
const pmedcap1Places = `
  2 62 3, 80 25 14, 36 88 1, 57 23 14, 33 17 19, 76 43 2, 77 85 14, 94 6 6, 89 11 7, 59 72 6, 39 82 10,
  87 24 18, 44 76 3, 2 83 6, 19 43 20, 5 27 4, 58 72 14, 14 50 11, 43 18 19, 87 7 15, 11 56 15, 31 16 4,
  51 94 13, 55 13 13, 84 57 5, 12 2 16, 53 33 3, 53 10 7, 33 32 14, 69 67 17, 43 5 3, 10 75 3, 8 26 12,
  3 1 14, 96 22 20, 6 48 13, 59 22 10, 66 69 9, 22 50 6, 75 21 18, 4 81 7, 41 97 20, 92 34 9, 12 64 1,
  60 84 8, 35 100 5, 38 2 1, 9 9 7, 54 59 9, 1 58 2,
`

function triples(text: string): [number, number, number][] {
  return text
    .trim()
    .split(/,\s*/)
    .filter(Boolean)
    .map((triple) => triple.split(' ').map(Number) as [number, number, number])
}

/** 100 places, 5 of them open, no capacities; distances are shortest paths. */
export function pmed1(): LocationProblem {
  const n = 100
  const cost = new Float64Array(n * n).fill(Infinity)
  for (let i = 0; i < n; i++) cost[i * n + i] = 0
  for (const [from, to, length] of triples(pmed1Roads)) {
    cost[(from - 1) * n + to - 1] = length
    cost[(to - 1) * n + from - 1] = length
  }
  for (let via = 0; via < n; via++) {
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        cost[i * n + j] = Math.min(cost[i * n + j]!, cost[i * n + via]! + cost[via * n + j]!)
      }
    }
  }
  return {
    demand: new Array(n).fill(1),
    sites: Array.from({ length: n }, () => ({ capacity: Infinity })),
    cost,
    open: 5,
  }
}

/** 50 places, 5 open, capacity 120; the cost of a place is the whole part of its distance, not times demand. */
export function pmedcap1(): LocationProblem {
  const places = triples(pmedcap1Places)
  const cost = places.flatMap(([x, y, demand]) =>
    places.map(([u, v]) => Math.floor(Math.hypot(x - u, y - v)) / demand),
  )
  return {
    demand: places.map((place) => place[2]),
    sites: places.map(() => ({ capacity: 120 })),
    cost,
    open: 5,
  }
}
