/**
 * Feeds: which other systems are asked by themselves, how far each has got, and how it went. A connector asks its source and writes what
 * came as a package of the import contract; from there it goes the way of every import.
 *
 * reads    other systems, over HTTP or from a folder that they write into
 * owns     database schema `feeds`
 * seen by  stewards
 * method   docs/feeds.md
 */
export { askDueFeeds } from './calendar.ts'
export { placeOf } from './connectors.ts'
export { FeedRefused, newFeed } from './describe.ts'
export { Feed } from './model.ts'
export { messagesOf, replayMessage, replaySince } from './outbox-store.ts'
export { feedsRoutes } from './routes.ts'
export { runFeed } from './run-feed.ts'
export { readSecrets } from './secrets.ts'
export { sourceApiDocument } from './source-api.ts'
export {
  askRun,
  type FeedTotals,
  feedByName,
  feedTotals,
  listFeeds,
  pauseFeed,
  restartFeed,
} from './store.ts'
