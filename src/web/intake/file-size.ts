import type { Language } from '../text/language.ts'

const UNITS = ['B', 'kB', 'MB', 'GB'] as const
const NBSP = '\u00a0'

/** How large a file is, in the largest unit that says it: „3,4 MB”. The signs of the units are the same in both languages. */
export function fileSize({ number }: Pick<Language, 'number'>, bytes: number): string {
  const unit = Math.min(
    UNITS.length - 1,
    Math.max(0, Math.floor(Math.log(Math.max(1, bytes)) / Math.log(1024))),
  )
  const value = bytes / 1024 ** unit
  return `${number(value, unit === 0 || value >= 100 || Number.isInteger(value) ? 0 : 1)}${NBSP}${UNITS[unit]}`
}
