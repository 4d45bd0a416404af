import { join } from 'node:path'
import { z } from 'zod'
import { ImportedKind } from '#modules/intake/model.ts'
import { dayOf } from '#terms/day.ts'
import { Auth, SourceUrl, showWho } from '../auth.ts'
import { ChangePage } from '../change-page.ts'
import { type Asking, connector, type Delivery } from '../connector.ts'
import { agreed } from '../http.ts'
import { RowPackage } from '../row-package.ts'
import { SourceFault } from '../source-fault.ts'

const Settings = z.strictObject({
  url: SourceUrl.describe('where the source answers; /changes is asked below it'),
  source: z
    .string()
    .max(100)
    .regex(/^[a-z0-9-]+$/, { error: 'expected small letters, digits and dashes' }),
  dataKind: ImportedKind,
  auth: Auth,
  limit: z.int().min(1).max(10_000).default(2000).describe('rows of a page that are asked for'),
})
type Settings = z.output<typeof Settings>

const State = z.object({
  since: z.string().optional().describe('as far as everything was taken over'),
  tag: z.string().optional().describe('ETag of the last page that had nothing new'),
})
type State = z.output<typeof State>

const MOST = 50_000 // rows of one package: so much is kept in memory, and so much is done again after kill -9

/** Our own contract of changes (docs/feeds/source-api.json): pages of rows and deletions from a cursor on. */
export const changes = connector<Settings, State>({
  kind: 'changes',
  settings: Settings,
  state: State,
  place: ({ url }) => url,
  deliveries: (asking) => new Pages(asking).deliveries(),
})

class Pages {
  readonly #asking: Asking<Settings, State>
  #made = 0

  constructor(asking: Asking<Settings, State>) {
    this.#asking = asking
  }

  async *deliveries(): AsyncGenerator<Delivery<State>> {
    const { settings, http, secrets, state } = this.#asking
    const who = await showWho(settings.auth, http, secrets)
    let rows = new RowPackage()
    let at = state.since
    const seen = new Set<string | undefined>()
    for (let tag = state.tag; ; tag = undefined) {
      if (seen.has(at)) throw new SourceFault('source.circle')
      seen.add(at)
      const found = await this.#page(at, tag, who)
      if (found === 'same') break
      const { page } = found
      if (page.changes.some((each) => each.rows.length > 0 && !rows.fits(each.entity, each.columns))) {
        // Another header: what came so far is taken over first.
        yield* this.#written(rows, page, { ...(at !== undefined && { since: at }) })
        rows = new RowPackage()
      }
      fill(rows, page)
      const isNews = page.next !== at || page.changes.length > 0
      const reached: State = { since: page.next, ...(!isNews && found.tag && { tag: found.tag }) }
      if (rows.size >= MOST || !page.more) {
        yield* this.#written(rows, page, reached)
        rows = new RowPackage()
      }
      if (!page.more) break
      at = page.next
    }
  }

  async #page(
    since: string | undefined,
    tag: string | undefined,
    who: Record<string, string>,
  ): Promise<'same' | { page: ChangePage; tag: string | null }> {
    const { settings, http } = this.#asking
    const url = new URL(`${settings.url.replace(/\/$/, '')}/changes`)
    if (since !== undefined) url.searchParams.set('since', since)
    url.searchParams.set('limit', String(settings.limit))
    const answer = await http.ask(url, {
      headers: { ...who, ...(tag && { 'if-none-match': tag }) },
      also: tag ? [304] : [],
    })
    if (answer.status === 304) return 'same'
    return { page: agreed(ChangePage, answer.json), tag: answer.headers.get('etag') }
  }

  async *#written(rows: RowPackage, page: ChangePage, state: State): AsyncGenerator<Delivery<State>> {
    if (rows.size === 0) return yield { state }
    const { settings, folder } = this.#asking
    this.#made += 1
    const file = join(folder, `package-${this.#made}`)
    await rows.write(file, {
      source: settings.source,
      dataKind: settings.dataKind,
      snapshotDate: dayOf(new Date(page.asOf)),
      version: page.version,
    })
    yield { file, name: `${settings.source}-${state.since ?? 'start'}`.slice(0, 100), state }
  }
}

function fill(rows: RowPackage, { changes: all }: ChangePage) {
  for (const { entity, columns, rows: said, deleted } of all) {
    // One that is missing ends a mandate: they are taken whole or not at all.
    if (entity === 'representations') {
      throw new SourceFault('source.schema', { fields: 'representations: expected as a complete file' })
    }
    for (const key of deleted) rows.remove(entity, key)
    if (said.length > 0) rows.head(entity, columns)
    for (const row of said) rows.add(entity, row)
  }
}
