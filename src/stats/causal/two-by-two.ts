import { type RobustRegression, robustRegression } from './robust-regression.ts'

/** Mean of one group before and after, and the standard error of its change. */
export interface GroupChange {
  readonly before: number
  readonly after: number
  readonly changeError: number
}

/**
 * Difference in differences of published means: change of the treated − change of the control group. The
 * groups are taken as independent samples.
 *
 * @returns both changes, effect and its standard error √(se² + se²)
 * @throws  RangeError if a number is not finite or an error negative
 * @see     Card, Krueger (1994), American Economic Review 84, 772–793, Table 3
 */
export function differenceOfChanges(treated: GroupChange, control: GroupChange) {
  for (const { before, after, changeError } of [treated, control]) {
    if (
      !Number.isFinite(before) ||
      !Number.isFinite(after) ||
      !(changeError >= 0 && changeError < Infinity)
    ) {
      throw new RangeError('differenceOfChanges requires finite means and errors of 0 or more')
    }
  }
  const treatedChange = treated.after - treated.before
  const controlChange = control.after - control.before
  const standardError = Math.hypot(treated.changeError, control.changeError)
  return { treatedChange, controlChange, effect: treatedChange - controlChange, standardError }
}

/**
 * Difference in differences of two groups and two periods from rows: y on treated, after and their product.
 *
 * @param y         outcome per row
 * @param treated   does the row belong to the treated group?
 * @param after     is it from the later period?
 * @param clusters  unit of each row: rows of the same unit are not independent
 * @returns         coefficients in the order constant, treated, after, effect, with three kinds of errors
 * @throws          RangeError if one of the four cells is empty or shapes do not fit
 */
export function twoByTwo(
  y: ArrayLike<number>,
  treated: ArrayLike<boolean | number>,
  after: ArrayLike<boolean | number>,
  clusters?: ArrayLike<number | string>,
): RobustRegression & { readonly effect: number } {
  const rows = y.length
  if (treated.length !== rows || after.length !== rows)
    throw new RangeError('twoByTwo requires two marks per row')
  const x = new Float64Array(rows * 4)
  for (let i = 0; i < rows; i++) {
    const group = treated[i] ? 1 : 0
    const late = after[i] ? 1 : 0
    x.set([1, group, late, group * late], 4 * i)
  }
  const found = robustRegression({ x, y, rows, columns: 4, clusters })
  if (found.aliased.includes(1)) throw new RangeError('twoByTwo requires rows of both groups in both periods')
  return { ...found, effect: found.coefficients[3]! }
}
