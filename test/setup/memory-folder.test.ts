import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { afterFile } from '../after-file.ts'
import { memoryFolder } from './memory-folder.ts'

const PLENTY = 64e9 // bytes
const memory = mkdtempSync(join(tmpdir(), 'ikms-memory-'))
afterFile(() => rmSync(memory, { recursive: true, force: true }))

test('without memory to spare, or without such a place, the temporary folder of the system stays', () => {
  expect(memoryFolder(memory, 1e9)).toBeUndefined()
  expect(memoryFolder(memory, PLENTY, 1e18)).toBeUndefined()
  expect(memoryFolder(join(memory, 'nowhere'), PLENTY)).toBeUndefined()
  expect(readdirSync(memory)).toEqual([])
})

test('a place that is no folder of ours is left alone', () => {
  const file = join(memory, 'file')
  writeFileSync(file, '')
  expect(memoryFolder(file, PLENTY, 0)).toBeUndefined()
})

test('the account of PostgreSQL can pass through the folder, and trying it leaves nothing behind', () => {
  const folder = memoryFolder(memory, PLENTY, 0)!
  expect(statSync(folder).mode & 0o777).toBe(0o711)
  expect(readdirSync(folder)).toEqual([])
  chmodSync(folder, 0o700)
  expect(memoryFolder(memory, PLENTY, 0)).toBe(folder) // a second run takes the same one
  expect(statSync(folder).mode & 0o777).toBe(0o711)
})
