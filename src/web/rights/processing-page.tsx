import { type LoaderFunctionArgs, useLoaderData } from 'react-router'
import { z } from 'zod'
import { Linkage, Processing, Retention } from '#modules/rights/model.ts'
import { Page, Section } from '../parts/page.tsx'
import { WideTable } from '../parts/wide-table.tsx'
import { read } from '../read.ts'
import { useLanguage } from '../text/language.ts'
import css from './processing-page.module.css'
import { howLong } from './retention-words.ts'

const Register = z.object({ items: z.array(Processing), linkages: z.array(Linkage) })
const Rules = z.object({ items: z.array(Retention) })

export async function loader({ context }: LoaderFunctionArgs) {
  const [{ items, linkages }, { items: rules }] = await Promise.all([
    read(context, '/processing', Register),
    read(context, '/retention', Rules),
  ])
  return { items, linkages, rules }
}

/** Whose data are processed, for what, on which basis, and how long they are kept: for everybody. */
export default function ProcessingPage() {
  const { items, linkages, rules } = useLoaderData<typeof loader>()
  const language = useLanguage()
  const { t, to, name, dayOfInstant } = language
  const nameOf = new Map(rules.map((rule) => [rule.kind, rule]))
  return (
    <Page
      title={t('processing.title')}
      lead={t('processing.lead')}
      crumbs={[{ name: t('footer.privacy'), to: to('privacy') }]}
    >
      <Section title={t('processing.register')} id="register">
        <ul className={css.register}>
          {items.map((entry) => (
            <li key={entry.code}>
              <h3>{name(entry.purpose)}</h3>
              <dl>
                {(['people', 'data', 'recipients', 'basis'] as const).map((part) => (
                  <div key={part}>
                    <dt>{t(`processing.${part}`)}</dt>
                    <dd>{name(entry[part])}</dd>
                  </div>
                ))}
                <div>
                  <dt>{t('processing.keeps')}</dt>
                  <dd>
                    <ul className="plain">
                      {entry.retention.map((kind) => {
                        const rule = nameOf.get(kind)
                        return rule && <li key={kind}>{`${name(rule.name)}: ${howLong(language, rule)}`}</li>
                      })}
                    </ul>
                  </dd>
                </div>
              </dl>
            </li>
          ))}
        </ul>
      </Section>
      <Section title={t('processing.linkages')} id="linkages" className="stack">
        <p>{t('processing.linkagesLead')}</p>
        <WideTable label={t('processing.linkages')}>
          <thead>
            <tr>
              <th scope="col">{t('processing.linkage')}</th>
              <th scope="col">{t('processing.state')}</th>
              <th scope="col">{t('processing.why')}</th>
              <th scope="col">{t('processing.basis')}</th>
            </tr>
          </thead>
          <tbody>
            {linkages.map((linkage) => (
              <tr key={linkage.code} id={linkage.code}>
                <th scope="row">
                  {name(linkage.name)}
                  <span className={css.purpose}>{name(linkage.purpose)}</span>
                </th>
                <td>
                  <span className={linkage.on ? 'tag new' : 'tag'}>
                    {t(linkage.on ? 'processing.on' : 'processing.off')}
                  </span>{' '}
                  {t('processing.since', { day: dayOfInstant(linkage.since) })}
                </td>
                <td>{linkage.reason ?? t(linkage.on ? 'processing.delivered' : 'processing.noBasis')}</td>
                <td>{name(linkage.basis)}</td>
              </tr>
            ))}
          </tbody>
        </WideTable>
      </Section>
      <Section title={t('processing.retention')} id="retention">
        <WideTable label={t('processing.retention')}>
          <thead>
            <tr>
              <th scope="col">{t('processing.what')}</th>
              <th scope="col">{t('processing.howLong')}</th>
              <th scope="col">{t('processing.after')}</th>
            </tr>
          </thead>
          <tbody>
            {rules.map((rule) => (
              <tr key={rule.kind}>
                <th scope="row">{name(rule.name)}</th>
                <td>{howLong(language, rule)}</td>
                <td>{name(rule.after)}</td>
              </tr>
            ))}
          </tbody>
        </WideTable>
      </Section>
    </Page>
  )
}
