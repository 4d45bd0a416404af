import pino from 'pino'
import { asJob } from '../../src/db/actor.ts'
import type { Database } from '../../src/db/connection.ts'
import type { Keys } from '../../src/db/keys.ts'
import { builtPortal, newServer } from '../../src/server.ts'
import { chromiumPath } from '../../test/pages/chromium.ts'

/** Reports of some schools as their heads get them. */
export async function print(db: Database, keys: Keys, schools: number): Promise<string> {
  await asJob(db, (tx) =>
    tx.query(
      `with p as (insert into access.person (display_name, demo) select 'Vadītāja ' || i, true from generate_series(1, $1::int) i returning person_id, display_name)
       insert into access.mandate (person_id, tier, institution_id, valid, source)
       select person_id, 'school', split_part(display_name, ' ', 2)::bigint, daterange(access.today(), null), 'demo' from p`,
      [schools],
    ),
  )
  const server = await newServer({
    db,
    keys,
    log: pino({ level: 'silent' }),
    chromium: chromiumPath,
    ...(await builtPortal()),
  })
  const people = (await (await server.app.request('/api/v1/demo-people')).json()) as {
    items: { id: string; name: string }[]
  }
  let bytes = 0
  const heads = new Map(people.items.map(({ id, name }) => [name, id]))
  for (let school = 1; school <= schools; school++) {
    const id = heads.get(`Vadītāja ${school}`)
    const signed = await server.app.request('/api/v1/session', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ person: id }),
    })
    const cookie = signed.headers.get('set-cookie')!.split(';')[0]!
    const { mandate } = (await signed.json()) as { mandate: { institutionId: string } }
    const answer = await server.app.request(
      `/api/v1/results/schools/${mandate.institutionId}/report.pdf?language=lv`,
      {
        headers: { cookie },
      },
    )
    if (answer.status !== 200) throw new Error(`a report → ${answer.status} ${await answer.text()}`)
    bytes += (await answer.arrayBuffer()).byteLength
  }
  await server.close()
  return `${schools} school reports as PDF, ${(bytes / schools / 1024).toFixed(0)} kB each`
}
