import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect, useLoaderData } from 'react-router'
import { MarkingBench, type MarkingRound } from '#modules/assessments/model.ts'
import { mustBeSignedIn } from '../../access/must-be-signed-in.ts'
import { Page, Section } from '../../parts/page.tsx'
import { WideTable } from '../../parts/wide-table.tsx'
import { usePortal } from '../../portal.ts'
import { read, refusal } from '../../read.ts'
import { languages, localeOf, useLanguage } from '../../text/language.ts'
import css from './marking.module.css'
import { said, send } from './send.ts'

export async function loader({ context, request }: LoaderFunctionArgs) {
  mustBeSignedIn(context, request)
  return {
    ...(await read(context, '/marking', MarkingBench)),
    told: new URL(request.url).searchParams.get('asked') !== null,
  }
}

/** Receives the one form of the page: a round is scored by key once more. */
export async function action({ context, request }: ActionFunctionArgs) {
  const form = await request.formData()
  const answer = await send(context, `/rounds/${encodeURIComponent(said(form, 'round'))}/scoring`, form)
  if (!answer.ok && answer.status !== 409) throw await refusal(answer)
  const page = languages[localeOf(new URL(request.url).pathname)].to('marking')
  return redirect(answer.ok ? `${page}?asked` : page, 303)
}

/** What there is to mark, by round and item, and how far it is. */
export default function MarkingPage() {
  const { rounds, mayMark, mayLead, told } = useLoaderData<typeof loader>()
  const { t, to } = useLanguage()
  return (
    <Page
      title={t('marking.title')}
      lead={t('marking.lead')}
      crumbs={[{ name: t('nav.myWork'), to: to('myWork') }]}
    >
      {told && (
        <p className={`note ${css.told}`} role="status">
          {t('marking.scoreAgainAsked')}
        </p>
      )}
      {rounds.length === 0 && (
        <Section>
          <p>{t('marking.none')}</p>
        </Section>
      )}
      {rounds
        .toSorted((a, b) => Number(isMarked(b)) - Number(isMarked(a)))
        .map((round) => (
          <Round key={round.id} round={round} mayMark={mayMark} mayLead={mayLead} />
        ))}
      {mayLead && (
        <p className={css.actions}>
          <a href={to('secondLooks')}>{t('marking.secondLooks')}</a>
        </p>
      )}
    </Page>
  )
}

/** There may be something to mark in it: such rounds come first. */
function isMarked({ state, items }: MarkingRound): boolean {
  return state === 'closed' || items.some(({ secondLooks }) => secondLooks > 0)
}

function Round({ round, mayMark, mayLead }: { round: MarkingRound; mayMark: boolean; mayLead: boolean }) {
  const { t, to, count, name } = useLanguage()
  const csrf = usePortal()?.me.csrf ?? ''
  const of = round.items.reduce((sum, { answers }) => sum + answers, 0)
  const done = round.items.reduce((sum, each) => sum + each.done, 0)
  const hasLooks = round.items.some(({ secondLooks }) => secondLooks > 0)
  return (
    <Section title={name(round.name)} aside={<StateName state={round.state} />}>
      <p>{t('marking.progress', { done: count(done), of: count(of) })}</p>
      <WideTable label={name(round.name)}>
        <thead>
          <tr>
            <th scope="col">{t('marking.item')}</th>
            <th scope="col" className="n">
              {t('marking.answers')}
            </th>
            <th scope="col" className="n">
              {t('marking.done')}
            </th>
            {mayMark && (
              <th scope="col" className="n">
                {t('marking.mine')}
              </th>
            )}
            {hasLooks && (
              <th scope="col" className="n">
                {t('marking.looks')}
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {round.items.map((item) => (
            <tr key={item.code}>
              <th scope="row" className={css.nowrap}>
                {item.code}
              </th>
              <td className="n">{count(item.answers)}</td>
              <td className="n">
                {count(item.done)}
                <Bar share={item.answers === 0 ? 0 : item.done / item.answers} />
              </td>
              {mayMark && <td className="n">{count(item.mine)}</td>}
              {hasLooks && <td className="n">{count(item.secondLooks)}</td>}
            </tr>
          ))}
        </tbody>
      </WideTable>
      <div className={css.actions}>
        {mayMark && isMarked(round) && (
          <a className="button" href={to('markingPlace', { id: round.id })}>
            {t('marking.mark')}
          </a>
        )}
        {mayLead && (
          <a className="button quiet" href={to('markingReport', { id: round.id })}>
            {t('marking.agreement')}
          </a>
        )}
        {mayLead && round.state === 'closed' && (
          <form method="post">
            <input type="hidden" name="csrf" value={csrf} />
            <input type="hidden" name="round" value={round.id} />
            <button type="submit" className="button quiet">
              {t('marking.scoreAgain')}
            </button>
          </form>
        )}
      </div>
    </Section>
  )
}

function StateName({ state }: { state: string }) {
  const { t } = useLanguage()
  const known = ['open', 'closed', 'scaled', 'preliminary', 'official'] as const
  const found = known.find((each) => each === state)
  return found ? <span className="small">{t(`marking.states.${found}`)}</span> : null
}

/** How much is done; the numbers stand beside it. */
export function Bar({ share }: { share: number }) {
  return (
    <span className={css.bar} aria-hidden="true">
      <span style={{ width: `${Math.round(100 * share)}%` }} />
    </span>
  )
}
