import { createHmac, randomBytes } from 'node:crypto'
import {
  type Codes,
  diversity,
  equivalenceClasses,
  type Generalisable,
  identificationRisk,
  kAnonymity,
  type RecodeDemand,
  recodingAt,
  recodings,
  type SensitiveDemand,
  unicity,
} from '#stats/disclosure/index.ts'
import { atLevel, codesOf, type ExtractColumn, type ExtractSource, requireSource } from './extract-columns.ts'

/** What an extract must meet, from `disclosure.extract_demand`. */
export interface ExtractDemand {
  /** fewest people who look the same */
  readonly k: number
  /** fewest values of a sensitive column among them */
  readonly distinct: number
  /** smallest exp(entropy) of a sensitive column among them */
  readonly entropy: number
  /** largest distance of their values from those of everybody, 0–1 */
  readonly distance: number
  /** largest share of rows that may be left out instead of being made coarser */
  readonly leftOut: number
  /** largest share of rows that one sensitive column may single out by itself: a number of a person is none */
  readonly alone: number
}

/** What fails: k, the values among those who look the same, or a column that names people by itself. */
export type Failing = 'k' | 'distinct' | 'entropy' | 'distance' | 'alone'

/** How easily somebody is found in rows as they are, and what is learnt when found. */
export interface RiskReport {
  readonly rows: number
  readonly k: number
  readonly failing: readonly Failing[]
  readonly sensitive: readonly {
    name: string
    distinct: number
    entropy: number
    distance: number
    alone: number
  }[]
  /** for somebody who knows all quasi-identifiers of a person who is in the extract */
  readonly risk: { average: number; largest: number; expected: number; unique: number; below: number }
  /** which columns, sensitive ones too, single out most rows when one, two or three of them are known */
  readonly known: readonly { columns: readonly string[]; unique: number; share: number }[]
}

/** A recoding that meets the demand: a level of each quasi-identifier, what it costs, and the rows it leaves out. */
export interface Suggestion {
  readonly levels: Readonly<Record<string, number>>
  /** 0 nothing changed – 1 everything as coarse as can be */
  readonly loss: number
  readonly leftOut: number
}

/** A mark in the type alone, lost by a changed copy. */
declare class MetItsDemand {
  protected readonly checked: true
}

/** Rows under pseudonyms. */
export interface Extract {
  readonly header: readonly string[]
  /** by column, the pseudonym first, in an order that says nothing */
  readonly columns: readonly (readonly string[])[]
  readonly report: RiskReport
  readonly leftOut: number
}

/** Rows that met their demand. Made only in this file. */
export type CheckedExtract = Extract & MetItsDemand

/** The rows do not meet the demand, however few are left out. */
export class ExtractRefused extends Error {
  readonly failing: readonly Failing[]
  constructor(failing: readonly Failing[]) {
    super(`The extract does not meet its demand: ${failing.join(', ')}`)
    this.name = 'ExtractRefused'
    this.failing = failing
  }
}

/** @throws RangeError if the source is malformed */
export function assess(source: ExtractSource, demand: ExtractDemand): RiskReport {
  requireSource(source)
  return reportOf(source.columns, demand)
}

/**
 * The finest recodings that meet the demand, least loss first.
 *
 * @throws  RangeError if the source is malformed, or there are more than 100,000 combinations of levels
 */
export function suggest(source: ExtractSource, demand: ExtractDemand): Suggestion[] {
  requireSource(source)
  const { quasi, columns } = generalisable(source)
  return recodings(columns, recodeDemand(source, demand)).map(({ levels, loss, leftOut }) => ({
    levels: Object.fromEntries(quasi.map(({ name }, at) => [name, levels[at]!])),
    loss,
    leftOut: leftOut.length,
  }))
}

/**
 * Recodes rows, leaves out those that still stand out, gives every person a pseudonym of this extract only, and puts the
 * rows in the order of the pseudonyms. Unless one is given, the key of the pseudonyms is made here and thrown away: nobody,
 * the makers included, can tell afterwards who is who, or that two extracts hold the same person. So it is the one place
 * where chance does not come in as an argument.
 *
 * @param levels  of the quasi-identifiers; one that is not named stays as it is
 * @param shared  key of a request whose files are to be joined: the same person has the same pseudonym in all of them
 * @throws        ExtractRefused if the demand is not met; RangeError if source or levels are malformed
 */
export function makeExtract(
  source: ExtractSource,
  levels: Readonly<Record<string, number>>,
  demand: ExtractDemand,
  shared?: Buffer,
): CheckedExtract {
  requireSource(source)
  const unknown = Object.keys(levels).find(
    (name) => !source.columns.some((column) => column.name === name && column.role === 'quasi'),
  )
  if (unknown !== undefined) throw new RangeError(`makeExtract requires levels of its columns: ${unknown}`)
  const recoded = source.columns.map((column) => ({
    ...column,
    values: atLevel(column, levels[column.name] ?? 0),
  }))
  const columns = recoded
    .filter(({ role }) => role === 'quasi')
    .map(({ name, values }) => ({ name, levels: [codesOf(values)] }))
  const recoding = recodingAt(
    columns,
    columns.map(() => 0),
    recodeDemand(source, demand),
  )
  if (!recoding) throw new ExtractRefused(failingOf(recoded, demand))
  const out = new Set(recoding.leftOut)
  const kept = [...source.persons.keys()].filter((at) => !out.has(at))
  const rest = recoded.map((column) => ({ ...column, values: kept.map((at) => column.values[at]!) }))
  const report = reportOf(rest, demand)
  if (report.failing.length > 0) throw new ExtractRefused(report.failing)

  const key = shared ? Buffer.from(shared) : randomBytes(32)
  const pseudonyms = kept.map((at) =>
    createHmac('sha256', key).update(source.persons[at]!).digest('base64url').slice(0, 22),
  )
  key.fill(0)
  const order = [...kept.keys()].sort((a, b) => (pseudonyms[a]! < pseudonyms[b]! ? -1 : 1))
  const extract: Extract = {
    header: ['pseudonym', ...rest.map(({ name }) => name)],
    columns: [pseudonyms, ...rest.map(({ values }) => values)].map((values) =>
      order.map((at) => values[at]!),
    ),
    report,
    leftOut: recoding.leftOut.length,
  }
  return extract as CheckedExtract
}

/**
 * The extract that loses least. What a form leaves out may change what its other rows say of themselves: then the next one is tried.
 *
 * @param shared  as for `makeExtract`
 * @throws        ExtractRefused if no form meets the demand, with what fails; RangeError if the source is malformed
 */
export function makeFinestExtract(
  source: ExtractSource,
  demand: ExtractDemand,
  shared?: Buffer,
): { extract: CheckedExtract; levels: Readonly<Record<string, number>> } {
  let refused: ExtractRefused | null = null
  for (const { levels } of suggest(source, demand)) {
    try {
      return { extract: makeExtract(source, levels, demand, shared), levels }
    } catch (error) {
      if (!(error instanceof ExtractRefused)) throw error
      refused ??= error
    }
  }
  if (refused) throw refused
  const { failing } = assess(source, demand)
  throw new ExtractRefused(failing.length > 0 ? failing : ['k'])
}

/** Codes of the quasi-identifiers at every level. */
function generalisable({ columns }: ExtractSource): { quasi: ExtractColumn[]; columns: Generalisable[] } {
  const quasi = columns.filter(({ role }) => role === 'quasi')
  const levelsOf = (column: ExtractColumn) =>
    Array.from({ length: (column.coarser?.length ?? 0) + 1 }, (_, level) => codesOf(atLevel(column, level)))
  return { quasi, columns: quasi.map((column) => ({ name: column.name, levels: levelsOf(column) })) }
}

function recodeDemand({ columns }: ExtractSource, demand: ExtractDemand): RecodeDemand {
  const { k, distinct, entropy, distance, leftOut } = demand
  const sensitive = columns
    .filter(({ role }) => role === 'sensitive')
    .map(({ values, ordered = false }): SensitiveDemand => {
      return { codes: codesOf(values, ordered), distinct, entropy, distance, ordered }
    })
  return { k, sensitive, suppressed: leftOut }
}

/** The demand as far as numbers of an extract show it; the same sums as in the report. */
function reportOf(columns: readonly ExtractColumn[], demand: ExtractDemand): RiskReport {
  const coded = columns.map((column) => ({
    ...column,
    codes: codesOf(column.values, column.role === 'sensitive' && column.ordered),
  }))
  const classes = equivalenceClasses(coded.filter(({ role }) => role === 'quasi').map(({ codes }) => codes))
  const rows = classes.classOf.length
  const k = kAnonymity(classes)
  const sensitive = coded
    .filter(({ role }) => role === 'sensitive')
    .map(({ name, codes, ordered }) => {
      const found = diversity(classes, codes)
      const alone = unicity([codes], 1)[0]!.unique / rows
      const distance = ordered ? found.orderedDistance : found.distance
      return { name, distinct: found.distinct, entropy: found.entropy, distance, alone }
    })
  const failing: Failing[] = []
  const small = 1e-12 // sums of shares
  if (k < demand.k) failing.push('k')
  if (sensitive.some(({ distinct }) => distinct < demand.distinct)) failing.push('distinct')
  if (sensitive.some(({ entropy }) => entropy < demand.entropy - small)) failing.push('entropy')
  if (sensitive.some(({ distance }) => distance > demand.distance + small)) failing.push('distance')
  if (sensitive.some(({ alone }) => alone > demand.alone)) failing.push('alone')
  const risk = identificationRisk(classes, demand.k)
  return { rows, k, failing, sensitive, risk, known: mostTelling(coded, rows) }
}

/** What fails in rows that could not be recoded; where each part is met only without the others, all of it. */
function failingOf(columns: readonly ExtractColumn[], demand: ExtractDemand): readonly Failing[] {
  const { failing } = reportOf(columns, demand)
  return failing.length > 0 ? failing : ['k', 'distinct', 'entropy', 'distance']
}

const MOST_TOLD = 5 // combinations told of one, of two and of three columns
const MOST_KNOWN = 12 // columns; more have too many combinations of three

function mostTelling(columns: readonly { name: string; codes: Codes }[], rows: number): RiskReport['known'] {
  const some = columns.slice(0, MOST_KNOWN)
  const codes = some.map((column) => column.codes)
  return [1, 2, 3]
    .filter((size) => size <= some.length)
    .flatMap((size) => unicity(codes, size).slice(0, MOST_TOLD))
    .map(({ columns: own, unique }) => ({
      columns: own.map((at) => some[at]!.name),
      unique,
      share: unique / rows,
    }))
}
