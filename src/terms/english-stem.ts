/**
 * The stem of a folded English word: the plural is taken off and nothing else.
 *
 * @see  Harman (1991), How effective is suffixing?, JASIS 42, 7–15: the s-stemmer, which finds about as much as heavier ones
 */
export function englishStem(word: string): string {
  if (word.length < 4) return word
  if (/[^ae]ies$/.test(word)) return word.replace(/ies$/, 'y')
  if (/[^aeo]es$/.test(word)) return word.replace(/s$/, '')
  return /[^us]s$/.test(word) ? word.replace(/s$/, '') : word
}
