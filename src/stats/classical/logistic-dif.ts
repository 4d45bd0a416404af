import { chiSquareCumulative } from '../numeric/distributions.ts'
import { irls } from '../numeric/irls.ts'
import { checkDifData, type DifData, type DifTable, difTables } from './dif-tables.ts'
import { type Purified, purify } from './purification.ts'
import type { DifOptions } from './table-dif.ts'

/**
 * What is asked: `uniform` is the item harder for one group at every score, `nonuniform` does it discriminate
 * otherwise, `both` either.
 */
export type LogisticQuestion = 'uniform' | 'nonuniform' | 'both'

export interface LogisticDif {
  /** likelihood ratio; 1 degree of freedom, 2 for `both`; null where everyone answered alike */
  readonly chiSquare: number | null
  readonly df: 1 | 2
  readonly p: number | null
  /** gain in Nagelkerke's R², 0–1 */
  readonly gain: number | null
  /** by the gain, if significant: A negligible, B from 0.035, C above 0.07 (Jodoin & Gierl 2001) */
  readonly size: 'A' | 'B' | 'C' | null
  /** of the larger of the two models compared, on the logit: group and interaction are focal less reference */
  readonly coefficients: LogitCoefficients
  /** of the smaller model: what remains if there is no difference */
  readonly withoutDifference: LogitCoefficients
  /** `separation`: a coefficient grows without end, the test is the limit */
  readonly warning: 'no variation' | 'separation' | 'not converged' | null
}

export interface LogitCoefficients {
  readonly intercept: number
  readonly score: number
  readonly group: number
  readonly interaction: number
}

/**
 * Differential item functioning by logistic regression of each answer on the matching score and the group.
 *
 * @param level  of the test that flags; the flagged items leave the matching score (purification)
 * @throws       RangeError if answers are not 0/1, a group is empty, sizes do not fit or the level is not 0–1
 * @see          Swaminathan & Rogers (1990), https://doi.org/10.1111/j.1745-3984.1990.tb00754.x; Jodoin & Gierl (2001),
 *               https://doi.org/10.1207/S15324818AME1404_2
 */
export function logisticDif(
  data: DifData,
  question: LogisticQuestion = 'both',
  { level = 0.05, rounds = 10 }: DifOptions = {},
): Purified<LogisticDif> {
  checkDifData(data)
  if (!(level > 0 && level < 1)) throw new RangeError('logisticDif requires a level between 0 and 1')
  const test = (anchors: readonly boolean[]) =>
    anchors.map((_, item) => oneItem(difTables(data, item, anchors), question, level))
  const flagged = ({ p }: LogisticDif) => p !== null && p < level
  return purify(data.answers.items, test, flagged, data.matching ? 0 : rounds)
}

const none: LogitCoefficients = { intercept: 0, score: 0, group: 0, interaction: 0 }

function oneItem(tables: readonly DifTable[], question: LogisticQuestion, level: number): LogisticDif {
  const df = question === 'both' ? 2 : 1
  const right = tables.reduce((total, t) => total + t.referenceRight + t.focalRight, 0)
  const persons = right + tables.reduce((total, t) => total + t.referenceWrong + t.focalWrong, 0)
  if (right === 0 || right === persons) {
    const unknown = { chiSquare: null, p: null, gain: null, size: null }
    return { ...unknown, df, coefficients: none, withoutDifference: none, warning: 'no variation' }
  }
  const small = regression(tables, question === 'nonuniform' ? 3 : 2)
  const large = regression(tables, question === 'uniform' ? 3 : 4)
  const chiSquare = Math.max(0, small.deviance - large.deviance)
  const p = chiSquareCumulative(chiSquare, df, 'upper')
  const nothing = -2 * (right * Math.log(right / persons) + (persons - right) * Math.log1p(-right / persons))
  const gain = nagelkerke(nothing, large.deviance, persons) - nagelkerke(nothing, small.deviance, persons)
  const warning =
    small.separated || large.separated
      ? 'separation'
      : small.converged && large.converged
        ? null
        : 'not converged'
  return {
    chiSquare,
    df,
    p,
    gain,
    size: p >= level || gain < 0.035 ? 'A' : gain <= 0.07 ? 'B' : 'C',
    coefficients: large.coefficients,
    withoutDifference: small.coefficients,
    warning,
  }
}

/** Persons of one score, group and answer make one row with their number as weight. */
function regression(tables: readonly DifTable[], columns: 2 | 3 | 4) {
  const rows = tables.flatMap((t) =>
    [
      { group: 0, y: 1, n: t.referenceRight },
      { group: 0, y: 0, n: t.referenceWrong },
      { group: 1, y: 1, n: t.focalRight },
      { group: 1, y: 0, n: t.focalWrong },
    ]
      .filter(({ n }) => n > 0)
      .map((row) => ({ ...row, x: [1, t.score, row.group, t.score * row.group].slice(0, columns) })),
  )
  const { coefficients, deviance, converged, warnings } = irls({
    x: Float64Array.from(rows.flatMap(({ x }) => x)),
    y: rows.map(({ y }) => y),
    rows: rows.length,
    columns,
    family: 'binomial',
    weights: rows.map(({ n }) => n),
  })
  const [intercept = 0, score = 0, group = 0, interaction = 0] = coefficients
  return {
    deviance,
    converged,
    separated: warnings.includes('separation'),
    coefficients: { intercept, score, group, interaction },
  }
}

function nagelkerke(nothing: number, deviance: number, persons: number): number {
  return -Math.expm1((deviance - nothing) / persons) / -Math.expm1(-nothing / persons)
}
