import type { AnyConnector } from './connector.ts'
import { changes } from './kinds/changes.ts'
import { ckan } from './kinds/ckan.ts'
import { drop } from './kinds/drop.ts'
import { oneroster } from './kinds/oneroster.ts'
import { outbox } from './kinds/outbox.ts'
import { pxweb } from './kinds/pxweb.ts'
import type { FeedKind } from './model.ts'

/** Every way of asking a source. */
export const connectors: Readonly<Record<FeedKind, AnyConnector>> = {
  drop,
  changes,
  oneroster,
  pxweb,
  ckan,
  outbox,
}

/** Where a feed asks; settings that cannot be read any more have no place. */
export function placeOf(kind: FeedKind, settings: unknown): string {
  const found = connectors[kind]
  const read = found?.settings.safeParse(settings)
  return read?.success ? found.place(read.data) : ''
}
