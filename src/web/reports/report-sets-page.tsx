import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect, useLoaderData } from 'react-router'
import { z } from 'zod'
import { ReportSet } from '#modules/publications/model.ts'
import { locales } from '#terms/locale.ts'
import { mustBeSignedIn } from '../access/must-be-signed-in.ts'
import { portalContext } from '../context.ts'
import { LooksAgain } from '../parts/looks-again.tsx'
import { Page, Section } from '../parts/page.tsx'
import { usePortal } from '../portal.ts'
import { read, refusal } from '../read.ts'
import { languages, localeOf, useLanguage } from '../text/language.ts'
import extracts from './extracts.module.css'
import { ReportSetCard } from './report-set-card.tsx'

const Sets = z.object({ items: z.array(ReportSet), prints: z.boolean() })
const OFTEN = 10 // s between two looks while reports are made

export async function loader({ context, request }: LoaderFunctionArgs) {
  mustBeSignedIn(context, request)
  const { searchParams } = new URL(request.url)
  const said = (['enough', 'changed'] as const).find((what) => searchParams.has(what))
  return { ...(await read(context, '/report-sets', Sets)), said: said ?? null }
}

/** Asks for a set, or stops one. */
export async function action({ context, request }: ActionFunctionArgs) {
  const form = await request.formData()
  const said = (name: string) => String(form.get(name) ?? '')
  const cancels = said('cancel')
  const asked = { schoolYear: Number(said('year')), figures: said('figures'), language: said('language') }
  const answer = await context
    .get(portalContext)
    .api(cancels ? `/report-sets/${encodeURIComponent(cancels)}/cancel` : '/report-sets', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-csrf': said('csrf') },
      ...(!cancels && { body: JSON.stringify(asked) }),
    })
  const page = languages[localeOf(new URL(request.url).pathname)].to('reportSets')
  if (answer.status === 429) return redirect(`${page}?enough`, 303)
  if (answer.status === 409) return redirect(`${page}?changed`, 303)
  if (!answer.ok) throw await refusal(answer)
  return redirect(page, 303)
}

/** Reports of all own schools in one file: how to ask for them, how far they are, and those that are made. */
export default function ReportSetsPage() {
  const { items, prints, said } = useLoaderData<typeof loader>()
  const { t, to } = useLanguage()
  const isBusy = items.some(({ state }) => state === 'waiting' || state === 'running')
  return (
    <Page
      title={t('reportSets.title')}
      lead={t('reportSets.lead')}
      crumbs={[{ name: t('nav.myWork'), to: to('myWork') }]}
    >
      {isBusy && <LooksAgain seconds={OFTEN} />}
      <Section title={t('reportSets.new')}>
        {said && (
          <p className="note" role="status">
            {t(`reportSets.${said}`)}
          </p>
        )}
        {prints ? <NewSet /> : <p className="note">{t('reportSets.noPrinter')}</p>}
      </Section>
      <Section title={t('reportSets.asked')}>
        {items.length === 0 ? (
          <p>{t('reportSets.none')}</p>
        ) : (
          items.map((set) => <ReportSetCard key={set.id} set={set} />)
        )}
        {isBusy && <p className="small">{t('reportSets.renews', { seconds: OFTEN })}</p>}
      </Section>
      <Section title={t('reportSets.howTitle')}>
        <ul className="bullets">
          {(['same', 'once', 'kept'] as const).map((what) => (
            <li key={what}>{t(`reportSets.how.${what}`)}</li>
          ))}
        </ul>
      </Section>
    </Page>
  )
}

/** What is to be made; everything is filled in already. */
function NewSet() {
  const { t, to, year, locale } = useLanguage()
  const { me, config } = usePortal() ?? {}
  const years = config?.schoolYears.toReversed() ?? []
  if (years.length === 0) return <p>{t('reportSets.noYears')}</p>
  return (
    <form method="post" action={to('reportSets')} className={extracts.form}>
      <input type="hidden" name="csrf" value={me?.csrf ?? ''} />
      <label>
        <span>{t('reportSets.year')}</span>
        <select name="year" defaultValue={years[0]}>
          {years.map((each) => (
            <option key={each} value={each}>
              {year(each)}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span>{t('reportSets.figures')}</span>
        <select name="figures" defaultValue="released">
          {(['released', 'own'] as const).map((each) => (
            <option key={each} value={each}>
              {t(`reportSets.${each}`)}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span>{t('reportSets.language')}</span>
        <select name="language" defaultValue={locale}>
          {locales.map((each) => (
            <option key={each} value={each}>
              {t(`reportSets.languages.${each}`)}
            </option>
          ))}
        </select>
      </label>
      <button type="submit" className="button">
        {t('reportSets.ask')}
      </button>
    </form>
  )
}
