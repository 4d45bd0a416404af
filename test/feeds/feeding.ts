import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { asJob } from '#db/actor.ts'
import { type Feed, listFeeds, newFeed, placeOf, runFeed } from '#modules/feeds/index.ts'
import { afterFile } from '../after-file.ts'
import { newDatabase } from '../database.ts'
import { country, type Files } from '../intake-package.ts'
import { testKeys } from '../world.ts'

/** Lines of a file of the contract as rows of JSON. */
export function rowsOf(lines: readonly string[]): Record<string, string>[] {
  return parse(lines.join('\n'), { columns: true })
}

/** A whole small country as changes of our contract, what is referred to first. */
export function changesOf(files: Files = country) {
  return Object.entries(files).map(([entity, lines]) => {
    const rows = rowsOf(lines as readonly string[])
    return { entity, columns: Object.keys(rows[0]!), rows, deleted: [] as Record<string, string>[] }
  })
}

/** A database and feeds that are run in this process, without waiting: what would have been waited is written down. */
export async function newFeeding({ secrets = {} }: { secrets?: Record<string, string> } = {}) {
  const db = await newDatabase()
  const folder = mkdtempSync(join(tmpdir(), 'ikms-feeds-'))
  afterFile(() => rmSync(folder, { recursive: true, force: true }))
  const waits: number[] = []
  const named = async (name: string): Promise<Feed> => {
    const all = await asJob(db, (tx) => listFeeds(tx, placeOf))
    return all.find((each) => each.name === name)!
  }
  const rows = async <Row>(sql: string, values: readonly unknown[] = []) =>
    (await asJob(db, (tx) => tx.query<Row>(sql, values))).rows
  return {
    db,
    folder,
    /** ms of each wait within the runs so far */
    waits,
    /** what lies in the folder of the feeds: nothing, between two runs */
    left: () => readdirSync(folder),
    rows,
    count: async (table: string) =>
      (await rows<{ n: number }>(`select count(*)::int as n from ${table} where superseded_by is null`))[0]!
        .n,
    named,
    put: (description: object) => asJob(db, (tx) => newFeed(tx, description)),
    /** Runs a feed and tells how it stands afterwards. */
    async run(
      name: string,
      { within = 2000, signal = new AbortController().signal, now = '2026-11-22T10:00:00Z' } = {},
    ) {
      const [found] = await rows<{ id: number }>('select feed_id as id from feeds.feed where name = $1', [
        name,
      ])
      const report = await runFeed({
        db,
        keys: testKeys,
        feedId: found!.id,
        folder,
        secrets: (secret) => secrets[secret]!,
        signal,
        now: () => new Date(now),
        patience: { random: () => 0.5, pause: async (ms) => void waits.push(Math.round(ms)) },
        before: async () => {},
        answerWithin: within,
      })
      return { report, feed: await named(name) }
    },
    state: async (name: string) =>
      (await rows<{ state: unknown }>('select state from feeds.feed where name = $1', [name]))[0]!.state,
  }
}
