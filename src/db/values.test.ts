import { expect, test } from 'vitest'
import { newDatabase } from '#test/database.ts'
import { asJob } from './actor.ts'

const db = await newDatabase({ content: 'empty' })
const value = async (sql: string) => {
  const { rows } = await asJob(db, (tx) => tx.query<{ value: unknown }>(`select ${sql} as value`))
  return rows[0]!.value
}

test.each([
  ['9007199254740991::bigint', 9007199254740991],
  ['array[1, null]::bigint[]', [1, null]],
  [`date '2026-03-29'`, '2026-03-29'],
  [`array[date '2026-10-25', null]`, ['2026-10-25', null]],
  ['0.1::numeric', '0.1'],
  ['array[0.1]::numeric[]', ['0.1']],
  ['0.1::float8 + 0.2::float8', 0.1 + 0.2],
  [`daterange('2025-09-01', '2026-09-01')`, '[2025-09-01,2026-09-01)'],
  [`timestamptz '2026-03-29 03:30+03'`, new Date('2026-03-29T00:30:00Z')],
  [`timestamptz '2026-03-29 00:30+00'::text`, '2026-03-29 00:30:00+00'],
])('%s arrives exactly', async (sql, expected) => {
  expect(await value(sql)).toEqual(expected)
})

test('a bigint too large for an exact number is refused, not rounded', async () => {
  await expect(value('9007199254740992::bigint')).rejects.toThrow('cast it to text')
})
