import { type LoaderFunctionArgs, useLoaderData } from 'react-router'
import { z } from 'zod'
import { SchoolSession } from '#modules/assessments/model.ts'
import { mustBeSignedIn } from '../../access/must-be-signed-in.ts'
import { Page, Section } from '../../parts/page.tsx'
import { WideTable } from '../../parts/wide-table.tsx'
import { read } from '../../read.ts'
import { useLanguage } from '../../text/language.ts'
import { CountHeads, Counts } from './parts.tsx'
import { isOver } from './round-states.ts'
import css from './rounds.module.css'

export async function loader({ context, request }: LoaderFunctionArgs) {
  mustBeSignedIn(context, request)
  return read(context, '/sessions', z.object({ items: z.array(SchoolSession) }))
}

/** What is being written comes first, then what is to be, then what is over; in the order they came otherwise. */
function turnOf(state: SchoolSession['round']['state']): number {
  return state === 'open' ? 0 : state === 'planned' || state === 'rostered' ? 1 : 2
}

/** Monitoring tests in the own school: which classes sit them, when, and how many take part. */
export default function OwnSessionsPage() {
  const { items } = useLoaderData<typeof loader>()
  const { t, to, name, dayOfInstant, instant, count } = useLanguage()
  const rounds = [...Map.groupBy(items, ({ round }) => round.id).values()].toSorted(
    ([a], [b]) => turnOf(a!.round.state) - turnOf(b!.round.state),
  )
  return (
    <Page
      title={t('rounds.sessionsTitle')}
      lead={t('rounds.sessionsLead')}
      crumbs={[{ name: t('nav.myWork'), to: to('myWork') }]}
    >
      {rounds.length === 0 && (
        <Section>
          <p>{t('rounds.noSessions')}</p>
        </Section>
      )}
      {rounds.length > 0 && (
        <Section>
          <p className={`note ${css.note}`}>{t('rounds.rateNote')}</p>
        </Section>
      )}
      {rounds.map((sessions) => {
        const { round } = sessions[0]!
        return (
          <Section key={round.id} title={name(round.name)}>
            <p className="small">
              {`${t(`rounds.states.${round.state}`)}; ${dayOfInstant(round.opensAt)}–${dayOfInstant(round.closesAt)}; ${count(round.minutes)} min`}
            </p>
            <WideTable label={name(round.name)}>
              <thead>
                <tr>
                  <th scope="col">{t('rounds.class')}</th>
                  <th scope="col">{t('rounds.plannedAt')}</th>
                  <CountHeads />
                  <th scope="col">{t('rounds.list')}</th>
                </tr>
              </thead>
              <tbody>
                {sessions.map((session) => (
                  <tr key={session.id}>
                    <th scope="row">{session.label}</th>
                    <td>
                      {session.plannedAt === null ? t('rounds.notPlanned') : instant(session.plannedAt)}
                      {session.state !== 'planned' && (
                        <span className="small">{` ${t(`rounds.sessionState.${session.state}`)}`}</span>
                      )}
                    </td>
                    <Counts participation={session.participation} isOver={isOver(round.state)} />
                    <td>
                      <a
                        href={to('session', { id: session.id })}
                        aria-label={`${t('rounds.list')}: ${session.label}, ${name(round.name)}`}
                      >
                        {t('rounds.list')}
                      </a>
                    </td>
                  </tr>
                ))}
              </tbody>
            </WideTable>
          </Section>
        )
      })}
    </Page>
  )
}
