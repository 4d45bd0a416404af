/** Whether a text can be kept: PostgreSQL has no text with a NUL in it, and neither it nor JSON half a character. */
export function isStorable(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed()
}
