import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect, useLoaderData } from 'react-router'
import { z } from 'zod'
import { FiguresJob, ReleasableRound } from '#modules/assessments/model.ts'
import { mustBeSignedIn } from '../../access/must-be-signed-in.ts'
import { portalContext } from '../../context.ts'
import { Page, Section } from '../../parts/page.tsx'
import { WideTable } from '../../parts/wide-table.tsx'
import { usePortal } from '../../portal.ts'
import { read, refusal } from '../../read.ts'
import { languages, localeOf, useLanguage } from '../../text/language.ts'
import { FiguresSection } from './figures-section.tsx'
import css from './results.module.css'

export async function loader({ context, request }: LoaderFunctionArgs) {
  mustBeSignedIn(context, request)
  const { searchParams } = new URL(request.url)
  return {
    ...(await read(context, '/results/rounds', Rounds)),
    hasChanged: searchParams.has('changed'),
    looksAgain: searchParams.has('again'),
  }
}

const Rounds = z.object({ items: z.array(ReleasableRound), figures: z.array(FiguresJob) })

/** Receives the one button: a round is taken a step on. */
export async function action({ context, request }: ActionFunctionArgs) {
  const form = await request.formData()
  const said = (name: string) => String(form.get(name) ?? '')
  const answer = await context
    .get(portalContext)
    .api(`/results/rounds/${encodeURIComponent(said('round'))}/steps`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-csrf': said('csrf') },
      body: JSON.stringify({ step: said('step') }),
    })
  const page = languages[localeOf(new URL(request.url).pathname)].to('resultRelease')
  if (answer.status === 409) return redirect(`${page}?changed`, 303)
  if (!answer.ok) throw await refusal(answer)
  return redirect(said('step') === 'official' ? `${page}?again#figures` : page, 303)
}

/** Tests and how far their results have come; a coordinator takes the next step. */
export default function ReleasePage() {
  const { items, figures, hasChanged, looksAgain } = useLoaderData<typeof loader>()
  const { t, to, name, count, instant } = useLanguage()
  const csrf = usePortal()?.me.csrf ?? ''
  return (
    <Page
      title={t('results.releaseTitle')}
      lead={t('results.releaseLead')}
      crumbs={[{ name: t('nav.myWork'), to: to('myWork') }]}
    >
      <Section className="stack">
        {hasChanged && (
          <p className="note" role="status">
            {t('results.changed')}
          </p>
        )}
        {items.some(({ next }) => next !== null) && (
          <ul className="bullets">
            <li>{t('results.stepDoes.preliminary')}</li>
            <li>{t('results.stepDoes.official')}</li>
          </ul>
        )}
        {items.length === 0 ? (
          <p>{t('results.releaseNone')}</p>
        ) : (
          <WideTable label={t('results.releaseTitle')}>
            <thead>
              <tr>
                <th scope="col">{t('results.test')}</th>
                <th scope="col">{t('results.stateHead')}</th>
                <th scope="col" className="n">
                  {t('results.outcomes')}
                </th>
                <th scope="col">{t('results.preliminaryAt')}</th>
                <th scope="col">{t('results.officialAt')}</th>
                <th scope="col">{t('results.what')}</th>
              </tr>
            </thead>
            <tbody>
              {items.map((round) => (
                <tr key={round.code}>
                  <th scope="row">
                    {name(round.name)} <span className="small">{round.code}</span>
                  </th>
                  <td>{t(`results.state.${round.state as 'planned'}`)}</td>
                  <td className="n">{count(round.outcomes)}</td>
                  <td>{round.preliminaryAt ? instant(round.preliminaryAt) : '–'}</td>
                  <td>{round.officialAt ? instant(round.officialAt) : '–'}</td>
                  <td>
                    {round.next && (
                      <form method="post">
                        <input type="hidden" name="csrf" value={csrf} />
                        <input type="hidden" name="round" value={round.code} />
                        <button
                          type="submit"
                          className={css.act}
                          name="step"
                          value={round.next}
                          aria-label={t('results.stepFor', {
                            step: t(`results.step.${round.next}`),
                            name: name(round.name),
                          })}
                        >
                          {t(`results.step.${round.next}`)}
                        </button>
                      </form>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </WideTable>
        )}
      </Section>
      {items.some(({ officialAt }) => officialAt !== null) && (
        <FiguresSection figures={figures} looksAgain={looksAgain} />
      )}
    </Page>
  )
}
