/**
 * How many slips turn one word into the other: a letter too many, too few, another, or two in each other’s place
 * (optimal string alignment).
 *
 * @param most  beyond so many the exact number does not matter
 * @returns     0 … most, or most + 1 for anything beyond
 */
export function slips(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1
  let before: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, at) => at)
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i]
    let least = i
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1]
      let cost = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + (same ? 0 : 1))
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        cost = Math.min(cost, before[j - 2]! + 1)
      }
      row.push(cost)
      least = Math.min(least, cost)
    }
    if (least > most) return most + 1
    before = last
    last = row
  }
  return Math.min(last[b.length]!, most + 1)
}

/** How many slips a word of this length is forgiven: none in three letters, where every word is like another. */
export function forgiven(word: string): number {
  return word.length < 4 ? 0 : word.length < 8 ? 1 : 2
}

/** Which letters a word has, as bits: two words that differ in many of them are many slips apart. */
export function letters(word: string): number {
  let bits = 0
  for (let at = 0; at < word.length; at += 1) bits |= 1 << (word.charCodeAt(at) & 31)
  return bits
}

/** At least so many slips lie between words with these letters; a slip can change two of them. */
export function fewestSlips(a: number, b: number): number {
  let differing = a ^ b
  let count = 0
  for (; differing !== 0; differing &= differing - 1) count += 1
  return count / 2
}
