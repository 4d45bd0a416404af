import { createHash } from 'node:crypto'
import { asActor, type Tx } from '#db/actor.ts'
import type { Database } from '#db/connection.ts'
import type { PinnedData } from '#http/route.ts'
import { rulesOn } from '#modules/disclosure/index.ts'
import { currentCube } from '#modules/indicators/index.ts'
import { theState } from '#modules/registry/index.ts'
import type { Config } from '#terms/config.ts'
import { dayOf } from '#terms/day.ts'
import { currentRelease, dataKind, listenForData, schoolYears } from './store.ts'

/** The data everybody reads from until the pointers move: pinned for a request, so that a page never mixes two versions. */
export interface Pin {
  data: PinnedData
  config: Config
}

/** Reads the pointers and what follows from them, as the public. */
export function readPin(db: Database, now: Date): Promise<Pin> {
  return asActor(db, { tier: 'public', requestId: 'pin' }, async (tx) => {
    const cube = await currentCube(tx)
    const release = await currentRelease(tx, 'public')
    const kind = await dataKind(tx)
    const data: PinnedData = {
      cubeId: cube?.id ?? null,
      releaseId: release?.id ?? null,
      version: {
        id: createHash('sha256')
          .update(`${cube?.uuid}|${release?.uuid}|${kind}`)
          .digest('base64url')
          .slice(0, 16),
        release: release?.number ?? null,
        madeAt: release?.madeAt ?? cube?.madeAt ?? null,
        asOfImport: cube?.asOfImport ?? null,
      },
    }
    return { data, config: await configOf(tx, data, kind, dayOf(now)) }
  })
}

async function configOf(tx: Tx, data: PinnedData, kind: Config['data'], day: string): Promise<Config> {
  const state = await theState(tx)
  const rules = await rulesOn(tx, 'public', day)
  return {
    data: kind,
    dataVersion: data.version,
    schoolYears: await schoolYears(tx, data),
    countryId: state?.uuid ?? null,
    country: state?.name ?? null,
    tiles: false,
    rules: rules.map(({ audience, topic, minimum, reason }) => ({ audience, topic, minimum, reason })),
  }
}

/**
 * Keeps the pin of a process: moved by a notification of the database, looked up again every half minute in case one was
 * lost. Readers never wait for it.
 */
export async function keepPin(db: Database): Promise<{ current: () => Pin; stop: () => Promise<void> }> {
  let pin = await readPin(db, new Date())
  let stopped = false
  const refresh = () =>
    readPin(db, new Date()).then(
      (read) => {
        pin = read
      },
      (error: Error) => db.log(`cannot read the data version: ${error.message}`),
    )
  const client = await db.publicPool.connect()
  client.on('notification', () => void refresh())
  client.on('error', (error) => db.log(`lost the connection that listens for new data: ${error.message}`))
  await listenForData(client)
  const timer = setInterval(refresh, 30_000)
  timer.unref()
  return {
    current: () => pin,
    async stop() {
      if (stopped) return
      stopped = true
      clearInterval(timer)
      client.release(true)
    },
  }
}
