import { type LoaderFunctionArgs, useLoaderData } from 'react-router'
import { z } from 'zod'
import { AuditLine } from '#modules/access/model.ts'
import { Page, Section } from '../parts/page.tsx'
import { Pager } from '../parts/pager.tsx'
import { WideTable } from '../parts/wide-table.tsx'
import { query } from '../query.ts'
import { read } from '../read.ts'
import { useLanguage } from '../text/language.ts'
import { AuditFilter, type AuditFilterValues, auditActions } from './audit-filter.tsx'

const Lines = z.object({ items: z.array(AuditLine), next: z.string().nullable() })

export async function loader({ context, request }: LoaderFunctionArgs) {
  const given = new URL(request.url).searchParams
  const value = (name: string) => given.get(name)?.trim() || null
  const values = {
    person: value('person'),
    learner: value('learner'),
    action: value('action'),
    since: value('since'),
    until: value('until'),
  } satisfies AuditFilterValues
  const { since, until, ...rest } = values
  const question = { ...rest, from: since, to: until }
  const cursor = given.get('from')
  const answer = await read(context, `/audit?${query({ ...question, cursor })}`, Lines)
  return { ...answer, values, csv: `/api/v1/audit.csv?${query(question)}`, first: cursor === null }
}

/** Who looked at named learners and who was refused, newest first. */
export default function AuditPage() {
  const { items, next, first, values, csv } = useLoaderData<typeof loader>()
  const { t, to, instant, count } = useLanguage()
  return (
    <Page
      title={t('audit.title')}
      lead={t('audit.lead')}
      crumbs={[{ name: t('nav.myWork'), to: to('myWork') }]}
    >
      <Section className="stack">
        <AuditFilter values={values} />
        {items.length === 0 ? (
          <p>{t('audit.empty')}</p>
        ) : (
          <WideTable label={t('audit.title')}>
            <thead>
              <tr>
                <th scope="col">{t('audit.at')}</th>
                <th scope="col">{t('audit.person')}</th>
                <th scope="col">{t('audit.tier')}</th>
                <th scope="col">{t('audit.action')}</th>
                <th scope="col">{t('audit.object')}</th>
                <th scope="col">{t('audit.outcome')}</th>
                <th scope="col" className="n">
                  {t('column.pupils')}
                </th>
                <th scope="col">{t('audit.request')}</th>
              </tr>
            </thead>
            <tbody>
              {items.map((line) => (
                <tr key={line.requestId + line.at + line.object}>
                  <td>{instant(line.at)}</td>
                  <td>{line.person ?? '–'}</td>
                  <td>{t(`tier.${line.tier as 'school'}`, { defaultValue: line.tier })}</td>
                  <td>{known(line.action) ? t(`audit.actions.${line.action}`) : line.action}</td>
                  <td>
                    <AuditedObject object={line.object} />
                  </td>
                  <td>{t(`audit.outcomes.${line.outcome}`)}</td>
                  <td className="n">{count(line.learners)}</td>
                  <td>
                    <code>{line.requestId}</code>
                  </td>
                </tr>
              ))}
            </tbody>
          </WideTable>
        )}
        <Pager
          first={first ? null : `${to('audit')}?${query(values)}`}
          next={next && `${to('audit')}?${query({ ...values, from: next })}`}
        />
        {items.length > 0 && (
          <p className="no-print">
            <a href={csv}>{t('audit.csv')}</a>
          </p>
        )}
      </Section>
    </Page>
  )
}

function known(action: string): action is (typeof auditActions)[number] {
  return (auditActions as readonly string[]).includes(action)
}

/** A school is named by a link; what cannot be opened is shown as it was recorded. */
function AuditedObject({ object }: { object: string }) {
  const { t, to } = useLanguage()
  const learner = /^learner ([\da-f-]{36})$/.exec(object)?.[1]
  if (learner) {
    return (
      <>
        {t('audit.aLearner')} <code>{learner}</code>
      </>
    )
  }
  if (object === 'session') return '–'
  const school = /^institution ([\da-f-]{36})$/.exec(object)?.[1]
  if (!school) return object
  return (
    <a href={to('school', { id: school })}>
      {t('level.school')} {school.slice(0, 8)}
    </a>
  )
}
