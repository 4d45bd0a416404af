import type { Tx } from '#db/actor.ts'
import { writeOperation } from '#modules/access/index.ts'
import type { Framework } from './framework.ts'
import type { Duty } from './lifecycle.ts'
import type { ItemParameters } from './model.ts'

/** Puts a framework into force from today; the one before ends. The same version again changes nothing. */
export async function putFramework(tx: Tx, framework: Framework): Promise<void> {
  const { rows } = await tx.query('select from assessments.framework where version = $1', [framework.version])
  if (rows.length > 0) return
  await tx.query(
    `update assessments.framework set valid = daterange(lower(valid), access.today()) where valid @> access.today()
       and lower(valid) < access.today()`,
  )
  await tx.query(
    'insert into assessments.framework (version, valid, content) values ($1, daterange(access.today(), null), $2)',
    [framework.version, JSON.stringify(framework)],
  )
  await writeOperation(tx, 'put_framework', `framework ${framework.version}`)
}

/** Gives a mandate a duty in the item bank from today; false where there is no such mandate of a tier that can have one. */
export async function giveDuty(tx: Tx, mandate: string, duty: Duty, source: string): Promise<boolean> {
  const { rowCount } = await tx.query(
    `insert into assessments.duty (mandate_id, duty, valid, source)
     select m.mandate_id, $2, daterange(access.today(), null), $3 from access.mandate m
      where m.mandate_uuid = $1 and m.tier in ('teacher', 'researcher', 'analyst', 'steward')
        and not exists (select from assessments.duty d where d.mandate_id = m.mandate_id and d.duty = $2
                           and d.valid @> access.today())`,
    [mandate, duty, source],
  )
  if (rowCount > 0) await writeOperation(tx, 'give_duty', `mandate ${mandate}: ${duty}`)
  return rowCount > 0
}

/** Keeps what a calibration found about the newest version of an item. @returns false where there is no such item */
export async function keepParameters(
  tx: Tx,
  code: string,
  { round, model, slope, intercepts, guessing, pupils }: Omit<ItemParameters, 'calibratedAt'>,
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `insert into assessments.item_parameter (item_version_id, round, model, slope, intercepts, guessing, pupils)
     select v.item_version_id, $2, $3, $4, $5, $6, $7
       from assessments.item i join assessments.item_version v using (item_id)
      where i.code = $1 order by v.number desc limit 1`,
    [code, round, model, slope, intercepts, guessing, pupils],
  )
  return rowCount > 0
}

/** Demo people who write, review and keep items, run rounds, mark, scale and set standards; only where there are demo people already. Returns how many were made. */
export async function makeDemoAuthors(tx: Tx): Promise<number> {
  const { rows } = await tx.query<{ made: number }>(
    `with wanted (place, name, duties) as (values
       (1, 'Laura Siliņa', array['author']), (2, 'Kārlis Eglītis', array['reviewer']),
       (3, 'Inga Roze', array['reviewer']), (4, 'Valdis Apinis', array['keeper']),
       (5, 'Rita Vanaga', array['coordinator']), (6, 'Aija Strazda', array['marker']), (7, 'Normunds Zīle', array['marker']),
       (8, 'Sandra Dzenis', array['marker']), (9, 'Guntis Lācis', array['psychometrician']),
       (10, 'Ligita Dreimane', array['panellist']), (11, 'Oskars Egle', array['panellist']), (12, 'Vita Paegle', array['panellist']),
       (13, 'Dace Vītola', array['assessor'])
     ), person as (
       insert into access.person (display_name, demo)
       select w.name, true from wanted w
        where exists (select from access.person p where p.demo)
          and not exists (select from access.person p where p.demo and p.display_name = w.name)
        order by w.place
       returning person_id, display_name
     ), mandate as (
       insert into access.mandate (person_id, tier, valid, source)
       select person_id, 'researcher', daterange(access.today(), null), 'demo' from person
       returning mandate_id, person_id
     ), duty as (
       insert into assessments.duty (mandate_id, duty, valid, source)
       select m.mandate_id, unnest(w.duties), daterange(access.today(), null), 'demo'
         from mandate m join person p using (person_id) join wanted w on w.name = p.display_name
     ) select count(*)::integer as made from mandate`,
  )
  return rows[0]!.made
}
