import {
  type ActionFunctionArgs,
  data,
  type HeadersFunction,
  type LoaderFunctionArgs,
  redirect,
  useLoaderData,
} from 'react-router'
import { Demo } from '#modules/setup/model.ts'
import { portalContext } from '../context.ts'
import { Page, Section } from '../parts/page.tsx'
import { read, refusal } from '../read.ts'
import { languages, localeOf, useLanguage } from '../text/language.ts'
import { DemoProgress } from './demo-progress.tsx'
import { DemoForm, isUnderWay } from './offer-demo.tsx'

const OFTEN = 3 // s between two looks of a page that looks again by itself

export async function loader({ context, request }: LoaderFunctionArgs) {
  const demo = await read(context, '/demo', Demo)
  const { pathname, searchParams } = new URL(request.url)
  const { release } = context.get(portalContext).config.dataVersion
  const isDone = demo.job?.state === 'done'
  if (isDone && release) throw redirect(languages[localeOf(pathname)].to('home'), 303)
  const isStill = searchParams.has('still')
  // A header instead of a script, which public pages may not have; the page has a link that ends it.
  const looksAgain = !isStill && (isUnderWay(demo) || isDone)
  const headers = { 'cache-control': 'no-store', ...(looksAgain && { refresh: String(OFTEN) }) }
  return data({ demo, isStill, hasChanged: searchParams.has('changed') }, { headers })
}

export const headers: HeadersFunction = ({ loaderHeaders }) => loaderHeaders

/** Receives the buttons: ask for it, or stop it. */
export async function action({ context, request }: ActionFunctionArgs) {
  const form = await request.formData()
  const said = (name: string) => String(form.get(name) ?? '')
  const answer = await context.get(portalContext).api('/demo', {
    method: said('what') === 'cancel' ? 'DELETE' : 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ticket: said('ticket') }),
  })
  const page = languages[localeOf(new URL(request.url).pathname)].to('demo')
  if (answer.status === 409) return redirect(`${page}?changed`, 303)
  if (!answer.ok) throw await refusal(answer)
  return redirect(page, 303)
}

/** The made-up Latvia on its way: how far it is, and what to do where it did not come to its end. */
export default function DemoPage() {
  const { demo, isStill, hasChanged } = useLoaderData<typeof loader>()
  const { t, to, name } = useLanguage()
  const { job, offered } = demo
  const ended = job && !isUnderWay(demo) ? job : null
  return (
    <Page title={t('demo.title')} lead={t('demo.lead')} narrow>
      <Section className="stack">
        {hasChanged && <p role="status">{t('demo.changed')}</p>}
        {isUnderWay(demo) && <DemoProgress demo={demo} isStill={isStill} />}
        {ended?.state === 'done' && <p role="status">{t('demo.done')}</p>}
        {ended?.state === 'cancelled' && <p role="status">{t('demo.cancelled')}</p>}
        {ended?.state === 'failed' && <p role="alert">{ended.failure && name(ended.failure)}</p>}
        {!isUnderWay(demo) && offered && (
          <>
            <p>{t('demo.what')}</p>
            <DemoForm demo={demo} what={ended ? 'again' : 'ask'} />
          </>
        )}
        {!isUnderWay(demo) && !offered && ended?.state !== 'done' && (
          <>
            <p>{t('demo.closed')}</p>
            <pre>
              <code>npm run ikms -- synth --size demo</code>
            </pre>
          </>
        )}
        <p className="small">
          <a href={to('home')}>{t('demo.home')}</a>
        </p>
      </Section>
    </Page>
  )
}
