import type { ReactNode } from 'react'
import { useLocation } from 'react-router'
import { useLanguage } from '../text/language.ts'
import css from './page.module.css'

export interface Crumb {
  name: string
  to: string
}

/** Title, way back and body of a page. The breadcrumb follows the tree of territories, not the menu. */
export function Page(props: {
  title: string
  /** of the window, when it must say more than the heading */
  windowTitle?: string
  crumbs?: readonly Crumb[]
  lead?: ReactNode
  facts?: ReactNode
  narrow?: boolean
  children: ReactNode
}) {
  const { t } = useLanguage()
  const isPanel = useLocation().pathname.startsWith('/embed/')
  return (
    <div className={`wrap ${css.page}`}>
      <title>{`${props.windowTitle ?? props.title} – ${t('shell.product')}`}</title>
      {props.crumbs && props.crumbs.length > 0 && !isPanel && (
        <nav className={`${css.crumbs} no-print`} aria-label={t('shell.crumbs')}>
          <ol>
            {props.crumbs.map((crumb) => (
              <li key={crumb.to}>
                <a href={crumb.to}>{crumb.name}</a>
              </li>
            ))}
          </ol>
        </nav>
      )}
      <h1 className={css.title}>{props.title}</h1>
      {props.facts && <div className={css.facts}>{props.facts}</div>}
      {props.lead && <p className="lead">{props.lead}</p>}
      {props.narrow ? <div className={css.narrow}>{props.children}</div> : props.children}
    </div>
  )
}

/** A part of a page with its heading and, at the end of the line, one link. */
export function Section(props: {
  title?: string
  id?: string
  aside?: ReactNode
  className?: string
  children: ReactNode
}) {
  return (
    <section className={`section ${props.className ?? ''}`} id={props.id}>
      {props.title && (
        <header>
          <h2>{props.title}</h2>
          {props.aside}
        </header>
      )}
      {props.children}
    </section>
  )
}
