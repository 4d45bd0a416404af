import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { folderWith } from '#test/db/folders.ts'
import { deriveKey, loadKeys } from './keys.ts'

const file = () => join(folderWith(), 'keys.json')
const zeros = { current: 'a', keys: { a: Buffer.alloc(32), b: Buffer.alloc(32, 1) } }

test('a missing key file is made, for its owner only, and read again as it was', () => {
  const path = file()
  const made = loadKeys(path)
  expect(statSync(path).mode & 0o777).toBe(0o600)
  expect(loadKeys(path)).toEqual(made)
  expect(loadKeys(file())).not.toEqual(made)
})

test('a key file that others may read is refused', () => {
  const path = file()
  loadKeys(path)
  chmodSync(path, 0o640)
  expect(() => loadKeys(path)).toThrow(`chmod 600 ${path}`)
})

test.each([
  ['no JSON', 'sentinel'],
  ['a short key', '{"current":"1","keys":{"1":"c2VudGluZWw="}}'],
  [
    'a current key that is not there',
    `{"current":"2","keys":{"1":"${Buffer.alloc(32).toString('base64')}"}}`,
  ],
])('%s is refused without repeating what it says', (_, content) => {
  const path = file()
  writeFileSync(path, content, { mode: 0o600 })
  expect(() => loadKeys(path)).toThrow('not a key file')
  expect(() => loadKeys(path)).not.toThrow(/sentinel|c2VudGluZWw/)
  expect(readFileSync(path, 'utf8')).toBe(content)
})

test('derivation gives what OpenSSL 3.0.19 gives', () => {
  // openssl kdf -keylen 32 -kdfopt digest:SHA256 -kdfopt hexkey:00…00 (32 bytes) -kdfopt info:ikms/x HKDF
  const expected = 'f6043d6080ba6d367a51a2564f703c3da0cc0c509100ee1f8bb55921d0edd87a'
  expect(deriveKey(zeros, 'x').toString('hex')).toBe(expected)
})

test('purposes and master keys lead to different keys; an unknown master key is refused', () => {
  const derived = [deriveKey(zeros, 'x'), deriveKey(zeros, 'y'), deriveKey(zeros, 'x', 'b')]
  expect(new Set(derived.map(String)).size).toBe(3)
  expect(() => deriveKey(zeros, 'x', 'c')).toThrow('no key c')
})
