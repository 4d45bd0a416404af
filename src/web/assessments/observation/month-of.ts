/** A month as it is written in both languages: „03.2020.”. */
export function monthOf(month: string): string {
  const [year, number] = month.split('-')
  return `${number}.${year}.`
}
