import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  redirect,
  useActionData,
  useLoaderData,
} from 'react-router'
import { z } from 'zod'
import { ItemAsk, ItemAskDetail } from '#modules/assessments/model.ts'
import { mustBeSignedIn } from '../../access/must-be-signed-in.ts'
import { Page, Section } from '../../parts/page.tsx'
import { WideTable } from '../../parts/wide-table.tsx'
import { read } from '../../read.ts'
import { languages, localeOf, useLanguage } from '../../text/language.ts'
import { gradeName, type ItemBench, placeNames, readBench } from '../bench.ts'
import css from '../items.module.css'
import { Refusal } from '../rounds/parts.tsx'
import { send } from '../rounds/send.ts'
import { AskForm, requestOf } from './ask-form.tsx'

const Asks = z.object({ model: z.object({ host: z.string() }).nullable(), items: z.array(ItemAsk) })

export async function loader({ context, request }: LoaderFunctionArgs) {
  mustBeSignedIn(context, request)
  return { bench: await readBench(context), ...(await read(context, '/item-drafts', Asks)) }
}

/** Asks the model; what came has a page of its own. */
export async function action({ context, request }: ActionFunctionArgs) {
  const form = await request.formData()
  const locale = localeOf(new URL(request.url).pathname)
  const { answer, refused } = await send(context, '/item-drafts', { form, locale, body: requestOf(form) })
  if (refused) return refused
  const { id } = ItemAskDetail.parse(await answer.json())
  return redirect(languages[locale].to('itemDraft', { id }), 303)
}

/** Drafts of items: a model is asked for some, and what was asked before. */
export default function DraftsPage() {
  const { bench, model, items } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()
  const { t, to } = useLanguage()
  const isAuthor = bench.duties.includes('author')
  return (
    <Page
      title={t('items.drafts.title')}
      lead={t('items.drafts.lead')}
      crumbs={[
        { name: t('nav.myWork'), to: to('myWork') },
        { name: t('items.title'), to: to('items') },
      ]}
    >
      <Refusal refused={refused} />
      {!model && (
        <Section title={t('items.drafts.off')}>
          <p className={css.lines}>{t('items.drafts.offWhy')}</p>
          <p className={css.lines}>{t('items.drafts.offHow')}</p>
          <p>
            <code>IKMS_ITEM_DRAFTER</code>, <code>IKMS_SUGGESTER_HOSTS</code>
          </p>
        </Section>
      )}
      {model && isAuthor && (
        <Section title={t('items.drafts.ask')}>
          <p className={css.lines}>{t('items.drafts.sentTo', { host: model.host })}</p>
          <AskForm bench={bench} refused={refused} />
        </Section>
      )}
      <Section title={t('items.drafts.before')}>
        {items.length === 0 ? <p>{t('items.drafts.none')}</p> : <AskList asks={items} bench={bench} />}
      </Section>
    </Page>
  )
}

function AskList({ asks, bench }: { asks: readonly ItemAsk[]; bench: ItemBench }) {
  const { t, to, name, count, instant } = useLanguage()
  return (
    <WideTable label={t('items.drafts.before')}>
      <thead>
        <tr>
          <th scope="col">{t('items.drafts.when')}</th>
          <th scope="col">{t('items.drafts.who')}</th>
          <th scope="col">{t('items.strand')}</th>
          <th scope="col">{t('items.kind')}</th>
          <th scope="col">{t('items.drafts.model')}</th>
          <th scope="col">{t('items.drafts.ended')}</th>
          <th scope="col" className="n">
            {t('items.drafts.inOrder')}
          </th>
          <th scope="col" className="n">
            {t('items.drafts.acceptedCount')}
          </th>
        </tr>
      </thead>
      <tbody>
        {asks.map((ask) => (
          <tr key={ask.id}>
            <th scope="row">
              <a href={to('itemDraft', { id: ask.id })}>{instant(ask.askedAt)}</a>
            </th>
            <td>{ask.askedBy ?? t('items.drafts.somebody')}</td>
            <td>
              {name(placeNames(bench, ask.request.place).strand)}, {gradeName(t, ask.request.place.grade)}
            </td>
            <td>{t(`items.kinds.${ask.request.interaction}`)}</td>
            <td>{ask.model ?? ask.host}</td>
            <td>{t(`items.drafts.outcomes.${ask.outcome}`)}</td>
            <td className="n">{count(ask.drafts - ask.faulty)}</td>
            <td className="n">{count(ask.accepted)}</td>
          </tr>
        ))}
      </tbody>
    </WideTable>
  )
}
