import css from './marks.module.css'

/** What the two ends of a line or strip stand for, written under it. */
export function Ends({ low, high }: { low: string; high: string }) {
  return (
    <p className={css.ends} aria-hidden="true">
      <span>{low}</span>
      <span>{high}</span>
    </p>
  )
}
