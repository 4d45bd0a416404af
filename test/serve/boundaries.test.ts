import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { newFolder } from '../db/clusters.ts'
import { run } from './serving.ts'

/** `ikms boundaries import` as an operator runs it. */
const folder = newFolder()
const samples = join(import.meta.dirname, '..', '..', 'samples')

beforeAll(async () => {
  const mapping = join(samples, 'results.mapping.json')
  await run(['import', join(samples, 'results.csv'), '--mapping', mapping], { folder })
}, 180_000)

const file = join(folder, 'borders.geojson')
const take = (content: string | Buffer, day = '2021-07-01') => {
  writeFileSync(file, content)
  const words = ['--source', 'Made up for a test', '--licence', 'CC0', '--property', 'code']
  return run(['boundaries', 'import', file, '--valid-from', day, ...words], { folder })
}
const country = (code: string) =>
  JSON.stringify({
    type: 'FeatureCollection',
    features: [
      {
        type: 'Feature',
        properties: { code },
        geometry: {
          type: 'Polygon',
          coordinates: [
            [
              [24, 56],
              [25, 56],
              [25, 57],
              [24, 57],
              [24, 56],
            ],
          ],
        },
      },
    ],
  })

test('borders are taken over; the command tells how fine they are and what has none', async () => {
  const taken = await take(country('1'))
  expect(taken).toMatchObject({
    code: 0,
    out: expect.stringContaining('The map has 1 areas; of 5 points 5 are kept.'),
  })
  expect(taken.out).toContain('Without borders, in tables only: Pašvaldība 2')
  expect((await take(country('1'))).out).toContain('nothing has changed')
}, 120_000)

test('what is wrong is said in a few lines without a trace of the program', async () => {
  const wrong: [content: string | Buffer, told: string, day?: string][] = [
    [country('nowhere'), 'the register has no municipality with the code nowhere'],
    ['<kml/>', 'it is no JSON'],
    [Buffer.from([0xff, 0xfe, 0x7b]), 'is not written in UTF-8'],
    [country('1'), '--valid-from must be a day YYYY-MM-DD', '1.7.2021'],
  ]
  for (const [content, told, day] of wrong) {
    const { code, error } = await take(content, day)
    expect([code, error]).toEqual([1, expect.stringContaining(told)])
    expect(error).not.toContain('    at ')
  }
}, 120_000)
