import { useLanguage } from '../text/language.ts'
import css from './search-box.module.css'

/** One box for schools, municipalities and indicators. A plain form: it works without scripts. */
export function SearchBox({ value, autoFocus }: { value?: string; autoFocus?: boolean }) {
  const { t, to } = useLanguage()
  return (
    <search>
      <form className={`${css.search} no-print`} action={to('search')}>
        <input
          name="q"
          type="search"
          defaultValue={value}
          aria-label={t('search.label')}
          placeholder={t('search.placeholder')}
          maxLength={100}
          required
          // biome-ignore lint/a11y/noAutofocus: on the search page the box is what the reader came for
          autoFocus={autoFocus}
        />
        <button type="submit">{t('search.go')}</button>
      </form>
    </search>
  )
}
