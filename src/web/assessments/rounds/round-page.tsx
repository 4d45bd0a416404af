import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  redirect,
  useActionData,
  useLoaderData,
} from 'react-router'
import { RoundDetail } from '#modules/assessments/model.ts'
import { mustBeSignedIn } from '../../access/must-be-signed-in.ts'
import { Page, Section } from '../../parts/page.tsx'
import { WideTable } from '../../parts/wide-table.tsx'
import { read } from '../../read.ts'
import { languages, localeOf, useLanguage } from '../../text/language.ts'
import { gradeName } from '../bench.ts'
import { MarkingSettingsSection, markingSaid } from './marking-settings.tsx'
import { CountHeads, Counts, Fact, Field, Refusal, SentForm } from './parts.tsx'
import { RoundEvents } from './round-events.tsx'
import { isOver } from './round-states.ts'
import css from './rounds.module.css'
import { fieldsOf, send } from './send.ts'
import { sendFile } from './send-file.ts'
import { SentFiles } from './sent-files.tsx'

export async function loader({ context, request, params }: LoaderFunctionArgs) {
  mustBeSignedIn(context, request)
  return {
    round: await read(context, `/rounds/${encodeURIComponent(params.id!)}`, RoundDetail),
    looksAgain: new URL(request.url).searchParams.has('again'),
  }
}

/** Receives the forms of the page: make the roster, open, close, cancel; a file of answers, and what is decided about it. */
export async function action({ context, request, params }: ActionFunctionArgs) {
  const form = await request.formData()
  const said = fieldsOf(form)
  const locale = localeOf(new URL(request.url).pathname)
  const what = said('what')
  const id = encodeURIComponent(params.id!)
  if (what === 'file') return sendFile(context, params.id!, form, locale)
  if (what === 'marking') {
    const { refused } = await send(context, `/rounds/${id}/marking`, {
      form,
      locale,
      body: markingSaid(form),
    })
    return refused ?? redirect(`${languages[locale].to('round', { id: params.id! })}#marking`, 303)
  }
  if (what === 'take' || what === 'drop') {
    const path = `/rounds/${id}/files/${encodeURIComponent(said('file'))}/decision`
    const { refused } = await send(context, path, { form, locale, body: { take: what === 'take' } })
    return refused ?? redirect(`${languages[locale].to('round', { id: params.id! })}?again#files`, 303)
  }
  const { refused } = await send(context, `/rounds/${id}/${what === 'roster' ? 'roster' : 'state'}`, {
    form,
    locale,
    body: what === 'roster' ? {} : { to: what, reason: said('reason') },
  })
  return refused ?? redirect(languages[locale].to('round', { id: params.id! }), 303)
}

/** One round: what it is, what can be done with it next, who takes part by school, and what was done. */
export default function RoundPage() {
  const { round, looksAgain } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()
  const { t, to, name, count, year, instant, number } = useLanguage()
  const isSample = round.schools.some(({ zone }) => zone !== null)
  return (
    <Page
      title={name(round.name)}
      lead={t(`rounds.stateSays.${round.state}`)}
      crumbs={[
        { name: t('nav.myWork'), to: to('myWork') },
        { name: t('rounds.title'), to: to('rounds') },
      ]}
    >
      <Refusal refused={refused} />
      <Section title={t('rounds.facts')}>
        <dl className={css.facts}>
          <Fact name={t('rounds.state')}>{t(`rounds.states.${round.state}`)}</Fact>
          <Fact name={t('rounds.code')}>{round.code}</Fact>
          <Fact name={t('rounds.kind')}>{t(`rounds.kinds.${round.kind}`)}</Fact>
          <Fact name={t('rounds.domain')}>{t(`rounds.domains.${round.domain}`)}</Fact>
          <Fact name={t('rounds.grade')}>{gradeName(t, round.grade)}</Fact>
          <Fact name={t('rounds.schoolYear')}>{year(round.schoolYear)}</Fact>
          <Fact name={t('rounds.opensAt')}>{instant(round.opensAt)}</Fact>
          <Fact name={t('rounds.closesAt')}>{instant(round.closesAt)}</Fact>
          <Fact name={t('rounds.minutes')}>{count(round.minutes)}</Fact>
          <Fact name={t('rounds.forms')}>{round.forms.join(', ') || '–'}</Fact>
          {round.settings.sample && (
            <Fact name={t('rounds.sampleSize')}>{count(round.settings.sample.schools)}</Fact>
          )}
          <Fact name={t('rounds.seed')}>{round.settings.seed}</Fact>
          {round.settings.questionnaire && (
            <Fact name={t('rounds.questionnaire')}>{round.settings.questionnaire}</Fact>
          )}
          {round.settings.withoutAnchors && (
            <Fact name={t('rounds.withoutAnchors')}>{round.settings.withoutAnchors}</Fact>
          )}
        </dl>
      </Section>
      {(round.moves.length > 0 || round.job) && <NextSteps round={round} />}
      <SentFiles round={round} looksAgain={looksAgain} />
      {round.marking && <MarkingSettingsSection marking={round.marking} />}
      <Section title={t('rounds.schools')}>
        {round.schools.length === 0 ? (
          <p>{t('rounds.noSchools')}</p>
        ) : (
          <>
            <p className={`note ${css.note}`}>{t('rounds.rateNote')}</p>
            {isSample && <p className={`note ${css.note}`}>{t('rounds.sampleNote')}</p>}
            <WideTable label={t('rounds.schools')}>
              <thead>
                <tr>
                  <th scope="col">{t('rounds.school')}</th>
                  {isSample && (
                    <>
                      <th scope="col" className="n">
                        {t('rounds.zone')}
                      </th>
                      <th scope="col" className="n">
                        {t('rounds.probability')}
                      </th>
                    </>
                  )}
                  <CountHeads />
                </tr>
              </thead>
              <tbody>
                {round.schools.map((school) => (
                  <tr key={school.id}>
                    <th scope="row">{name(school.name)}</th>
                    {isSample && (
                      <>
                        <td className="n">{school.zone ?? '–'}</td>
                        <td className="n">
                          {school.probability === null ? '–' : number(school.probability, 3)}
                        </td>
                      </>
                    )}
                    <Counts participation={school.participation} isOver={isOver(round.state)} />
                  </tr>
                ))}
              </tbody>
            </WideTable>
          </>
        )}
      </Section>
      <Section title={t('rounds.history')}>
        <RoundEvents events={round.events} />
      </Section>
    </Page>
  )
}

function NextSteps({ round: { id, job, moves, state } }: { round: RoundDetail }) {
  const { t, to, share } = useLanguage()
  const isMaking = job?.state === 'waiting' || job?.state === 'running'
  return (
    <Section title={t('rounds.next')} className="no-print">
      {job && (state === 'planned' || state === 'rostered') && (
        <p role="status" className={css.note}>
          {t(`rounds.job.${job.state}`)}
          {isMaking && (
            <>
              {' '}
              <progress max={1} aria-label={t('rounds.jobDone')} {...(job.done > 0 && { value: job.done })} />{' '}
              {job.done > 0 && `${share(job.done)} `}
              <a href={to('round', { id })}>{t('rounds.reload')}</a>
            </>
          )}
        </p>
      )}
      <div className={css.moves}>
        {moves.includes('roster') && !isMaking && (
          <SentForm what="roster">
            <button type="submit" className={state === 'planned' ? 'button' : 'button quiet'}>
              {t(state === 'planned' ? 'rounds.makeRoster' : 'rounds.makeAgain')}
            </button>
          </SentForm>
        )}
        {moves.includes('open') && !isMaking && (
          <SentForm what="open">
            <button type="submit" className="button">
              {t('rounds.open')}
            </button>
          </SentForm>
        )}
        {moves.includes('closed') && (
          <SentForm what="closed">
            <Field label={t('rounds.reasonClose')}>
              <input name="reason" maxLength={1000} />
            </Field>
            <button type="submit" className="button">
              {t('rounds.close')}
            </button>
          </SentForm>
        )}
        {moves.includes('cancelled') && (
          <SentForm what="cancelled">
            <Field label={t('rounds.reasonCancel')}>
              <input name="reason" maxLength={1000} required />
            </Field>
            <button type="submit" className="button quiet">
              {t('rounds.cancel')}
            </button>
          </SentForm>
        )}
      </div>
    </Section>
  )
}
