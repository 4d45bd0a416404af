import pg from 'pg'

/** Type number of text[]; pg's declarations leave arrays out. */
const TEXT_LIST = 1009 as number as never

/** How PostgreSQL's values arrive: as exactly as JavaScript can hold them. Types not named here keep pg's way. */
const parsers = new Map<number, (text: string) => unknown>([
  [20, safeInteger], // bigint
  [1082, asIs], // date: YYYY-MM-DD; a Date would shift it by the time zone
  [1114, asIs], // timestamp without time zone: not used by us, and a Date would invent a zone
  [1700, asIs], // numeric: exact
  [1016, listOf(safeInteger)], // bigint[]
  [1182, listOf(asIs)], // date[]
  [1115, listOf(asIs)], // timestamp[]
  [1231, listOf(asIs)], // numeric[]
])

export const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format: 'text' | 'binary') =>
    (format !== 'binary' && parsers.get(oid)) ||
    pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
}

function asIs(text: string) {
  return text
}

/** A bigint as a number: ids and counts stay far below 2^53; one that does not must not be rounded in silence. */
function safeInteger(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) {
    throw new RangeError(`The database returned ${text}, too large for an exact number: cast it to text`)
  }
  return value
}

function listOf(parse: (text: string) => unknown) {
  const split = pg.types.getTypeParser(TEXT_LIST, 'text') as (text: string) => (string | null)[]
  return (text: string) => split(text).map((each) => (each === null ? null : parse(each)))
}
