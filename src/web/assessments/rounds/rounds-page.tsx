import { type LoaderFunctionArgs, useLoaderData } from 'react-router'
import { z } from 'zod'
import { RoundSummary } from '#modules/assessments/model.ts'
import { mustBeSignedIn } from '../../access/must-be-signed-in.ts'
import { Page, Section } from '../../parts/page.tsx'
import { WideTable } from '../../parts/wide-table.tsx'
import { read } from '../../read.ts'
import { useLanguage } from '../../text/language.ts'
import { gradeName, readBench } from '../bench.ts'
import { CountHeads, Counts } from './parts.tsx'
import { isOver } from './round-states.ts'
import css from './rounds.module.css'

export async function loader({ context, request }: LoaderFunctionArgs) {
  mustBeSignedIn(context, request)
  const { duties } = await readBench(context)
  return {
    mayPlan: duties.includes('coordinator'),
    ...(await read(context, '/rounds', z.object({ items: z.array(RoundSummary) }))),
  }
}

/** Rounds of monitoring: which test, when, how far it is and who takes part. */
export default function RoundsPage() {
  const { mayPlan, items } = useLoaderData<typeof loader>()
  const { t, to, name, dayOfInstant } = useLanguage()
  return (
    <Page
      title={t('rounds.title')}
      lead={t('rounds.lead')}
      crumbs={[{ name: t('nav.myWork'), to: to('myWork') }]}
    >
      <Section>
        {items.length === 0 ? (
          <p>{t('rounds.none')}</p>
        ) : (
          <WideTable label={t('rounds.title')}>
            <thead>
              <tr>
                <th scope="col">{t('rounds.name')}</th>
                <th scope="col">{t('rounds.domain')}</th>
                <th scope="col">{t('rounds.grade')}</th>
                <th scope="col">{t('rounds.kind')}</th>
                <th scope="col">{t('rounds.window')}</th>
                <th scope="col">{t('rounds.state')}</th>
                <CountHeads />
              </tr>
            </thead>
            <tbody>
              {items.map((round) => (
                <tr key={round.id}>
                  <th scope="row">
                    <a href={to('round', { id: round.id })}>{name(round.name)}</a>
                  </th>
                  <td>{t(`rounds.domains.${round.domain}`)}</td>
                  <td>{gradeName(t, round.grade)}</td>
                  <td>{t(`rounds.kinds.${round.kind}`)}</td>
                  <td>{`${dayOfInstant(round.opensAt)}–${dayOfInstant(round.closesAt)}`}</td>
                  <td>{t(`rounds.states.${round.state}`)}</td>
                  <Counts participation={round.participation} isOver={isOver(round.state)} />
                </tr>
              ))}
            </tbody>
          </WideTable>
        )}
        <p className={css.actions}>
          {mayPlan && (
            <a className="button" href={to('newRound')}>
              {t('rounds.plan')}
            </a>
          )}
          <a className="button quiet" href={to('forms')}>
            {t('rounds.forms')}
          </a>
        </p>
      </Section>
    </Page>
  )
}
