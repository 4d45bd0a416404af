import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect, useLoaderData } from 'react-router'
import { z } from 'zod'
import { Linkage, Objection, Retention, RetentionRun } from '#modules/rights/model.ts'
import { dayOf } from '#terms/day.ts'
import { mustBeSignedIn } from '../access/must-be-signed-in.ts'
import { portalContext } from '../context.ts'
import { Page, Section } from '../parts/page.tsx'
import { usePortal } from '../portal.ts'
import { read, refusal } from '../read.ts'
import { languages, localeOf, useLanguage } from '../text/language.ts'
import { LinkageSwitches } from './linkage-switches.tsx'
import { Objections } from './objections.tsx'
import css from './protection-page.module.css'
import { Runs } from './runs.tsx'

const Runned = z.object({ items: z.array(RetentionRun) })
const Objected = z.object({ items: z.array(Objection) })
const Register = z.object({ linkages: z.array(Linkage) })
const Rules = z.object({ items: z.array(Retention) })

const told = ['asked', 'changed', 'unknown'] as const

export async function loader({ context, request }: LoaderFunctionArgs) {
  mustBeSignedIn(context, request)
  const [{ items: runs }, { items: objections }, { linkages }, { items: rules }] = await Promise.all([
    read(context, '/retention/runs', Runned),
    read(context, '/objections', Objected),
    read(context, '/processing', Register),
    read(context, '/retention', Rules),
  ])
  const { searchParams } = new URL(request.url)
  const now = dayOf(new Date())
  return {
    runs,
    objections,
    linkages,
    rules,
    today: now,
    tell: told.find((each) => searchParams.has(each)) ?? null,
  }
}

/** Receives the forms of the page. */
export async function action({ context, request }: ActionFunctionArgs) {
  const form = await request.formData()
  const said = (name: string) => String(form.get(name) ?? '').trim()
  const id = encodeURIComponent(said('id'))
  const asked = {
    count: ['/retention/runs', { dry: true }],
    destroy: ['/retention/runs', { dry: false }],
    record: [
      '/objections',
      {
        code: said('code'),
        kind: said('kind'),
        ground: said('ground'),
        from: said('from'),
        until: said('until') || null,
      },
    ],
    withdraw: [`/objections/${id}/withdrawal`, { why: said('why') }],
    on: [`/linkages/${id}`, { on: true, reason: said('why') }],
    off: [`/linkages/${id}`, { on: false, reason: said('why') }],
  }[said('what')] as [string, object] | undefined
  if (!asked) throw new Response(null, { status: 400 })
  const [path, body] = asked
  const answer = await context.get(portalContext).api(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-csrf': said('csrf') },
    body: JSON.stringify(body),
  })
  const page = languages[localeOf(new URL(request.url).pathname)].to('protection')
  if (answer.status === 409) return redirect(`${page}?changed`, 303)
  if (answer.status === 404 && path === '/objections') return redirect(`${page}?unknown`, 303)
  if (!answer.ok) throw await refusal(answer)
  return redirect(path === '/retention/runs' ? `${page}?asked` : page, 303)
}

/** What is due, who is not to be counted, which data may be joined: for the officer and the steward. */
export default function ProtectionPage() {
  const { runs, objections, linkages, rules, today, tell } = useLoaderData<typeof loader>()
  const { t, to } = useLanguage()
  const me = usePortal()?.me
  const csrf = me?.csrf ?? ''
  const isOfficer = me?.mandate?.tier === 'protection_officer'
  return (
    <Page
      title={t('protection.title')}
      lead={t('protection.lead')}
      crumbs={[{ name: t('nav.myWork'), to: to('myWork') }]}
    >
      {tell && (
        <p className={`note ${css.tell}`} role="status">
          {t(`protection.${tell}`)}
        </p>
      )}
      <Section title={t('protection.retention')} className="stack">
        <Runs runs={runs} rules={rules} today={today} csrf={isOfficer ? csrf : null} />
      </Section>
      <Section title={t('protection.objections')} className="stack">
        <Objections objections={objections} today={today} csrf={csrf} />
      </Section>
      <Section
        title={t('protection.linkages')}
        aside={<a href={to('processing')}>{t('protection.public')}</a>}
        className="stack"
      >
        <LinkageSwitches linkages={linkages} csrf={isOfficer ? csrf : null} />
      </Section>
    </Page>
  )
}
