import { foldedWords } from '#terms/latvian/fold.ts'

/** The part of an address that leads to a term on its page: „Kļūdas robežas” → `kludas-robezas`. */
export function anchorOf(term: string): string {
  return foldedWords(term).join('-')
}
