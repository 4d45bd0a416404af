import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { folderWith } from '#test/db/folders.ts'
import { addKey, removeKey } from './key-file.ts'
import { firstKeyId, KeysRefused } from './key-ring.ts'
import { deriveKey, type Keys, loadKeys } from './keys.ts'

const newFile = () => {
  const path = join(folderWith(), 'keys.json')
  loadKeys(path)
  return path
}
const plain = ({ current, keys }: Keys) => ({ current, keys })

test('a new key seals from then on, the old one stays, and the file stays its owner’s', () => {
  const path = newFile()
  const before = plain(loadKeys(path))
  expect(addKey(path)).toBe('2')
  const after = loadKeys(path)
  expect(after.current).toBe('2')
  expect(after.keys[1]).toEqual(before.keys[1])
  expect(after.keys[2]).not.toEqual(before.keys[1])
  expect(statSync(path).mode & 0o777).toBe(0o600)
  expect(readdirSync(join(path, '..'))).toEqual(['keys.json'])
})

test('no id is ever given twice, and the first key stays the first', () => {
  const path = newFile()
  addKey(path)
  expect(addKey(path)).toBe('3')
  removeKey(path, '2')
  expect(addKey(path)).toBe('4')
  removeKey(path, '3')
  expect(Object.keys(loadKeys(path).keys)).toEqual(['1', '4'])

  const named = join(folderWith(), 'keys.json')
  const key = Buffer.alloc(32, 1).toString('base64')
  writeFileSync(named, JSON.stringify({ current: 'office', keys: { office: key } }), { mode: 0o600 })
  expect([addKey(named), addKey(named)]).toEqual(['key-2', 'key-3'])
  expect(firstKeyId(loadKeys(named))).toBe('office')
})

test('the current key, the first key and a key that is not there cannot be taken out', () => {
  const path = newFile()
  addKey(path)
  const before = readFileSync(path, 'utf8')
  expect(() => removeKey(path, '2')).toThrow('is the current one')
  expect(() => removeKey(path, '1')).toThrow('by which people and learners are found')
  expect(() => removeKey(path, '7')).toThrow('no key 7')
  expect(readFileSync(path, 'utf8')).toBe(before)
})

test('while one command changes the file another is refused; what a dead one left is no hindrance', () => {
  const path = newFile()
  const before = readFileSync(path, 'utf8')
  writeFileSync(`${path}.new`, '')
  expect(() => addKey(path)).toThrow('Another command is changing')
  expect(readFileSync(path, 'utf8')).toBe(before)
  utimesSync(`${path}.new`, new Date(0), new Date(0))
  expect(addKey(path)).toBe('2')
})

test('a link to the key file is followed, not replaced', () => {
  const path = newFile()
  const link = join(folderWith(), 'link.json')
  symlinkSync(path, link)
  addKey(link)
  expect(loadKeys(path).current).toBe('2')
})

test('a key file that is missing, open to others or no key file gets no key', () => {
  const missing = join(folderWith(), 'keys.json')
  expect(() => addKey(missing)).toThrow('There is no key file')
  expect(readdirSync(join(missing, '..'))).toEqual([])
  const garbage = join(folderWith(), 'keys.json')
  writeFileSync(garbage, 'sentinel', { mode: 0o600 })
  expect(() => addKey(garbage)).toThrow(KeysRefused)
  expect(() => addKey(garbage)).not.toThrow('sentinel')
  expect(readFileSync(garbage, 'utf8')).toBe('sentinel')
})

test('who loaded the keys before a new one came opens with it at once and seals with it within a second', async () => {
  const path = newFile()
  const running = loadKeys(path)
  addKey(path)
  expect(running.current).toBe('1')
  expect(deriveKey(running, 'x', '2')).toEqual(deriveKey(loadKeys(path), 'x', '2'))
  await sleep(1_100)
  expect(running.current).toBe('2')
})

test('a key file taken away or spoilt does not stop who has read it', async () => {
  const path = newFile()
  const running = loadKeys(path)
  const key = deriveKey(running, 'x')
  writeFileSync(path, 'spoilt')
  await sleep(1_100)
  expect(deriveKey(running, 'x')).toEqual(key)
  expect(() => deriveKey(running, 'x', '9')).toThrow('no key 9')
})

test('a command may print the keys; what is wrong with it is said without its words', () => {
  const path = newFile()
  expect(plain(loadKeys(`!cat ${path}`))).toEqual(plain(loadKeys(path)))
  expect(() => loadKeys('!echo sentinel; exit 3')).toThrow('The command of IKMS_KEYS failed')
  expect(() => loadKeys('!echo sentinel')).toThrow('What the command of IKMS_KEYS prints is not a key file')
  for (const command of ['!echo sentinel >&2; exit 3', '!echo sentinel']) {
    expect(() => loadKeys(command)).not.toThrow('sentinel')
  }
})

test('processes that make the first key file at once all have the same', () => {
  const path = join(folderWith(), 'keys.json')
  const keysModule = JSON.stringify(join(import.meta.dirname, 'keys.ts'))
  const program = `import { loadKeys } from ${keysModule}; console.log(loadKeys(process.argv[1]).keys[1].toString('hex'))`
  const script = 'for i in 1 2 3; do "$0" --input-type=module -e "$1" "$2" & done; wait'
  const told = spawnSync('/bin/sh', ['-c', script, process.execPath, program, path], { encoding: 'utf8' })
  expect(told.stdout).toBe(`${loadKeys(path).keys[1]!.toString('hex')}\n`.repeat(3))
  expect(readdirSync(join(path, '..'))).toEqual(['keys.json'])
})
