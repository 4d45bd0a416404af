import { type LoaderFunctionArgs, useLoaderData } from 'react-router'
import { type Entity, ImportDetail } from '#modules/intake/model.ts'
import { Page, Section } from '../parts/page.tsx'
import { WideTable } from '../parts/wide-table.tsx'
import { read } from '../read.ts'
import { useLanguage } from '../text/language.ts'

export function loader({ context, params }: LoaderFunctionArgs) {
  return read(context, `/imports/${encodeURIComponent(params.id!)}`, ImportDetail)
}

const entities = [
  'territories',
  'institutions',
  'learners',
  'enrolments',
  'results',
] as const satisfies readonly Entity[]
const whatBecame = ['read', 'added', 'changed', 'withdrawn', 'unchanged', 'refused'] as const

/** The report of one import: what became of its facts, and what was refused by line, column, rule and value. */
export default function ImportPage() {
  const report = useLoaderData<typeof loader>()
  const { t, to, instant, count, name } = useLanguage()
  return (
    <Page
      title={t('import.title', { number: report.number })}
      windowTitle={report.file}
      crumbs={[
        { name: t('nav.myWork'), to: to('myWork') },
        { name: t('imports.title'), to: to('imports') },
      ]}
      facts={
        <>
          <span>
            <b>{report.file}</b>
          </span>
          <span>{report.source}</span>
          <span>{instant(report.startedAt)}</span>
          <span>{t(`imports.kinds.${report.dataKind}`)}</span>
        </>
      }
      lead={t(`import.outcome.${report.state}`)}
    >
      <Section title={t('import.counts')}>
        <p className="small">
          {t('import.rows', {
            count: report.rowsRead,
            n: count(report.rowsRead),
            refused: count(report.rowsRefused),
          })}
        </p>
        <WideTable label={t('import.counts')}>
          <thead>
            <tr>
              <th scope="col">{t('import.entity')}</th>
              {whatBecame.map((what) => (
                <th key={what} scope="col" className="n">
                  {t(`import.became.${what}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {entities.map((entity) => {
              const counts = report.counts[entity]
              return (
                counts && (
                  <tr key={entity}>
                    <th scope="row">{t(`import.entities.${entity}`)}</th>
                    {whatBecame.map((what) => (
                      <td key={what} className="n">
                        {count(counts[what])}
                      </td>
                    ))}
                  </tr>
                )
              )
            })}
          </tbody>
        </WideTable>
        {report.sha256 && (
          <p className="small">
            SHA-256 <code>{report.sha256}</code>
          </p>
        )}
      </Section>
      {report.refusals > 0 && (
        <Section title={t('import.refusals', { count: report.refusals, n: count(report.refusals) })}>
          {report.refusalList.length < report.refusals && (
            <p className="small">{t('import.listed', { n: count(report.refusalList.length) })}</p>
          )}
          <WideTable label={t('imports.refusals')}>
            <thead>
              <tr>
                <th scope="col" className="n">
                  {t('import.line')}
                </th>
                <th scope="col">{t('import.column')}</th>
                <th scope="col">{t('import.value')}</th>
                <th scope="col">{t('import.message')}</th>
                <th scope="col">{t('import.rule')}</th>
              </tr>
            </thead>
            <tbody>
              {report.refusalList.map((refusal) => (
                <tr key={`${refusal.line} ${refusal.column} ${refusal.rule} ${refusal.value}`}>
                  <td className="n">{refusal.line === null ? '–' : count(refusal.line)}</td>
                  <td>{refusal.column ?? '–'}</td>
                  <td>{refusal.value === null ? '–' : <code>{refusal.value}</code>}</td>
                  <td>{name(refusal.message)}</td>
                  <td>
                    <code>{refusal.rule}</code>
                  </td>
                </tr>
              ))}
            </tbody>
          </WideTable>
        </Section>
      )}
    </Page>
  )
}
