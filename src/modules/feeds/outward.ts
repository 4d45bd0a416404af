import type { Tx } from '#db/actor.ts'
import type { Outgoing, Outward } from './connector.ts'
import {
  type LevelToTell,
  type LinkToTell,
  levelsToTell,
  linksToTell,
  noteOvertaken,
  noteTold,
  type TakenOutward,
  takeOutward,
  triesOfOldest,
} from './outward-store.ts'

const BATCH = 200 // messages sent at once
const TOGETHER = 3 // tries after which a message goes alone: it may be what the receiver stumbles over

/**
 * The next levels and links, made from the bank as it is now. Whose level is told stands in the audit trail before it is sent. What is
 * not to be told any more is left out; the next gathering finds what is to be said instead.
 */
export async function takeBatch(
  tx: Tx,
  feedId: number,
  outward: Outward,
  open: (sealed: Buffer) => string,
): Promise<Outgoing[] | undefined> {
  for (;;) {
    const tries = await triesOfOldest(tx, feedId)
    if (tries === null) return undefined
    const taken = await takeOutward(tx, feedId, tries > TOGETHER ? 1 : BATCH)
    const bodies = await bodiesOf(tx, feedId, taken, outward, open)
    const going = taken.flatMap(({ id, tries: its }) => {
      const body = bodies.get(id)
      return body ? [{ id, tries: its, body }] : []
    })
    const overtaken = taken.filter(({ id }) => !bodies.has(id)).map(({ id }) => id)
    if (overtaken.length > 0) await noteOvertaken(tx, overtaken)
    if (going.length > 0) return going
  }
}

async function bodiesOf(
  tx: Tx,
  feedId: number,
  taken: readonly TakenOutward[],
  { levels, links, schools }: Outward,
  open: (sealed: Buffer) => string,
): Promise<Map<string, object>> {
  const given = taken.filter(({ event }) => event === 'given')
  const of = (kind: TakenOutward['kind']) => given.filter((each) => each.kind === kind)
  const results = levels
    ? await levelsToTell(
        tx,
        of('level').map(({ unitId }) => unitId!),
        schools,
      )
    : []
  const pages = links
    ? await linksToTell(
        tx,
        of('link').map(({ about }) => about),
      )
    : []
  const bodies = new Map<string, object>()
  const told: number[] = []
  for (const message of taken) {
    const { id, kind, event, about, madeAt, unitId, version, portal } = message
    const head = { id, kind, event, madeAt, about: about.slice(kind.length + 1) }
    if (event === 'withdrawn') {
      bodies.set(id, head)
    } else if (kind === 'level') {
      const found = results.find((each) => each.participantId === unitId && each.version === version)
      if (!found) continue
      told.push(found.learnerId)
      bodies.set(id, { ...head, ...levelBody(found, open, levels!.scores) })
    } else {
      const found = pages.find((each) => each.about === about)
      if (found) bodies.set(id, { ...head, ...linkBody(found, open, portal!) })
    }
  }
  if (told.length > 0) await noteTold(tx, feedId, [...new Set(told)])
  return bodies
}

function levelBody(found: LevelToTell, open: (sealed: Buffer) => string, scores: boolean) {
  const { version, sealedCode, institution, test, level, score, error } = found
  return {
    version,
    subject: { kind: 'learner', code: open(sealedCode) },
    institution,
    test,
    level,
    ...(scores && { score, error }),
  }
}

function linkBody(found: LinkToTell, open: (sealed: Buffer) => string, portal: string) {
  const { subject, unit, institution, code, sealedCode } = found
  const address = (locale: string) => new URL(`/embed/${locale}/${subject}/${unit}`, portal).href
  return {
    subject: { kind: subject, code: sealedCode ? open(sealedCode) : code },
    institution,
    address: { lv: address('lv'), en: address('en') },
  }
}
