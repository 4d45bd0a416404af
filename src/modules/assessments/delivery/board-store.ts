import type pg from 'pg'
import type { Tx } from '#db/actor.ts'
import type { Keys } from '#db/keys.ts'
import { utc } from '#db/utc.ts'
import { sealer } from '#modules/registry/index.ts'
import type { Board, BoardNames, BoardRow, Room, RoomState } from './model.ts'

const CONNECTED = 35_000 // ms; a device is heard at least every 15 s, unless its answers do

/** Sessions the caller may lead, in the order they are planned. */
export async function listRooms(tx: Tx): Promise<Room[]> {
  const { rows } = await tx.query<Room>(
    `select id, label, state, jsonb_build_object('lv', name_lv, 'en', name_en) as name, round_state as "roundState",
            ${utc('planned_at')} as "plannedAt", ${utc('opens_at')} as "opensAt", ${utc('closes_at')} as "closesAt",
            minutes, expected, present, done
       from assessments.rooms()`,
  )
  return rows
}

interface RoomRow {
  id: string
  sessionId: number
  label: string
  state: RoomState
  name: Board['name']
  roundState: string
  plannedAt: string | null
  startedAt: string | null
  endedAt: string | null
  opensAt: string
  closesAt: string
  minutes: number
  now: string
}

interface SeatRow extends Omit<BoardRow, 'state' | 'isConnected' | 'last' | 'extraMinutes'> {
  status: string
  startedAt: string | null
  finishedAt: string | null
  addedMinutes: number
  profileMinutes: number
  lastPlace: number | null
  lastAt: string | null
}

/** A session as who leads it sees it, with its number inside; null where it is not there or not the caller’s. */
export async function readBoard(tx: Tx, id: string): Promise<{ sessionId: number; board: Board } | null> {
  const { rows: rooms } = await tx.query<RoomRow>(
    `select id, session_id as "sessionId", label, state, jsonb_build_object('lv', name_lv, 'en', name_en) as name,
            round_state as "roundState", ${utc('planned_at')} as "plannedAt", ${utc('started_at')} as "startedAt",
            ${utc('ended_at')} as "endedAt", ${utc('opens_at')} as "opensAt", ${utc('closes_at')} as "closesAt", minutes,
            ${utc('server_time')} as now
       from assessments.room($1)`,
    [id],
  )
  if (!rooms[0]) return null
  const { rows } = await tx.query<SeatRow>(
    `select participant, status, ${utc('started_at')} as "startedAt", ${utc('finished_at')} as "finishedAt",
            ${utc('ends_at')} as "endsAt", added_minutes as "addedMinutes", extra_minutes as "profileMinutes",
            ${utc('seen_at')} as "seenAt", devices, answered, places, last_place as "lastPlace", ${utc('last_saved_at')} as "lastAt",
            refused
       from assessments.board($1) order by participant`,
    [id],
  )
  const { sessionId, opensAt, ...room } = rooms[0]
  const now = Date.parse(room.now)
  return {
    sessionId,
    board: {
      ...room,
      mayStart: room.roundState === 'open' && Date.parse(opensAt) <= now && now < Date.parse(room.closesAt),
      rows: rows.map((row) => boardRow(row, now)),
    },
  }
}

function boardRow(row: SeatRow, now: number): BoardRow {
  const { status, startedAt, finishedAt, addedMinutes, profileMinutes, lastPlace, lastAt, ...rest } = row
  return {
    ...rest,
    state: stateOf(row, now),
    extraMinutes: addedMinutes + profileMinutes,
    isConnected: rest.seenAt !== null && now - Date.parse(rest.seenAt) < CONNECTED,
    last: lastPlace !== null && lastAt !== null ? { position: lastPlace, at: lastAt } : null,
  }
}

function stateOf(
  { status, startedAt, finishedAt, endsAt, devices }: SeatRow,
  now: number,
): BoardRow['state'] {
  if (status === 'exempt') return 'exempt'
  if (finishedAt) return 'done'
  if (startedAt) return endsAt && now >= Date.parse(endsAt) ? 'time_over' : 'working'
  if (devices > 0) return 'waiting'
  return status === 'absent' ? 'absent' : 'expected'
}

/** Names of those in a session; the database writes down whose before it hands out a single sealed value. */
export async function readBoardNames(tx: Tx, keys: Keys, id: string): Promise<BoardNames['items']> {
  const { rows } = await tx.query<{ participant: string; name: Buffer | null; code: Buffer | null }>(
    'select participant, sealed_name as name, sealed_code as code from assessments.board_names($1)',
    [id],
  )
  const { open } = sealer(keys)
  return rows.map(({ participant, name, code }) => ({
    participant,
    name: name ? open('name', name) : code && open('code', code),
  }))
}

export type LeadFault = 'not_there' | 'wrong_state' | 'not_open'

export async function lead(tx: Tx, id: string, step: 'open' | 'start' | 'end'): Promise<LeadFault | null> {
  const { rows } = await tx.query<{ fault: LeadFault | null }>('select assessments.lead($1, $2) as fault', [
    id,
    step,
  ])
  return rows[0]!.fault
}

export async function leadOne(
  tx: Tx,
  id: string,
  participant: string,
  step: 'minutes' | 'admit',
  minutes: number | null,
): Promise<LeadFault | null> {
  const { rows } = await tx.query<{ fault: LeadFault | null }>(
    'select assessments.lead_one($1, $2, $3, $4) as fault',
    [id, participant, step, minutes],
  )
  return rows[0]!.fault
}

/** From now on the connection hears in which sessions something happened. */
export async function listenForBoards(client: pg.PoolClient): Promise<void> {
  await client.query('listen ikms_board')
}
