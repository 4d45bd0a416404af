const LONGEST = 200 // characters
// Control characters and those that turn the direction of what follows.
const INVISIBLE = /[\p{Cc}\u202A-\u202E\u2066-\u2069\uFFFE\uFFFF]/gu
const PERSONAL_CODE = /\d{6}-?\d{5}/g

/**
 * What a sender calls a file, fit to be kept and shown: without folders, invisible characters and anything that looks like a
 * personal code. No file of ours is ever named by it.
 */
export function shownName(given: string): string {
  const name = given.toWellFormed().normalize('NFC').split(/[/\\]/).at(-1)!
  const shown = name.replace(INVISIBLE, '').replace(PERSONAL_CODE, '•••').trim()
  if (shown === '') return 'upload'
  return shown.length > LONGEST ? `…${shown.slice(1 - LONGEST)}` : shown // the ending tells more than the beginning
}
