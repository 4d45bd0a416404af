import { type LoaderFunctionArgs, useLoaderData } from 'react-router'
import { SessionCodes } from '#modules/assessments/model.ts'
import { mustBeSignedIn } from '../../access/must-be-signed-in.ts'
import { Page, Section } from '../../parts/page.tsx'
import { read } from '../../read.ts'
import { useLanguage } from '../../text/language.ts'
import css from './rounds.module.css'

export async function loader({ context, request, params }: LoaderFunctionArgs) {
  mustBeSignedIn(context, request)
  return {
    session: await read(context, `/sessions/${encodeURIComponent(params.id!)}/codes`, SessionCodes),
    site: new URL(request.url).host,
  }
}

/** Slips with the codes of a session, to be printed and cut. */
export default function CodesPage() {
  const { session, site } = useLoaderData<typeof loader>()
  const { t, to, name } = useLanguage()
  const title = t('rounds.codesTitle', { label: session.label, name: name(session.round.name) })
  return (
    <Page
      title={title}
      crumbs={[
        { name: t('nav.myWork'), to: to('myWork') },
        { name: t('rounds.sessionsTitle'), to: to('ownSessions') },
        { name: session.label, to: to('session', { id: session.id }) },
      ]}
    >
      <Section>
        <p className={`note ${css.note} no-print`}>
          {t('rounds.codesLead')} {t('rounds.audited')}
        </p>
        {session.codes.length === 0 ? (
          <p>{t('rounds.codesNone')}</p>
        ) : (
          <ul className={css.slips}>
            {session.codes.map(({ name: pupil, code }) => (
              <li key={code}>
                <span className={css.who}>{`${pupil ?? t('rounds.unnamed')}, ${session.label}`}</span>
                <span className="small">{name(session.round.name)}</span>
                <span className="small">{`${t('rounds.codesGo')} ${site}${to('sitting')}`}</span>
                <span className={css.entry}>{code}</span>
              </li>
            ))}
          </ul>
        )}
      </Section>
    </Page>
  )
}
