import type { Demo } from '#modules/setup/model.ts'
import { Page, Section } from '../parts/page.tsx'
import { usePortal } from '../portal.ts'
import { OfferDemo } from '../setup/offer-demo.tsx'
import { useLanguage } from '../text/language.ts'

/**
 * A system without data, or with data nothing was computed from yet, says what to do next instead of showing empty charts.
 *
 * @param demo  whether a made-up Latvia can be loaded; on the front page only, which nobody keeps then
 */
export function EmptySystem({ demo }: { demo?: Demo | null }) {
  const { t, to } = useLanguage()
  const isImported = usePortal()?.config.data !== 'none'
  return (
    <Page
      title={t(isImported ? 'empty.titleImported' : 'empty.title')}
      lead={t(isImported ? 'empty.leadImported' : 'empty.lead')}
      narrow
    >
      {demo && <OfferDemo demo={demo} />}
      <Section title={t(demo ? 'empty.else' : 'empty.how')}>
        <div className="stack">
          {!isImported && (
            <>
              <p>{t('empty.import')}</p>
              <pre>
                <code>npm run ikms -- import FILE --mapping MAPPING</code>
              </pre>
            </>
          )}
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
