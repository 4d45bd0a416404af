import type { Tx } from '#db/actor.ts'
import type { Linkage, Processing } from './model.ts'

const words = (column: string) => `jsonb_build_object('lv', ${column}_lv, 'en', ${column}_en)`

/** The register of processing on a day. */
export async function listProcessing(tx: Tx, day: string): Promise<Processing[]> {
  const { rows } = await tx.query<Processing>(
    `select code, ${words('purpose')} as purpose, ${words('basis')} as basis, ${words('people')} as people, ${words('data')} as data,
            ${words('recipients')} as recipients, retention
       from rights.processing where valid @> $1::date order by place, code`,
    [day],
  )
  return rows
}

/** Linkages as they are switched now. */
export async function listLinkages(tx: Tx): Promise<Linkage[]> {
  const { rows } = await tx.query<Linkage>(
    `select l.code, ${words('l.name')} as name, ${words('l.purpose')} as purpose, ${words('l.basis')} as basis, s.is_on as on, s.reason,
            to_char(s.switched_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as since
       from rights.linkage l
       join lateral (select * from (select is_on, reason, switched_at from rights.linkage_switch x where x.linkage = l.code
                                     order by switch_id desc limit 1) latest) s on true
      order by l.place, l.code`,
  )
  return rows
}

/** False when there is no such linkage, or it stands so already. */
export async function switchLinkage(tx: Tx, code: string, isOn: boolean, reason: string): Promise<boolean> {
  const { rows } = await tx.query<{ done: boolean }>('select rights.switch_linkage($1, $2, $3) as done', [
    code,
    isOn,
    reason,
  ])
  return rows[0]!.done
}
