import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { asJob } from '#db/actor.ts'
import type { Database } from '#db/connection.ts'
import type { Keys } from '#db/keys.ts'
import { makeDemoPeople } from '#modules/access/index.ts'
import { computeFreeTables } from '#modules/disclosure/index.ts'
import { importPackage, type Progress } from '#modules/intake/index.ts'
import type { DemoPart } from '#modules/jobs/index.ts'
import { proveFirstKey } from '#modules/keys/index.ts'
import { publish, tellOfData } from '#modules/publications/index.ts'
import { hasMadeUpCountry, isFresh } from '#modules/setup/index.ts'
import { dayOf } from '#terms/day.ts'
import { freeData } from './catalogue.ts'
import { computeFigures } from './compute-figures.ts'

/** What is asked of the generator: arguments of `ikms synth`. */
export interface CountryAsked {
  size: string
  seed?: number
  since?: number | undefined
  errors?: boolean | undefined
}

export interface LoadOptions {
  db: Database
  keys: Keys
  asked: CountryAsked
  /** go on from a country that an earlier try has imported; else such a bank is not empty */
  goesOn?: boolean
  /** share of the whole work, what is being done, and how many lines were read */
  onProgress: (done: number, part: DemoPart, rows?: number) => void
  signal?: AbortSignal | undefined
}

/** A made-up country does not come where there is anything else. */
export class NotFresh extends Error {
  constructor() {
    super(
      'There are data or people in this database already: a made-up country is loaded into an empty one only',
    )
    this.name = 'NotFresh'
  }
}

/** Where each part of the work begins, as a share of its time at size `demo`. */
const begins = { making: 0, importing: 0.02, computing: 0.14, publishing: 0.22, finishing: 0.97 } as const

/**
 * Makes a country nobody lives in, in a folder that is gone afterwards, imports it, computes and publishes. What an earlier try has
 * imported stays, and the next one goes on from there.
 *
 * @returns  lines read; 0 where it was there already
 * @throws   NotFresh; the reason of the signal; what the parts throw. What was imported stays, what was not is not kept
 */
export async function loadMadeUpCountry(options: LoadOptions): Promise<number> {
  const { db, keys, goesOn = false, onProgress, signal } = options
  const isThere = await asJob(db, hasMadeUpCountry)
  if ((isThere && !goesOn) || !(await asJob(db, isFresh))) throw new NotFresh()
  const rows = isThere ? 0 : await makeAndImport(options)
  await asJob(db, makeDemoPeople)
  await asJob(db, tellOfData)
  await computeFigures(db, {
    onProgress(done, of) {
      signal?.throwIfAborted()
      onProgress(between('computing', 'publishing', done / of), 'computing')
    },
  })
  await publish(db, 'public', dayOf(new Date()), (done, of) => {
    signal?.throwIfAborted()
    onProgress(between('publishing', 'finishing', done / of), 'publishing')
  })
  onProgress(begins.finishing, 'finishing')
  await computeFreeTables(db, keys, freeData)
  return rows
}

async function makeAndImport({ db, keys, asked, onProgress, signal }: LoadOptions): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'ikms-made-up-'))
  try {
    onProgress(begins.making, 'making')
    const file = join(folder, 'package')
    await make(asked, file, signal)
    await asJob(db, (tx) => proveFirstKey(tx, keys))
    const report = await importPackage({
      db,
      keys,
      file,
      name: 'synth',
      onProgress: (at) => onProgress(between('importing', 'computing', shareRead(at)), 'importing', at.rows),
      ...(signal && { signal }),
    })
    if (report.state !== 'merged' && report.state !== 'unchanged')
      throw new Error('a made-up country was refused')
    return report.rowsRead
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** In a process of its own: it takes memory and the processor for seconds, and can be stopped. */
async function make({ size, seed, since, errors }: CountryAsked, out: string, signal?: AbortSignal) {
  const args = [join(import.meta.dirname, 'cli.ts'), 'synth', '--size', size, '--out', out]
  if (seed !== undefined) args.push('--seed', String(seed))
  if (since !== undefined) args.push('--since', String(since))
  if (errors !== undefined) args.push(errors ? '--errors' : '--no-errors')
  await promisify(execFile)(process.execPath, args, { signal })
}

function between(part: DemoPart, next: DemoPart, share: number): number {
  return begins[part] + (begins[next] - begins[part]) * share
}

const shareRead = ({ bytes, ofBytes }: Progress) => (ofBytes > 0 ? bytes / ofBytes : 0)
