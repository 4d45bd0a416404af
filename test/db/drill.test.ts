import { join } from 'node:path'
import { expect, test } from 'vitest'
import { asJob } from '#db/actor.ts'
import { backup } from '#db/backup.ts'
import { type Database, openDatabase } from '#db/connection.ts'
import { signal, waitUntilGone } from '#db/embedded/processes.ts'
import { migrate } from '#db/migrate.ts'
import { restore } from '#db/restore.ts'
import { tableHashes } from '#db/tables.ts'
import { newDatabase } from '../database.ts'
import { ask, newFolder } from './clusters.ts'
import { folderWith } from './folders.ts'

const migrations = folderWith({
  '0001-marks.sql': `
    create schema bank;
    create table bank.mark (batch int not null, pupil int not null, mark real not null, primary key (batch, pupil));
    alter table bank.mark enable row level security, force row level security;
    grant usage on schema bank to ikms_job, ikms_backup;
    grant select, insert on bank.mark to ikms_job;
    grant select on bank.mark to ikms_backup;
    create policy works on bank.mark for all to ikms_job using (true) with check (true);
    create policy copies on bank.mark for select to ikms_backup using (true);`,
})
const BATCH = 5_000 // rows

test('kill -9 during a load: start again, every acknowledged batch is whole, backup and restore bring all of it', async () => {
  const folder = newFolder()
  const first = await openDatabase({ folder })
  await migrate(first, { folder: migrations })
  const acknowledged: number[] = []
  const loading = load(first, acknowledged)
  await expect.poll(() => acknowledged.length, { timeout: 30_000 }).toBeGreaterThan(3)
  signal(first.embedded!.pid, 'SIGKILL')
  await expect(loading).rejects.toThrow()
  await waitUntilGone(first.embedded!.pid, 5_000)
  await first.close()

  const again = await openDatabase({ folder })
  const { rows } = await asJob(again, (tx) =>
    tx.query<{ batch: number; n: number }>(
      'select batch, count(*) as n from bank.mark group by 1 order by 1',
    ),
  )
  expect(rows.every(({ n }) => n === BATCH)).toBe(true)
  expect(rows.map(({ batch }) => batch)).toEqual(expect.arrayContaining(acknowledged))

  const before = await tableHashes(again)
  const made = await backup(again, { to: join(folderWith(), 'backups') })
  const fresh = await openDatabase({ folder: newFolder() })
  await restore(fresh, { from: made, migrations })
  expect(await tableHashes(fresh)).toEqual(before)
  await Promise.all([again.close(), fresh.close()])
})

/** Loads batch after batch, each in its own transaction, until the server is gone. */
async function load(db: Database, acknowledged: number[]) {
  for (let batch = 1; ; batch += 1) {
    await asJob(db, (tx) =>
      tx.query('insert into bank.mark select $1, pupil, random() from generate_series(1, $2::int) as pupil', [
        batch,
        BATCH,
      ]),
    )
    acknowledged.push(batch)
  }
}

test('the whole schema of IKMS can be backed up and restored', async () => {
  const source = await newDatabase()
  const target = await newDatabase({ content: 'empty' })
  const from = await backup(source, { to: folderWith() })
  await restore(target, { from })
  const before = await tableHashes(source)
  expect(Object.keys(before).length).toBeGreaterThan(10)
  expect(await tableHashes(target)).toEqual(before)
})

test('a folder that is opened twice is one server, and closing twice is no error', async () => {
  const folder = newFolder()
  const serving = await openDatabase({ folder })
  const guest = await openDatabase({ folder, kind: 'guest' })
  expect(guest.embedded!.pid).toBe(serving.embedded!.pid)
  await migrate(guest, { folder: migrations })
  await Promise.all([guest.close(), guest.close()])
  const other = await openDatabase({ place: serving.place })
  expect(
    await asJob(other, async (tx) => (await tx.query('select count(*) as n from bank.mark')).rows),
  ).toEqual([{ n: 0 }])
  await other.close()
  await serving.close()
})

test('when an update sorts words differently, the indexes are made anew', async () => {
  const folder = newFolder()
  const before = await openDatabase({ folder })
  await ask(before.embedded!, 'create table word (word text primary key)', 'ikms')
  const index = `select pg_relation_filenode('word_pkey') as file`
  const [old] = await ask(before.embedded!, index, 'ikms')
  await ask(before.embedded!, `update pg_database set datcollversion = '1.0' where datname = 'ikms'`)
  await before.close()
  const said: string[] = []
  const after = await openDatabase({ folder, log: (line) => said.push(line) })
  expect(said.join()).toContain('indexes were made anew')
  expect(await ask(after.embedded!, index, 'ikms')).not.toEqual([old])
  await after.close()
  said.length = 0
  await (await openDatabase({ folder, log: (line) => said.push(line) })).close()
  expect(said.join()).not.toContain('anew')
})
