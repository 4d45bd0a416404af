import { asJob, type Tx } from '#db/actor.ts'
import type { Database } from '#db/connection.ts'
import type { Keys } from '#db/keys.ts'
import { sealer } from '#modules/registry/index.ts'
import { toPupil } from '../content/pupil.ts'
import type { Content } from '../model.ts'
import { codes } from './codes.ts'
import type { LineFault } from './model.ts'
import { paperAnswer } from './paper-answer.ts'
import { RoundRefused } from './refused.ts'
import { type FileLine, type LineRefusal, readScoreFile } from './score-file.ts'

/** What became of a file. */
export interface FileReport {
  lines: number
  /** places that got a new answer or other points */
  taken: number
  /** places that stand so already */
  unchanged: number
  /** pupils the file speaks of */
  pupils: number
  refusals: LineRefusal[]
  /** answers from paper, or points given elsewhere; null: the file does not tell */
  kind: 'paper' | 'scores' | null
  /** false: a trial, or something was refused and nothing was kept */
  kept: boolean
}

interface Seat {
  id: number
  formId: number
  seed: number
  status: string
  isOnline: boolean
}
interface FormPlace {
  formId: number
  position: number
  item: string
  points: number
  content: Content
}
interface Taken {
  id: number
  position: number
  answer: unknown
  points: number | null
}

/**
 * Takes answers from paper, or points that were given elsewhere, into a round: whole or not at all. The same file again changes
 * nothing; another answer to the same place is a new revision. Who is in the file was tested.
 *
 * @param text    CSV; see `readScoreFile`
 * @param dryRun  only the report
 * @param person  who sent it, for the history of the round; null: the operator
 * @throws        RoundRefused: not_there; wrong_state (not open yet, or scaled already)
 */
export function takeFile(
  db: Database,
  keys: Keys,
  roundCode: string,
  text: string,
  { dryRun = false, person = null }: { dryRun?: boolean; person?: number | null } = {},
): Promise<FileReport> {
  return asJob(db, async (tx) => {
    const { rows } = await tx.query<{ id: number; state: string }>(
      'select round_id as id, state from assessments.round where code = $1 for update',
      [roundCode],
    )
    const round = rows[0]
    if (!round) throw new RoundRefused('not_there')
    if (!['open', 'closed'].includes(round.state)) throw new RoundRefused('wrong_state')
    const { lines, refusals } = readScoreFile(text)
    const seats = await seatsOf(tx, keys, round.id, lines)
    const places = await placesOf(tx, round.id)
    const { taken, refused } = check(lines, seats, places)
    const isScored = lines[0]?.answer === null
    const report: FileReport = {
      kind: lines.length === 0 ? null : isScored ? 'scores' : 'paper',
      lines: lines.length,
      taken: 0,
      unchanged: 0,
      pupils: new Set(taken.map(({ id }) => id)).size,
      refusals: [...refusals, ...refused].sort((a, b) => a.line - b.line),
      kept: false,
    }
    if (report.refusals.length > 0) return report
    const fresh = await freshOf(tx, taken, isScored)
    report.taken = fresh.length
    report.unchanged = taken.length - fresh.length
    if (dryRun) return report
    if (isScored) await keepPoints(tx, fresh)
    else await keepAnswers(tx, fresh)
    await tx.query(
      `update assessments.participant set status = 'tested' where participant_id = any ($1) and status <> 'tested'`,
      [[...new Set(taken.map(({ id }) => id))]],
    )
    await tx.query(
      'insert into assessments.round_event (round_id, person_id, kind, facts) values ($1, $2, $3, $4)',
      [
        round.id,
        person,
        report.kind,
        JSON.stringify({ lines: report.lines, taken: report.taken, pupils: report.pupils }),
      ],
    )
    return { ...report, kept: true }
  })
}

/** Participants of the round by what the lines call them. */
async function seatsOf(
  tx: Tx,
  keys: Keys,
  round: number,
  lines: readonly FileLine[],
): Promise<Map<string, Seat>> {
  const { entryKey } = codes(keys)
  const { hashCode } = sealer(keys)
  const names = [...new Set(lines.map(nameOf))]
  const wanted = names.flatMap((name) => {
    const key = lines[0]!.code === null ? hashCode(name) : entryKey(name)
    return key ? [{ name, key: key.toString('hex') }] : []
  })
  const { rows } = await tx.query<Seat & { name: string }>(
    `select w.name, p.participant_id as id, p.form_id as "formId", p.seed, p.status,
            exists (select from assessments.sitting s where s.participant_id = p.participant_id) as "isOnline"
       from jsonb_to_recordset($2) as w (name text, key text)
       left join identity.person i on i.code_hash = decode(w.key, 'hex')
       join assessments.participant p
         on p.round_id = $1 and (p.entry_key = decode(w.key, 'hex') or p.learner_id = i.learner_id)`,
    [round, JSON.stringify(wanted)],
  )
  return new Map(rows.map(({ name, ...seat }) => [name, seat]))
}

const nameOf = ({ code, learner }: FileLine) => (code ?? learner)!

async function placesOf(tx: Tx, round: number): Promise<Map<string, FormPlace>> {
  const { rows } = await tx.query<FormPlace>(
    `select x.form_id as "formId", x.position, i.code as item, v.points, t.content
       from assessments.round_form f
       join assessments.form_item x using (form_id)
       join assessments.item_version v using (item_version_id)
       join assessments.item i using (item_id)
       join assessments.item_text t on t.item_version_id = v.item_version_id and t.language = v.languages[1]
      where f.round_id = $1`,
    [round],
  )
  return new Map(
    rows.flatMap((place) => [
      [`${place.formId} ${place.position}`, place],
      [`${place.formId} ${place.item}`, place],
    ]),
  )
}

function check(
  lines: readonly FileLine[],
  seats: ReadonlyMap<string, Seat>,
  places: ReadonlyMap<string, FormPlace>,
): { taken: Taken[]; refused: LineRefusal[] } {
  const seen = new Set<string>()
  const refused: LineRefusal[] = []
  const taken = lines.flatMap((line): Taken[] => {
    const refuse = (reason: LineFault) => {
      refused.push({ line: line.line, reason })
      return []
    }
    const seat = seats.get(nameOf(line))
    if (!seat) return refuse(line.code === null ? 'unknown_learner' : 'unknown_code')
    if (seat.status === 'exempt') return refuse('exempt')
    if (seat.isOnline) return refuse('answered_online')
    const place = places.get(`${seat.formId} ${line.place}`)
    if (!place) return refuse('unknown_place')
    const name = `${seat.id} ${place.position}`
    if (seen.has(name)) return refuse('twice')
    seen.add(name)
    const at = { id: seat.id, position: place.position }
    if (line.answer === null) {
      const points = /^\d{1,3}$/.test(line.points!) ? Number(line.points) : -1
      return points < 0 || points > place.points ? refuse('wrong_points') : [{ ...at, answer: null, points }]
    }
    const own = paperAnswer(place.content, line.answer)
    if (!own) return refuse('no_answer')
    return [{ ...at, answer: toPupil(place.content, seat.seed, own), points: null }]
  })
  return { taken, refused }
}

const given =
  'jsonb_to_recordset($1) as g (id bigint, position smallint, answer jsonb, points smallint, at timestamptz)'

/** What does not stand so already. */
async function freshOf(tx: Tx, taken: readonly Taken[], isScored: boolean): Promise<Taken[]> {
  const { rows } = await tx.query<Taken>(
    isScored
      ? `select g.* from ${given}
          where not exists (select from assessments.item_score s where s.participant_id = g.id and s.position = g.position
                              and s.state = 'given' and s.points = g.points)`
      : `select g.* from ${given}
          where g.answer is distinct from (
            select a.answer from assessments.answer a where a.participant_id = g.id and a.position = g.position
             order by a.revision desc limit 1)`,
    [JSON.stringify(taken)],
  )
  return rows
}

/**
 * Answers as a new revision of their places, as pupils saw the items.
 *
 * @param fresh  with `at` where it is known when they were given (ISO 8601), else now
 */
export async function keepAnswers(tx: Tx, fresh: readonly (Taken & { at?: string })[]): Promise<void> {
  await tx.query(
    `insert into assessments.answer (participant_id, position, revision, answer, saved_at)
     select g.id, g.position, 1 + coalesce((select max(a.revision) from assessments.answer a
                                             where a.participant_id = g.id and a.position = g.position), 0), g.answer,
            coalesce(g.at, now())
       from ${given}`,
    [JSON.stringify(fresh)],
  )
}

async function keepPoints(tx: Tx, fresh: readonly Taken[]): Promise<void> {
  await tx.query(
    `insert into assessments.item_score (participant_id, position, points, state)
     select g.id, g.position, g.points, 'given' from ${given}
     on conflict (participant_id, position) do update set points = excluded.points, state = 'given', scored_at = now()`,
    [JSON.stringify(fresh)],
  )
}
