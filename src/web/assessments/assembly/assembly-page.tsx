import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  redirect,
  useActionData,
  useLoaderData,
} from 'react-router'
import { z } from 'zod'
import { AssemblyDetail, AssemblySwap, FormDetail } from '#modules/assessments/model.ts'
import { mustBeSignedIn } from '../../access/must-be-signed-in.ts'
import { Page, Section } from '../../parts/page.tsx'
import { query } from '../../query.ts'
import { read } from '../../read.ts'
import { languages, localeOf, useLanguage } from '../../text/language.ts'
import { gradeName, readBench } from '../bench.ts'
import { Fact, Field, Refusal, SentForm } from '../rounds/parts.tsx'
import css from '../rounds/rounds.module.css'
import { fieldsOf, send, startOf } from '../rounds/send.ts'
import { BrokenList } from './broken-list.tsx'
import { CellTable } from './cell-table.tsx'
import { ChosenTable } from './chosen-table.tsx'
import { InformationChart } from './information-chart.tsx'
import { SwapTable } from './swap-table.tsx'

export async function loader({ context, request, params }: LoaderFunctionArgs) {
  mustBeSignedIn(context, request)
  const path = `/assemblies/${encodeURIComponent(params.id!)}`
  const made = await read(context, path, AssemblyDetail)
  const out = new URL(request.url).searchParams.get('swap')
  return {
    bench: await readBench(context),
    made,
    out,
    swaps:
      out !== null && made.chosen.some(({ code }) => code === out) && !made.saved
        ? (
            await read(
              context,
              `${path}/swaps/${encodeURIComponent(out)}`,
              z.object({ items: z.array(AssemblySwap) }),
            )
          ).items
        : null,
  }
}

/** Puts an item in the place of another, or saves the form. */
export async function action({ context, request, params }: ActionFunctionArgs) {
  const form = await request.formData()
  const said = fieldsOf(form)
  const locale = localeOf(new URL(request.url).pathname)
  const path = `/assemblies/${encodeURIComponent(params.id!)}`
  const isSave = said('what') === 'save'
  const { answer, refused } = await send(context, isSave ? `${path}/form` : `${path}/steps`, {
    form,
    locale,
    body: isSave
      ? { code: said('code'), reason: said('reason') }
      : { takenOut: said('takenOut'), putIn: said('putIn') },
  })
  if (refused) return refused
  if (!isSave) return redirect(languages[locale].to('assembly', { id: params.id! }), 303)
  const { id } = FormDetail.parse(await answer.json())
  return redirect(languages[locale].to('form', { id }), 303)
}

/** What was chosen for a form: how much it tells and where, what of the plan it meets, and item by item. */
export default function AssemblyPage() {
  const { bench, made, out, swaps } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()
  const { t, to, count, number, dayOfInstant } = useLanguage()
  const { report, plan } = made
  const start = startOf(refused)
  const title = t('assembly.madeTitle', {
    domain: t(`rounds.domains.${made.domain}`),
    grade: gradeName(t, made.grade),
  })
  return (
    <Page
      title={title}
      lead={t(`assembly.foundSay.${made.found}`)}
      crumbs={[
        { name: t('nav.myWork'), to: to('myWork') },
        { name: t('rounds.title'), to: to('rounds') },
        { name: t('rounds.formsTitle'), to: to('forms') },
        { name: t('assembly.title'), to: to('newAssembly') },
      ]}
    >
      <Refusal refused={refused} />
      {made.notMet.length > 0 && (
        <Section title={t('assembly.why')}>
          <p>{t('assembly.whyLead')}</p>
          <BrokenList bench={bench} domain={made.domain} broken={made.notMet} />
        </Section>
      )}
      {made.chosen.length > 0 && (
        <>
          <Section>
            <dl className={css.facts}>
              <Fact name={t('rounds.items')}>{count(report.items)}</Fact>
              <Fact name={t('rounds.points')}>{count(report.points)}</Fact>
              <Fact name={t('assembly.minutes')}>{number(report.minutes, 0)}</Fact>
              <Fact name={t('rounds.anchors')}>{count(report.anchors)}</Fact>
              <Fact name={t('assembly.madeAt')}>
                {[dayOfInstant(made.madeAt), made.madeBy].filter(Boolean).join(', ')}
              </Fact>
              {made.saved && made.form && (
                <Fact name={t('assembly.savedAs')}>
                  <a href={to('form', { id: made.form.id })}>{made.form.code}</a>
                  {`, ${[dayOfInstant(made.saved.at), made.saved.person].filter(Boolean).join(', ')}: ${made.saved.reason}`}
                </Fact>
              )}
            </dl>
            <p className={css.actions}>
              <a className="button quiet no-print" href={`${to('newAssembly')}?${query({ from: made.id })}`}>
                {t('assembly.changePlan')}
              </a>
            </p>
          </Section>
          <Section title={t('assembly.precision')}>
            <InformationChart report={report} />
            {report.unmeasured > 0 && (
              <p className="small">{t('assembly.unmeasured', { count: report.unmeasured })}</p>
            )}
          </Section>
          <Section title={t('assembly.cells')}>
            {report.broken.length === 0 ? (
              <p>{t('assembly.allMet')}</p>
            ) : (
              <BrokenList bench={bench} domain={made.domain} broken={report.broken} />
            )}
            {report.outOfRules.length > 0 && (
              <p>{t('assembly.outOfRules', { codes: report.outOfRules.join(', ') })}</p>
            )}
            {made.gone.length > 0 && <p>{t('assembly.gone', { codes: made.gone.join(', ') })}</p>}
            <CellTable bench={bench} made={made} />
          </Section>
          {swaps && out && (
            <Section title={t('assembly.swapFor', { code: out })} id="swap">
              <SwapTable bench={bench} made={made} out={out} swaps={swaps} />
            </Section>
          )}
          <Section title={t('rounds.items')}>
            <ChosenTable bench={bench} made={made} />
            {made.steps.length > 0 && (
              <>
                <h3>{t('assembly.steps')}</h3>
                <ul className="bullets">
                  {made.steps.map(({ at, person, takenOut, putIn }) => (
                    <li key={`${at} ${takenOut} ${putIn}`}>
                      {t('assembly.stepSay', { out: takenOut, into: putIn })}{' '}
                      <span className="small">{[person, dayOfInstant(at)].filter(Boolean).join(', ')}</span>
                    </li>
                  ))}
                </ul>
              </>
            )}
          </Section>
          {!made.saved && (
            <Section title={t('assembly.save')}>
              {made.isReady ? (
                <SentForm what="save">
                  <Field label={t('rounds.code')}>
                    <input
                      name="code"
                      required
                      maxLength={40}
                      pattern="[A-Za-z0-9][A-Za-z0-9\-]+"
                      defaultValue={start('code')}
                    />
                  </Field>
                  <Field
                    label={t('assembly.reason')}
                    note={t('assembly.reasonNote', { minutes: count(plan.minutes.most) })}
                  >
                    <input name="reason" required maxLength={1000} defaultValue={start('reason')} />
                  </Field>
                  <button type="submit" className="button">
                    {t('assembly.saveButton')}
                  </button>
                </SentForm>
              ) : (
                <p>{t('assembly.notReady')}</p>
              )}
            </Section>
          )}
        </>
      )}
    </Page>
  )
}
