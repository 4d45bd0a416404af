import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { z } from 'zod'
import { ImportedKind } from '#modules/intake/model.ts'
import { dayOf } from '#terms/day.ts'
import { Auth, SourceUrl, showWho } from '../auth.ts'
import { type Asking, connector, type Delivery } from '../connector.ts'
import type { CollectionName, Item } from '../oneroster/collections.ts'
import { RosterPackage } from '../oneroster/package.ts'
import { Service } from '../oneroster/service.ts'
import { SourceFault } from '../source-fault.ts'

const Settings = z.strictObject({
  rostering: SourceUrl.describe('base of the rostering service: …/ims/oneroster/rostering/v1p2'),
  gradebook: SourceUrl.optional().describe('base of the gradebook service; without it there are no results'),
  source: z
    .string()
    .max(100)
    .regex(/^[a-z0-9-]+$/, { error: 'expected small letters, digits and dashes' }),
  dataKind: ImportedKind,
  auth: Auth,
  limit: z.int().min(1).max(10_000).default(1000).describe('items of a page'),
})
type Settings = z.output<typeof Settings>

const State = z.object({
  since: z.string().optional().describe('latest dateLastModified that was taken over'),
  edge: z.string().optional().describe('hash of the ids that were changed at that very instant'),
})
type State = z.output<typeof State>

const MANY = 500 // learners whose enrolments are asked for one by one; with more, all enrolments are read

/**
 * OneRoster 1.2 REST, with OAuth 2.0 client credentials: the first time everything, afterwards what was changed since, with whatever
 * that is understood by. It becomes a package of OneRoster's CSV files, which intake reads.
 */
export const oneroster = connector<Settings, State>({
  kind: 'oneroster',
  settings: Settings,
  state: State,
  place: ({ rostering }) => rostering,
  async *deliveries(asking) {
    const { settings, http, secrets, folder, now } = asking
    const who = await showWho(settings.auth, http, secrets)
    const file = join(folder, 'roster')
    const head = {
      source: settings.source,
      dataKind: settings.dataKind,
      snapshotDate: dayOf(now),
      version: now.toISOString().slice(0, 19),
    }
    const service = new Service(http, settings, who, settings.limit)
    yield* new Roster(asking, service, await RosterPackage.open(file, head)).delivery(file)
  },
})

const rostering = ['orgs', 'academicSessions', 'classes', 'users', 'demographics', 'enrollments'] as const
const grading = ['lineItems', 'results'] as const
/** Others are understood by these, and there are few: they are read whole each time. */
const whole = new Set<CollectionName>(['orgs', 'academicSessions'])

class Roster {
  readonly #state: State
  readonly #service: Service
  readonly #made: RosterPackage
  /** ids by the instant they were changed at, as far as it is the latest */
  #latest = { at: '', ids: [] as string[] }
  #news = 0
  #atEdge: string[] = []

  constructor({ state }: Asking<Settings, State>, service: Service, made: RosterPackage) {
    this.#state = state
    this.#service = service
    this.#made = made
  }

  async *delivery(file: string): AsyncGenerator<Delivery<State>> {
    const { since } = this.#state
    const users = new Set<string>()
    const lineItems = new Set<string>()
    const classes = new Set<string>()
    for (const name of this.#service.hasGradebook ? [...rostering, ...grading] : rostering) {
      const filter = since && !whole.has(name) ? `dateLastModified>='${since}'` : undefined
      for await (const items of this.#service.pages(name, filter)) {
        for (const item of items) this.#see(name, item)
        await this.#made.add(name, items)
        if (!since) continue
        if (name === 'enrollments') for (const { user } of items as Item<'enrollments'>[]) users.add(user)
        if (name === 'results') for (const { lineItem } of items as Item<'results'>[]) lineItems.add(lineItem)
        if (name === 'lineItems') for (const each of items as Item<'lineItems'>[]) classes.add(each.class)
      }
    }
    if (!this.#isNew()) return yield { state: this.#state }
    if (since) await this.#addWhatIsMeant(users, lineItems, classes)
    await this.#made.close()
    yield { file, state: this.#reached() }
  }

  /** What the changed items are understood by, though it has not changed itself. */
  async #addWhatIsMeant(users: ReadonlySet<string>, lineItems: Set<string>, classes: Set<string>) {
    // A learner's enrolments of a school year are one set: what is left out would be taken for withdrawn.
    for await (const items of this.#enrolmentsOf(users)) {
      await this.#made.add('enrollments', items)
      for (const each of items) classes.add(each.class)
    }
    for (const item of await this.#missing('lineItems', lineItems)) classes.add(item.class)
    await this.#missing('classes', classes)
    // A user without demographics would lose what is known of sex and birth, and the other way round.
    await this.#missing('users', this.#made.ids('demographics'))
    await this.#missing('demographics', this.#made.ids('users'))
  }

  async *#enrolmentsOf(users: ReadonlySet<string>): AsyncGenerator<Item<'enrollments'>[]> {
    if (users.size > MANY) {
      for await (const items of this.#service.pages('enrollments')) {
        yield items.filter(({ user }) => users.has(user))
      }
      return
    }
    for (const id of users) {
      for await (const items of this.#service.pages(
        'enrollments',
        `user.sourcedId='${id.replaceAll("'", "''")}'`,
      )) {
        if (items.some(({ user }) => user !== id)) {
          throw new SourceFault('source.schema', {
            fields: 'enrollments: expected those of the user asked for',
          })
        }
        yield items
      }
    }
  }

  async #missing<Name extends CollectionName>(name: Name, ids: ReadonlySet<string>): Promise<Item<Name>[]> {
    const found: Item<Name>[] = []
    const known = this.#made.ids(name)
    for (const id of [...ids].filter((each) => each !== '' && !known.has(each))) {
      const item = await this.#service.one(name, id)
      if (item) found.push(item)
    }
    if (found.length > 0) await this.#made.add(name, found)
    return found
  }

  #see(name: CollectionName, { sourcedId, dateLastModified }: Item<CollectionName>) {
    const at = new Date(dateLastModified).toISOString()
    const id = `${name} ${sourcedId}`
    const since = this.#state.since ?? ''
    if (at > since) this.#news += 1
    else if (at === since) this.#atEdge.push(id)
    if (at > this.#latest.at) this.#latest = { at, ids: [] }
    if (at === this.#latest.at) this.#latest.ids.push(id)
  }

  /** Whether anything was changed since, or something more at the very instant that was the latest. */
  #isNew(): boolean {
    return this.#news > 0 || hashOf(this.#atEdge) !== (this.#state.edge ?? hashOf([]))
  }

  #reached(): State {
    const { at, ids } = this.#latest
    return at === '' ? this.#state : { since: at, edge: hashOf(ids) }
  }
}

function hashOf(ids: readonly string[]): string {
  return createHash('sha256').update(ids.toSorted().join('\n')).digest('hex').slice(0, 32)
}
