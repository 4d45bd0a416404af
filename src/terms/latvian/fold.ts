/** Letters as a hurried reader types them: small, without their marks. `Ķegums` → `kegums`. */
export function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
}

/**
 * The words of a text, folded, in order. Letters and digits are words of their own, so that `ACH-05`, `ACH 05` and `ach05` are the
 * same two.
 */
export function foldedWords(text: string): string[] {
  return fold(text).match(/\p{L}+|\p{N}+/gu) ?? []
}
