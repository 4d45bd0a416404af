import { expect, test } from 'vitest'
import { asJob } from '#db/actor.ts'
import { newDatabase } from '#test/database.ts'
import { makeMergedCountry } from '#test/merged-country.ts'
import { borderChanges } from './border-changes.ts'
import { placeRegister } from './place-tree-store.ts'

const db = await newDatabase()
await makeMergedCountry(db)
const register = await asJob(db, (tx) => placeRegister(tx, 1))
const changes = borderChanges(register)

test('Varakļāni joins Madona and goes from region to region; from 2025/26 on figures are counted so', () => {
  const of = (joined: number[], left: number[]) => [{ day: '2025-07-01', schoolYear: 2026, joined, left }]
  expect(changes.get(11)).toEqual(of([12], []))
  expect(changes.get(2)).toEqual(of([12], []))
  expect(changes.get(3)).toEqual(of([], [12]))
})

test('a territory that only its own school left, the state, and one that nothing happened to, have no change', () => {
  expect(changes.get(13)).toEqual([{ day: '2025-07-01', schoolYear: 2026, joined: [15], left: [] }])
  expect(changes.get(1)).toBeUndefined()
  expect(changes.get(14)).toBeUndefined()
})

test('what happens after 1 October counts from the next school year on', () => {
  const late = {
    ...register,
    territories: new Map(register.territories).set(12, {
      kind: 'municipality' as const,
      spans: [{ from: null, until: '2025-10-02', territory: 3 }],
    }),
    successions: [{ kind: 'territory' as const, predecessor: 12, successor: 11, since: '2025-10-02' }],
  }
  expect(borderChanges(late).get(11)).toEqual([
    { day: '2025-10-02', schoolYear: 2027, joined: [12], left: [] },
  ])
})
