import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect, useLoaderData } from 'react-router'
import { z } from 'zod'
import { SecondLook } from '#modules/assessments/model.ts'
import { mustBeSignedIn } from '../../access/must-be-signed-in.ts'
import { Page, Section } from '../../parts/page.tsx'
import { WideTable } from '../../parts/wide-table.tsx'
import { usePortal } from '../../portal.ts'
import { read, refusal } from '../../read.ts'
import { languages, localeOf, useLanguage } from '../../text/language.ts'
import css from './marking.module.css'
import { said, send } from './send.ts'

const Looks = z.object({ items: z.array(SecondLook) })
/** Why a second look is refused, by status of the API. */
const refusals = { 404: 'not_found', 409: 'wrong_state', 400: 'invalid_request' } as const
type Refused = (typeof refusals)[keyof typeof refusals]

export async function loader({ context, request }: LoaderFunctionArgs) {
  const me = mustBeSignedIn(context, request)
  const { searchParams } = new URL(request.url)
  return {
    ...(await read(context, '/marking/second-looks', Looks)),
    mayAsk: me.mandate?.tier === 'school',
    participant: searchParams.get('participant') ?? '',
    position: searchParams.get('position') ?? '',
    isAsked: searchParams.has('asked'),
    refused: (Object.values(refusals).find((each) => each === searchParams.get('refused')) ??
      null) as Refused | null,
  }
}

/** Receives the form of the page: a school asks for a second look. */
export async function action({ context, request }: ActionFunctionArgs) {
  const form = await request.formData()
  const answer = await send(context, '/second-looks', form, {
    participant: said(form, 'participant').trim(),
    position: Number(said(form, 'position') || Number.NaN),
    reason: said(form, 'reason'),
  })
  const page = languages[localeOf(new URL(request.url).pathname)].to('secondLooks')
  const why = refusals[answer.status as keyof typeof refusals]
  if (why) return redirect(`${page}?refused=${why}`, 303)
  if (!answer.ok) throw await refusal(answer)
  return redirect(`${page}?asked`, 303)
}

/** Where a head asks for an answer to be looked at again, and everybody concerned sees what became of it. */
export default function SecondLooksPage() {
  const { items, mayAsk, participant, position, isAsked, refused } = useLoaderData<typeof loader>()
  const { t, to } = useLanguage()
  const csrf = usePortal()?.me.csrf ?? ''
  return (
    <Page
      title={t('marking.looksTitle')}
      lead={t('marking.looksLead')}
      crumbs={[{ name: t('nav.myWork'), to: to('myWork') }]}
    >
      {(isAsked || refused) && (
        <p className={`note ${css.told}`} role="status">
          {refused ? t(`marking.lookRefused.${refused}`) : t('marking.askedLook')}
        </p>
      )}
      {mayAsk && (
        <Section title={t('marking.askLook')}>
          <form method="post" className={`${css.fields} no-print`}>
            <input type="hidden" name="csrf" value={csrf} />
            <label>
              {t('marking.participant')}
              <input name="participant" defaultValue={participant} required autoComplete="off" />
            </label>
            <label>
              {t('marking.position')}
              <input name="position" type="number" min={1} max={1000} defaultValue={position} required />
            </label>
            <label>
              {t('marking.reason')}
              <textarea name="reason" rows={3} maxLength={2000} required />
            </label>
            <button type="submit" className="button">
              {t('marking.askLook')}
            </button>
          </form>
        </Section>
      )}
      <Section title={t('marking.secondLooks')}>
        <p className="small">{t('marking.newResult')}</p>
        {items.length === 0 ? <p>{t('marking.noLooks')}</p> : <LookTable items={items} />}
      </Section>
    </Page>
  )
}

function LookTable({ items }: { items: readonly SecondLook[] }) {
  const { t, name, count, dayOfInstant } = useLanguage()
  return (
    <WideTable label={t('marking.secondLooks')}>
      <thead>
        <tr>
          <th scope="col">{t('marking.lookRound')}</th>
          <th scope="col" className="n">
            {t('marking.item')}
          </th>
          <th scope="col">{t('marking.reason')}</th>
          <th scope="col">{t('marking.askedAt')}</th>
          <th scope="col" className="n">
            {t('marking.before')}
          </th>
          <th scope="col" className="n">
            {t('marking.after')}
          </th>
        </tr>
      </thead>
      <tbody>
        {items.map((each) => (
          <tr key={each.id}>
            <th scope="row">{name(each.name)}</th>
            <td className="n">{count(each.position)}</td>
            <td className={css.text}>{each.reason}</td>
            <td className={css.nowrap}>{dayOfInstant(each.askedAt)}</td>
            <td className="n">{count(each.pointsBefore)}</td>
            <td className="n">{each.pointsAfter === null ? t('marking.waits') : count(each.pointsAfter)}</td>
          </tr>
        ))}
      </tbody>
    </WideTable>
  )
}
