import { asActor } from '#db/actor.ts'
import type { Database } from '#db/connection.ts'
import { dataKind } from '#modules/publications/index.ts'
import type { DataKind } from '#terms/config.ts'

/** Real data stand, or would stand, where they must not. */
export class RealDataRefused extends Error {
  constructor() {
    super(
      'Real data need a system user of their own: started as root, the database runs as "nobody", an account it may share ' +
        'with others. Start IKMS as that user, or set DATABASE_URL (docs/operations.md).',
    )
    this.name = 'RealDataRefused'
  }
}

/**
 * Refuses real data on an embedded database that runs as `nobody`.
 *
 * @param kind  of the data that are to come; left out: of those that are there
 * @throws      RealDataRefused
 */
export async function refuseRealData(db: Database, kind?: DataKind): Promise<void> {
  if (db.embedded?.account !== 'nobody') return
  const held = kind ?? (await asActor(db, { tier: 'public', requestId: 'start' }, dataKind))
  if (held === 'real') throw new RealDataRefused()
}
