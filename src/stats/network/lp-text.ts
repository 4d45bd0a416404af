import type { LinearProgramme } from './linear-programme.ts'

/**
 * The programme in CPLEX LP format, which most solvers read. Variables are written v0, v1 … and rows r0,
 * r1 …, so that names with spaces or Latvian letters cannot break the text; map answers back by number.
 *
 * @returns  text of Minimize, Subject To, Bounds, General and End; numbers at full precision
 * @see      https://lp-format.readthedocs.io
 */
export function lpText(programme: LinearProgramme): string {
  const { costs, low, high, integer, rowStarts, columns, coefficients, rowLow, rowHigh } = programme
  const lines = ['Minimize', ` obj: ${sumText(costs.keys().toArray(), costs)}`, 'Subject To']
  for (let r = 0; r < rowLow.length; r++) {
    const from = rowStarts[r]!
    const to = rowStarts[r + 1]!
    const row = sumText(columns.subarray(from, to), coefficients.subarray(from, to))
    if (rowLow[r] === rowHigh[r]) lines.push(` r${r}: ${row} = ${rowLow[r]}`)
    else {
      if (rowHigh[r]! < Infinity) lines.push(` r${r}: ${row} <= ${rowHigh[r]}`)
      if (rowLow[r]! > -Infinity) lines.push(` r${r}l: ${row} >= ${rowLow[r]}`)
    }
  }
  lines.push('Bounds')
  for (let v = 0; v < costs.length; v++)
    lines.push(` ${boundText(low[v]!)} <= v${v} <= ${boundText(high[v]!)}`)
  const whole = [...integer.keys()].filter((v) => integer[v])
  if (whole.length > 0) lines.push('General', ...whole.map((v) => ` v${v}`))
  return `${lines.join('\n')}\nEnd\n`
}

function sumText(variables: ArrayLike<number>, coefficients: ArrayLike<number>): string {
  const terms: string[] = []
  for (let at = 0; at < variables.length; at++) {
    const coefficient = coefficients[at]!
    if (coefficient !== 0)
      terms.push(`${coefficient < 0 ? '-' : '+'} ${Math.abs(coefficient)} v${variables[at]}`)
  }
  return terms.length > 0 ? terms.join(' ') : `0 v${variables[0] ?? 0}`
}

function boundText(bound: number): string {
  return bound === Infinity ? '+inf' : bound === -Infinity ? '-inf' : String(bound)
}
