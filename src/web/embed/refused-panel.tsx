import { type LoaderFunctionArgs, useLoaderData } from 'react-router'
import { Page, Section } from '../parts/page.tsx'
import { useLanguage } from '../text/language.ts'

const known = ['too_old', 'untrusted', 'away', 'not_yours'] as const

export function loader({ request }: LoaderFunctionArgs) {
  const why = new URL(request.url).searchParams.get('why')
  return { why: known.find((each) => each === why) ?? 'untrusted' }
}

/** Why nothing is shown within the other system, and what to do. */
export default function RefusedPanel() {
  const { why } = useLoaderData<typeof loader>()
  const { t, to } = useLanguage()
  return (
    <Page title={t('embed.refused')} facts={<a href={to('home')}>{t('embed.open')}</a>}>
      <Section>
        <p>{t(`embed.why.${why}`)}</p>
      </Section>
    </Page>
  )
}
