import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect, useLoaderData } from 'react-router'
import { z } from 'zod'
import { ClassResults, LookWish, MarkedAnswers, SecondLook } from '#modules/assessments/model.ts'
import { mustBeSignedIn } from '../../access/must-be-signed-in.ts'
import { Page, Section } from '../../parts/page.tsx'
import { query } from '../../query.ts'
import { read, refusal } from '../../read.ts'
import { languages, localeOf, useLanguage } from '../../text/language.ts'
import { ChooseAnswer } from './choose-answer.tsx'
import { ClassChoice, LookTable, WishTable } from './look-tables.tsx'
import css from './marking.module.css'
import { said, send } from './send.ts'

const Looks = z.object({ items: z.array(SecondLook) })
const Wishes = z.object({ items: z.array(LookWish) })
/** Why a second look is refused, by status of the API. */
const refusals = { 404: 'not_found', 409: 'wrong_state', 400: 'invalid_request' } as const
type Refused = (typeof refusals)[keyof typeof refusals]

export async function loader({ context, request }: LoaderFunctionArgs) {
  const me = mustBeSignedIn(context, request)
  const { searchParams } = new URL(request.url)
  const isHead = me.mandate?.tier === 'school'
  const [learner, round, inClass] = ['learner', 'round', 'class'].map((name) => searchParams.get(name))
  return {
    ...(await read(context, '/marking/second-looks', Looks)),
    wishes: isHead ? (await read(context, '/marking/second-looks/wishes', Wishes)).items : [],
    found:
      isHead && learner && round
        ? await read(context, `/marking/second-looks/answers?${query({ learner, round })}`, MarkedAnswers)
        : null,
    inClass:
      isHead && inClass
        ? await read(context, `/results/classes/${encodeURIComponent(inClass)}`, ClassResults)
        : null,
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
  const { items, wishes, found, inClass, isAsked, refused } = useLoaderData<typeof loader>()
  const { t, to } = useLanguage()
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
      {found && <ChooseAnswer found={found} />}
      {inClass && <ClassChoice found={inClass} />}
      {wishes.length > 0 && (
        <Section title={t('marking.lookAgain.wishes')}>
          <WishTable items={wishes} />
        </Section>
      )}
      <Section title={t('marking.secondLooks')}>
        <p className="small">{t('marking.newResult')}</p>
        {items.length === 0 ? <p>{t('marking.noLooks')}</p> : <LookTable items={items} />}
      </Section>
    </Page>
  )
}
