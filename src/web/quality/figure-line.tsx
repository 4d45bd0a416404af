import type { ReactNode } from 'react'
import css from './figure-line.module.css'

export { css as lineCss }

/** Which columns a line has: all, none beside it (the country), or one year only (a class). */
export type Columns = 'beside' | 'alone' | 'oneYear'

/** A figure in one line: what it is, how much and how surely, beside its neighbours, over the years, in words. On a phone one below another. */
export function FigureLine(props: {
  columns: Columns
  /** one of several subjects, under the one that leads */
  isMinor?: boolean
  what: ReactNode
  value: ReactNode
  compare?: ReactNode
  years?: ReactNode
  words: ReactNode
}) {
  const { columns, isMinor, what, value, compare, years, words } = props
  return (
    <div className={`${css.line} ${css[columns]} ${isMinor ? css.minor : ''}`}>
      <div className={css.what}>{what}</div>
      <div className={css.value}>{value}</div>
      {columns !== 'alone' && <div className={css.compare}>{compare}</div>}
      {columns !== 'oneYear' && <div className={css.years}>{years}</div>}
      <div className={css.words}>{words}</div>
    </div>
  )
}
