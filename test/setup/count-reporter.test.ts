import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'

const project = join(import.meta.dirname, '..', '..')
const folder = mkdtempSync(join(project, 'node_modules', '.reporter-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Runs a planted test file under our reporter; returns how it ended. */
function run(tests: string, environment: Record<string, string>) {
  writeFileSync(join(folder, 'planted.test.ts'), `import { expect, test } from 'vitest'\n${tests}`)
  const config = `export default { test: { reporters: [${JSON.stringify(join(project, 'test/setup/count-reporter.ts'))}] } }`
  writeFileSync(join(folder, 'vitest.config.ts'), config)
  const { VITEST: _v, IKMS_REFERENCE: _r, ...rest } = process.env
  const { status, stdout } = spawnSync(
    process.execPath,
    [join(project, 'node_modules/vitest/vitest.mjs'), 'run', '--root', folder],
    { env: { ...rest, ...environment }, encoding: 'utf8' },
  )
  return { status, last: stdout.trimEnd().split('\n').slice(-2) }
}

const one = `test('a thing holds', () => expect(1).toBe(1))\n`
const skipped = `test.skip('agrees with R: something', () => {})\n`

test('a good run ends with its counts and leaves quietly', () => {
  expect(run(one, {})).toMatchObject({ status: 0, last: ['1 passed, 0 failed, 0 skipped'] })
})

test('a failed test is counted and fails the run', () => {
  const { status, last } = run(`${one}test('another', () => expect(1).toBe(2))`, {})
  expect(status).toBe(1)
  expect(last.at(-1)).toBe('1 passed, 1 failed, 0 skipped')
})

test('without reference data a skipped agreement test is only skipped', () => {
  const { status, last } = run(one + skipped, {})
  expect(status).toBe(0)
  expect(last.at(-1)).toBe('1 passed, 0 failed, 1 skipped')
})

test('with reference data one skipped agreement test fails the run', () => {
  const { status, last } = run(one + skipped, { IKMS_REFERENCE: '/somewhere' })
  expect(status).toBe(1)
  expect(last).toEqual(['agreement cases run / expected: 0 / 1', '1 passed, 1 failed, 0 skipped'])
})

test('a file that cannot be loaded fails the run', () => {
  const { status, last } = run(`throw new Error('broken')`, {})
  expect(status).toBe(1)
  expect(last.at(-1)).toBe('0 passed, 1 failed, 0 skipped')
})
