import { type LoaderFunctionArgs, useLoaderData } from 'react-router'
import { z } from 'zod'
import { ImportSummary, Upload } from '#modules/intake/model.ts'
import { portalContext } from '../context.ts'
import { Page, Section } from '../parts/page.tsx'
import { WideTable } from '../parts/wide-table.tsx'
import { read } from '../read.ts'
import { useLanguage } from '../text/language.ts'
import { WaitingFiles } from './waiting-files.tsx'

const Uploads = z.object({ items: z.array(Upload) })
const Imports = z.object({ items: z.array(ImportSummary) })

export async function loader({ context }: LoaderFunctionArgs) {
  const isSteward = context.get(portalContext).me.mandate?.tier === 'steward'
  const [{ items: imports }, uploads] = await Promise.all([
    read(context, '/imports', Imports),
    isSteward ? read(context, '/uploads', Uploads) : null,
  ])
  return { imports, waiting: uploads?.items.filter(({ state }) => state === 'waiting') ?? null }
}

/** What was imported when, newest first, and what became of it. */
export default function ImportsPage() {
  const { imports, waiting } = useLoaderData<typeof loader>()
  const { t, to, instant, count } = useLanguage()
  const opensReports = waiting !== null // a steward
  return (
    <Page
      title={t('imports.title')}
      lead={t('imports.lead')}
      crumbs={[{ name: t('nav.myWork'), to: to('myWork') }]}
    >
      {waiting && (
        <Section>
          <p>
            <a className="button" href={to('newImport')}>
              {t('imports.new')}
            </a>
          </p>
        </Section>
      )}
      {waiting && waiting.length > 0 && (
        <Section title={t('imports.waiting')}>
          <WaitingFiles uploads={waiting} />
        </Section>
      )}
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
                  <td>
                    {t(`imports.states.${each.state}`)}
                    {each.trial && each.state !== 'checked' && ` (${t('imports.trial')})`}
                  </td>
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
