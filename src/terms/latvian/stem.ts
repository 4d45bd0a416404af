/**
 * Stems of Latvian words, light: what a word keeps while case, number and gender change, so that *skolotājiem* meets *skolotājs*.
 *
 * After the idea of Kreslins (1996), A stemming algorithm for Latvian, thesis, Loughborough University,
 * https://hdl.handle.net/2134/7433: endings of the declensions are taken off, longest first, and a consonant that the ending
 * softened is hardened again. Two things are ours. It works on folded letters (fold.ts), since readers leave the marks out; that alone undoes
 * l/ļ, n/ņ, s/š, z/ž, k/ķ, g/ģ and c/č. And where letters without marks leave two readings, it gives both instead of guessing.
 */

const SHORTEST = 2 // letters of a stem

/** Of all declensions and of adjectives, definite ones apart. */
const ending = /^(.*?)(iem|ais|am|as|ai|ei|es|em|is|im|ij|us|um|os|ie|[aeiosu])$/

/** Of definite adjectives; without marks they look like those of *skolotājs*, where `aj` belongs to the stem. */
const definite = /^(.*?)aj(?:iem|am|ai|as|os|us|a|o)$/

/** Before these the consonant is soft: genitive and plural of *briedis*, genitive plural of *iestāde*. */
const softening = new Set(['a', 'i', 'u', 'iem', 'us', 'os'])

/** Before these a feminine word shows another consonant than the masculine: *skolniece*, *skolnieks*. */
const feminine = new Set(['e', 'es', 'ei', 'em', 'i', 'u'])

const hardened: readonly (readonly [soft: RegExp, hard: string])[] = [
  [/([bmpv])j$/, '$1'], // kurpju: kurpe
  [/z$/, 'd'], // iestāžu: iestāde
  [/s$/, 't'], // latviešu: latvietis
]

/**
 * The stems of a folded word, most likely first; words agree when they share one.
 *
 * @param word  folded; of letters only (numbers are their own stem)
 * @returns     one to four, without repetition; the word itself where nothing can be taken off
 */
export function latvianStems(word: string): string[] {
  const [, stem, taken] = ending.exec(word) ?? []
  if (stem === undefined || taken === undefined || !isStem(stem)) return [word]
  const stems = [stem]
  const before = definite.exec(word)?.[1]
  if (before !== undefined && isStem(before)) stems.push(before)
  if (softening.has(taken)) {
    for (const [soft, hard] of hardened) if (soft.test(stem)) stems.push(stem.replace(soft, hard))
  }
  if (feminine.has(taken) && stem.endsWith('c')) stems.push(stem.replace(/c$/, 'k'))
  return [...new Set(stems.filter(isStem))]
}

/** What is left must still be a word: long enough, with a vowel in it. */
function isStem(stem: string): boolean {
  return stem.length >= SHORTEST && /[aeiou]/.test(stem)
}
