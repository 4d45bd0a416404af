import { unlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, inject, test } from 'vitest'
import { openDatabase } from '#db/connection.ts'
import { MigrationRefused, migrate, unappliedMigrations } from '#db/migrate.ts'
import { readMigrations } from '#db/migrations.ts'
import { newDatabase } from '../database.ts'
import { folderWith } from './folders.ts'

const first = { '0001-trees.sql': 'create schema forest; create table forest.tree (name text);' }
const second = { ...first, '0002-heights.sql': 'alter table forest.tree add height int; -- metres' }
const empty = () => newDatabase({ content: 'empty' })

test('migrations are applied in order, once', async () => {
  const db = await empty()
  const folder = folderWith(second)
  expect(await unappliedMigrations(db, folder)).toEqual(['0001-trees', '0002-heights'])
  expect(await migrate(db, { folder })).toEqual(['0001-trees', '0002-heights'])
  expect(await migrate(db, { folder })).toEqual([])
  expect(await unappliedMigrations(db, folder)).toEqual([])
})

test('two processes that migrate at once do the work once', async () => {
  const db = await empty()
  const folder = folderWith({
    '0001-slow.sql': 'create schema forest; select pg_sleep(0.3); create table forest.tree (name text)',
    '0002-more.sql': 'create table forest.bush (name text)',
  })
  const other = await openDatabase({ place: { ...inject('cluster'), database: db.name } })
  const applied = await Promise.all([migrate(db, { folder }), migrate(other, { folder })])
  await other.close()
  expect(applied.toSorted((a, b) => a.length - b.length)).toEqual([[], ['0001-slow', '0002-more']])
})

test('where a migration fails the database is as it was before the first of them, and file and line are said', async () => {
  const db = await empty()
  const broken = { ...first, '0002-wrong.sql': 'create table forest.bush (name text);\n\nselect forrest.x;' }
  await expect(migrate(db, { folder: folderWith(broken) })).rejects.toThrow('Migration 0002-wrong, line 3:')
  const { rows } = await db.ownerPool.query(
    `select to_regclass('forest.tree') is not null as tree, to_regclass('forest.bush') is not null as bush`,
  )
  expect(rows).toEqual([{ tree: false, bush: false }])
  expect(await migrate(db, { folder: folderWith(first) })).toEqual(['0001-trees'])
  await expect(migrate(db, { folder: folderWith(broken) })).rejects.toThrow('Migration 0002-wrong, line 3:')
  expect(await migrate(db, { folder: folderWith(second) })).toEqual(['0002-heights'])
})

test('a migration that was edited after it was applied is refused; other line ends are no edit', async () => {
  const db = await empty()
  const folder = folderWith(first)
  await migrate(db, { folder })
  writeFileSync(join(folder, '0001-trees.sql'), first['0001-trees.sql'].replaceAll('\n', '\r\n'))
  expect(await migrate(db, { folder })).toEqual([])
  writeFileSync(
    join(folder, '0001-trees.sql'),
    'create schema forest; create table forest.tree (name text, x int);',
  )
  await expect(migrate(db, { folder })).rejects.toThrow('0001-trees was changed after it was applied')
})

test('a database newer than the code is refused', async () => {
  const db = await empty()
  const folder = folderWith(second)
  await migrate(db, { folder })
  unlinkSync(join(folder, '0002-heights.sql'))
  await expect(migrate(db, { folder })).rejects.toThrow(MigrationRefused)
  await expect(migrate(db, { folder })).rejects.toThrow(
    'newer than this IKMS: it holds migration 0002-heights',
  )
})

test('a migration that ends its own transaction is refused', async () => {
  const db = await empty()
  const folder = folderWith({ '0001-hasty.sql': 'create schema forest; commit; begin;' })
  await expect(migrate(db, { folder })).rejects.toThrow('ends its own transaction')
})

test('numbers without gaps and proper names are required', () => {
  expect(() => readMigrations(folderWith({ '0002-late.sql': '' }))).toThrow('Migration 1 is missing')
  expect(() => readMigrations(folderWith({ '0001-a.sql': '', '0001-b.sql': '' }))).toThrow('there twice')
  expect(() => readMigrations(folderWith({ 'trees.sql': '' }))).toThrow('not named like a migration')
})

test('a backup is asked for before a database that holds something is changed, and only then', async () => {
  const db = await empty()
  const asked: string[] = []
  const backupBefore = async () => void asked.push('backup')
  await migrate(db, { folder: folderWith(first), backupBefore })
  expect(asked).toEqual([])
  await migrate(db, { folder: folderWith(second), backupBefore })
  expect(asked).toEqual(['backup'])
  await migrate(db, { folder: folderWith(second), backupBefore })
  expect(asked).toEqual(['backup'])
})

test('a failing backup keeps the database as it was', async () => {
  const db = await empty()
  await migrate(db, { folder: folderWith(first) })
  const backupBefore = async () => Promise.reject(new Error('disk full'))
  await expect(migrate(db, { folder: folderWith(second), backupBefore })).rejects.toThrow('disk full')
  expect(await unappliedMigrations(db, folderWith(second))).toEqual(['0002-heights'])
})
