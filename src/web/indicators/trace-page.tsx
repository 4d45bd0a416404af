import { type LoaderFunctionArgs, useLoaderData } from 'react-router'
import { TraceAnswer } from '#modules/indicators/model.ts'
import { Page, Section } from '../parts/page.tsx'
import { WideTable } from '../parts/wide-table.tsx'
import { query } from '../query.ts'
import { read } from '../read.ts'
import { useLanguage } from '../text/language.ts'

export async function loader({ context, request }: LoaderFunctionArgs) {
  const asked = new URL(request.url).searchParams
  const [indicator, year, unit] = [asked.get('indicator'), asked.get('year'), asked.get('unit')]
  if (!indicator || !year || !unit) return null
  return read(
    context,
    `/trace?${query({ indicator, year, unit, subject: asked.get('subject') })}`,
    TraceAnswer,
  )
}

/** A figure walked back to its formula, its part of the cube, and the files and lines it was made from. */
export default function TracePage() {
  const trace = useLoaderData<typeof loader>()
  const { t, to, count, instant } = useLanguage()
  const crumbs = [{ name: t('nav.myWork'), to: to('myWork') }]
  if (!trace) {
    return (
      <Page title={t('trace.title')} crumbs={crumbs} lead={t('trace.how')} narrow>
        <Section>
          <a href={to('state')}>{t('meaning.state')}</a>
        </Section>
      </Page>
    )
  }
  return (
    <Page
      title={t('trace.title')}
      crumbs={crumbs}
      lead={t('trace.lead', { code: trace.indicator, version: trace.version, number: trace.asOfImport })}
    >
      <Section title={t('trace.formula')}>
        <p>
          <code>{trace.formula}</code>
        </p>
        {trace.part && (
          <p className="small">
            {t('trace.part', { at: instant(trace.part.madeAt), cells: count(trace.part.cells) })}{' '}
            <code>{trace.part.hash.slice(0, 16)}</code>
          </p>
        )}
      </Section>
      <Section title={t('trace.files')}>
        <WideTable label={t('trace.files')}>
          <thead>
            <tr>
              <th scope="col">{t('imports.file')}</th>
              <th scope="col" className="n">
                {t('trace.lines')}
              </th>
              <th scope="col">SHA-256</th>
            </tr>
          </thead>
          <tbody>
            {trace.files.map((file) => (
              <tr key={file.import}>
                <th scope="row">{file.file}</th>
                <td className="n">{count(file.lines)}</td>
                <td>
                  <code>{file.sha256?.slice(0, 16) ?? '–'}</code>
                </td>
              </tr>
            ))}
          </tbody>
        </WideTable>
      </Section>
      <Section title={t('trace.first', { count: trace.lines.length, n: count(trace.lines.length) })}>
        <p>{trace.lines.map(({ line }) => line).join(' · ')}</p>
      </Section>
    </Page>
  )
}
