import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  redirect,
  useActionData,
  useLoaderData,
} from 'react-router'
import { ItemAskDetail } from '#modules/assessments/model.ts'
import { mustBeSignedIn } from '../../access/must-be-signed-in.ts'
import { Page, Section } from '../../parts/page.tsx'
import { read } from '../../read.ts'
import { languages, localeOf, useLanguage } from '../../text/language.ts'
import { readBench } from '../bench.ts'
import css from '../items.module.css'
import { Refusal } from '../rounds/parts.tsx'
import { fieldsOf, send } from '../rounds/send.ts'
import { OneDraft } from './one-draft.tsx'
import { RequestFacts } from './request-facts.tsx'

export async function loader({ context, request, params }: LoaderFunctionArgs) {
  mustBeSignedIn(context, request)
  return {
    bench: await readBench(context),
    ask: await read(context, `/item-drafts/${encodeURIComponent(params.id!)}`, ItemAskDetail),
  }
}

/** Accepts a draft as an item, and leads there; or declines it. */
export async function action({ context, request, params }: ActionFunctionArgs) {
  const form = await request.formData()
  const locale = localeOf(new URL(request.url).pathname)
  const said = fieldsOf(form)
  const accept = said('what') === 'accept'
  const { answer, refused } = await send(
    context,
    `/item-drafts/${encodeURIComponent(said('draft'))}/decision`,
    { form, locale, body: { accept, reason: said('reason'), ...(accept && { code: said('code') }) } },
  )
  if (refused) return refused
  const { item } = (await answer.json()) as { item: string | null }
  const { to } = languages[locale]
  return redirect(item ? to('item', { id: item }) : to('itemDraft', { id: params.id! }), 303)
}

/** One answer of a model: what was asked, how it ended, and each draft in it as a pupil would get it, with its key. */
export default function DraftPage() {
  const { bench, ask } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()
  const { t, to, instant } = useLanguage()
  const { outcome, items, model, host } = ask
  return (
    <Page
      title={t('items.drafts.oneTitle', { at: instant(ask.askedAt) })}
      lead={t(`items.drafts.outcomeSays.${outcome}`)}
      crumbs={[
        { name: t('nav.myWork'), to: to('myWork') },
        { name: t('items.title'), to: to('items') },
        { name: t('items.drafts.title'), to: to('itemDrafts') },
      ]}
    >
      <Refusal refused={refused} />
      {items.map((draft) => (
        <OneDraft key={draft.id} draft={draft} mayDecide={ask.isOwn && bench.duties.includes('author')} />
      ))}
      <Section title={t('items.drafts.whatFor')}>
        <p className={css.lines}>
          {t('items.drafts.askedBy', { person: ask.askedBy ?? t('items.drafts.somebody'), host })}
          {model && `. ${t('items.drafts.namesItself', { model })}`}
        </p>
        <RequestFacts request={ask.request} bench={bench} />
      </Section>
      <p className={`${css.actions} ${css.told} no-print`}>
        <a className="button quiet" href={to('itemDrafts')}>
          {t('items.drafts.backToAll')}
        </a>
        {outcome === 'waiting' && (
          <a className="button" href={to('itemDraft', { id: ask.id })}>
            {t('items.drafts.lookAgain')}
          </a>
        )}
      </p>
    </Page>
  )
}
