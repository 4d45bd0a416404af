import type { LinkedTables } from './tables.ts'

/** How far the sum of each fact may move from where the true numbers put it: down ≤ 0 ≤ up. */
export interface Slack {
  readonly down: Float64Array
  readonly up: Float64Array
}

export function slackOf(tables: LinkedTables): Slack {
  const { values, factStart, factCell, coefficient } = tables
  const down = tables.low.slice()
  const up = tables.high.slice()
  for (let fact = 0; fact < down.length; fact++) {
    let activity = 0
    for (let at = factStart[fact]!; at < factStart[fact + 1]!; at++) {
      activity += coefficient[at]! * values[factCell[at]!]!
    }
    down[fact]! -= activity
    up[fact]! -= activity
  }
  return { down, up }
}
