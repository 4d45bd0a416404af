import type { Score } from '#modules/checks/model.ts'

/** Which part of what was asked is in order, 0–1, cut to a tenth of a per cent: 100 % is said only where nothing is wrong. */
export function inOrder({ asked, faults }: Score): number {
  return Math.floor((1 - faults / asked) * 1000) / 1000
}
