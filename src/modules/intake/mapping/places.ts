import type { CopyRows } from '#db/copy.ts'
import type { stagedInstitution, stagedTerritory } from '#modules/registry/index.ts'
import type { Entity } from '../model.ts'
import { always, type Field, field, type Refuse, type Wanted } from '../read/fields.ts'
import { day, ownCopy, text } from '../read/values.ts'
import type { Detail, Rule } from '../rules.ts'
import type { Mapping, Source } from './mapping.ts'

/** Different places in one file; a mapping that takes the wrong column must not fill the memory. */
const MOST_INSTITUTIONS = 100_000
const MOST_TERRITORIES = 10_000

const CODE = 50 // characters
const NAME = 200

export type Refuses = Record<Entity, Refuse>

type PlaceFields = {
  code: Field<string>
  words: readonly Field<string>[] // name lv, name en, genitive, locative, kind
  since: Field<number>
}

type Known = { no: number; line: number; said: string; parentNo: number; parentCode: string }

/**
 * The territories and institutions of the file. They are few and come again in every line, so they are read and compared
 * once for every different set of values.
 */
export class Places {
  readonly #mapping: Mapping
  readonly #columns: readonly number[]
  readonly #fields: { region?: PlaceFields; municipality?: PlaceFields; institution: PlaceFields }
  readonly #seen = new Map<string, number>()
  readonly #territories = new Map<string, Known>()
  readonly #institutions = new Map<string, Known>()
  readonly #toTerritories: CopyRows<(typeof stagedTerritory)['columns']>
  readonly #toInstitutions: CopyRows<(typeof stagedInstitution)['columns']>

  constructor(
    mapping: Mapping,
    columns: ReadonlyMap<string, number>,
    to: {
      territories: CopyRows<(typeof stagedTerritory)['columns']>
      institutions: CopyRows<(typeof stagedInstitution)['columns']>
    },
  ) {
    this.#mapping = mapping
    this.#toTerritories = to.territories
    this.#toInstitutions = to.institutions
    const { region, municipality, institution } = mapping
    this.#fields = {
      region: region && placeFields(region, 'region', columns),
      municipality: municipality && placeFields(municipality, 'municipality', columns),
      institution: placeFields(
        institution,
        'institution',
        columns,
        institution.kind ?? { constant: 'school' },
      ),
    }
    const all = Object.values(this.#fields).flatMap(
      (fields) => fields && [fields.code, ...fields.words, fields.since],
    )
    const names = new Set(all.flatMap((each) => each?.columns ?? []))
    this.#columns = [...names].map((name) => columns.get(name)!)
    const { state } = mapping
    this.#toTerritories.add([
      0,
      1,
      'state',
      state.code,
      state.name.lv,
      state.name.en,
      state.genitive,
      state.locative,
      null,
      null,
    ])
    this.#territories.set(`state ${state.code}`, { no: 0, line: 1, said: '', parentNo: -1, parentCode: '' })
  }

  get counts() {
    return { territories: this.#territories.size, institutions: this.#institutions.size }
  }

  /** Number of the institution a row speaks of; undefined when something about the place was refused. */
  read(row: readonly string[], line: number, refuses: Refuses): number | undefined {
    let key = ''
    for (const column of this.#columns) key += `${row[column]}\u001F`
    const seen = this.#seen.get(key)
    if (seen !== undefined) return seen
    const no = this.#place(row, line, refuses)
    if (no !== undefined) this.#seen.set(ownCopy(key), no)
    return no
  }

  #place(row: readonly string[], line: number, refuses: Refuses): number | undefined {
    const { region, municipality, institution } = this.#fields
    const state = { no: 0, code: this.#mapping.state.code }
    const above = region ? this.#territory('region', region, state, row, line, refuses) : state
    const within =
      above && municipality ? this.#territory('municipality', municipality, above, row, line, refuses) : above
    const refuse = refuses.institutions
    const described = describe(institution, row, refuse)
    if (!described || !within) return undefined
    const { code, words, since } = described
    const known = this.#institutions.get(code)
    const conflict = (rule: Rule, detail: Detail) =>
      refuse(rule, institution.code.column, code, { otherLine: known!.line, ...detail })
    if (known) {
      if (known.parentNo !== within.no) {
        return void conflict('institution.two_municipalities', { other: known.parentCode })
      }
      return known.said === described.said ? known.no : void conflict('institution.conflict', {})
    }
    if (this.#institutions.size >= MOST_INSTITUTIONS) {
      return void refuse('institution.too_many', institution.code.column, null, { limit: MOST_INSTITUTIONS })
    }
    const no = this.#institutions.size
    this.#institutions.set(ownCopy(code), {
      no,
      line,
      said: described.said,
      parentNo: within.no,
      parentCode: within.code,
    })
    const [lv, en, genitive, locative, kind] = words
    this.#toInstitutions.add([no, line, code, lv!, en!, genitive!, locative!, kind!, within.no, since])
    return no
  }

  #territory(
    kind: 'region' | 'municipality',
    fields: PlaceFields,
    parent: { no: number; code: string },
    row: readonly string[],
    line: number,
    refuses: Refuses,
  ): { no: number; code: string } | undefined {
    const described = describe(fields, row, refuses.territories)
    if (!described) return undefined
    const { code, said, words, since } = described
    const known = this.#territories.get(`${kind} ${code}`)
    if (known && known.said === said && known.parentNo === parent.no) return { no: known.no, code }
    if (known) {
      return void refuses.territories('territory.conflict', fields.code.column, code, {
        otherLine: known.line,
      })
    }
    if (this.#territories.size >= MOST_TERRITORIES) {
      return void refuses.territories('territory.too_many', fields.code.column, null, {
        limit: MOST_TERRITORIES,
      })
    }
    const no = this.#territories.size
    this.#territories.set(ownCopy(`${kind} ${code}`), {
      no,
      line,
      said,
      parentNo: parent.no,
      parentCode: ownCopy(parent.code),
    })
    const [lv, en, genitive, locative] = words
    this.#toTerritories.add([no, line, kind, code, lv!, en!, genitive!, locative!, parent.no, since])
    return { no, code }
  }
}

function describe(fields: PlaceFields, row: readonly string[], refuse: Refuse) {
  const code = fields.code.read(row, refuse)
  const words = fields.words.map((each) => each.read(row, refuse))
  const since = fields.since.read(row, refuse)
  if (code === undefined || code === null || since === undefined) return undefined
  const complete = words.filter((each) => each !== undefined)
  if (complete.length < words.length) return undefined
  return { code, words: complete, since, said: JSON.stringify([...complete, since]) }
}

function placeFields(
  place: NonNullable<Mapping['municipality']>,
  path: string,
  columns: ReadonlyMap<string, number>,
  kind?: Source,
): PlaceFields {
  const words = (source: Source | undefined, at: string, optional = true) =>
    source
      ? field(source, { kind: text(NAME), path: `${path}.${at}`, optional }, columns)
      : always<string>(null)
  const wanted: Wanted<number> = { kind: day, path: `${path}.since`, optional: true }
  return {
    code: field(place.code, { kind: text(CODE), path: `${path}.code` }, columns),
    words: [
      words(place.name?.lv, 'name.lv', false),
      words(place.name?.en, 'name.en', false),
      words(place.genitive, 'genitive'),
      words(place.locative, 'locative'),
      ...(kind ? [words(kind, 'kind', false)] : []),
    ],
    since: place.since ? field(place.since, wanted, columns) : always<number>(null),
  }
}
