import type { Locale } from '#terms/locale.ts'
import { Page, Section } from '../parts/page.tsx'
import { useLanguage } from '../text/language.ts'
import { anchorOf } from './anchor.ts'
import type { Prose } from './prose.ts'
import css from './prose-page.module.css'

/** Draws a page of plain text in the language of the reader. */
export function ProsePage({ prose }: { prose: Record<Locale, Prose> }) {
  const { locale, t } = useLanguage()
  const { title, lead, sections } = prose[locale]
  return (
    <Page title={title} lead={lead}>
      <div className={css.columns}>
        {sections.length > 3 && (
          <nav className={`${css.contents} no-print`} aria-label={t('help.contents')}>
            <ul>
              {sections.map((section) => (
                <li key={section.id}>
                  <a href={`#${section.id}`}>{section.title}</a>
                </li>
              ))}
            </ul>
          </nav>
        )}
        <div>
          {sections.map((section) => (
            <Section key={section.id} title={section.title} id={section.id}>
              <div className="stack">
                {section.body.map((piece) => (
                  <Piece key={JSON.stringify(piece)} piece={piece} />
                ))}
              </div>
            </Section>
          ))}
        </div>
      </div>
    </Page>
  )
}

function Piece({ piece }: { piece: Prose['sections'][number]['body'][number] }) {
  if (typeof piece === 'string') return <p>{piece}</p>
  if ('code' in piece) {
    return (
      <pre>
        <code>{piece.code}</code>
      </pre>
    )
  }
  if ('links' in piece) {
    return (
      <ul className="bullets">
        {piece.links.map(([to, words]) => (
          <li key={to}>
            <a href={to}>{words}</a>
          </li>
        ))}
      </ul>
    )
  }
  if ('terms' in piece) {
    return (
      <dl className={css.terms}>
        {piece.terms.map(([term, meaning]) => (
          <div key={term} id={anchorOf(term)}>
            <dt>{term}</dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    )
  }
  return (
    <ul className="bullets">
      {piece.map((item) => (
        <li key={item}>{item}</li>
      ))}
    </ul>
  )
}
