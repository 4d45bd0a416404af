import { asJob } from '#db/actor.ts'
import type { Database } from '#db/connection.ts'
import type { Keys } from '#db/keys.ts'
import { sealer } from '#modules/registry/index.ts'
import type { Outbox } from './connector.ts'
import { findingOf, gatherCorrections, noteGivenUp, noteSent, takeMessage } from './outbox-store.ts'
import { takeBatch } from './outward.ts'
import { gatherWanted, levels, links } from './outward-store.ts'

/** The messages of one feed; what is sent is made from the bank as it is when it is sent. */
export function outboxOf(db: Database, keys: Keys, feedId: number): Outbox {
  const { open } = sealer(keys)
  return {
    gather: (sources) => asJob(db, (tx) => gatherCorrections(tx, feedId, sources)),
    next: () =>
      asJob(db, async (tx) => {
        const message = await takeMessage(tx, feedId)
        if (!message) return undefined
        const { id, tries, kind, madeAt, payload } = message
        const found = await findingOf(tx, payload.findingId)
        if (!found) return { id, tries, body: null }
        const { sealedCode, code, subject, ...rest } = found
        return {
          id,
          tries,
          body: {
            id,
            kind,
            event: payload.event,
            madeAt,
            ...rest,
            subject: { kind: subject, code: sealedCode ? open('code', sealedCode) : code },
          },
        }
      }),
    gatherOutward: (outward) =>
      asJob(db, async (tx) => {
        if (outward.levels) await gatherWanted(tx, feedId, levels(outward.schools))
        if (outward.links) await gatherWanted(tx, feedId, links(outward.schools, outward.links.portal))
      }),
    nextBatch: (outward) =>
      asJob(db, (tx) => takeBatch(tx, feedId, outward, (sealed) => open('code', sealed))),
    sent: (id, receipt) => asJob(db, (tx) => noteSent(tx, id, receipt)),
    giveUp: (id, problem) => asJob(db, (tx) => noteGivenUp(tx, id, problem)),
  }
}
