import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  redirect,
  useActionData,
  useLoaderData,
} from 'react-router'
import { z } from 'zod'
import { FormSummary, RoundDetail, RoundKind } from '#modules/assessments/model.ts'
import { mustBeSignedIn } from '../../access/must-be-signed-in.ts'
import { Page, Section } from '../../parts/page.tsx'
import { usePortal } from '../../portal.ts'
import { notFound, read } from '../../read.ts'
import { languages, localeOf, useLanguage } from '../../text/language.ts'
import { gradeName, readBench } from '../bench.ts'
import { instantOf } from './local-time.ts'
import { Field, Refusal, SentForm } from './parts.tsx'
import css from './rounds.module.css'
import { fieldsOf, send, startOf } from './send.ts'

export async function loader({ context, request }: LoaderFunctionArgs) {
  mustBeSignedIn(context, request)
  const { duties } = await readBench(context)
  if (!duties.includes('coordinator')) throw notFound()
  const { items } = await read(context, '/forms', z.object({ items: z.array(FormSummary) }))
  return { forms: items.filter(({ state }) => state === 'fixed') }
}

/** Receives the plan. What is empty is left out, so that the API says what is missing. */
export async function action({ context, request }: ActionFunctionArgs) {
  const form = await request.formData()
  const said = fieldsOf(form)
  const locale = localeOf(new URL(request.url).pathname)
  const given = (name: string) => said(name) || undefined
  const numberOf = (name: string) => (said(name) === '' ? undefined : Number(said(name)))
  const { answer, refused } = await send(context, '/rounds', {
    form,
    locale,
    body: {
      code: said('code'),
      kind: said('kind'),
      domain: said('domain'),
      grade: numberOf('grade'),
      schoolYear: numberOf('schoolYear'),
      name: { lv: said('nameLv'), en: said('nameEn') || said('nameLv') },
      opensAt: instantOf(said('opensAt')) ?? undefined,
      closesAt: instantOf(said('closesAt')) ?? undefined,
      minutes: numberOf('minutes'),
      forms: form.getAll('form').map((code) => ({ code: String(code) })),
      settings: {
        seed: numberOf('seed'),
        rosterDay: given('rosterDay'),
        sample: numberOf('schools') === undefined ? undefined : { schools: numberOf('schools') },
        withoutAnchors: given('withoutAnchors'),
        questionnaire: given('questionnaire'),
      },
    },
  })
  if (refused) return refused
  const { id } = RoundDetail.parse(await answer.json())
  return redirect(languages[locale].to('round', { id }), 303)
}

const domains = ['reading', 'numeracy', 'science'] as const

/** Plans a round: what, for whom, when, over which forms. */
export default function NewRoundPage() {
  const { forms } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()
  const { t, to, count } = useLanguage()
  const start = startOf(refused)
  const year = usePortal()?.config.schoolYears.at(-1) ?? new Date().getFullYear()
  return (
    <Page
      title={t('rounds.newTitle')}
      lead={t('rounds.newLead')}
      crumbs={[
        { name: t('nav.myWork'), to: to('myWork') },
        { name: t('rounds.title'), to: to('rounds') },
      ]}
    >
      <Section>
        <Refusal refused={refused} />
        {forms.length === 0 ? (
          <>
            <p>{t('rounds.noForms')}</p>
            <p className={css.actions}>
              <a className="button" href={to('newForm')}>
                {t('rounds.newForm')}
              </a>
            </p>
          </>
        ) : (
          <SentForm>
            <Field label={t('rounds.nameLv')}>
              <input name="nameLv" required maxLength={120} defaultValue={start('nameLv')} />
            </Field>
            <Field label={t('rounds.nameEn')}>
              <input name="nameEn" maxLength={120} defaultValue={start('nameEn')} />
            </Field>
            <Field label={t('rounds.code')}>
              <input
                name="code"
                required
                maxLength={40}
                pattern="[A-Za-z0-9][A-Za-z0-9\-]+"
                defaultValue={start('code')}
              />
            </Field>
            <fieldset>
              <legend>{t('rounds.who')}</legend>
              <div className={css.row}>
                <Field label={t('rounds.kind')}>
                  <select name="kind" defaultValue={start('kind') || undefined}>
                    {RoundKind.options.map((kind) => (
                      <option key={kind} value={kind}>
                        {t(`rounds.kinds.${kind}`)}
                      </option>
                    ))}
                  </select>
                </Field>
                <Field label={t('rounds.domain')}>
                  <select name="domain" defaultValue={start('domain') || undefined}>
                    {domains.map((domain) => (
                      <option key={domain} value={domain}>
                        {t(`rounds.domains.${domain}`)}
                      </option>
                    ))}
                  </select>
                </Field>
                <Field label={t('rounds.grade')}>
                  <select name="grade" defaultValue={start('grade') || undefined}>
                    {[3, 6].map((grade) => (
                      <option key={grade} value={grade}>
                        {gradeName(t, grade)}
                      </option>
                    ))}
                  </select>
                </Field>
                <Field label={t('rounds.schoolYear')}>
                  <input
                    name="schoolYear"
                    type="number"
                    min={2000}
                    max={2100}
                    defaultValue={start('schoolYear', year)}
                    required
                  />
                </Field>
              </div>
              <div className={css.row}>
                <Field label={t('rounds.rosterDay')} note={t('rounds.rosterDayNote')}>
                  <input name="rosterDay" type="date" defaultValue={start('rosterDay')} />
                </Field>
                <Field label={t('rounds.sampleSize')} note={t('rounds.kinds.sample')}>
                  <input name="schools" type="number" min={2} max={2000} defaultValue={start('schools')} />
                </Field>
                <Field label={t('rounds.seed')} note={t('rounds.seedNote')}>
                  <input
                    name="seed"
                    type="number"
                    min={0}
                    max={1_000_000_000}
                    defaultValue={start('seed', year)}
                  />
                </Field>
              </div>
            </fieldset>
            <fieldset>
              <legend>{t('rounds.when')}</legend>
              <div className={css.row}>
                <Field label={t('rounds.opensAt')}>
                  <input name="opensAt" type="datetime-local" required defaultValue={start('opensAt')} />
                </Field>
                <Field label={t('rounds.closesAt')}>
                  <input name="closesAt" type="datetime-local" required defaultValue={start('closesAt')} />
                </Field>
                <Field label={t('rounds.minutes')}>
                  <input
                    name="minutes"
                    type="number"
                    min={1}
                    max={300}
                    defaultValue={start('minutes', 60)}
                    required
                  />
                </Field>
              </div>
            </fieldset>
            <fieldset>
              <legend>{t('rounds.chooseForms')}</legend>
              {forms.map((form) => (
                <label key={form.id} className={css.tick}>
                  <input
                    type="checkbox"
                    name="form"
                    value={form.code}
                    defaultChecked={refused?.said.form?.includes(form.code) ?? false}
                  />
                  <span>
                    {form.code}
                    <span className="small">
                      {` ${t(`rounds.domains.${form.domain}`)}, ${gradeName(t, form.grade)}. ${t('rounds.items')}: ${count(form.items)}, ${t('rounds.anchors')}: ${count(form.anchors)}`}
                    </span>
                  </span>
                </label>
              ))}
              <Field label={t('rounds.withoutAnchors')} note={t('rounds.withoutAnchorsNote')}>
                <input name="withoutAnchors" maxLength={1000} defaultValue={start('withoutAnchors')} />
              </Field>
            </fieldset>
            <Field label={t('rounds.questionnaire')} note={t('rounds.questionnaireNote')}>
              <input name="questionnaire" maxLength={60} defaultValue={start('questionnaire')} />
            </Field>
            <button type="submit" className="button">
              {t('rounds.save')}
            </button>
          </SentForm>
        )}
      </Section>
    </Page>
  )
}
