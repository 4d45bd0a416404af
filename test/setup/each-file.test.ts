import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { afterFile, undoAll } from '../after-file.ts'

const project = join(import.meta.dirname, '..', '..')

test('what was put off is done once, what was made last first; a fault is told when all had their turn', async () => {
  const done: string[] = []
  afterFile(() => done.push('folder'))
  afterFile(() => {
    throw new Error('not stopped')
  })
  afterFile(async () => done.push('server'))
  await expect(undoAll()).rejects.toThrow('not stopped')
  expect(done).toEqual(['server', 'folder'])
  await undoAll()
  expect(done).toEqual(['server', 'folder'])
})

test('no helper hooks into the file that loads it first: in a shared process the others would go without', () => {
  const helpers = globSync('{src,test}/**/*.ts', { cwd: project }).filter(
    (file) => !file.endsWith('.test.ts') && file !== 'test/setup/each-file.ts',
  )
  expect(helpers.length).toBeGreaterThan(500)
  const hooked = helpers.filter((file) =>
    /^(before|after)(All|Each)\(/m.test(readFileSync(join(project, file), 'utf8')),
  )
  expect(hooked).toEqual([])
})
