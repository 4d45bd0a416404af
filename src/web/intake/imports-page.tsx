import { type LoaderFunctionArgs, useLoaderData } from 'react-router'
import { z } from 'zod'
import { ImportSummary } from '#modules/intake/model.ts'
import { Page, Section } from '../parts/page.tsx'
import { WideTable } from '../parts/wide-table.tsx'
import { usePortal } from '../portal.ts'
import { read } from '../read.ts'
import { useLanguage } from '../text/language.ts'

const Imports = z.object({ items: z.array(ImportSummary) })

export async function loader({ context }: LoaderFunctionArgs) {
  return (await read(context, '/imports', Imports)).items
}

/** What was imported when, newest first, and what became of it. */
export default function ImportsPage() {
  const imports = useLoaderData<typeof loader>()
  const { t, to, instant, count } = useLanguage()
  const opensReports = usePortal()?.me.mandate?.tier === 'steward'
  return (
    <Page
      title={t('imports.title')}
      lead={t('imports.lead')}
      crumbs={[{ name: t('nav.myWork'), to: to('myWork') }]}
    >
      <Section>
        {imports.length === 0 ? (
          <p>{t('imports.empty')}</p>
        ) : (
          <WideTable label={t('imports.title')}>
            <thead>
              <tr>
                <th scope="col" className="n">
                  {t('imports.number')}
                </th>
                <th scope="col">{t('imports.file')}</th>
                <th scope="col">{t('imports.source')}</th>
                <th scope="col">{t('imports.started')}</th>
                <th scope="col">{t('imports.state')}</th>
                <th scope="col" className="n">
                  {t('imports.rows')}
                </th>
                <th scope="col" className="n">
                  {t('imports.refusals')}
                </th>
              </tr>
            </thead>
            <tbody>
              {imports.map((each) => (
                <tr key={each.id}>
                  <td className="n">{each.number}</td>
                  <th scope="row">
                    {opensReports ? <a href={to('import', { id: each.id })}>{each.file}</a> : each.file}
                  </th>
                  <td>{each.source}</td>
                  <td>{instant(each.startedAt)}</td>
                  <td>{t(`imports.states.${each.state}`)}</td>
                  <td className="n">{count(each.rowsRead)}</td>
                  <td className="n">{count(each.refusals)}</td>
                </tr>
              ))}
            </tbody>
          </WideTable>
        )}
      </Section>
    </Page>
  )
}
