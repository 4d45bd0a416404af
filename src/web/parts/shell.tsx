import type { ReactNode } from 'react'
import { usePage, usePortal } from '../portal.ts'
import { useLanguage } from '../text/language.ts'
import { Footer } from './footer.tsx'
import { Header } from './header.tsx'
import css from './shell.module.css'

/** What stands around every page: way past the header, what kind of data these are, header, footer. Around a panel only the second. */
export function Shell({ children, isPanel = false }: { children: ReactNode; isPanel?: boolean }) {
  const { t } = useLanguage()
  const data = usePortal()?.config.data
  // A child at work is not led away from it.
  const isSitting = usePage().page?.startsWith('sitting') ?? false
  const isAlone = isSitting || isPanel
  return (
    <>
      {!isPanel && (
        <a className={css.skip} href="#content">
          {t('shell.skip')}
        </a>
      )}
      {(data === 'made_up' || data === 'reference') && (
        <aside className={css.banner} aria-label={t('shell.aboutData')}>
          {t(`shell.banner.${data}`)}
        </aside>
      )}
      {!isAlone && <Header />}
      <main id="content" tabIndex={-1}>
        {children}
      </main>
      {!isAlone && <Footer />}
    </>
  )
}
