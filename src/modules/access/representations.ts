import { asJob, type Tx } from '#db/actor.ts'
import type { Database } from '#db/connection.ts'
import type { Day } from '#terms/day.ts'
import {
  endRepresentations,
  fillFeed,
  lastFeed,
  noteFeed,
  settleRepresentations,
  stageRepresentations,
  standRepresentations,
} from './representation-store.ts'

/** One line of a representation feed: who may act for which child, as the population register knows it on the day of the feed. */
export interface Representation {
  /** keyed hash of the representative's personal code */
  representative: Buffer
  /** keyed hash of the child's personal code */
  child: Buffer
  kind: 'parent' | 'adopter' | 'guardian' | 'foster_parent'
  /** first day */
  from: Day
  /** first day on which it no longer holds; null: until the child is of age */
  until: Day | null
  /** the child's day of birth; only its 18th return is kept */
  bornOn: Day
  /** the register says it is contested: blocked until it says otherwise */
  isDisputed: boolean
}

/** What a feed changed. */
export interface FeedReport {
  /** in force after the feed, disputed ones not counted */
  standing: number
  added: number
  /** no longer said by the feed, or said otherwise */
  ended: number
  /** disputed, or said twice in different ways */
  blocked: number
  /** children this bank does not know; nothing of them is kept */
  unknown: number
  /** children who are of age already; nothing of them is kept */
  ofAge: number
}

/** A feed that cannot be right is refused whole. */
export class FeedRefused extends Error {
  readonly why: 'representation.older_feed' | 'representation.ends_many'
  readonly detail: Record<string, string | number>

  constructor(message: string, why: FeedRefused['why'], detail: FeedRefused['detail']) {
    super(message)
    this.name = 'FeedRefused'
    this.why = why
    this.detail = detail
  }
}

const FEW = 20 // ends that no feed needs to explain
const SHARE = 0.1 // more than a tenth of the country's parents at once is a broken file, not a day of court decisions

/**
 * Takes a complete representation feed of a day: what it says stands, what it leaves out has ended. Mandates and open sessions
 * follow in the same transaction. A representation ends on the child's 18th birthday (of those born on 29 February on the 28th)
 * without any feed.
 *
 * @param options.importId    the import the feed came with, where it came as a file
 * @param options.mayEndMany  somebody looked and it is right that more than a tenth ends
 * @throws  FeedRefused when a later feed was taken already, or when more than a tenth of all would end
 */
export async function applyRepresentations(
  db: Database,
  rows: readonly Representation[],
  day: Day,
  { importId = null, mayEndMany = false }: { importId?: number | null; mayEndMany?: boolean } = {},
): Promise<FeedReport> {
  return asJob(db, async (tx) => {
    await fillFeed(tx, rows)
    return takeFeed(tx, day, { importId, mayEndMany })
  })
}

/** The same for a feed that is in the table `feed` already, in the transaction it came with. */
export async function takeFeed(
  tx: Tx,
  day: Day,
  { importId, mayEndMany }: { importId: number | null; mayEndMany: boolean },
): Promise<FeedReport> {
  const last = await lastFeed(tx)
  if (last !== null && last > day) {
    const message = `The feed is of ${day}; one of ${last} was taken already`
    throw new FeedRefused(message, 'representation.older_feed', { day, last })
  }
  const { unknown, ofAge, given } = await stageRepresentations(tx, day)
  const { ended, before } = await endRepresentations(tx, day)
  if (!mayEndMany && ended > FEW && ended > before * SHARE) {
    const message = `The feed would end ${ended} of ${before} representations: is it complete?`
    throw new FeedRefused(message, 'representation.ends_many', { ended, before })
  }
  const { added, standing, blocked } = await standRepresentations(tx, day, importId)
  await noteFeed(tx, day, given)
  await settleRepresentations(tx)
  return { standing, added, ended, blocked, unknown, ofAge }
}
