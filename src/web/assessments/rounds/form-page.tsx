import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  redirect,
  useActionData,
  useLoaderData,
} from 'react-router'
import { FormDetail, type ItemState } from '#modules/assessments/model.ts'
import { mustBeSignedIn } from '../../access/must-be-signed-in.ts'
import { Page, Section } from '../../parts/page.tsx'
import { WideTable } from '../../parts/wide-table.tsx'
import { read } from '../../read.ts'
import { languages, localeOf, useLanguage } from '../../text/language.ts'
import { gradeName, placeNames, readBench } from '../bench.ts'
import { Fact, Refusal, SentForm } from './parts.tsx'
import css from './rounds.module.css'
import { send } from './send.ts'

export async function loader({ context, request, params }: LoaderFunctionArgs) {
  mustBeSignedIn(context, request)
  return {
    bench: await readBench(context),
    form: await read(context, `/forms/${encodeURIComponent(params.id!)}`, FormDetail),
  }
}

/** Fixes the form. */
export async function action({ context, request, params }: ActionFunctionArgs) {
  const form = await request.formData()
  const locale = localeOf(new URL(request.url).pathname)
  const { refused } = await send(context, `/forms/${encodeURIComponent(params.id!)}/fixing`, {
    form,
    locale,
    body: {},
  })
  return refused ?? redirect(languages[locale].to('form', { id: params.id! }), 303)
}

/** One form: its items in order, without their words. */
export default function FormPage() {
  const { bench, form } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()
  const { t, to, name, count } = useLanguage()
  const title = t('rounds.formOf', { code: form.code })
  return (
    <Page
      title={title}
      lead={t('rounds.formsLead')}
      crumbs={[
        { name: t('nav.myWork'), to: to('myWork') },
        { name: t('rounds.title'), to: to('rounds') },
        { name: t('rounds.formsTitle'), to: to('forms') },
      ]}
    >
      <Refusal refused={refused} />
      <Section>
        <dl className={css.facts}>
          <Fact name={t('items.state')}>{t(`rounds.formState.${form.state}`)}</Fact>
          <Fact name={t('rounds.domain')}>{t(`rounds.domains.${form.domain}`)}</Fact>
          <Fact name={t('rounds.grade')}>{gradeName(t, form.grade)}</Fact>
          <Fact name={t('rounds.items')}>{count(form.items)}</Fact>
          <Fact name={t('rounds.anchors')}>{count(form.anchors)}</Fact>
          <Fact name={t('rounds.points')}>{count(form.points)}</Fact>
          {form.minutes !== null && <Fact name={t('assembly.minutes')}>{count(form.minutes)}</Fact>}
          <Fact name={t('rounds.usedIn')}>{form.rounds.join(', ') || '–'}</Fact>
        </dl>
        {bench.duties.includes('keeper') && (
          <p className={`${css.actions} no-print`}>
            <a className="button quiet" href={`/api/v1/forms/${form.id}/package`} download>
              {t('assembly.package')}
            </a>
          </p>
        )}
        {form.state === 'draft' && bench.duties.includes('coordinator') && (
          <SentForm className={`${css.fields} ${css.actions}`}>
            <p className="small">{t('rounds.fixNote')}</p>
            <button type="submit" className="button">
              {t('rounds.fix')}
            </button>
          </SentForm>
        )}
      </Section>
      <Section title={t('rounds.items')}>
        <WideTable label={title}>
          <thead>
            <tr>
              <th scope="col">{t('rounds.position')}</th>
              <th scope="col">{t('rounds.item')}</th>
              <th scope="col">{t('rounds.strand')}</th>
              <th scope="col" className="n">
                {t('rounds.points')}
              </th>
              <th scope="col">{t('rounds.itemState')}</th>
            </tr>
          </thead>
          <tbody>
            {form.order.map((each) => (
              <tr key={each.position}>
                <td>{each.position}</td>
                <th scope="row">
                  {each.item}
                  {each.anchor && <span className="tag new"> {t('rounds.anchor')}</span>}
                </th>
                <td>
                  {name(
                    placeNames(bench, {
                      domain: form.domain,
                      strand: each.strand,
                      process: '',
                      outcome: null,
                    }).strand,
                  )}
                </td>
                <td className="n">{count(each.points)}</td>
                <td>{t(`items.states.${each.state as ItemState}`)}</td>
              </tr>
            ))}
          </tbody>
        </WideTable>
      </Section>
    </Page>
  )
}
