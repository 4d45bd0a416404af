import { appendFile, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { csvLine, manifestText, type PackageHead, type Row } from '../row-package.ts'
import { type CollectionName, columnsOf, type Item, lineOf, roleColumns } from './collections.ts'

const keyOf: Readonly<Record<string, (line: Row) => string>> = {
  enrollments: ({ userSourcedId, classSourcedId }) => JSON.stringify([userSourcedId, classSourcedId]),
  results: ({ studentSourcedId, lineItemSourcedId }) => JSON.stringify([studentSourcedId, lineItemSourcedId]),
}

/** Items on their way into a package of OneRoster's CSV files; each goes there once. */
export class RosterPackage {
  readonly #folder: string
  readonly #has = new Map<string, Set<string>>()
  readonly #stands = new Set<string>()
  readonly #heldBack = new Map<string, Row[]>()

  constructor(folder: string) {
    this.#folder = folder
  }

  static async open(folder: string, head: PackageHead): Promise<RosterPackage> {
    await mkdir(folder, { mode: 0o700 })
    const made = new RosterPackage(folder)
    await made.#put('manifest.json', manifestText(head))
    await made.#put('manifest.csv', 'propertyName,value\nmanifest.version,1.0\noneroster.version,1.2\n')
    return made
  }

  /** Ids of a collection that are in the package. */
  ids(name: CollectionName): ReadonlySet<string> {
    return this.#has.get(name) ?? new Set()
  }

  async add<Name extends CollectionName>(name: Name, items: readonly Item<Name>[]): Promise<void> {
    const isFirst = !this.#has.has(name)
    const has = this.#has.get(name) ?? new Set()
    this.#has.set(name, has)
    const all = items.filter(({ sourcedId }) => !has.has(sourcedId))
    for (const { sourcedId } of all) has.add(sourcedId)
    const fresh = all.filter((item) => !this.#holdsBack(name, item))
    await this.#append(name, columnsOf[name], fresh.map(lineOf), isFirst)
    if (name === 'users') await this.#addRoles(fresh as unknown as Item<'users'>[], isFirst)
  }

  /** Writes the deletions that were held back: of what was made anew under another id nothing is deleted. */
  async close(): Promise<void> {
    for (const [name, lines] of this.#heldBack) {
      const gone = lines.filter((line) => !this.#stands.has(`${name} ${keyOf[name]!(line)}`))
      await this.#append(name, columnsOf[name as CollectionName], gone, false)
    }
  }

  /** A result or enrolment is known by whose and where it is, not by its id: whether it is gone is seen when all have come. */
  #holdsBack(name: string, item: Item<CollectionName>): boolean {
    const key = keyOf[name]
    if (!key) return false
    const line = lineOf(item)
    if (item.status === 'active') this.#stands.add(`${name} ${key(line)}`)
    else this.#heldBack.set(name, (this.#heldBack.get(name) ?? []).concat(line))
    return item.status !== 'active'
  }

  /** Roles have a file of their own in CSV; in JSON they stand in the user. */
  #addRoles(users: readonly Item<'users'>[], isFirst: boolean) {
    const lines = users.flatMap(({ sourcedId, status, dateLastModified, roles }) =>
      roles.map(({ role, org }, at) => ({
        sourcedId: `${sourcedId} ${at}`,
        status,
        dateLastModified,
        userSourcedId: sourcedId,
        role,
        orgSourcedId: org,
      })),
    )
    return this.#append('roles', roleColumns, lines, isFirst)
  }

  async #append(
    name: string,
    columns: readonly string[],
    lines: Parameters<typeof csvLine>[1][],
    isFirst: boolean,
  ) {
    const text = lines.map((line) => csvLine(columns, line)).join('')
    if (isFirst) await this.#put(`${name}.csv`, `${columns.join(',')}\n${text}`)
    else await appendFile(join(this.#folder, `${name}.csv`), text)
  }

  #put(name: string, text: string) {
    return writeFile(join(this.#folder, name), text, { mode: 0o600 })
  }
}
