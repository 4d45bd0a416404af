import { foldedWords } from '#terms/latvian/fold.ts'
import { latvianStems } from '#terms/latvian/stem.ts'
import type { Words } from '#terms/locale.ts'

/** Whether every word asked for begins a word of the texts, or shares its stem: marks and endings do not matter. */
export function foundBy(q: string, texts: readonly (string | Words)[]): boolean {
  const words = texts.flatMap((text) =>
    typeof text === 'string' ? foldedWords(text) : [...foldedWords(text.lv), ...foldedWords(text.en)],
  )
  return foldedWords(q).every((asked) => {
    const stems = latvianStems(asked)
    return words.some(
      (word) => word.startsWith(asked) || latvianStems(word).some((stem) => stems.includes(stem)),
    )
  })
}
