import type { Actor, Tx } from '#db/actor.ts'
import type { PinnedData } from '#http/route.ts'
import type { ProtectedCell, Released } from '#modules/disclosure/index.ts'
import { type CellQuery, type CubeCell, cubeCells } from '#modules/indicators/index.ts'
import type { UnitRow } from '#modules/registry/index.ts'
import { releasedCells } from './store.ts'

/** A mark in the type alone, lost by a changed copy. */
declare class SeenUnderDuty {
  protected readonly duty: true
}

/** An unprotected cell, for somebody whose mandate covers it. Made only here, from what the database lets them read. */
export type UnderDuty<T> = T & SeenUnderDuty

/** What a route may answer with: a released cell, or one under the caller's duty of care. */
export type VisibleCell = Released<ProtectedCell> | UnderDuty<ProtectedCell>

/** Cells of a question as the caller may see them: own ones unprotected, all others as released. */
export async function visibleCells(
  tx: Tx,
  actor: Actor,
  data: PinnedData,
  query: CellQuery,
): Promise<VisibleCell[]> {
  const { cubeId, releaseId } = data
  const [own, released] = await Promise.all([
    readsCubes(actor) && cubeId !== null ? cubeCells(tx, cubeId, query) : [],
    actor.tier !== 'analyst' && releaseId !== null ? releasedCells(tx, releaseId, query) : [],
  ])
  if (actor.tier === 'analyst') return own.map(underDuty)
  if (own.length === 0) return released
  const covered = new Set(own.map(unitKey))
  return [...own.map(underDuty), ...released.filter((cell) => !covered.has(unitKey(cell)))]
}

/** As whom the figures of a unit are shown. */
export function audienceOf(
  actor: Actor,
  unit: UnitRow,
  cells: readonly VisibleCell[],
): 'public' | 'own' | 'analyst' {
  if (actor.tier === 'analyst') return 'analyst'
  const own = cells.some((cell) => isUnderDuty(cell) && cell.level === unit.level && cell.unitId === unit.id)
  return own ? 'own' : 'public'
}

/** Tiers with units of their own whose cells the database lets them read unprotected. */
const cubeReaders = new Set<Actor['tier']>(['analyst', 'school', 'municipality', 'inspector'])

function readsCubes(actor: Actor): boolean {
  return cubeReaders.has(actor.tier)
}

const underDutyCells = new WeakSet<object>()

function underDuty(cell: CubeCell): UnderDuty<ProtectedCell> {
  const open = { ...cell, absent: null, spreadAbsent: null } as UnderDuty<ProtectedCell>
  underDutyCells.add(open)
  return open
}

function isUnderDuty(cell: VisibleCell): boolean {
  return underDutyCells.has(cell)
}

function unitKey(cell: { level: string; unitId: number }): string {
  return `${cell.level}|${cell.unitId}`
}
