import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  redirect,
  useActionData,
  useLoaderData,
} from 'react-router'
import { z } from 'zod'
import { AssemblyBank, AssemblyDetail, AssemblySummary } from '#modules/assessments/model.ts'
import { mustBeSignedIn } from '../../access/must-be-signed-in.ts'
import { Page, Section } from '../../parts/page.tsx'
import { query } from '../../query.ts'
import { read } from '../../read.ts'
import { languages, localeOf, useLanguage } from '../../text/language.ts'
import { gradeName, readBench } from '../bench.ts'
import { Field, Refusal, SentForm } from '../rounds/parts.tsx'
import css from '../rounds/rounds.module.css'
import { send, startOf } from '../rounds/send.ts'
import { WhichItems, wantedOf } from '../rounds/which-items.tsx'
import { AssemblyList } from './assembly-list.tsx'
import { BlueprintTable } from './blueprint-table.tsx'
import { planOf } from './plan-form.ts'

export async function loader({ context, request }: LoaderFunctionArgs) {
  mustBeSignedIn(context, request)
  const { searchParams } = new URL(request.url)
  const from = searchParams.get('from')
  const before = from ? await read(context, `/assemblies/${encodeURIComponent(from)}`, AssemblyDetail) : null
  const { domain, grade } = before ?? wantedOf(searchParams)
  const anchors = before?.plan.anchorForm ?? (searchParams.get('anchors') || null)
  const bank = await read(context, `/assembly-bank?${query({ domain, grade, anchors })}`, AssemblyBank)
  return {
    bench: await readBench(context),
    bank: before ? { ...bank, plan: before.plan } : bank,
    domain,
    grade,
    made: (await read(context, '/assemblies', z.object({ items: z.array(AssemblySummary) }))).items,
  }
}

/** Has a form put together; what came of it has a page of its own. */
export async function action({ context, request }: ActionFunctionArgs) {
  const form = await request.formData()
  const locale = localeOf(new URL(request.url).pathname)
  const { answer, refused } = await send(context, '/assemblies', { form, locale, body: planOf(form) })
  if (refused) return refused
  const { id } = AssemblyDetail.parse(await answer.json())
  return redirect(languages[locale].to('assembly', { id }), 303)
}

/** The plan of a form beside what the bank has for it. */
export default function PlanPage() {
  const { bench, bank, domain, grade, made } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()
  const { t, to, count, number } = useLanguage()
  const { plan, items, forms } = bank
  const start = startOf(refused)
  const measured = items.filter(({ isMeasured }) => isMeasured).length
  const range = (name: 'items' | 'points' | 'minutes' | 'anchors') => (
    <fieldset>
      <legend>{t(`assembly.${name}`)}</legend>
      <div className={css.row}>
        {(['least', 'most'] as const).map((end) => (
          <label key={end}>
            {t(`assembly.${end}`)}
            <input
              name={`${name}.${end}`}
              inputMode="numeric"
              required
              pattern="[0-9]+"
              defaultValue={start(`${name}.${end}`, plan[name][end])}
            />
          </label>
        ))}
      </div>
    </fieldset>
  )
  return (
    <Page
      title={t('assembly.title')}
      lead={t('assembly.lead')}
      crumbs={[
        { name: t('nav.myWork'), to: to('myWork') },
        { name: t('rounds.title'), to: to('rounds') },
        { name: t('rounds.formsTitle'), to: to('forms') },
      ]}
    >
      <Section>
        <WhichItems wanted={{ domain, grade }} action={to('newAssembly')} button={t('assembly.showBank')}>
          <Field label={t('assembly.anchorForm')}>
            <select name="anchors" defaultValue={plan.anchorForm ?? ''}>
              <option value="">{t('assembly.noAnchors')}</option>
              {forms.map((form) => (
                <option key={form.id} value={form.id}>
                  {`${form.code} (${gradeName(t, form.grade)})`}
                </option>
              ))}
            </select>
          </Field>
        </WhichItems>
      </Section>
      <Section title={t('assembly.plan')}>
        <Refusal refused={refused} />
        {items.length === 0 ? (
          <p>{t('assembly.emptyBank')}</p>
        ) : (
          <>
            <p>
              {t('assembly.bankHas', { count: items.length })}{' '}
              {measured === items.length
                ? t('assembly.allMeasured')
                : t('assembly.someMeasured', { count: items.length - measured })}
            </p>
            <SentForm className={css.list!}>
              <input type="hidden" name="domain" value={domain} />
              <input type="hidden" name="grade" value={grade} />
              <input type="hidden" name="anchorForm" value={plan.anchorForm ?? ''} />
              <BlueprintTable bench={bench} bank={bank} start={start} />
              <div className={css.fields}>
                {range('items')}
                {range('points')}
                {range('minutes')}
                {range('anchors')}
                <fieldset>
                  <legend>{t('assembly.information')}</legend>
                  <Field
                    label={t('assembly.cuts')}
                    note={bank.isStandard ? t('assembly.cutsOfStandard') : t('assembly.cutsOwn')}
                  >
                    <input name="cuts" required defaultValue={start('cuts', plan.cuts.join('; '))} />
                  </Field>
                  <Field label={t('assembly.error')} note={t('assembly.errorNote')}>
                    <input
                      name="error"
                      inputMode="decimal"
                      defaultValue={start('error', plan.error === null ? '' : number(plan.error, 0))}
                    />
                  </Field>
                </fieldset>
                <fieldset>
                  <legend>{t('assembly.single')}</legend>
                  <Field label={t('assembly.mostExposure')} note={t('assembly.exposureNote')}>
                    <input
                      name="mostExposure"
                      inputMode="numeric"
                      required
                      defaultValue={start('mostExposure', Math.round(plan.mostExposure * 100))}
                    />
                  </Field>
                  <input type="hidden" name="wear" value={plan.wear} />
                  <Field label={t('assembly.apart')} note={t('assembly.apartNote')}>
                    <textarea
                      name="apart"
                      rows={3}
                      defaultValue={start('apart', plan.apart.map((codes) => codes.join(' ')).join('\n'))}
                    />
                  </Field>
                  <Field label={t('assembly.always')}>
                    <input name="always" defaultValue={start('always', plan.always.join(' '))} />
                  </Field>
                  <Field label={t('assembly.never')}>
                    <input name="never" defaultValue={start('never', plan.never.join(' '))} />
                  </Field>
                </fieldset>
                <p className="small">{t('assembly.takesTime')}</p>
                <button type="submit" className="button">
                  {t('assembly.run')}
                </button>
              </div>
            </SentForm>
          </>
        )}
      </Section>
      {made.length > 0 && (
        <Section title={t('assembly.earlier', { count: made.length, n: count(made.length) })}>
          <AssemblyList items={made} />
        </Section>
      )}
    </Page>
  )
}
