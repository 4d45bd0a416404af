import { text } from 'node:stream/consumers'
import { to as copyTo } from 'pg-copy-streams'
import { beforeAll, expect, test } from 'vitest'
import { type Actor, asActor, asApp, asJob, StatementFailedEarlier } from '#db/actor.ts'
import { migrate } from '#db/migrate.ts'
import { tierRole } from '#db/roles.ts'
import { asSuperuser, newDatabase } from '../database.ts'
import { folderWith } from './folders.ts'

const said: string[] = []
const db = await newDatabase({
  content: 'empty',
  poolSize: { app: 1, public: 1, job: 1 },
  log: (line) => said.push(line),
})

beforeAll(async () => {
  await migrate(db, {
    folder: folderWith({
      '0001-classes.sql': `
        create schema school;
        create table school.class (class_id bigint primary key, head bigint not null);
        alter table school.class enable row level security;
        alter table school.class force row level security;
        grant usage on schema school to tier_school, tier_analyst, ikms_job, ikms_backup;
        grant select on school.class to tier_school, tier_analyst, ikms_backup;
        grant select, insert on school.class to ikms_job;
        create policy own on school.class for select to tier_school
          using (head = (select nullif(current_setting('app.person_id', true), '')::bigint));
        create policy all_of_them on school.class for select to tier_analyst using (true);
        create policy works on school.class for all to ikms_job using (true) with check (true);
        create policy copies on school.class for select to ikms_backup using (true);`,
    }),
  })
  await asJob(db, (tx) => tx.query('insert into school.class values (1, 7), (2, 7), (3, 8)'))
})

const head: Actor = { tier: 'school', personId: 7, mandateId: 70, requestId: 'r-1' }
const analyst: Actor = { tier: 'analyst', personId: 9, mandateId: 90, requestId: 'r-2' }
const classes = (actor: Actor) =>
  asActor(db, actor, async (tx) => {
    const { rows } = await tx.query<{ class_id: number }>('select class_id from school.class order by 1')
    return rows.map(({ class_id }) => class_id)
  })
const whoAmI = `select session_user::text as login, current_user::text as role,
                       current_setting('app.person_id', true) as person, current_setting('app.request_id', true) as request`
const denied = expect.objectContaining({ code: '42501' })

test('each person sees what the policies of the tier show', async () => {
  expect(await classes(head)).toEqual([1, 2])
  expect(await classes(analyst)).toEqual([1, 2, 3])
  expect(await classes({ ...head, personId: 1000 })).toEqual([])
})

test('the public has no way to a table that was not opened to it', async () => {
  await expect(classes({ tier: 'public', requestId: 'r' })).rejects.toEqual(denied)
})

test('the application itself can read no table', async () => {
  await expect(asApp(db, 'r', (tx) => tx.query('select * from school.class'))).rejects.toEqual(denied)
})

test('laying down the tier gives nothing but the application itself', async () => {
  const climb = asActor(db, head, async (tx) => {
    await tx.query('reset role')
    return tx.query('select * from school.class')
  })
  await expect(climb).rejects.toEqual(denied)
})

test.each(['ikms_owner', 'ikms_job', 'ikms_definer', 'ikms_backup', 'postgres'])(
  'nobody signed in can become %s',
  async (role) => {
    await expect(asActor(db, head, (tx) => tx.query(`set local role ${role}`))).rejects.toEqual(denied)
  },
)

test.each([
  ...Object.values(tierRole),
  'ikms_app',
  'ikms_job',
  'ikms_owner',
  'ikms_definer',
  'ikms_backup',
  'postgres',
])('the public cannot become %s', async (role) => {
  const visitor: Actor = { tier: 'public', requestId: 'r' }
  await expect(asActor(db, visitor, (tx) => tx.query(`set local role ${role}`))).rejects.toEqual(denied)
})

test('every tier has its role', async () => {
  for (const tier of Object.keys(tierRole) as (keyof typeof tierRole)[]) {
    const { rows } = await asActor(db, { ...head, tier }, (tx) => tx.query<{ role: string }>(whoAmI))
    expect(rows[0]!.role).toBe(`tier_${tier}`)
  }
})

test('a tier or an id that does not exist is refused before the database hears of it', async () => {
  const invented = { ...head, tier: 'school; drop schema school' } as unknown as Actor
  await expect(async () => asActor(db, invented, whatever)).rejects.toThrow('There is no tier')
  await expect(async () => asActor(db, { ...head, personId: 0 }, whatever)).rejects.toThrow('not the id')
  await expect(async () => asActor(db, { ...head, mandateId: 1.5 }, whatever)).rejects.toThrow('not the id')
  await expect(async () =>
    asActor(db, { ...head, tier: 'toString' } as unknown as Actor, whatever),
  ).rejects.toThrow()
  async function whatever() {}
})

test('a request id is data, whatever stands in it', async () => {
  const requestId = "x'; select pg_sleep(10); --\\"
  const { rows } = await asActor(db, { ...head, requestId }, (tx) => tx.query<{ request: string }>(whoAmI))
  expect(rows[0]!.request).toBe(requestId)
})

test('the next user of a connection finds neither role nor settings of the one before', async () => {
  await asActor(db, head, async (tx) => {
    await tx.query(`set role tier_analyst`)
    await tx.query(`set app.person_id = '7'`)
    await tx.query(`set search_path = school`)
    await tx.query(`set statement_timeout = 0`)
  })
  const { rows } = await asApp(db, 'r-3', (tx) => tx.query(whoAmI))
  expect(rows).toEqual([{ login: 'ikms_app', role: 'ikms_app', person: '', request: 'r-3' }])
  const { rows: settings } = await asApp(db, 'r', (tx) =>
    tx.query(`select current_setting('search_path') as path, current_setting('statement_timeout') as limit`),
  )
  expect(settings).toEqual([{ path: '"$user", public', limit: '10s' }])
})

test('a throw undoes everything and the connection serves on', async () => {
  const failing = asJob(db, async (tx) => {
    await tx.query('insert into school.class values (4, 7)')
    throw new Error('changed my mind')
  })
  await expect(failing).rejects.toThrow('changed my mind')
  expect(await classes(analyst)).toEqual([1, 2, 3])
})

test('work that swallows a failed statement is not told that it was kept', async () => {
  const careless = asJob(db, async (tx) => {
    await tx.query('insert into school.class values (5, 7)')
    await tx.query('insert into school.class values (5, 7)').catch(() => {})
  })
  await expect(careless).rejects.toThrow(StatementFailedEarlier)
  expect(await classes(analyst)).toEqual([1, 2, 3])
})

test('a second transaction inside the first is refused, one after it is not', async () => {
  await expect(asActor(db, head, () => classes(analyst))).rejects.toThrow('open already')
  await expect(asActor(db, head, () => asJob(db, async () => 1))).rejects.toThrow('open already')
  let later: Promise<number[]> | undefined
  await asActor(db, head, async () => {
    later = new Promise((resolve) => setTimeout(resolve, 50)).then(() => classes(analyst))
  })
  expect(await later).toEqual([1, 2, 3])
})

test('a query after the end of the work is refused: the connection may serve somebody else', async () => {
  const tx = await asActor(db, head, async (open) => open)
  await expect(tx.query('select 1')).rejects.toThrow('transaction is over')
})

test('a connection that breaks is replaced, and its transaction is gone', async () => {
  const broken = asJob(db, async (tx) => {
    await tx.query('insert into school.class values (6, 7)')
    await tx.query('select pg_terminate_backend(pg_backend_pid())')
  })
  await expect(broken).rejects.toThrow()
  expect(await classes(analyst)).toEqual([1, 2, 3])
  expect(await asJob(db, async () => 'works')).toBe('works')
})

test('an idle connection that breaks is noted, and the next request gets another', async () => {
  const { rows } = await asActor(db, analyst, (tx) =>
    tx.query<{ pid: number }>('select pg_backend_pid() as pid'),
  )
  await asSuperuser([`select pg_terminate_backend(${rows[0]!.pid})`])
  await expect.poll(() => said.join()).toContain('lost an idle database connection')
  expect(await classes(analyst)).toEqual([1, 2, 3])
})

test('a copy that is broken off in the middle holds up nobody', async () => {
  const abandoned = asJob(db, async (tx) => {
    const stream = tx.raw.query(copyTo('copy (select generate_series(1, 5000000)) to stdout'))
    for await (const _ of stream) break
    throw new Error('enough')
  })
  await expect(abandoned).rejects.toThrow('enough')
  const whole = await asJob(db, (tx) =>
    text(tx.raw.query(copyTo('copy (select generate_series(1, 3)) to stdout'))),
  )
  expect(whole).toBe('1\n2\n3\n')
})

test('a statement of the public is cancelled after two seconds', async () => {
  const visitor: Actor = { tier: 'public', requestId: 'r' }
  const slow = asActor(db, visitor, (tx) => tx.query('select pg_sleep(10)'))
  await expect(slow).rejects.toEqual(expect.objectContaining({ code: '57014' }))
})
