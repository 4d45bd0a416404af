import type { Cell } from '#terms/cell.ts'
import type { Language } from '../text/language.ts'

/** „Meitenes un zēni”, „Klases”, … */
export function breakdownName({ t }: Language, breakdown: string): string {
  return t(`breakdown.${breakdown as 'sex'}`, { defaultValue: breakdown })
}

/** „Meitenes”, „9. klase”, … */
export function categoryName({ t }: Language, breakdown: string, category: string): string {
  if (breakdown === 'grade' && /^\d+$/.test(category)) return t('learners.grade', { grade: category })
  if (breakdown === 'sex') return t(`sex.${category as 'female'}`)
  return t(`category.${breakdown as 'grade'}.${category as 'unknown'}`, { defaultValue: category })
}

/** Girls before boys, numbers by size, words by code; what is not known last. */
export function inOrder(cells: readonly Cell[]): Cell[] {
  const key = ({ category }: Cell) =>
    category === 'unknown' ? '~' : category.replace(/^\d+/, (number) => number.padStart(6, '0'))
  return cells.toSorted((a, b) => (key(a) < key(b) ? -1 : 1))
}
