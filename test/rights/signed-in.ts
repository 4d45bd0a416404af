import { type Actor, asJob } from '#db/actor.ts'
import type { Database } from '#db/connection.ts'
import { sealer } from '#modules/registry/index.ts'
import { testKeys } from '../world.ts'

/** Somebody who has signed in before: as a learner, or for one. */
export async function signedInAs(
  db: Database,
  tier: 'learner' | 'parent',
  { code, name }: { code: string; name: string },
  learnerCode: string,
): Promise<Exclude<Actor, { tier: 'public' }>> {
  const { hashCode, seal } = sealer(testKeys)
  const { rows } = await asJob(db, (tx) =>
    tx.query<{ personId: number; mandateId: number }>(
      `with person as (insert into access.person (sealed_name) values ($1) returning person_id),
            known as (insert into access.person_code (code_hash, person_id) select $2, person_id from person)
       insert into access.mandate (person_id, tier, learner_id, valid, source)
       select person.person_id, $3, p.learner_id, daterange(access.today(), null), 'registry'
         from person, identity.person p where p.code_hash = $4
       returning person_id as "personId", mandate_id as "mandateId"`,
      [seal('name', name), hashCode(code), tier, hashCode(learnerCode)],
    ),
  )
  return { tier, ...rows[0]!, requestId: 'test' }
}
