import type { Http } from '../http.ts'
import { agreed } from '../http.ts'
import { SourceFault } from '../source-fault.ts'
import { type CollectionName, type Item, itemOf, pageOf } from './collections.ts'

/** Where the two services of OneRoster 1.2 answer; without a gradebook there are no results. */
export interface Bases {
  rostering: string
  gradebook?: string | undefined
}

const inGradebook = new Set<CollectionName>(['lineItems', 'results'])

/** A OneRoster 1.2 service as it is asked: pages by limit and offset, filters, single items. */
export class Service {
  readonly #http: Http
  readonly #bases: Bases
  readonly #who: Record<string, string>
  readonly #limit: number

  constructor(http: Http, bases: Bases, who: Record<string, string>, limit: number) {
    this.#http = http
    this.#bases = bases
    this.#who = who
    this.#limit = limit
  }

  get hasGradebook(): boolean {
    return this.#bases.gradebook !== undefined
  }

  /**
   * All items of a collection, page by page in the order of their ids: what comes in between may show an item twice, never hide one.
   *
   * @throws  SourceFault
   */
  async *pages<Name extends CollectionName>(name: Name, filter?: string): AsyncGenerator<Item<Name>[]> {
    const seen = new Set<string>()
    for (let offset = 0; ; offset += this.#limit) {
      const url = this.#url(name)
      const query = {
        limit: this.#limit,
        offset,
        sort: 'sourcedId',
        orderBy: 'asc',
        ...(filter && { filter }),
      }
      for (const [key, value] of Object.entries(query)) url.searchParams.set(key, String(value))
      const items = await this.#http.json(url, pageOf(name), { headers: this.#who })
      const fresh = items.filter(({ sourcedId }) => !seen.has(sourcedId))
      for (const { sourcedId } of fresh) seen.add(sourcedId)
      // A source that does not page gives the same again and again.
      if (items.length > 0 && fresh.length === 0) throw new SourceFault('source.circle')
      if (fresh.length > 0) yield fresh
      if (items.length < this.#limit) return
    }
  }

  /** One item; undefined where there is none. */
  async one<Name extends CollectionName>(name: Name, id: string): Promise<Item<Name> | undefined> {
    const { status, json } = await this.#http.ask(this.#url(name, id), { headers: this.#who, also: [404] })
    return status === 404 ? undefined : agreed(itemOf(name), json)
  }

  #url(name: CollectionName, id?: string): URL {
    const base = (inGradebook.has(name) ? this.#bases.gradebook : this.#bases.rostering)!
    return new URL(
      [base.replace(/\/$/, ''), name, ...(id === undefined ? [] : [encodeURIComponent(id)])].join('/'),
    )
  }
}
