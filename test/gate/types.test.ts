import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'

const project = join(import.meta.dirname, '..', '..')
const house = mkdtempSync(join(tmpdir(), 'ikms-types-'))
afterAll(() => rmSync(house, { recursive: true, force: true }))

/** What a planted file may use; it stands where the files of publications stand. */
const ground = `
import { z } from 'zod'
import type { Tx } from '#db/actor.ts'
import { createRoute, json, newApi } from '#http/route.ts'
import { type CheckedExtract, type Circumstances, extractCsv, type FreeRow, fromFrozenRelease, type ProtectedCell, type Released, release } from '#modules/disclosure/index.ts'
import { type CubeCell, cubeCells, type Indicator } from '#modules/indicators/index.ts'
import type { FreeTable, Profile, UnitFigure } from '#modules/publications/model.ts'
import type { UnitRow } from '#modules/registry/index.ts'
import { cellsCsv } from '#modules/publications/cells-csv.ts'
import { cellsOf, figuresOf } from '#modules/publications/figures.ts'
import { addCells, releasedCells } from '#modules/publications/store.ts'
import { ToldFreeTable, ToldProfile, ToldUnitFigure } from '#modules/publications/told.ts'
import { type VisibleCell, visibleCells } from '#modules/publications/visible.ts'
import type { Cell } from '#terms/cell.ts'

export const used = { z, createRoute, json, newApi, fromFrozenRelease, release, cubeCells, cellsCsv, cellsOf, figuresOf, addCells,
  releasedCells, visibleCells, extractCsv, ToldFreeTable, ToldProfile, ToldUnitFigure }
declare const tx: Tx
declare const cube: CubeCell[]
declare const bare: ProtectedCell[]
declare const made: UnitFigure[]
declare const profile: Profile
declare const indicator: Indicator
declare const circumstances: Circumstances
declare const unit: UnitRow
declare const visible: VisibleCell[]
declare const cell: Cell
declare const version: Profile['dataVersion']
declare const table: FreeTable
declare const noisy: FreeRow
declare const extract: CheckedExtract
declare const asked: Parameters<typeof visibleCells>
export type Names = [typeof tx, typeof cube, typeof bare, typeof made, typeof profile, typeof indicator, typeof circumstances, typeof unit,
  typeof visible, typeof cell, typeof version, typeof asked, typeof table, typeof noisy, typeof extract,
  Released<ProtectedCell>]
const list = createRoute({ method: 'get', path: '/list', responses: { 200: json(z.object({ items: z.array(ToldUnitFigure) }), 'x') } })
const one = createRoute({ method: 'get', path: '/one', responses: { 200: json(ToldProfile, 'x') } })
const free = createRoute({ method: 'get', path: '/free', responses: { 200: json(ToldFreeTable, 'x') } })
const api = newApi()
export { api, free, list, one }
`

const allowed = {
  'a job freezes what came through the gate': `await addCells(tx, 1, release(cube, 'public', circumstances).told)`,
  'a page is drawn from released cells': `figuresOf([indicator], unit, [], await releasedCells(tx, 1, {}))`,
  'a page is drawn from what its caller may see': `figuresOf([indicator], unit, [], await visibleCells(...asked))`,
  'a route answers with figures of visible cells': `api.openapi(list, (c) => c.json({ items: cellsOf(indicator, unit, visible).map((cell) => ({ unit: made[0]!.unit, cell })) }, 200))`,
  'a page of a unit is answered with figures of visible cells': `api.openapi(one, (c) => c.json({ ...profile, figures: figuresOf([indicator], unit, [], visible) }, 200))`,
  'a free table is answered with rows that were told with noise': `api.openapi(free, (c) => c.json({ ...table, rows: [{ unit: made[0]!.unit, cell: noisy.cell }] }, 200))`,
  'an extract that met its demand is written': `extractCsv(extract)`,
}

const refused = {
  'a free table made by hand is answered': `api.openapi(free, (c) => c.json(table, 200))`,
  'a true count is answered as if it had noise': `api.openapi(free, (c) => c.json({ ...table, rows: [{ unit: made[0]!.unit, cell: { categories: {}, n: cube[0]!.n, low: 0, high: 0, absent: null as null } }] }, 200))`,
  'rows that were not checked are written': `extractCsv({ header: [], columns: [], report: extract.report, leftOut: 0 })`,
  'a changed copy of an extract is written': `extractCsv({ ...extract, columns: [] })`,
  'cells of a cube are frozen': `await addCells(tx, 1, cube)`,
  'cells of a cube are frozen as if nothing were hidden': `await addCells(tx, 1, cube.map((each) => ({ ...each, absent: null, spreadAbsent: null })))`,
  'cells of the right shape that never saw the gate are frozen': `await addCells(tx, 1, bare)`,
  'what somebody sees under a duty of care is frozen': `await addCells(tx, 1, await visibleCells(...asked))`,
  'a release is a changed copy': `await addCells(tx, 1, release(cube, 'public', circumstances).told.map((each) => ({ ...each, n: 3, absent: null as null })))`,
  'cells of a cube become a page': `figuresOf([indicator], unit, [], await cubeCells(tx, 1, {}))`,
  'cells of a cube become a page as if nothing were hidden': `figuresOf([indicator], unit, [], cube.map((each) => ({ ...each, absent: null, spreadAbsent: null })))`,
  'cells of the right shape that never saw the gate become a page': `figuresOf([indicator], unit, [], bare)`,
  'cells of a cube become a list': `cellsOf(indicator, unit, cube)`,
  'a cell made by hand is answered': `api.openapi(list, (c) => c.json({ items: [{ unit: made[0]!.unit, cell }] }, 200))`,
  'a list made by hand is answered': `api.openapi(list, (c) => c.json({ items: made }, 200))`,
  'a cell of a cube is answered': `api.openapi(list, async (c) => c.json({ items: (await cubeCells(tx, 1, {})).map((each) => ({ unit: made[0]!.unit, cell: each })) }, 200))`,
  'a page made by hand is answered': `api.openapi(one, (c) => c.json(profile, 200))`,
  'a list made by hand is written as CSV': `cellsCsv(made, 'lv', version)`,
  'cells of a cube are called a frozen release': `fromFrozenRelease(cube)`,
}

const faults = compile({ ...allowed, ...refused })

/** What the compiler says of each planted file, all in one run with the settings of the project. */
function compile(plants: Record<string, string>): Map<string, string> {
  mkdirSync(join(house, 'plants'))
  for (const name of ['src', 'node_modules', 'package.json'])
    symlinkSync(join(project, name), join(house, name))
  const files = Object.entries(plants).map(([name, code], at) => ({ name, file: `plants/${at}.ts`, code }))
  for (const { file, code } of files) writeFileSync(join(house, file), `${ground}\n${code}\n`)
  writeFileSync(
    join(house, 'tsconfig.json'),
    JSON.stringify({
      extends: join(project, 'tsconfig.json'),
      compilerOptions: { rootDirs: ['.'], preserveSymlinks: false },
      include: ['plants'],
    }),
  )
  const compiler = join(project, 'node_modules', 'typescript', 'bin', 'tsc')
  const { stdout } = spawnSync(process.execPath, [compiler, '-p', house, '--pretty', 'false'], {
    encoding: 'utf8',
    cwd: house,
  })
  return new Map(
    files.map(({ name, file }) => {
      const said = stdout.split('\n').filter((line) => line.includes(`${file}(`))
      return [name, said.join('\n')]
    }),
  )
}

describe('what the gate allows compiles', () => {
  test.each(Object.keys(allowed))('%s', (name) => {
    expect(faults.get(name)).toBe('')
  })
})

describe('what goes around the gate does not compile', () => {
  test.each(Object.keys(refused))('%s', (name) => {
    // Nothing but the planted act is at fault: the last line of the file.
    const line = ground.split('\n').length + 1
    expect(faults.get(name)).toMatch(new RegExp(String.raw`\(${line},\d+\): error TS(2345|2322|2769|2741)`))
    expect(faults.get(name)!.split('\n')).toHaveLength(1)
  })
})
