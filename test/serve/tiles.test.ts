import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Territory, TileMap } from '#modules/registry/model.ts'
import { newFolder } from '../db/clusters.ts'
import { freePort, run, type Serving, serve, until } from './serving.ts'

/** `ikms tiles import` as an operator runs it, beside a system that people use. */
const folder = newFolder()
const samples = join(import.meta.dirname, '..', '..', 'samples')
const port = await freePort()
let server: Serving

beforeAll(async () => {
  const mapping = join(samples, 'results.mapping.json')
  await run(['import', join(samples, 'results.csv'), '--mapping', mapping], { folder })
  server = await serve({ folder, port, webProcesses: 2 })
}, 180_000)
afterAll(async () => {
  server?.child.kill('SIGTERM')
  await server?.ended
}, 30_000)

const read = async <Answer>(path: string) =>
  (await (await fetch(`${server.address}/api/v1${path}`)).json()) as Answer
const take = (content: string | Buffer, source = 'Made up for a test') => {
  const file = join(folder, 'tiles.csv')
  writeFileSync(file, content)
  return run(['tiles', 'import', file, '--source', source], { folder })
}

test('a map is there for everybody as soon as it was taken over; the command tells what has no square', async () => {
  const { items } = await read<{ items: Territory[] }>('/territories?kind=municipality')
  const content = `atvk,short,col,row\n${items[0]!.code},I,0,0\n${items[1]!.code},II,1,0\n`
  const taken = await take(content)
  expect(taken).toMatchObject({ code: 0, out: expect.stringContaining('The tile map has 2 squares.') })
  expect(taken.out).toContain(`in tables only: ${items[2]!.name.lv}`)
  await until(async () => (await read<{ tiles: boolean }>('/config')).tiles, 5000)
  expect((await read<TileMap>('/tile-map')).items.map(({ short }) => short)).toEqual(['I', 'II'])
  expect((await take(`\uFEFF${content}`)).out).toContain('nothing has changed')
})

test('what is wrong is said in a few lines without a trace of the program, and the map in force stays', async () => {
  const before = await read<TileMap>('/tile-map')
  const wrong: [content: string | Buffer, told: string, source?: string][] = [
    ['atvk,short,col,row\nnowhere,X,0,0\n', 'line 2: the register has no municipality "nowhere"'],
    ['code;name\n1;2\n', 'there is no column atvk, short, col, row'],
    ['', 'there is no column'],
    [Buffer.from('atvk,name,short,col,row\n,R\xeezekne,REZ,0,0\n', 'latin1'), 'is not written in UTF-8'],
    ['atvk,short,col,row\n1,I,0,0\n', 'say who drew the map', ' '],
  ]
  for (const [content, told, source] of wrong) {
    const { code, error } = await take(content, source)
    expect([code, error]).toEqual([1, expect.stringContaining(told)])
    expect(error).not.toContain('    at ')
  }
  const absent = await run(['tiles', 'import', join(folder, 'none.csv'), '--source', 'x'], { folder })
  expect([absent.code, absent.error]).toEqual([1, expect.stringContaining('cannot be read (ENOENT)')])
  expect(await read<TileMap>('/tile-map')).toEqual(before)
})
