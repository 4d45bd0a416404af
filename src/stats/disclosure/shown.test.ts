import fc from 'fast-check'
import { expect, test } from 'vitest'
import { groupAt, moveStore } from './shown.ts'

const move = fc.uniqueArray(fc.nat(99), { maxLength: 5 }).map((cells) => ({
  cells: Int32Array.from(cells).sort(),
  changes: cells.map((cell) => cell - 50),
}))
const groups = fc.array(fc.array(move, { minLength: 1, maxLength: 3 }), { maxLength: 9 })

test('groups of moves come out as they went in, those that are kept', () => {
  fc.assert(
    fc.property(groups, fc.nat(511), (entered, marks) => {
      const isKept = (group: number) => ((marks >> group) & 1) === 1
      const store = moveStore()
      for (const moves of entered) expect(store.push(moves)).toBe(true)
      entered.forEach((moves, group) => {
        expect([...store.cellsOf(group)]).toEqual(moves.flatMap(({ cells }) => [...cells]))
      })
      const kept = store.keep(isKept)
      const wanted = entered.filter((_, group) => isKept(group))
      expect(kept.groupStart).toHaveLength(wanted.length + 1)
      wanted.forEach((moves, group) => {
        const plain = groupAt(kept, group).map(({ cells, changes }) => [[...cells], Array.from(changes)])
        expect(plain).toEqual(moves.map(({ cells, changes }) => [[...cells], changes]))
      })
    }),
  )
})
test('a change that 32 bits do not hold is not kept, and neither is the group', () => {
  const store = moveStore()
  expect(store.push([{ cells: Int32Array.of(1), changes: [2 ** 31] }])).toBe(false)
  expect(store.length).toBe(0)
})
