import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect, useLoaderData } from 'react-router'
import { z } from 'zod'
import { DemoPerson } from '#modules/access/model.ts'
import { portalContext } from '../context.ts'
import { mandateName } from '../parts/account.tsx'
import { Page, Section } from '../parts/page.tsx'
import { read, refusal } from '../read.ts'
import { languages, localeOf, useLanguage } from '../text/language.ts'
import { cookiesOf, forwarded } from './forms.ts'
import { seesOf } from './sees.ts'
import css from './sign-in-page.module.css'

const People = z.object({ items: z.array(DemoPerson) })
const Ways = z.object({ provider: z.boolean() })

export async function loader({ context, request }: LoaderFunctionArgs) {
  const [{ items }, { provider }] = await Promise.all([
    read(context, '/demo-people', People),
    read(context, '/sign-in', Ways),
  ])
  return { people: items, hasProvider: provider, goesOn: new URL(request.url).searchParams.get('return') }
}

/** Begins a session as the chosen person; the API sets the cookie, this page hands it on. */
export async function action({ context, request }: ActionFunctionArgs) {
  const form = await request.formData()
  const answer = await context.get(portalContext).api('/session', {
    method: 'POST',
    headers: forwarded(request, { 'content-type': 'application/json' }),
    body: JSON.stringify({ person: String(form.get('person') ?? '') }),
  })
  if (!answer.ok) throw await refusal(answer)
  const { to } = languages[localeOf(new URL(request.url).pathname)]
  return redirect(to('myWork'), { status: 303, headers: cookiesOf(answer) })
}

/** The way to the sign-in service, and made-up people where the data are not real. */
export default function SignInPage() {
  const { people, hasProvider, goesOn } = useLoaderData<typeof loader>()
  const { t, locale } = useLanguage()
  const leadOf = () => {
    if (hasProvider) return t('signIn.providerLead')
    return people.length > 0 ? t('signIn.lead') : undefined
  }
  return (
    <Page title={t('signIn.title')} lead={leadOf()} narrow>
      {hasProvider && (
        <Section className="stack">
          <form method="post" action="/sign-in/begin">
            <input type="hidden" name="language" value={locale} />
            {goesOn && <input type="hidden" name="return" value={goesOn} />}
            <button type="submit" className="button">
              {t('signIn.provider')}
            </button>
          </form>
          <p className="small">{t('signIn.whatWeLearn')}</p>
        </Section>
      )}
      {people.length > 0 && (
        <Section title={hasProvider ? t('signIn.demoTitle') : undefined} className="stack">
          {hasProvider && <p>{t('signIn.lead')}</p>}
          <DemoPeople people={people} />
        </Section>
      )}
      {people.length === 0 && !hasProvider && (
        <Section>
          <p>{t('signIn.nobody')}</p>
        </Section>
      )}
    </Page>
  )
}

function DemoPeople({ people }: { people: readonly DemoPerson[] }) {
  const language = useLanguage()
  const { t, to } = language
  return (
    <ul className={css.people}>
      {people.map((person) => (
        <li key={person.id}>
          <form method="post" action={to('signIn')}>
            <div>
              <b>{person.name}</b>
              <span>{[person, ...person.more].map((each) => mandateName(language, each)).join('; ')}</span>
              <span>{seesOf(language, person.tier, person.duties)}</span>
            </div>
            <button type="submit" name="person" value={person.id} className="button">
              {t('signIn.as')}
              <span className="hidden"> {person.name}</span>
            </button>
          </form>
        </li>
      ))}
    </ul>
  )
}
