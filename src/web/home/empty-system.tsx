import { Page, Section } from '../parts/page.tsx'
import { useLanguage } from '../text/language.ts'

/** A system without data says what to do next instead of showing empty charts. */
export function EmptySystem() {
  const { t, to } = useLanguage()
  return (
    <Page title={t('empty.title')} lead={t('empty.lead')} narrow>
      <Section title={t('empty.how')}>
        <div className="stack">
          <p>{t('empty.import')}</p>
          <pre>
            <code>npm run ikms -- import FILE --mapping MAPPING</code>
          </pre>
          <p>{t('empty.compute')}</p>
          <pre>
            <code>npm run ikms -- compute</code>
          </pre>
          <p>{t('empty.then')}</p>
          <p className="small">
            <a href={to('help')}>{t('empty.help')}</a>
          </p>
        </div>
      </Section>
    </Page>
  )
}
