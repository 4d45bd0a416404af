import { expect, test } from 'vitest'
import { purify } from './purification.ts'

test('purification ends when the same items are flagged twice, and says after how many rounds', () => {
  const seen: (readonly boolean[])[] = []
  const ours = purify(
    3,
    (anchors) => {
      seen.push(anchors)
      return anchors[0] ? [true, false, false] : [true, true, false]
    },
    (flag) => flag,
    10,
  )
  expect(ours).toMatchObject({ flagged: [0, 1], rounds: 2, converged: true })
  expect(seen).toEqual([
    [true, true, true],
    [false, true, true],
    [false, false, true],
  ])
})

test('flags that chase each other end at the bound, and it is said', () => {
  const ours = purify(
    2,
    (anchors) => (anchors[0] ? [true, false] : [false, true]),
    (flag) => flag,
    4,
  )
  expect(ours).toMatchObject({ rounds: 4, converged: false })
})

test('when every item is flagged there is nothing to match on, and it is said', () => {
  expect(
    purify(
      2,
      () => [true, true],
      (flag) => flag,
      4,
    ),
  ).toMatchObject({ flagged: [0, 1], rounds: 0, converged: false })
})
