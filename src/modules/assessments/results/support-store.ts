import type { Tx } from '#db/actor.ts'
import type { Keys } from '#db/keys.ts'
import { sealer } from '#modules/registry/index.ts'
import type { ResultDomain, SupportReason, SupportRequest } from './model.ts'

/** Asks that a plan of support be begun; the request that stands already where there is one; null: no own learner. */
export async function askSupport(
  tx: Tx,
  { learner, domain, reasons }: { learner: string; domain: ResultDomain; reasons: readonly SupportReason[] },
): Promise<string | null> {
  const { rows } = await tx.query<{ id: string | null }>('select assessments.ask_support($1, $2, $3) as id', [
    learner,
    domain,
    reasons,
  ])
  return rows[0]!.id
}

/** Takes a request back; false where none of the caller's own learners has it. */
export async function withdrawSupport(tx: Tx, id: string): Promise<boolean> {
  const { rows } = await tx.query<{ done: boolean }>('select assessments.withdraw_support($1) as done', [id])
  return rows[0]!.done
}

/** Requests that stand, by name; the database writes down whose names it hands out. */
export async function supportRequests(tx: Tx, keys: Keys): Promise<SupportRequest[]> {
  const { rows } = await tx.query<
    Omit<SupportRequest, 'name' | 'code'> & { sealedName: Buffer | null; sealedCode: Buffer | null }
  >(
    `select request_uuid as id, sealed_name as "sealedName", sealed_code as "sealedCode", class_name as "className", grade, domain,
            reasons, made_on::text as "madeOn"
       from assessments.read_support()`,
  )
  const { open } = sealer(keys)
  const inLatvian = new Intl.Collator('lv', { numeric: true })
  return rows
    .map(({ sealedName, sealedCode, ...row }) => ({
      ...row,
      name: sealedName && open('name', sealedName),
      code: sealedCode ? open('code', sealedCode) : '',
    }))
    .toSorted(
      (a, b) =>
        inLatvian.compare(a.className ?? '', b.className ?? '') ||
        inLatvian.compare(a.name ?? '', b.name ?? ''),
    )
}
