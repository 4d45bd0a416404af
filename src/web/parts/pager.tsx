import { useLanguage } from '../text/language.ts'
import css from './pager.module.css'

/** Ways through a long list: back to its beginning and on to the next page. */
export function Pager({ first, next }: { first: string | null; next: string | null }) {
  const { t } = useLanguage()
  if (!first && !next) return null
  return (
    <nav className={`${css.pager} no-print`} aria-label={t('pager.label')}>
      {first && (
        <a className="button quiet" href={first}>
          {t('pager.first')}
        </a>
      )}
      {next && (
        <a className="button quiet" href={next} rel="next">
          {t('pager.next')}
        </a>
      )}
    </nav>
  )
}
