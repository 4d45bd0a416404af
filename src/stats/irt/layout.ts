import { type Curve, parameterCount } from './item.ts'

/**
 * Where each number of a model stands in its one vector of parameters: item after item (slope, intercepts,
 * logit(guessing)), then means of groups, logarithms of their standard deviations, coefficients of covariates.
 */
export interface Layout {
  readonly curves: readonly Curve[]
  /** item → its first parameter; one more entry: where the items end */
  readonly at: Int32Array
  /** item → its first response in tables of responses; one more entry: how many there are */
  readonly responseAt: Int32Array
  readonly groups: number
  readonly columns: number
  readonly size: number
}

export function newLayout(curves: readonly Curve[], groups: number, columns: number): Layout {
  const at = new Int32Array(curves.length + 1)
  const responseAt = new Int32Array(curves.length + 1)
  curves.forEach((curve, j) => {
    at[j + 1] = at[j]! + parameterCount(curve)
    responseAt[j + 1] = responseAt[j]! + curve.scores.length
  })
  return { curves, at, responseAt, groups, columns, size: at[curves.length]! + 2 * groups + columns }
}

export function populationAt({ at, curves }: Layout): number {
  return at[curves.length]!
}

/**
 * Parameters that are estimated, in blocks that the complete data would estimate apart from each other: one per item,
 * and the population.
 */
export interface FreeParameters {
  /** free parameter → position in the vector */
  readonly positions: Int32Array
  /** block → its first free parameter; one more entry: how many there are */
  readonly blockAt: Int32Array
}

/** @param isFree  position → whether it is estimated */
export function freeParameters(layout: Layout, isFree: Uint8Array): FreeParameters {
  const positions: number[] = []
  const blockAt: number[] = []
  for (let j = 0; j <= layout.curves.length; j++) {
    blockAt.push(positions.length)
    const end = j < layout.curves.length ? layout.at[j + 1]! : layout.size
    for (let k = layout.at[j]!; k < end; k++) if (isFree[k] === 1) positions.push(k)
  }
  blockAt.push(positions.length)
  return { positions: Int32Array.from(positions), blockAt: Int32Array.from(blockAt) }
}
