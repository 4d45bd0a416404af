import { type LoaderFunctionArgs, useLoaderData } from 'react-router'
import { z } from 'zod'
import { PreschoolProfile } from '#modules/assessments/model.ts'
import { mustBeSignedIn } from '../../access/must-be-signed-in.ts'
import { Page, Section } from '../../parts/page.tsx'
import { notFound, read } from '../../read.ts'
import { useLanguage } from '../../text/language.ts'
import css from './observation.module.css'
import { StatementList } from './statement-list.tsx'

const Profiles = z.object({ items: z.array(PreschoolProfile) })

export async function loader({ context, request }: LoaderFunctionArgs) {
  const { mandate } = mustBeSignedIn(context, request)
  if (!mandate?.learnerId) throw notFound()
  return (await read(context, `/observations/profiles/${mandate.learnerId}`, Profiles)).items
}

/** What was observed of the own child in preschool, in words; no score, no comparison. */
export default function ProfilePage() {
  const profiles = useLoaderData<typeof loader>()
  const { t, to, name, year, day } = useLanguage()
  return (
    <Page
      title={t('observation.profile')}
      lead={t('observation.profileLead')}
      crumbs={[
        { name: t('nav.myWork'), to: to('myWork') },
        { name: t('ownLearner.title'), to: to('ownLearner') },
      ]}
    >
      {profiles.length === 0 && (
        <Section>
          <p>{t('observation.noProfile')}</p>
        </Section>
      )}
      {profiles.map((profile) => (
        <div key={profile.schoolYear}>
          <p className={`small ${css.observed}`}>
            {t('observation.observed', {
              place: profile.place ? name(profile.place.name) : '',
              year: year(profile.schoolYear),
              day: day(profile.observedOn),
            })}
          </p>
          {profile.domains.map((domain) => (
            <Section key={domain.domain} title={name(domain.name)}>
              <StatementList statements={domain.statements} />
            </Section>
          ))}
        </div>
      ))}
      <Section>
        <p className="note">{t('observation.ask')}</p>
      </Section>
    </Page>
  )
}
