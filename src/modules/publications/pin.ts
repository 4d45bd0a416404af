import { createHash } from 'node:crypto'
import { asActor, type Tx } from '#db/actor.ts'
import type { Database } from '#db/connection.ts'
import type { PinnedData } from '#http/route.ts'
import { currentFreeVersion, type FreeDataSet, listFreeDataSets, rulesOn } from '#modules/disclosure/index.ts'
import {
  type CubeRow,
  currentCube,
  type Indicator,
  listIndicators,
  listSeriesBreaks,
  listTargets,
  type SeriesBreak,
  similarState,
  type TargetRow,
  yearsOfCube,
} from '#modules/indicators/index.ts'
import { type Assessment, listAssessments } from '#modules/records/index.ts'
import {
  borderChanges,
  currentBoundaryMap,
  currentTileMap,
  type PlaceRegister,
  type PlacesOfYear,
  placeRegister,
  placesOfYears,
  theState,
  unitsById,
} from '#modules/registry/index.ts'
import type { Config } from '#terms/config.ts'
import { dayOf } from '#terms/day.ts'
import type { SchoolYear } from '#terms/school-year.ts'
import { toUnit } from './figures.ts'
import type { BorderChange } from './model.ts'
import { currentRelease, dataKind, registerState } from './store.ts'

/**
 * The data everybody reads from until the pointers move: pinned for a request, so that a page never mixes two versions.
 * With what everybody may know of them and nearly every answer needs; nothing here is protected from anybody.
 */
export interface Pin {
  data: PinnedData
  config: Config
  indicators: readonly Indicator[]
  /** by school year */
  assessments: ReadonlyMap<number, readonly Assessment[]>
  /** when the borders of territories changed, by internal id, earliest first */
  borderChanges: ReadonlyMap<number, readonly BorderChange[]>
  /** what is aimed at, and from which school year on series cannot be compared */
  targets: readonly TargetRow[]
  seriesBreaks: readonly SeriesBreak[]
  /** which unit lies in which in a school year */
  placesOf: (year: SchoolYear) => PlacesOfYear
  /** data sets told with noise, that are offered today */
  freeData: readonly FreeDataSet[]
}

const pins = new WeakMap<PinnedData, Pin>()

/** What belongs to the data that a request is pinned to. */
export function pinOf(data: PinnedData): Pin {
  const pin = pins.get(data)
  if (!pin) throw new Error('these data were never pinned')
  return pin
}

/** Reads the pointers and what follows from them, as the public. */
export function readPin(db: Database, now: Date): Promise<Pin> {
  return asActor(db, { tier: 'public', requestId: 'pin' }, async (tx) => {
    const cube = await currentCube(tx)
    const release = await currentRelease(tx, 'public')
    const day = dayOf(now) // the register shows what is valid today, the rules are dated
    const free = await currentFreeVersion(tx)
    const tileMapId = await currentTileMap(tx)
    const boundaryMapId = await currentBoundaryMap(tx)
    const told = await toldOf(
      tx,
      cube,
      free?.id ?? null,
      { tiles: tileMapId !== null, boundaries: boundaryMapId !== null },
      day,
    )
    const everything = [
      cube?.uuid,
      release?.uuid,
      free?.uuid,
      await registerState(tx),
      cube && (await similarState(tx, cube.id)),
      tileMapId,
      boundaryMapId,
      day,
      told,
      [...told.assessments],
      [...told.borderChanges],
    ]
    const data: PinnedData = {
      cubeId: cube?.id ?? null,
      releaseId: release?.id ?? null,
      freeId: free?.id ?? null,
      version: {
        id: createHash('sha256').update(JSON.stringify(everything)).digest('base64url').slice(0, 16),
        release: release?.number ?? null,
        madeAt: release?.madeAt ?? cube?.madeAt ?? null,
        asOfImport: cube?.asOfImport ?? null,
      },
    }
    const { config, ...rest } = told
    const pin: Pin = { data, config: { ...config, dataVersion: data.version }, ...rest }
    pins.set(data, pin)
    return pin
  })
}

async function toldOf(
  tx: Tx,
  cube: CubeRow | null,
  freeId: number | null,
  maps: Pick<Config, 'tiles' | 'boundaries'>,
  day: string,
) {
  const state = await theState(tx)
  const rules = await rulesOn(tx, 'public', day)
  const years = cube === null ? [] : await yearsOfCube(tx, cube.id)
  const register = await placeRegister(tx, cube?.asOfImport ?? null)
  const changes = await namedBorderChanges(tx, register)
  const assessments = new Map<number, readonly Assessment[]>()
  for (const year of years) assessments.set(year, await listAssessments(tx, year))
  const config = {
    data: await dataKind(tx),
    schoolYears: years,
    countryId: state?.uuid ?? null,
    country: state?.name ?? null,
    ...maps,
    rules: rules.map(({ audience, topic, minimum, reason }) => ({ audience, topic, minimum, reason })),
  }
  const freeData = await listFreeDataSets(tx, freeId, day)
  return {
    config,
    indicators: await listIndicators(tx),
    assessments,
    borderChanges: changes,
    targets: await listTargets(tx),
    seriesBreaks: await listSeriesBreaks(tx),
    placesOf: placesOfYears(register),
    freeData,
  }
}

async function namedBorderChanges(tx: Tx, register: PlaceRegister): Promise<Map<number, BorderChange[]>> {
  const changes = borderChanges(register)
  const ids = new Set([...changes.values()].flat().flatMap(({ joined, left }) => [...joined, ...left]))
  const units = await unitsById(
    tx,
    [...ids].map((id) => ({ level: 'municipality', id })),
  )
  const unitOf = new Map(units.map((unit) => [unit.id, toUnit(unit)]))
  const named = (of: readonly number[]) => of.flatMap((id) => unitOf.get(id) ?? [])
  return new Map(
    [...changes].map(([territory, found]) => [
      territory,
      found.map((change) => ({ ...change, joined: named(change.joined), left: named(change.left) })),
    ]),
  )
}
