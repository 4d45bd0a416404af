import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { protocol } from './protocol.ts'

const published = join(import.meta.dirname, '../../../../docs/assessments/drafts.schema.json')

test('the protocol as it is published is the one that is spoken', () => {
  expect(JSON.parse(readFileSync(published, 'utf8'))).toEqual(JSON.parse(JSON.stringify(protocol)))
})
