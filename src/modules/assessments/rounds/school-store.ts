import type { Tx } from '#db/actor.ts'
import type { Keys } from '#db/keys.ts'
import { utc } from '#db/utc.ts'
import { sealer } from '#modules/registry/index.ts'
import { codes, inPrint } from './codes.ts'
import type {
  NamedParticipant,
  SaidParticipation,
  SchoolSession,
  SessionCodes,
  SessionDetail,
} from './model.ts'

/** What the head of a school reads and says: own sessions, own pupils by name, always written down. */

const inLatvian = new Intl.Collator('lv', { numeric: true })

/** Sessions of the own school: the round that begins last first, then by class. */
export async function ownSessions(tx: Tx, id?: string): Promise<SchoolSession[]> {
  const { rows } = await tx.query<SchoolSession>(
    `select s.session_uuid as id, s.label, ${utc('s.planned_at')} as "plannedAt", s.session_state as state,
            jsonb_build_object('id', s.round_uuid, 'code', s.code, 'kind', s.kind, 'domain', s.domain, 'grade', s.grade,
              'schoolYear', s.school_year, 'name', jsonb_build_object('lv', s.name_lv, 'en', s.name_en),
              'opensAt', ${utc('s.opens_at')}, 'closesAt', ${utc('s.closes_at')}, 'minutes', s.minutes,
              'state', s.state) as round,
            jsonb_build_object('expected', p.expected, 'tested', p.tested, 'absent', p.absent, 'exempt', p.exempt) as participation
       from assessments.school_sessions() s
       join lateral assessments.participation(s.round_id) p on p.session_id = s.session_id
      where $1::uuid is null or s.session_uuid = $1
      order by s.opens_at desc, s.code, s.label collate public.latvian`,
    [id ?? null],
  )
  return rows
}

interface Row {
  id: string
  status: NamedParticipant['status']
  reason: NamedParticipant['reason']
  needs: NamedParticipant['needs']
  form: string | null
  started: boolean
  name: Buffer | null
  code: Buffer | null
}

async function read(tx: Tx, keys: Keys, session: string, withCodes: boolean) {
  const { rows } = await tx.query<Row>(
    `select participant_uuid as id, status, exempt_reason as reason, profile as needs, form, started_at is not null as started,
            sealed_name as name, sealed_code as code
       from assessments.read_session($1, $2)`,
    [session, withCodes],
  )
  const { open } = sealer(keys)
  return rows
    .map(({ name, code, ...row }) => ({
      ...row,
      name: name && open('name', name),
      personalCode: code && open('code', code),
    }))
    .sort(
      (a, b) =>
        inLatvian.compare(a.name ?? '', b.name ?? '') ||
        inLatvian.compare(a.personalCode ?? '', b.personalCode ?? ''),
    )
}

/** A session of the own school with its pupils by name; null where there is none. */
export async function readSession(tx: Tx, keys: Keys, id: string): Promise<SessionDetail | null> {
  const participants = await read(tx, keys, id, false)
  const [session] = await ownSessions(tx, id)
  if (!session) return null
  const { rows: staff } = await tx.query<SessionDetail['staff'][number]>(
    'select mandate, name, leads from assessments.session_staff($1)',
    [id],
  )
  return { ...session, participants, staff: staff.toSorted((a, b) => inLatvian.compare(a.name, b.name)) }
}

/** Names who leads a session of the own school. @returns null, or the code of the refusal */
export async function setLeaders(
  tx: Tx,
  session: string,
  leaders: readonly string[],
): Promise<string | null> {
  const { rows } = await tx.query<{ fault: string | null }>(
    'select assessments.set_leaders($1, $2) as fault',
    [session, leaders],
  )
  return rows[0]!.fault
}

/** Codes of a session of the own school, to be printed: only of pupils who are to sit; null where there is none. */
export async function printCodes(tx: Tx, keys: Keys, id: string): Promise<SessionCodes | null> {
  const { codeOf } = codes(keys)
  const participants = await read(tx, keys, id, true)
  const [session] = await ownSessions(tx, id)
  if (!session) return null
  const sitting = participants.filter(({ status }) => status !== 'exempt')
  return { ...session, codes: sitting.map(({ id: own, name }) => ({ name, code: inPrint(codeOf(own)) })) }
}

/** What the head says of a pupil. @returns null, or the code of the refusal */
export async function sayParticipation(
  tx: Tx,
  session: string,
  participant: string,
  { status, reason, needs }: SaidParticipation,
): Promise<string | null> {
  const { rows } = await tx.query<{ fault: string | null }>(
    'select assessments.say_participation($1, $2, $3, $4, $5) as fault',
    [session, participant, status, reason ?? null, JSON.stringify(needs)],
  )
  return rows[0]!.fault
}

/** When a session of the own school is to be. @returns null, or the code of the refusal */
export async function setSession(tx: Tx, session: string, at: string): Promise<string | null> {
  const { rows } = await tx.query<{ fault: string | null }>(
    'select assessments.set_session($1, $2) as fault',
    [session, at],
  )
  return rows[0]!.fault
}
