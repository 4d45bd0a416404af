import { type LoaderFunctionArgs, useLoaderData } from 'react-router'
import { z } from 'zod'
import { FormSummary } from '#modules/assessments/model.ts'
import { mustBeSignedIn } from '../../access/must-be-signed-in.ts'
import { Page, Section } from '../../parts/page.tsx'
import { WideTable } from '../../parts/wide-table.tsx'
import { read } from '../../read.ts'
import { useLanguage } from '../../text/language.ts'
import { gradeName, readBench } from '../bench.ts'
import css from './rounds.module.css'

export async function loader({ context, request }: LoaderFunctionArgs) {
  mustBeSignedIn(context, request)
  const { duties } = await readBench(context)
  return {
    mayMake: duties.includes('coordinator'),
    mayAssemble: duties.includes('coordinator') || duties.includes('psychometrician'),
    ...(await read(context, '/forms', z.object({ items: z.array(FormSummary) }))),
  }
}

/** Forms of tests: how long they are, whether they are fixed, and which rounds use them. */
export default function FormsPage() {
  const { mayMake, mayAssemble, items } = useLoaderData<typeof loader>()
  const { t, to, count } = useLanguage()
  return (
    <Page
      title={t('rounds.formsTitle')}
      lead={t('rounds.formsLead')}
      crumbs={[
        { name: t('nav.myWork'), to: to('myWork') },
        { name: t('rounds.title'), to: to('rounds') },
      ]}
    >
      <Section>
        {items.length === 0 ? (
          <p>{t('rounds.noFormsYet')}</p>
        ) : (
          <WideTable label={t('rounds.formsTitle')}>
            <thead>
              <tr>
                <th scope="col">{t('rounds.code')}</th>
                <th scope="col">{t('rounds.domain')}</th>
                <th scope="col">{t('rounds.grade')}</th>
                <th scope="col">{t('items.state')}</th>
                <th scope="col" className="n">
                  {t('rounds.items')}
                </th>
                <th scope="col" className="n">
                  {t('rounds.anchors')}
                </th>
                <th scope="col" className="n">
                  {t('rounds.points')}
                </th>
                <th scope="col">{t('rounds.usedIn')}</th>
              </tr>
            </thead>
            <tbody>
              {items.map((form) => (
                <tr key={form.id}>
                  <th scope="row">
                    <a href={to('form', { id: form.id })}>{form.code}</a>
                  </th>
                  <td>{t(`rounds.domains.${form.domain}`)}</td>
                  <td>{gradeName(t, form.grade)}</td>
                  <td>{t(`rounds.formState.${form.state}`)}</td>
                  <td className="n">{count(form.items)}</td>
                  <td className="n">{count(form.anchors)}</td>
                  <td className="n">{count(form.points)}</td>
                  <td>{form.rounds.join(', ') || '–'}</td>
                </tr>
              ))}
            </tbody>
          </WideTable>
        )}
        {mayAssemble && (
          <p className={css.actions}>
            <a className="button" href={to('newAssembly')}>
              {t('assembly.start')}
            </a>
            {mayMake && (
              <a className="button quiet" href={to('newForm')}>
                {t('rounds.newForm')}
              </a>
            )}
          </p>
        )}
      </Section>
    </Page>
  )
}
