import { join } from 'node:path'
import { expect, test } from 'vitest'
import { newFolder } from '../db/clusters.ts'
import { run } from '../serve/serving.ts'

const samples = join(import.meta.dirname, '..', '..', 'samples')
const folder = newFolder()

test('what was imported is listed, shown and told as a file on the command line too; mappings are kept there as well', async () => {
  expect((await run(['imports'], { folder })).out).toContain('Nothing was imported yet.')
  const mapping = join(samples, 'results.mapping.json')
  await run(['import', join(samples, 'results.csv'), '--mapping', mapping], { folder })
  await run(['import', mapping, '--mapping', mapping], { folder })

  const list = (await run(['imports'], { folder })).out.trim().split('\n')
  expect(list[0]).toMatch(/^2 {2}\S+Z {2}refused {2}results-two-rounds {2}results.mapping.json/)
  expect(list[1]).toMatch(/^1 {2}\S+Z {2}merged {2}results-two-rounds {2}results.csv {2}858 rows$/)
  expect((await run(['imports', 'show', '1', '--language', 'lv'], { folder })).out).toContain('Importēts.')
  const refusals = (await run(['imports', 'refusals', '2'], { folder })).out
  expect(refusals).toMatch(/^\uFEFFline,column,value,rule,what is wrong\n1,/)
  for (const number of ['99', 'one']) {
    const { code, error } = await run(['imports', 'show', number], { folder })
    expect([code, error.trim().split('\n').at(-1)]).toEqual([1, 'There is no such import.'])
  }

  expect((await run(['mappings'], { folder })).out).toContain('No mapping is kept.')
  for (const _ of [1, 2]) {
    expect((await run(['mappings', 'keep', mapping], { folder })).out).toContain('is kept as version 1.')
  }
  expect((await run(['mappings'], { folder })).out).toMatch(/^results-two-rounds {2}1 {2}/)
}, 180_000)
