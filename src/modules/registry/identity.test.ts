import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import type { Keys } from '#db/keys.ts'
import { sealer } from './identity.ts'

const first: Keys = { current: '1', keys: { 1: randomBytes(32) } }
const second: Keys = { current: '2', keys: { ...first.keys, 2: randomBytes(32) } }
const name = 'Ēriks Ķirsis „O’Hara” 🙂'

test('a sealed name opens to the same letters and looks different every time', () => {
  const { seal, open } = sealer(first)
  expect(open('name', seal('name', name))).toBe(name)
  expect(open('name', seal('name', ''))).toBe('')
  expect(seal('name', name)).not.toEqual(seal('name', name))
  expect(seal('name', name).includes(Buffer.from('Ķirsis'))).toBe(false)
})

test('a sealed value with one changed bit, anywhere, does not open', () => {
  const { seal, open } = sealer(first)
  const sealed = seal('code', '010190-12345')
  for (let at = 0; at < sealed.length; at++) {
    const changed = Buffer.from(sealed)
    changed[at]! ^= 1
    expect(() => open('code', changed), `byte ${at}`).toThrow()
  }
  expect(() => open('code', sealed.subarray(0, 20))).toThrow()
})

test('a sealed name cannot be passed off as a code', () => {
  const { seal, open } = sealer(first)
  expect(() => open('code', seal('name', name))).toThrow()
})

test('after a new key is added, values sealed with the old one still open; without the old one they do not', () => {
  const old = sealer(first).seal('name', name)
  expect(sealer(second).open('name', old)).toBe(name)
  expect(() => sealer({ current: '2', keys: { 2: second.keys[2]! } }).open('name', old)).toThrow(/no key 1/)
})

test('a key added while a long import seals is the one it seals with from then on', () => {
  const keys = { current: '1', keys: second.keys }
  const { seal, open } = sealer(keys)
  const before = seal('name', name)
  keys.current = '2'
  const after = seal('name', name)
  expect([before, after].map((sealed) => sealed.toString('utf8', 1, 2))).toEqual(['1', '2'])
  expect([open('name', before), open('name', after)]).toEqual([name, name])
})

test('after a new key is added, learners and people are found as before', () => {
  expect(sealer(second).hashCode('010190-12345')).toEqual(sealer(first).hashCode('010190-12345'))
  expect(sealer(second).hashName('1', name)).toEqual(sealer(first).hashName('1', name))
})

test('a personal code is the same learner with and without its dash; another code is another learner', () => {
  const { hashCode } = sealer(first)
  expect(hashCode('010190-12345')).toEqual(hashCode('01019012345'))
  expect(hashCode('010190-12345')).not.toEqual(hashCode('010190-12346'))
  expect(hashCode('A-1')).not.toEqual(hashCode('A1'))
  expect(hashCode('1')).toHaveLength(32)
})

test('equal names of two learners cannot be told to be equal', () => {
  const { hashName } = sealer(first)
  expect(hashName('1', name)).toEqual(hashName('1', name))
  expect(hashName('1', name)).not.toEqual(hashName('2', name))
  expect(hashName('1', name)).not.toEqual(hashName('1', 'Ēriks Bērziņš'))
})
