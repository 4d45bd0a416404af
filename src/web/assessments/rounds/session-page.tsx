import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  redirect,
  useActionData,
  useLoaderData,
} from 'react-router'
import { SessionDetail } from '#modules/assessments/model.ts'
import { mustBeSignedIn } from '../../access/must-be-signed-in.ts'
import { Page, Section } from '../../parts/page.tsx'
import { WideTable } from '../../parts/wide-table.tsx'
import { read } from '../../read.ts'
import { languages, localeOf, useLanguage } from '../../text/language.ts'
import { Leaders } from './leaders.tsx'
import { instantOf, localTime } from './local-time.ts'
import { CountHeads, Counts, Field, Refusal, SentForm } from './parts.tsx'
import { PupilLine } from './pupil-line.tsx'
import { isOver } from './round-states.ts'
import css from './rounds.module.css'
import { fieldsOf, send } from './send.ts'

export async function loader({ context, request, params }: LoaderFunctionArgs) {
  mustBeSignedIn(context, request)
  return { session: await read(context, `/sessions/${encodeURIComponent(params.id!)}`, SessionDetail) }
}

/** Receives the forms of the page: the time of the session, and what is said of one pupil. */
export async function action({ context, request, params }: ActionFunctionArgs) {
  const form = await request.formData()
  const said = fieldsOf(form)
  const locale = localeOf(new URL(request.url).pathname)
  const session = `/sessions/${encodeURIComponent(params.id!)}`
  const participant = said('participant')
  const [path, body] =
    said('what') === 'leaders'
      ? [`${session}/leaders`, { leaders: form.getAll('leader').map(String) }]
      : said('what') === 'time'
        ? [`${session}/time`, { plannedAt: instantOf(said('plannedAt')) ?? undefined }]
        : [`${session}/participants/${encodeURIComponent(participant)}`, saidOf(said)]
  const { refused } = await send(context, path, { form, locale, body })
  if (refused) return refused
  const page = languages[locale].to('session', { id: params.id! })
  return redirect(participant ? `${page}#p-${participant}` : page, 303)
}

/** What is as usual is left out. */
function saidOf(said: (name: string) => string) {
  const [size, extra] = [Number(said('size')), Number(said('extraMinutes'))]
  return {
    status: said('status'),
    reason: said('status') === 'exempt' ? said('reason') || undefined : undefined,
    needs: {
      ...(size > 100 && { size }),
      ...(said('colours') !== 'plain' && said('colours') !== '' && { colours: said('colours') }),
      ...(said('wide') && { wide: true }),
      ...(said('readAloud') && { readAloud: true }),
      ...(extra > 0 && { extraMinutes: extra }),
    },
  }
}

/** One session: when it is, and each pupil with what is said of them. */
export default function SessionPage() {
  const { session } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()
  const { t, to, name } = useLanguage()
  const { round } = session
  const isOpen = round.state === 'rostered' || round.state === 'open'
  return (
    <Page
      title={t('rounds.sessionOf', { label: session.label, name: name(round.name) })}
      crumbs={[
        { name: t('nav.myWork'), to: to('myWork') },
        { name: t('rounds.sessionsTitle'), to: to('ownSessions') },
      ]}
    >
      <Section>
        <Refusal refused={refused} />
        <WideTable label={t('rounds.participation')}>
          <thead>
            <tr>
              <CountHeads />
            </tr>
          </thead>
          <tbody>
            <tr>
              <Counts participation={session.participation} isOver={isOver(round.state)} />
            </tr>
          </tbody>
        </WideTable>
        {isOpen && (
          <p className={css.actions}>
            <a className="button" href={to('sessionCodes', { id: session.id })}>
              {t('rounds.codes')}
            </a>
          </p>
        )}
      </Section>
      {isOpen && session.state === 'planned' && (
        <Section title={t('rounds.setTime')} className="no-print">
          <SentForm what="time" className={css.row!}>
            <Field label={t('rounds.time')}>
              <input
                name="plannedAt"
                type="datetime-local"
                required
                min={localTime(round.opensAt)}
                max={localTime(round.closesAt)}
                defaultValue={localTime(session.plannedAt ?? round.opensAt)}
              />
            </Field>
            <button type="submit" className="button quiet">
              {t('rounds.saveTime')}
            </button>
          </SentForm>
        </Section>
      )}
      {isOpen && session.staff.length > 0 && <Leaders staff={session.staff} />}
      <Section title={t('rounds.list')}>
        <p className={`note ${css.note}`}>
          {t('rounds.audited')} {t('rounds.exemptNote')}
        </p>
        <ul className={css.pupils}>
          {session.participants.map((pupil) => (
            <PupilLine key={pupil.id} pupil={pupil} isOpen={isOpen} isReading={round.domain === 'reading'} />
          ))}
        </ul>
      </Section>
    </Page>
  )
}
