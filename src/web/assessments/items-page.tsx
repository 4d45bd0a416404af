import { type LoaderFunctionArgs, useLoaderData } from 'react-router'
import { z } from 'zod'
import { ItemState, ItemSummary } from '#modules/assessments/model.ts'
import { mustBeSignedIn } from '../access/must-be-signed-in.ts'
import { Page, Section } from '../parts/page.tsx'
import { Pager } from '../parts/pager.tsx'
import { WideTable } from '../parts/wide-table.tsx'
import { query } from '../query.ts'
import { read } from '../read.ts'
import { useLanguage } from '../text/language.ts'
import { gradeName, placeNames, readBench } from './bench.ts'
import css from './items.module.css'

const Items = z.object({ items: z.array(ItemSummary), next: z.string().nullable() })
const filters = ['domain', 'grade', 'strand', 'state'] as const
const PAGE = 100

export async function loader({ context, request }: LoaderFunctionArgs) {
  mustBeSignedIn(context, request)
  const { searchParams } = new URL(request.url)
  const asked = Object.fromEntries(filters.map((name) => [name, searchParams.get(name) || null]))
  const cursor = searchParams.get('cursor')
  const bench = await readBench(context)
  return {
    bench,
    asked,
    cursor,
    ...(await read(context, `/items?${query({ ...asked, cursor, limit: PAGE })}`, Items)),
  }
}

/** The item bank: which items there are, where they stand in the framework and how far they are. */
export default function ItemsPage() {
  const { bench, asked, cursor, items, next } = useLoaderData<typeof loader>()
  const { t, to, name, count, dayOfInstant } = useLanguage()
  const domain = bench.framework.domains.find(({ id }) => id === asked.domain)
  const strands = (domain ? [domain] : bench.framework.domains).flatMap((each) => each.strands)
  return (
    <Page
      title={t('items.title')}
      lead={t('items.lead')}
      crumbs={[{ name: t('nav.myWork'), to: to('myWork') }]}
    >
      <Section>
        <form className={`${css.filter} no-print`} action={to('items')}>
          <Choice
            name="domain"
            value={asked.domain}
            options={bench.framework.domains.map((each) => [each.id, name(each.name)])}
          />
          <Choice
            name="grade"
            value={asked.grade}
            options={[0, 3, 6].map((grade) => [String(grade), gradeName(t, grade)])}
          />
          <Choice
            name="strand"
            value={asked.strand}
            options={strands.map((each) => [each.id, name(each.name)])}
          />
          <Choice
            name="state"
            value={asked.state}
            options={ItemState.options.map((state) => [state, t(`items.states.${state}`)])}
          />
          <button type="submit" className="button quiet">
            {t('items.show')}
          </button>
        </form>
        {items.length === 0 ? (
          <p>{t('items.none')}</p>
        ) : (
          <WideTable label={t('items.title')}>
            <thead>
              <tr>
                <th scope="col">{t('items.code')}</th>
                <th scope="col">{t('items.name')}</th>
                <th scope="col">{t('items.strand')}</th>
                <th scope="col">{t('items.process')}</th>
                <th scope="col">{t('items.kind')}</th>
                <th scope="col" className="n">
                  {t('items.points')}
                </th>
                <th scope="col">{t('items.state')}</th>
                <th scope="col">{t('items.changed')}</th>
              </tr>
            </thead>
            <tbody>
              {items.map((item) => {
                const place = placeNames(bench, item.place)
                return (
                  <tr key={item.id}>
                    <th scope="row" className={css.code}>
                      <a href={to('item', { id: item.id })}>{item.code}</a>
                    </th>
                    <td>{item.title ?? <span className="small">{t('items.secretTitle')}</span>}</td>
                    <td>{name(place.strand)}</td>
                    <td>{name(place.process)}</td>
                    <td>
                      {item.interactions
                        .map((kind) => t(`items.kinds.${kind}` as 'items.kinds.choice'))
                        .join(', ')}
                    </td>
                    <td className="n">{count(item.points)}</td>
                    <td>
                      {t(`items.states.${item.state}`)}
                      {item.state === 'review' && (
                        <span className="small"> {t('items.signedOf', { signed: item.signedOff })}</span>
                      )}
                    </td>
                    <td>{dayOfInstant(item.changedAt)}</td>
                  </tr>
                )
              })}
            </tbody>
          </WideTable>
        )}
        <Pager
          first={cursor ? `${to('items')}?${query(asked)}` : null}
          next={next ? `${to('items')}?${query({ ...asked, cursor: next })}` : null}
        />
      </Section>
      {(bench.duties.includes('author') || bench.duties.includes('keeper')) && (
        <Section title={t('items.drafts.title')}>
          <p className={css.lines}>{t('items.drafts.about')}</p>
          <p className={css.actions}>
            <a className="button quiet" href={to('itemDrafts')}>
              {bench.duties.includes('author') ? t('items.drafts.ask') : t('items.drafts.log')}
            </a>
          </p>
        </Section>
      )}
      <Section title={t('items.exchange')}>
        <p className={css.lines}>{t('items.exchangeLead')}</p>
        <p className={css.actions}>
          {bench.duties.includes('author') && (
            <a className="button" href={to('itemPackage')}>
              {t('items.send')}
            </a>
          )}
          {items.some(({ title }) => title !== null) && (
            <a className="button quiet" href={`/api/v1/item-package?${query(asked)}`} download>
              {t('items.fetch')}
            </a>
          )}
        </p>
      </Section>
    </Page>
  )
}

function Choice(props: {
  name: (typeof filters)[number]
  value: string | null | undefined
  options: readonly (readonly [value: string, label: string])[]
}) {
  const { t } = useLanguage()
  return (
    <label>
      {t(`items.${props.name}`)}
      <select name={props.name} defaultValue={props.value ?? ''}>
        <option value="">{t('items.any')}</option>
        {props.options.map(([value, label]) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
    </label>
  )
}
