import fc from 'fast-check'

type Json = Record<string, unknown>

/** What an attacker types where a word is expected. */
export const attacks = [
  '',
  ' ',
  '\0',
  'a\0b',
  '\u0001\u001f\u007f\u0085',
  '\u202eabc',
  '\ufeff',
  '\ud800',
  '🎓'.repeat(30),
  'ā'.repeat(5000),
  '%00',
  '%',
  '%zz',
  '\\',
  '../../../../etc/passwd',
  '..%2f..%2fkeys.json',
  'null',
  'undefined',
  'NaN',
  '-0',
  '1e309',
  '99999999999999999999999999',
  '-9223372036854775809',
  '0x7fffffff',
  '1997.5',
  '[]',
  '{}',
  '{"$gt":""}',
  '__proto__',
  'constructor',
  '"',
  "'",
  "' or '1'='1",
  "'; reset role; select * from identity.person; --",
  "'; set role ikms_job; --",
  'RESET ROLE',
  "1); set local app.person_id = '1'; --",
  '$1',
  '$$; select pg_sleep(9); $$',
  "\\'; copy identity.person to program 'cat'; --",
  "' union select csrf::text from access.session --",
  '<script>alert(1)</script>',
  '{{7*7}}',
  '=cmd()',
  '2026-02-30',
  '0000-00-00',
  '-infinity',
  '99999-01-01',
  '00000000-0000-0000-0000-000000000000',
  'ffffffff-ffff-ffff-ffff-ffffffffffff',
] as const

/** Anything at all, as text. */
export const wild: fc.Arbitrary<string> = fc.oneof(
  { arbitrary: fc.constantFrom(...attacks), weight: 4 },
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ maxLength: 500 }),
  fc.integer().map(String),
  fc.bigInt().map(String),
  fc.double().map(String),
  fc.uuid(),
  fc.json({ maxDepth: 3 }),
)

/** A right value of a schema, nearly: a letter changed, a number past the end, another case. */
export function nearly(right: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc
    .tuple(
      right,
      fc.nat(),
      fc.constantFrom('cut', 'double', 'swap', 'case', 'space', 'past', 'quote', 'list'),
    )
    .map(([text, at, how]) => {
      const where = text.length === 0 ? 0 : at % text.length
      if (how === 'cut') return text.slice(0, where)
      if (how === 'double') return text + text
      if (how === 'swap')
        return `${text.slice(0, where)}${String.fromCharCode(33 + (at % 90))}${text.slice(where + 1)}`
      if (how === 'case') return text === text.toUpperCase() ? text.toLowerCase() : text.toUpperCase()
      if (how === 'space') return ` ${text}\t`
      if (how === 'quote') return `${text}'`
      if (how === 'list') return `${text},${text}`
      return /^-?\d+$/.test(text) ? String(Number(text) + (at % 2 ? 1e15 : -1e15)) : `${text}~`
    })
}

/** A value of the schema as the document describes it; `known` gives values that exist, by the name of the field. */
export function fromSchema(
  schema: Json,
  name: string,
  { known, schemas }: { known: Record<string, fc.Arbitrary<unknown>>; schemas: Record<string, Json> },
): fc.Arbitrary<unknown> {
  const more = { known, schemas }
  if (known[name]) return known[name]
  if (typeof schema.$ref === 'string') return fromSchema(schemas[schema.$ref.split('/').at(-1)!]!, name, more)
  const choices = (schema.anyOf ?? schema.oneOf) as Json[] | undefined
  if (choices) return fc.oneof(...choices.map((each) => fromSchema(each, name, more)))
  if ('const' in schema) return fc.constant(schema.const)
  if (Array.isArray(schema.enum)) return fc.constantFrom(...schema.enum)
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type
  if (type === 'object') {
    const properties = (schema.properties ?? {}) as Record<string, Json>
    return fc.record(
      Object.fromEntries(Object.entries(properties).map(([key, of]) => [key, fromSchema(of, key, more)])),
    )
  }
  if (type === 'array')
    return fc.array(fromSchema((schema.items ?? {}) as Json, name, more), { maxLength: 3 })
  if (type === 'integer' || type === 'number') {
    const min = Math.max(
      -1e6,
      (schema.minimum as number | undefined) ?? (schema.exclusiveMinimum as number | undefined) ?? -1e6,
    )
    const max = Math.min(
      1e6,
      (schema.maximum as number | undefined) ?? (schema.exclusiveMaximum as number | undefined) ?? 1e6,
    )
    return type === 'integer'
      ? fc.integer({ min: Math.ceil(min), max: Math.floor(max) })
      : fc.double({ min, max, noNaN: true })
  }
  if (type === 'boolean') return fc.boolean()
  if (type === 'null') return fc.constant(null)
  if (schema.format === 'uuid') return fc.uuid()
  if (schema.format === 'date') {
    return fc
      .date({ min: new Date('1990-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
      .map((day) => day.toISOString().slice(0, 10))
  }
  if (typeof schema.pattern === 'string') return fc.stringMatching(new RegExp(schema.pattern))
  return fc.string({ maxLength: 30 })
}
