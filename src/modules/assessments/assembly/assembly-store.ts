import type { Tx } from '#db/actor.ts'
import { utc } from '#db/utc.ts'
import { RoundRefused } from '../rounds/refused.ts'
import type { BankRow } from './bank.ts'
import type { Choice } from './choose.ts'
import type { AssemblyBank, AssemblyDetail, AssemblyPlan, AssemblySummary } from './model.ts'

/** Items in use that a form could have. @param anchors  uuid of the form whose items link the two */
export async function bankRows(
  tx: Tx,
  domain: string,
  grade: number,
  anchors: string | null,
): Promise<BankRow[]> {
  const { rows } = await tx.query<BankRow>(
    `select item as id, code, state, grade, strand, process, points, interactions, stimulus, is_anchor as "isAnchor", forms, measured
       from assessments.assembly_bank($1, $2::smallint, $3::uuid)`,
    [domain, grade, anchors],
  )
  return rows
}

/** Fixed forms so far, and where levels begin. */
export async function aimsOf(
  tx: Tx,
  domain: string,
  grade: number,
): Promise<{ forms: number; scale: string | null; cuts: number[] | null }> {
  const { rows } = await tx.query<{ forms: number; scale: string | null; cuts: number[] | null }>(
    'select forms, scale, cuts from assessments.assembly_aims($1, $2::smallint)',
    [domain, grade],
  )
  return rows[0] ?? { forms: 0, scale: null, cuts: null }
}

/** Fixed forms of a domain, by code: their items could be anchors. */
export async function fixedForms(tx: Tx, domain: string): Promise<AssemblyBank['forms']> {
  const { rows } = await tx.query<AssemblyBank['forms'][number]>(
    `select f.form_uuid as id, f.code, f.grade, count(i.position)::integer as items
       from assessments.form f left join assessments.form_item i using (form_id)
      where f.domain = $1 and f.state = 'fixed' group by f.form_id order by f.code desc limit 200`,
    [domain],
  )
  return rows
}

export async function keepAssembly(tx: Tx, plan: AssemblyPlan, choice: Choice): Promise<string> {
  const { rows } = await tx.query<{ id: string }>(
    'select assessments.keep_assembly($1, $2, $3, $4::text[]) as id',
    [JSON.stringify(plan), choice.found, JSON.stringify(choice.broken), choice.chosen],
  )
  return rows[0]!.id
}

const summary = `
  select a.assembly_uuid as id, a.domain, a.grade, a.found, cardinality(a.chosen) as items, ${utc('a.made_at')} as "madeAt",
         case when f.form_id is not null then jsonb_build_object('id', f.form_uuid, 'code', f.code) end as form,
         a.assembly_id as "assemblyId", a.plan, a.broken as "notMet", a.chosen as codes, a.made_by as "madeBy",
         a.saved_by as "savedBy", a.reason, ${utc('a.saved_at')} as "savedAt"
    from assessments.assembly a left join assessments.form f using (form_id)`

interface Row extends AssemblySummary {
  assemblyId: number
  plan: AssemblyPlan
  notMet: AssemblyDetail['notMet']
  codes: string[]
  madeBy: number | null
  savedBy: number | null
  reason: string | null
  savedAt: string | null
}

/** Latest first. */
export async function listAssemblies(tx: Tx): Promise<AssemblySummary[]> {
  const { rows } = await tx.query<Row>(`${summary} order by a.assembly_id desc limit 50`)
  return rows.map(({ id, domain, grade, found, items, madeAt, form }) => ({
    id,
    domain,
    grade,
    found,
    items,
    madeAt,
    form,
  }))
}

/** What was put together, without what the bank says of it today. */
export type KeptAssembly = Omit<AssemblyDetail, 'chosen' | 'gone' | 'report' | 'isReady'> & {
  codes: string[]
}

/** Null where there is none. @param by  its own id, or that of the form it was saved as */
export async function readAssembly(
  tx: Tx,
  id: string,
  by: 'assembly' | 'form' = 'assembly',
): Promise<KeptAssembly | null> {
  const { rows } = await tx.query<Row>(
    `${summary} where ${by === 'form' ? 'f.form_uuid' : 'a.assembly_uuid'} = $1`,
    [id],
  )
  if (!rows[0]) return null
  const { assemblyId, madeBy, savedBy, savedAt, reason, ...row } = rows[0]
  const { rows: people } = await tx.query<{ person: number; name: string }>(
    'select person_id as person, name from assessments.assembly_names($1)',
    [assemblyId],
  )
  const name = (person: number | null) => people.find((each) => each.person === person)?.name ?? null
  const { rows: steps } = await tx.query<{
    at: string
    person: number | null
    takenOut: string
    putIn: string
  }>(
    `select ${utc('s.at')} as at, s.person_id as person, s.taken_out as "takenOut", s.put_in as "putIn"
       from assessments.assembly_step s where s.assembly_id = $1 order by s.number`,
    [assemblyId],
  )
  return {
    ...row,
    madeBy: name(madeBy),
    steps: steps.map((step) => ({ ...step, person: name(step.person) })),
    saved: savedAt === null ? null : { at: savedAt, person: name(savedBy), reason: reason! },
  }
}

/** @throws RoundRefused */
export async function changeAssembly(tx: Tx, id: string, out: string, into: string): Promise<void> {
  await refusing(tx, 'assessments.change_assembly($1, $2, $3)', [id, out, into])
}

/** Saves what was chosen as a draft of a form. @throws RoundRefused */
export async function saveAssembly(
  tx: Tx,
  id: string,
  form: { code: string; minutes: number; items: readonly { code: string; anchor: boolean }[] },
  reason: string,
): Promise<void> {
  await refusing(tx, 'assessments.save_assembly($1, $2, $3)', [id, JSON.stringify(form), reason])
}

async function refusing(tx: Tx, sql: string, values: readonly unknown[]): Promise<void> {
  const { rows } = await tx.query<{ fault: string | null }>(`select ${sql} as fault`, values)
  if (rows[0]!.fault) throw new RoundRefused(rows[0]!.fault)
}
