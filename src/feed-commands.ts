import { readFileSync } from 'node:fs'
import type { Command } from 'commander'
import { asJob } from '#db/actor.ts'
import type { Database } from '#db/connection.ts'
import {
  askRun,
  type Feed,
  FeedRefused,
  feedByName,
  listFeeds,
  newFeed,
  pauseFeed,
  placeOf,
  restartFeed,
  sourceApiDocument,
} from '#modules/feeds/index.ts'
import { Locale } from '#terms/locale.ts'

type WithDatabase = (work: (db: Database) => Promise<void>) => Promise<void>

/** The commands about other systems that are asked by themselves. */
export function addFeedCommands(program: Command, withDatabase: WithDatabase): void {
  const feeds = program
    .command('feeds')
    .description('other systems that are asked by themselves (docs/feeds.md)')

  feeds
    .command('list', { isDefault: true })
    .description('all feeds and how they stand')
    .option('--language <lv|en>', 'language of what is said of faults', 'en')
    .action(({ language }: { language: string }) =>
      withDatabase(async (db) => {
        const all = await asJob(db, (tx) => listFeeds(tx, placeOf))
        if (all.length === 0)
          console.log('There are no feeds. Describe one in a JSON file: ikms feeds put FILE.')
        for (const feed of all) console.log(lineOf(feed, Locale.catch('en').parse(language)))
      }),
    )

  feeds
    .command('put')
    .description('keep a feed as a JSON file describes it, as a new one or in place of the one of its name')
    .argument('<file>', 'name, title, kind, schedule, settings; secrets by name only')
    .action((file: string) => {
      const description = read(file)
      return withDatabase(async (db) => {
        const isNew = await asJob(db, (tx) => newFeed(tx, description))
        console.log(isNew ? 'The feed is new.' : 'The feed was there; it is now as described.')
      })
    })

  const named = (name: string, description: string, work: (db: Database, name: string) => Promise<string>) =>
    feeds
      .command(name)
      .description(description)
      .argument('<name>', 'name of the feed')
      .action((feed: string) => withDatabase(async (db) => console.log(await work(db, feed))))
  const known = async (db: Database, name: string) => {
    const id = await asJob(db, (tx) => feedByName(tx, name))
    if (id === null) throw new FeedRefused(`there is no feed ${JSON.stringify(name)}`)
    return id
  }

  named('run', 'ask its source now: the jobs process does it', async (db, name) => {
    const id = await known(db, name)
    const job = await asJob(db, (tx) => askRun(tx, id))
    return `Asked for: job ${job}.`
  })
  named('pause', 'let it rest', async (db, name) => {
    const id = await known(db, name)
    return (await asJob(db, (tx) => pauseFeed(tx, id, true))) ? 'It rests.' : 'It rests already.'
  })
  named('resume', 'let it go on, beginning now', async (db, name) => {
    const id = await known(db, name)
    return (await asJob(db, (tx) => pauseFeed(tx, id, false))) ? 'It goes on.' : 'It was not at rest.'
  })
  named('restart', 'forget how far it has got: the next run asks for everything', async (db, name) => {
    await known(db, name)
    await asJob(db, (tx) => restartFeed(tx, name))
    return 'The next run asks for everything.'
  })

  feeds
    .command('source-api')
    .description('print the OpenAPI document of what a source has to answer')
    .action(() => console.log(JSON.stringify(sourceApiDocument(), null, 2)))
}

function read(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    throw new FeedRefused(`${file}: ${(error as Error).message}`)
  }
}

function lineOf({ name, kind, place, paused, last, nextAt, lastSuccessAt }: Feed, locale: Locale): string {
  const facts = [
    kind,
    place,
    last ? last.outcome : 'never ran',
    `last success ${lastSuccessAt ?? 'never'}`,
    paused ? 'paused' : `next ${nextAt ?? 'only when asked for'}`,
  ]
  const problem = last?.problem ? `\n  [${last.problem.code}] ${last.problem.message[locale]}` : ''
  return `${name}: ${facts.join(' · ')}${problem}`
}
