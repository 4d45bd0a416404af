import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  redirect,
  useActionData,
  useLoaderData,
} from 'react-router'
import { z } from 'zod'
import { FormDetail, ItemSummary } from '#modules/assessments/model.ts'
import { mustBeSignedIn } from '../../access/must-be-signed-in.ts'
import { Page, Section } from '../../parts/page.tsx'
import { WideTable } from '../../parts/wide-table.tsx'
import { query } from '../../query.ts'
import { notFound, read } from '../../read.ts'
import { languages, localeOf, useLanguage } from '../../text/language.ts'
import { placeNames, readBench } from '../bench.ts'
import { Field, Refusal, SentForm } from './parts.tsx'
import css from './rounds.module.css'
import { fieldsOf, send, startOf } from './send.ts'
import { WhichItems, wantedOf } from './which-items.tsx'

const Items = z.object({ items: z.array(ItemSummary), next: z.string().nullable() })

export async function loader({ context, request }: LoaderFunctionArgs) {
  mustBeSignedIn(context, request)
  const bench = await readBench(context)
  if (!bench.duties.includes('coordinator')) throw notFound()
  const { searchParams } = new URL(request.url)
  const { domain, grade } = wantedOf(searchParams)
  const { items } = await read(context, `/items?${query({ domain, grade, limit: 1000 })}`, Items)
  return { bench, domain, grade, items: items.filter(({ state }) => inUse.includes(state)) }
}

const inUse: readonly ItemSummary['state'][] = ['pilot', 'calibrated', 'live']

/** Receives the items that were chosen. */
export async function action({ context, request }: ActionFunctionArgs) {
  const form = await request.formData()
  const said = fieldsOf(form)
  const locale = localeOf(new URL(request.url).pathname)
  const anchors = form.getAll('anchor').map(String)
  const { answer, refused } = await send(context, '/forms', {
    form,
    locale,
    body: {
      code: said('code'),
      domain: said('domain'),
      grade: Number(said('grade')),
      items: form
        .getAll('item')
        .map((code) => ({ code: String(code), anchor: anchors.includes(String(code)) })),
    },
  })
  if (refused) return refused
  const { id } = FormDetail.parse(await answer.json())
  return redirect(languages[locale].to('form', { id }), 303)
}

/** Puts a form together from items of one domain and grade. */
export default function NewFormPage() {
  const { bench, domain, grade, items } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()
  const { t, to, name, count } = useLanguage()
  const start = startOf(refused)
  const was = (field: string, code: string) => refused && (refused.said[field] ?? []).includes(code)
  return (
    <Page
      title={t('rounds.newFormTitle')}
      lead={t('rounds.newFormLead')}
      crumbs={[
        { name: t('nav.myWork'), to: to('myWork') },
        { name: t('rounds.title'), to: to('rounds') },
        { name: t('rounds.formsTitle'), to: to('forms') },
      ]}
    >
      <Section>
        <WhichItems wanted={{ domain, grade }} action={to('newForm')} button={t('rounds.show')} />
      </Section>
      <Section>
        <Refusal refused={refused} />
        {items.length === 0 ? (
          <p>{t('rounds.noItems')}</p>
        ) : (
          <SentForm className={css.list!}>
            <input type="hidden" name="domain" value={domain} />
            <input type="hidden" name="grade" value={grade} />
            <Field label={t('rounds.code')}>
              <input
                name="code"
                required
                maxLength={40}
                pattern="[A-Za-z0-9][A-Za-z0-9\-]+"
                defaultValue={start('code')}
              />
            </Field>
            <WideTable label={t('rounds.items')}>
              <thead>
                <tr>
                  <th scope="col">{t('rounds.item')}</th>
                  <th scope="col">{t('rounds.anchors')}</th>
                  <th scope="col">{t('rounds.strand')}</th>
                  <th scope="col" className="n">
                    {t('rounds.points')}
                  </th>
                  <th scope="col">{t('rounds.itemState')}</th>
                </tr>
              </thead>
              <tbody>
                {items.map((item) => (
                  <tr key={item.id}>
                    <th scope="row">
                      <label className={css.tick}>
                        <input
                          type="checkbox"
                          name="item"
                          value={item.code}
                          defaultChecked={was('item', item.code) ?? true}
                        />
                        {item.code}
                      </label>
                    </th>
                    <td>
                      <label className={css.tick}>
                        <input
                          type="checkbox"
                          name="anchor"
                          value={item.code}
                          defaultChecked={was('anchor', item.code) ?? false}
                        />
                        {t('rounds.anchor')}
                      </label>
                    </td>
                    <td>{name(placeNames(bench, item.place).strand)}</td>
                    <td className="n">{count(item.points)}</td>
                    <td>{t(`items.states.${item.state}`)}</td>
                  </tr>
                ))}
              </tbody>
            </WideTable>
            <button type="submit" className="button">
              {t('rounds.saveForm')}
            </button>
          </SentForm>
        )}
      </Section>
    </Page>
  )
}
