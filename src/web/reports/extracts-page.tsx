import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect, useLoaderData } from 'react-router'
import { z } from 'zod'
import { ExtractRequest } from '#modules/disclosure/model.ts'
import { mustBeSignedIn } from '../access/must-be-signed-in.ts'
import { portalContext } from '../context.ts'
import { Page, Section } from '../parts/page.tsx'
import { usePortal } from '../portal.ts'
import { read, refusal } from '../read.ts'
import { languages, localeOf, useLanguage } from '../text/language.ts'
import { ExtractCard } from './extract-card.tsx'
import css from './extracts.module.css'

const Extracts = z.object({ items: z.array(ExtractRequest) })

export async function loader({ context, request }: LoaderFunctionArgs) {
  mustBeSignedIn(context, request)
  const { items } = await read(context, '/extracts', Extracts)
  return { extracts: items, isTooMany: new URL(request.url).searchParams.has('enough') }
}

/** Asks for an extract of the chosen years. Years the wrong way round are turned. */
export async function action({ context, request }: ActionFunctionArgs) {
  const form = await request.formData()
  const years = ['from', 'until'].map((name) => Number(form.get(name))).sort((a, b) => a - b)
  const answer = await context.get(portalContext).api('/extracts', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-csrf': String(form.get('csrf') ?? '') },
    body: JSON.stringify({ firstYear: years[0], lastYear: years[1] }),
  })
  const page = languages[localeOf(new URL(request.url).pathname)].to('extracts')
  if (answer.status === 429) return redirect(`${page}?enough`, 303)
  if (!answer.ok) throw await refusal(answer)
  return redirect(page, 303)
}

/** Extracts of records for the analyst: how to ask for one, and those asked for with their files. */
export default function ExtractsPage() {
  const { extracts, isTooMany } = useLoaderData<typeof loader>()
  const { t, to } = useLanguage()
  return (
    <Page
      title={t('extracts.title')}
      lead={t('extracts.lead')}
      crumbs={[{ name: t('nav.myWork'), to: to('myWork') }]}
    >
      <Section title={t('extracts.new')}>
        {isTooMany && (
          <p className="note" role="status">
            {t('extracts.enough')}
          </p>
        )}
        <NewExtract />
      </Section>
      <Section title={t('extracts.asked')}>
        {extracts.length === 0 ? (
          <p>{t('extracts.none')}</p>
        ) : (
          extracts.map((extract) => <ExtractCard key={extract.id} extract={extract} />)
        )}
      </Section>
      <Section title={t('extracts.howTitle')}>
        <ul className="bullets">
          {(['protected', 'pseudonyms', 'joined', 'audited'] as const).map((what) => (
            <li key={what}>{t(`extracts.how.${what}`)}</li>
          ))}
        </ul>
      </Section>
    </Page>
  )
}

/** Two years to choose, the latest filled in already, and a button. */
function NewExtract() {
  const { t, to, year } = useLanguage()
  const { me, config } = usePortal() ?? {}
  const years = config?.schoolYears.toReversed() ?? []
  if (years.length === 0) return <p>{t('extracts.noYears')}</p>
  return (
    <form method="post" action={to('extracts')} className={css.form}>
      <input type="hidden" name="csrf" value={me?.csrf ?? ''} />
      {(['from', 'until'] as const).map((end) => (
        <label key={end}>
          <span>{t(`extracts.${end}`)}</span>
          <select name={end} defaultValue={years[0]}>
            {years.map((each) => (
              <option key={each} value={each}>
                {year(each)}
              </option>
            ))}
          </select>
        </label>
      ))}
      <button type="submit" className="button">
        {t('extracts.ask')}
      </button>
    </form>
  )
}
