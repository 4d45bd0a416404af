import { createHash } from 'node:crypto'
import { asJob, type Tx } from '#db/actor.ts'
import { analyse } from '#db/analyse.ts'
import type { Database } from '#db/connection.ts'
import type { Keys } from '#db/keys.ts'
import { asOfImport, preparePlaces } from '#modules/indicators/index.ts'
import type { FreeDefinition } from './define.ts'
import { atomCounter, atomLine } from './free-atoms.ts'
import {
  addFreePart,
  beginCount,
  type FreeDataSetRow,
  finishVersion,
  freeDataSet,
  keepOrigin,
  keepSteps,
  knownYears,
  noiseIn,
  peopleOf,
  placesOf,
} from './free-compute-store.ts'
import { noiseSteps } from './noise.ts'
import { recordKeys } from './record-keys.ts'

export interface FreeReport {
  /** false: every part was already there, the version in force stays */
  changed: boolean
  parts: number
  newParts: number
  people: number
}

/**
 * Counts the free data sets into atoms, so that nothing is counted while somebody waits for an answer. Reads the bank as
 * of its latest import in one snapshot; writes everything or nothing. The same bank gives the same parts.
 *
 * @throws  OtherRecordKeys if the record keys cannot be made as before; Error if a definition has no free data set
 */
export async function computeFreeTables(
  db: Database,
  keys: Keys,
  definitions: readonly FreeDefinition[],
): Promise<FreeReport> {
  const report = await asJob(db, async (tx): Promise<FreeReport> => {
    await beginCount(tx)
    const asOf = await asOfImport(tx)
    const done = { parts: 0, newParts: 0, people: 0 }
    if (asOf === null) return { changed: false, ...done }
    const parts: number[] = []
    for (const definition of definitions) {
      const dataSet = await declared(tx, definition)
      const { keyOf, origin } = recordKeys(keys, dataSet.population, dataSet.origin)
      if (!dataSet.origin) await keepOrigin(tx, dataSet.population, origin)
      for (const year of await knownYears(tx, definition.years, asOf)) {
        const counted = await countYear(tx, definition, dataSet, keyOf, asOf, year)
        parts.push(counted.id)
        done.people += counted.people
        if (counted.isNew) done.newParts += 1
      }
    }
    const { changed } = await finishVersion(tx, asOf, parts)
    return { changed, ...done, parts: parts.length }
  })
  if (report.newParts > 0) await analyse(db, ['disclosure'])
  return report
}

async function declared(tx: Tx, { dataSet: code }: FreeDefinition): Promise<FreeDataSetRow> {
  const found = await freeDataSet(tx, code)
  if (found?.regime !== 'free' || !found.dimensions) {
    throw new Error(`there is no free data set ${code} with dimensions`)
  }
  return found
}

async function countYear(
  tx: Tx,
  { dataSet: code, facts }: FreeDefinition,
  { dimensions }: FreeDataSetRow,
  keyOf: (person: string) => number,
  asOf: number,
  year: number,
): Promise<{ id: number; isNew: boolean; people: number }> {
  const noise = await noiseIn(tx, code, year)
  if (!noise) throw new Error(`data set ${code} has no noise for ${year}: without it nothing is told`)
  await keepSteps(tx, code, noise.fromYear, noiseSteps(noise))
  await preparePlaces(tx, asOf, year)
  const counter = atomCounter(
    dimensions.map(({ categories }) => categories),
    await placesOf(tx),
  )
  let people = 0
  const names = dimensions.map(({ dimension }) => dimension)
  for await (const page of peopleOf(tx, facts, names, asOf, year)) {
    for (const { institution, person, categories } of page) {
      counter.add(institution, person, categories, keyOf(person))
      people += 1
    }
  }
  const atoms = counter.atoms()
  const hash = createHash('sha256').update(`${code} ${year} ${noise.fromYear}\n`)
  for (const atom of atoms) hash.update(`${atomLine(atom)}\n`)
  const part = { hash: hash.digest(), dataSet: code, year, noiseFrom: noise.fromYear }
  return { ...(await addFreePart(tx, part, atoms)), people }
}
