export { bfgs } from './bfgs.ts'
export { brentMinimise, brentRoot } from './brent.ts'
export { nelderMead } from './nelder-mead.ts'
export { newton } from './newton.ts'

/** Where a minimum was found. `converged` false: the bound on iterations was hit; x is the best so far. */
export interface Minimum {
  readonly x: Float64Array
  readonly value: number
  readonly iterations: number
  readonly converged: boolean
}
