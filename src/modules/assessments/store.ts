import type { Tx } from '#db/actor.ts'
import { utc } from '#db/utc.ts'
import { interactionsOf, mediaOf } from './content/body.ts'
import { mostOf } from './content/item.ts'
import { suggestedOf } from './drafting/drafts-store.ts'
import type { Framework } from './framework.ts'
import { type Duty, type ItemState, moves, secretStates } from './lifecycle.ts'
import type {
  Content,
  Item,
  ItemDetail,
  ItemEvent,
  ItemParameters,
  ItemSummary,
  Keys,
  Place,
} from './model.ts'

/** A picture that belongs to an item. */
export interface MediaFile {
  name: string
  type: 'image/png' | 'image/jpeg' | 'image/gif' | 'image/webp' | 'image/svg+xml'
  bytes: Uint8Array
}

/** What the caller may do in the item bank; nothing for most people. */
export async function dutiesOf(tx: Tx): Promise<Duty[]> {
  const { rows } = await tx.query<{ duties: Duty[] }>('select assessments.my_duties() as duties')
  return rows[0]!.duties
}

/** The framework in force today; null before one was put. */
export async function currentFramework(tx: Tx): Promise<Framework | null> {
  const { rows } = await tx.query<{ content: Framework }>(
    'select content from assessments.framework where valid @> access.today()',
  )
  return rows[0]?.content ?? null
}

/** Which items are asked for. */
export interface ItemFilter {
  domain?: string | undefined
  grade?: number | undefined
  strand?: string | undefined
  state?: ItemState | undefined
}

const newest = `
  from assessments.item i
  join lateral (select * from assessments.item_version v where v.item_id = i.item_id order by v.number desc limit 1) v on true`
const summary = `
  i.item_uuid as id, i.code, i.state, v.number as version, v.item_version_id as "versionId", v.languages, v.interactions, v.points,
  jsonb_build_object('domain', v.domain, 'grade', v.grade, 'strand', v.strand, 'process', v.process, 'outcome', v.outcome) as place,
  (select least(count(distinct e.person_id), 2)::integer from assessments.item_event e
    where e.item_version_id = v.item_version_id and e.kind = 'signed_off') as "signedOff",
  ${utc('i.changed_at')} as "changedAt"`

type Row = Omit<ItemSummary, 'title'> & { versionId: number }

/** Items by code, after the code `after`. */
export async function listItems(
  tx: Tx,
  { domain, grade, strand, state }: ItemFilter,
  after: string | null,
  limit: number,
): Promise<ItemSummary[]> {
  const { rows } = await tx.query<Row>(
    `select ${summary} ${newest}
      where ($1::text is null or i.code > $1) and ($2::text is null or v.domain = $2)
        and ($3::smallint is null or v.grade = $3) and ($4::text is null or v.strand = $4)
        and ($5::text is null or i.state = $5)
      order by i.code limit $6`,
    [after, domain ?? null, grade ?? null, strand ?? null, state ?? null, limit],
  )
  return withTitles(tx, rows)
}

async function withTitles(tx: Tx, found: readonly Row[]): Promise<ItemSummary[]> {
  const { rows } = await tx.query<{ id: number; title: string }>(
    'select item_version_id as id, title from assessments.titles($1::bigint[])',
    [found.map(({ versionId }) => versionId)],
  )
  const titles = new Map(rows.map(({ id, title }) => [id, title]))
  return found.map(({ versionId, ...rest }) => ({ ...rest, title: titles.get(versionId) ?? null }))
}

/** One item with what was said and decided about it, and what the caller may do with it; null where there is none to see. */
export async function itemByUuid(tx: Tx, uuid: string): Promise<ItemDetail | null> {
  const { rows } = await tx.query<Row & { accessibility: string; wroteIt: boolean; signed: boolean }>(
    `select ${summary}, v.accessibility,
            exists (select from assessments.item_version w where w.item_id = i.item_id
                     and w.made_by = (select m.person_id from access.my_mandate() m)) as "wroteIt",
            exists (select from assessments.item_event e where e.item_version_id = v.item_version_id and e.kind = 'signed_off'
                     and e.person_id = (select m.person_id from access.my_mandate() m)) as signed
       ${newest} where i.item_uuid = $1`,
    [uuid],
  )
  if (!rows[0]) return null
  const { accessibility, wroteIt, signed, ...row } = rows[0]
  const { versionId, state } = row
  const { rows: parameters } = await tx.query<ItemParameters>(
    `select p.round, p.model, p.slope, p.intercepts, p.guessing, p.pupils, ${utc('p.calibrated_at')} as "calibratedAt"
       from assessments.item_parameter p where p.item_version_id = $1 order by p.calibrated_at desc`,
    [versionId],
  )
  const duties = await dutiesOf(tx)
  const [item] = await withTitles(tx, [row])
  const isSecret = secretStates.includes(state)
  const isOpen = { pilot: item!.signedOff >= 2, calibrated: parameters.length > 0 } as Record<string, boolean>
  return {
    ...item!,
    accessibility: isSecret && !duties.includes('keeper') ? '' : accessibility,
    events: await eventsOf(tx, uuid),
    parameters,
    suggested: await suggestedOf(tx, uuid),
    isSecret,
    mayRead: !isSecret || duties.includes('keeper'),
    maySignOff: state === 'review' && duties.includes('reviewer') && !wroteIt && !signed,
    moves: [
      ...new Set(
        moves
          .filter(({ from, to, duty }) => from === state && duties.includes(duty) && isOpen[to] !== false)
          .map(({ to }) => to),
      ),
    ],
  }
}

async function eventsOf(tx: Tx, uuid: string): Promise<ItemEvent[]> {
  const { rows } = await tx.query<ItemEvent>(
    `select ${utc('e.at')} as at, n.name as person, e.kind, v.number as version, e.state, e.text
       from assessments.item_event e
       join assessments.item_version v using (item_version_id)
       join assessments.item i using (item_id)
       left join assessments.names($1) n using (person_id)
      where i.item_uuid = $1 order by e.event_id desc limit 500`,
    [uuid],
  )
  return rows
}

export interface ItemRead {
  version: number
  content: Content
  keys: Keys | null
}

/**
 * Words of an item in one language (null: the original), with its keys where asked for. Written down where the item is in use.
 * Null where there is no such item or text, or not for the caller.
 */
export async function readItem(
  tx: Tx,
  uuid: string,
  language: string | null,
  withKeys: boolean,
): Promise<ItemRead | null> {
  const { rows } = await tx.query<ItemRead>(
    'select number as version, content, keys from assessments.read_item($1, $2, $3) limit 1',
    [uuid, language, withKeys],
  )
  return rows[0] ?? null
}

/** A whole item with its pictures, for packages; written down where it is in use. The caller may read it. */
export async function readWhole(
  tx: Tx,
  uuid: string,
  code: string,
  place: Place,
): Promise<{ item: Item; files: MediaFile[] }> {
  const { rows: texts } = await tx.query<{ content: Content; keys: Keys }>(
    'select content, keys from assessments.read_item($1, null, true)',
    [uuid],
  )
  const { rows } = await tx.query<{ accessibility: string }>(
    `select v.accessibility ${newest} where i.item_uuid = $1`,
    [uuid],
  )
  const files: MediaFile[] = []
  for (const name of mediaOf(texts)) {
    const found = await readMedia(tx, uuid, name)
    if (found) files.push({ name, ...found })
  }
  const { accessibility } = rows[0]!
  return {
    item: { code, place, accessibility, texts: texts.map(({ content, keys }) => ({ ...content, keys })) },
    files,
  }
}

/** A picture of the newest version of an item. */
export async function readMedia(tx: Tx, uuid: string, name: string): Promise<Omit<MediaFile, 'name'> | null> {
  const { rows } = await tx.query<Omit<MediaFile, 'name'>>(
    'select media_type as type, bytes from assessments.read_media($1, $2)',
    [uuid, name],
  )
  return rows[0] ?? null
}

/**
 * Writes a new item, or a new version of a draft, as an author or the operator.
 *
 * @returns  its id; null where there is an item of that code that is no draft, or no framework in force
 */
export async function writeItem(
  tx: Tx,
  item: Item,
  files: readonly MediaFile[],
  note: string,
): Promise<string | null> {
  const interactions = [...new Set(interactionsOf(item.texts[0]!.body).map(({ kind }) => kind))]
  const { rows } = await tx.query<{ id: string | null }>(
    'select assessments.write_version($1, $2, $3) as id',
    [
      JSON.stringify({ ...item, points: mostOf(item.texts[0]!), interactions }),
      JSON.stringify(
        files.map(({ name, type, bytes }) => ({ name, type, base64: Buffer.from(bytes).toString('base64') })),
      ),
      note,
    ],
  )
  return rows[0]?.id ?? null
}

/** Comments on an item; false where there is none. */
export const comment = (tx: Tx, uuid: string, text: string) => say(tx, uuid, 'comment', text)
/** Signs an item off; false where it is not under review, or the caller wrote it or has signed already. */
export const signOff = (tx: Tx, uuid: string, text: string) => say(tx, uuid, 'signed_off', text)

async function say(tx: Tx, uuid: string, what: 'comment' | 'signed_off', text: string): Promise<boolean> {
  const { rows } = await tx.query<{ done: boolean }>('select assessments.say($1, $2, $3) as done', [
    uuid,
    what,
    text,
  ])
  return rows[0]!.done
}

/** Moves an item to another state; false where it may not go there, or the caller may not move it. */
export async function moveItem(tx: Tx, uuid: string, to: ItemState, why: string): Promise<boolean> {
  const { rows } = await tx.query<{ done: boolean }>('select assessments.move($1, $2, $3) as done', [
    uuid,
    to,
    why,
  ])
  return rows[0]!.done
}
