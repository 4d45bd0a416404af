import { expect, test } from 'vitest'
import { startEmbedded } from '#db/embedded.ts'
import { ensureRoles, rolesSql } from '#db/roles.ts'
import { asSuperuser, newDatabase } from '../database.ts'
import { connect, newFolder } from './clusters.ts'

const db = await newDatabase()

test('the owner of the database is neither superuser nor exempt from row-level security', async () => {
  const { rows } = await db.ownerPool.query(
    'select rolsuper, rolbypassrls, rolcreatedb from pg_roles where rolname = current_user',
  )
  expect(rows).toEqual([{ rolsuper: false, rolbypassrls: false, rolcreatedb: false }])
})

test('only the three login roles and the owner can sign in', async () => {
  const { rows } = await db.ownerPool.query<{ rolname: string }>(
    `select rolname from pg_roles where rolcanlogin and rolname ~ '^(ikms|tier)_' order by 1`,
  )
  expect(rows.map(({ rolname }) => rolname)).toEqual(['ikms_app', 'ikms_job', 'ikms_owner', 'ikms_public'])
})

test('the public role and the job role are members of nothing; the application inherits from no tier', async () => {
  const { rows } = await db.ownerPool.query<{ member: string; role: string; inherits: boolean }>(`
    select m.rolname as member, r.rolname as role, inherit_option as inherits
      from pg_auth_members join pg_roles r on r.oid = roleid join pg_roles m on m.oid = member
     where m.rolname in ('ikms_public', 'ikms_job', 'ikms_app')`)
  expect(
    rows.every(({ member, role, inherits }) => member === 'ikms_app' && /^tier_/.test(role) && !inherits),
  ).toBe(true)
  expect(rows).toHaveLength(11)
})

test('nobody but our login roles may connect, and only jobs may make temporary tables', async () => {
  await asSuperuser(['create role passer_by login'])
  try {
    const { rows } = await db.ownerPool.query(`
      select rolname, has_database_privilege(rolname, current_database(), 'connect') as connects,
             has_database_privilege(rolname, current_database(), 'temporary') as temporary
        from pg_roles where rolname in ('passer_by', 'ikms_public', 'ikms_app', 'ikms_job') order by 1`)
    expect(rows).toEqual([
      { rolname: 'ikms_app', connects: true, temporary: false },
      { rolname: 'ikms_job', connects: true, temporary: true },
      { rolname: 'ikms_public', connects: true, temporary: false },
      { rolname: 'passer_by', connects: false, temporary: false },
    ])
  } finally {
    await asSuperuser(['drop role passer_by'])
  }
})

test('a role that was given more than it may have keeps IKMS from starting', async () => {
  const server = await startEmbedded({ folder: newFolder(), settings: { fsync: 'off' } })
  const client = await connect(server)
  const check = () => ensureRoles(client)
  try {
    await client.query(rolesSql('postgres', 'postgres'))
    await client.query(rolesSql('postgres', 'postgres')) // a second time changes nothing
    await check()
    await client.query('grant tier_analyst to ikms_public')
    await expect(check()).rejects.toThrow('ikms_public is a member of tier_analyst')
    await client.query('revoke tier_analyst from ikms_public; alter role ikms_app bypassrls')
    await expect(check()).rejects.toThrow('ikms_app may do more than sign in')
    await client.query('alter role ikms_app nobypassrls; grant pg_read_all_data to tier_school')
    await expect(check()).rejects.toThrow('tier_school is a member of pg_read_all_data')
    await client.query(
      'revoke pg_read_all_data from tier_school; grant tier_school to ikms_app with inherit true',
    )
    await expect(check()).rejects.toThrow('ikms_app is a member of tier_school')
  } finally {
    await client.end()
    await server.stop()
  }
})
