import { useLocation } from 'react-router'
import type { PageKey, PageParams } from '../addresses.ts'
import { usePage, usePortal } from '../portal.ts'
import { languages, useLanguage } from '../text/language.ts'
import { Account } from './account.tsx'
import css from './header.module.css'

/** Main places of the portal, and the pages that lie in each. */
const places = {
  indicators: ['indicators', 'indicator', 'unitIndicator', 'trace'],
  municipalities: ['municipalities', 'municipality', 'region', 'state'],
  schools: ['schools', 'school', 'learners', 'findings'],
  data: ['data', 'releases', 'release', 'rules'],
  help: ['help', 'glossary', 'classifiers'],
} as const satisfies Partial<Record<PageKey, readonly PageKey[]>>

export function Header() {
  const { t, to } = useLanguage()
  const { page } = usePage()
  const me = usePortal()?.me
  const entries = Object.entries(places) as [keyof typeof places, readonly PageKey[]][]
  return (
    <header className={`${css.top} no-print`}>
      <div className={`wrap ${css.row}`}>
        <a className={css.logo} href={to('home')}>
          <Mark />
          {t('shell.product')}
        </a>
        <nav className={css.nav} aria-label={t('shell.mainMenu')}>
          {me?.person && (
            <a href={to('myWork')} aria-current={page === 'myWork' ? 'page' : undefined}>
              {t('nav.myWork')}
            </a>
          )}
          {entries.map(([place, pages]) => (
            <a
              key={place}
              href={to(place)}
              aria-current={page === place ? 'page' : page && pages.includes(page) ? 'true' : undefined}
            >
              {t(`nav.${place}`)}
            </a>
          ))}
        </nav>
        <div className={css.end}>
          <a href={to('search')} aria-current={page === 'search' ? 'page' : undefined}>
            {t('nav.search')}
          </a>
          <OtherLanguage />
          {me?.person ? (
            <Account me={me} />
          ) : (
            <a className="button quiet" href={to('signIn')}>
              {t('nav.signIn')}
            </a>
          )}
        </div>
      </div>
    </header>
  )
}

/** The same page in the other language. */
function OtherLanguage() {
  const { locale } = useLanguage()
  const { page, params } = usePage()
  const { search } = useLocation()
  const other = languages[locale === 'lv' ? 'en' : 'lv']
  return (
    <a
      href={other.to(page ?? 'home', params as PageParams) + (page ? search : '')}
      lang={other.locale}
      hrefLang={other.locale}
    >
      {other.t('shell.thisLanguage')}
    </a>
  )
}

function Mark() {
  return (
    <svg width="24" height="24" viewBox="0 0 24 24" aria-hidden="true">
      <clipPath id="mark">
        <circle cx="12" cy="12" r="11.5" />
      </clipPath>
      <g clipPath="url(#mark)">
        <path className={css.red} d="M0 0h24v24H0z" />
        <path fill="#fff" d="M0 9.6h24v4.8H0z" />
      </g>
    </svg>
  )
}
