import { expect, test } from 'vitest'
import { languages } from '../text/language.ts'
import { fileSize } from './file-size.ts'

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [1024, '1 kB'],
  [1_500_000, '1,4 MB'],
  [200 * 1024 ** 2, '200 MB'],
  [4 * 1024 ** 3, '4 GB'],
  [50_000 * 1024 ** 3, '50 000 GB'],
])('%i bytes are %s', (bytes, said) => {
  expect(fileSize(languages.lv, bytes).replaceAll('\u00a0', ' ')).toBe(said)
})
