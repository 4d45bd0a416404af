import { type LoaderFunctionArgs, useLoaderData } from 'react-router'
import { SignInFailure } from '#modules/access/model.ts'
import { Page, Section } from '../parts/page.tsx'
import { useLanguage } from '../text/language.ts'

export function loader({ request }: LoaderFunctionArgs) {
  const why = SignInFailure.safeParse(new URL(request.url).searchParams.get('why'))
  return { why: why.success ? why.data : null }
}

/** Why a sign-in did not come about, that nothing was lost, and what to do. Nothing the provider wrote stands here. */
export default function SignInFailedPage() {
  const { why } = useLoaderData<typeof loader>()
  const { t, to } = useLanguage()
  const reason = why ?? 'untrusted'
  return (
    <Page
      title={t(`signInFailed.${reason}.title`)}
      lead={t(`signInFailed.${reason}.what`)}
      crumbs={[{ name: t('signIn.title'), to: to('signIn') }]}
      narrow
    >
      <Section title={t('error.try')} className="stack">
        <p>{t(`signInFailed.${reason}.todo`)}</p>
        <ul className="bullets">
          <li>
            <a href={to('signIn')}>{t('signInFailed.again')}</a>
          </li>
          <li>
            <a href={to('help')}>{t('signInFailed.help')}</a>
          </li>
          <li>
            <a href={to('home')}>{t('error.home')}</a>
          </li>
        </ul>
      </Section>
    </Page>
  )
}
