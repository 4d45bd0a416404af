import { type LoaderFunctionArgs, useLoaderData } from 'react-router'
import { Held } from '#modules/rights/model.ts'
import { mustBeSignedIn } from '../access/must-be-signed-in.ts'
import { Page, Section } from '../parts/page.tsx'
import { notFound, read } from '../read.ts'
import { useLanguage } from '../text/language.ts'
import css from './held-page.module.css'
import { HeldTable } from './held-table.tsx'
import { howLong } from './retention-words.ts'

export async function loader({ context, request }: LoaderFunctionArgs) {
  const { mandate } = mustBeSignedIn(context, request)
  if (!mandate?.learnerId) throw notFound()
  return read(context, `/learners/${mandate.learnerId}/held`, Held)
}

/** Everything held about the own learner, where each thing is corrected, and how to take it away. */
export default function HeldPage() {
  const { learner, sections, retention, pdf } = useLoaderData<typeof loader>()
  const language = useLanguage()
  const { t, to, name, locale } = language
  const file = `/api/v1/learners/${learner.id}/held`
  return (
    <Page
      title={t('held.title')}
      lead={t('held.lead', { name: learner.name ?? learner.id })}
      crumbs={[
        { name: t('nav.myWork'), to: to('myWork') },
        { name: t('ownLearner.title'), to: to('ownLearner') },
      ]}
    >
      <p className={`${css.take} no-print`}>
        {pdf && (
          <a className="button" href={`${file}.pdf?language=${locale}`}>
            {t('held.pdf')}
          </a>
        )}
        <a className="button quiet" href={`${file}?download=1`}>
          {t('held.json')}
        </a>
        {!pdf && <span className="small">{t('held.noPdf')}</span>}
      </p>
      <nav className="no-print" aria-label={t('held.parts')}>
        <ul className="chips">
          {sections.map(({ key, title }) => (
            <li key={key}>
              <a href={`#${key}`}>{name(title)}</a>
            </li>
          ))}
        </ul>
      </nav>
      {sections.map((section) => (
        <Section key={section.key} id={section.key} title={name(section.title)} className="stack">
          <HeldTable section={section} />
          <p className="note">
            <b>{t('held.wrong')}:</b> {name(section.correct)}
          </p>
        </Section>
      ))}
      <Section title={t('held.keeps')}>
        <dl className={css.terms}>
          {retention.map((rule) => (
            <div key={rule.kind}>
              <dt>{name(rule.name)}</dt>
              <dd>{howLong(language, rule)}</dd>
            </div>
          ))}
        </dl>
      </Section>
      <Section title={t('held.rightsTitle')} className="stack">
        <ul className="bullets">
          <li>{t('held.correct')}</li>
          <li>{t('held.object')}</li>
          <li>
            <a href={to('processing')}>{t('processing.title')}</a>
          </li>
          <li>
            {t('held.number')} <code>{learner.id}</code>
          </li>
        </ul>
        <p className="note">{t('held.recorded')}</p>
      </Section>
    </Page>
  )
}
