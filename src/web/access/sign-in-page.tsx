import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect, useLoaderData } from 'react-router'
import { z } from 'zod'
import { DemoPerson } from '#modules/access/model.ts'
import { portalContext } from '../context.ts'
import { mandateName } from '../parts/account.tsx'
import { Page, Section } from '../parts/page.tsx'
import { read, refusal } from '../read.ts'
import { languages, localeOf, useLanguage } from '../text/language.ts'
import css from './sign-in-page.module.css'

const People = z.object({ items: z.array(DemoPerson) })

export async function loader({ context }: LoaderFunctionArgs) {
  return (await read(context, '/demo-people', People)).items
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

/** The API decides by this header whether its cookie may travel unencrypted. */
function forwarded(request: Request, headers: Record<string, string>): Record<string, string> {
  const scheme = request.headers.get('x-forwarded-proto')
  return scheme ? { ...headers, 'x-forwarded-proto': scheme } : headers
}

export function cookiesOf(answer: Response): Headers {
  const headers = new Headers()
  for (const cookie of answer.headers.getSetCookie()) headers.append('set-cookie', cookie)
  return headers
}

/** Made-up people to sign in as; where the data are real there are none. */
export default function SignInPage() {
  const people = useLoaderData<typeof loader>()
  const language = useLanguage()
  const { t, to } = language
  return (
    <Page title={t('signIn.title')} lead={people.length > 0 ? t('signIn.lead') : undefined} narrow>
      {people.length === 0 ? (
        <Section>
          <p>{t('signIn.nobody')}</p>
        </Section>
      ) : (
        <Section>
          <ul className={css.people}>
            {people.map((person) => (
              <li key={person.id}>
                <form method="post" action={to('signIn')}>
                  <div>
                    <b>{person.name}</b>
                    <span>{mandateName(language, person)}</span>
                    <span>{t(`tierSees.${person.tier}`)}</span>
                  </div>
                  <button type="submit" name="person" value={person.id} className="button">
                    {t('signIn.as')}
                    <span className="hidden"> {person.name}</span>
                  </button>
                </form>
              </li>
            ))}
          </ul>
        </Section>
      )}
    </Page>
  )
}
