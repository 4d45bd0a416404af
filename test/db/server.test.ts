import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type Actor, asActor, asJob } from '#db/actor.ts'
import { openDatabase } from '#db/connection.ts'
import { loadKeys } from '#db/keys.ts'
import { migrate } from '#db/migrate.ts'
import { readMigrations } from '#db/migrations.ts'
import { rolesSql } from '#db/roles.ts'
import { ask, startTcpServer } from './clusters.ts'
import { folderWith } from './folders.ts'

const keys = loadKeys(join(folderWith(), 'keys.json'))
const visitor: Actor = { tier: 'public', requestId: 'r' }
const who = `select session_user::text as login, current_user::text as role`

test('on a server reached over TCP with a password, an owner without special powers runs everything', async () => {
  const { server, port } = await startTcpServer()
  await ask(server, `create role quality login createrole password 'plain-words'`)
  await ask(server, 'create database monitoring owner quality')
  const db = await openDatabase({
    url: `postgresql://quality:plain-words@127.0.0.1:${port}/monitoring`,
    keys,
  })
  try {
    expect(await migrate(db)).toHaveLength(readMigrations().length)
    expect(await migrate(db)).toEqual([])
    const { rows } = await db.ownerPool.query(
      `select current_user::text as name, rolsuper, rolbypassrls from pg_roles where rolname = current_user`,
    )
    expect(rows).toEqual([{ name: 'quality', rolsuper: false, rolbypassrls: false }])
    const analyst: Actor = { tier: 'analyst', personId: 1, mandateId: 1, requestId: 'r' }
    expect((await asActor(db, analyst, (tx) => tx.query(who))).rows).toEqual([
      { login: 'ikms_app', role: 'tier_analyst' },
    ])
    expect((await asActor(db, visitor, (tx) => tx.query(who))).rows).toEqual([
      { login: 'ikms_public', role: 'ikms_public' },
    ])
    expect((await asJob(db, (tx) => tx.query(who))).rows).toEqual([{ login: 'ikms_job', role: 'ikms_job' }])
    await expect(asActor(db, visitor, (tx) => tx.query('select * from registry.learner'))).rejects.toEqual(
      expect.objectContaining({ code: '42501' }),
    )
  } finally {
    await db.close()
  }

  const later = await openDatabase({
    url: `postgresql://quality:plain-words@127.0.0.1:${port}/monitoring`,
    keys: { current: '2', keys: { ...keys.keys, 2: randomBytes(32) } },
  })
  expect((await asJob(later, (tx) => tx.query(who))).rows).toHaveLength(1) // a new key shuts nobody out
  await later.close()

  const stranger = await openDatabase({
    url: `postgresql://quality:plain-words@127.0.0.1:${port}/monitoring`,
    keys: loadKeys(join(folderWith(), 'other.json')),
  })
  await expect(asActor(stranger, visitor, (tx) => tx.query(who))).rejects.toThrow(
    'password authentication failed',
  )
  await stranger.close()
})

test('an owner that may not create roles is told what to let run, and then goes on', async () => {
  const { server, port } = await startTcpServer()
  await ask(server, `create role quality login password 'plain-words'`)
  await ask(server, 'create database monitoring owner quality')
  const db = await openDatabase({
    url: `postgresql://quality:plain-words@127.0.0.1:${port}/monitoring`,
    keys,
  })
  try {
    await expect(migrate(db)).rejects.toThrow('roles --print')
    const sql = rolesSql('quality', 'monitoring', keys)
    expect(sql).not.toContain('plain-words')
    await ask(server, sql)
    expect(await migrate(db)).toHaveLength(readMigrations().length)
    expect((await asActor(db, visitor, (tx) => tx.query(who))).rows).toEqual([
      { login: 'ikms_public', role: 'ikms_public' },
    ])
  } finally {
    await db.close()
  }
})
