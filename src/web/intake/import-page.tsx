import { type LoaderFunctionArgs, useLoaderData } from 'react-router'
import { z } from 'zod'
import { ImportDetail, ImportSummary, Refusal, RefusalCounts } from '#modules/intake/model.ts'
import { duration } from '../jobs/duration.ts'
import { Page, Section } from '../parts/page.tsx'
import { Pager } from '../parts/pager.tsx'
import { query } from '../query.ts'
import { read } from '../read.ts'
import { useLanguage } from '../text/language.ts'
import { CountTable } from './count-table.tsx'
import css from './intake.module.css'
import { NextSteps } from './next-steps.tsx'
import { PackageFiles } from './package-files.tsx'
import { RefusalFilter } from './refusal-filter.tsx'
import { RefusalTable } from './refusal-table.tsx'

const Refusals = z.object({
  items: z.array(Refusal),
  next: z.string().nullable(),
  counts: RefusalCounts,
})
const Imports = z.object({ items: z.array(ImportSummary) })
const PAGE = 100 // refusals on a page

export async function loader({ context, params, request }: LoaderFunctionArgs) {
  const path = `/imports/${encodeURIComponent(params.id!)}`
  const given = new URL(request.url).searchParams
  const choice = { rule: given.get('rule') || null, column: given.get('column') || null }
  const cursor = given.get('from')
  const { refusalList: _, ...report } = await read(context, path, ImportDetail)
  const [list, { items }] = await Promise.all([
    read(context, `${path}/refusals?${query({ ...choice, cursor, limit: PAGE })}`, Refusals),
    report.packageId ? read(context, '/imports', Imports) : { items: [] },
  ])
  const siblings = items.filter(({ packageId }) => packageId === report.packageId).toReversed()
  return {
    // A manifest stands for its package: what it came to is what its files came to.
    report: report.packageId && report.entity === null ? { ...report, state: stateOf(siblings) } : report,
    ...list,
    choice,
    first: cursor === null,
    siblings,
  }
}

/** Taken over together or not at all: one of these tells what became of all. */
function stateOf(imports: readonly ImportSummary[]): ImportSummary['state'] {
  const states = ['running', 'failed', 'refused', 'merged', 'checked', 'unchanged'] as const
  return states.find((state) => imports.some((each) => each.state === state)) ?? 'unchanged'
}

/** The report of one import: what became of its facts, what was refused, and what to do next. */
export default function ImportPage() {
  const { report, items, next, counts, choice, first, siblings } = useLoaderData<typeof loader>()
  const { t, to, instant, count, locale } = useLanguage()
  const page = to('import', { id: report.id })
  const csv = `/api/v1/imports/${report.id}/refusals.csv?${query({ ...choice, language: locale })}`
  const { startedAt, finishedAt } = report
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
          <span>{instant(startedAt)}</span>
          {finishedAt && (
            <span>
              {t('import.took')} {duration(Date.parse(finishedAt) - Date.parse(startedAt))}
            </span>
          )}
          <span>{t(`imports.kinds.${report.dataKind}`)}</span>
          {report.trial && <span className="tag look">{t('import.trial')}</span>}
        </>
      }
      lead={t(`import.outcome.${report.state}`)}
    >
      <Section title={t('import.next')}>
        <NextSteps report={report} />
      </Section>
      {siblings.length > 1 && (
        <Section title={t('import.packageFiles')}>
          <PackageFiles files={siblings} current={report.id} />
        </Section>
      )}
      {report.refusals > 0 && (
        <Section
          id="refusals"
          title={t('import.refusals', { count: report.refusals, n: count(report.refusals) })}
          aside={
            <a className="no-print" href={csv}>
              {t('import.csv')}
            </a>
          }
        >
          {counts.listed < report.refusals && (
            <p className="small">{t('import.listed', { n: count(counts.listed) })}</p>
          )}
          <RefusalFilter id={report.id} counts={counts} choice={choice} />
          {items.length === 0 ? <p>{t('import.noneHere')}</p> : <RefusalTable refusals={items} />}
          <Pager
            first={first ? null : `${page}?${query({ ...choice })}#refusals`}
            next={next && `${page}?${query({ ...choice, from: next })}#refusals`}
          />
        </Section>
      )}
      <Section title={t('import.counts')} className="stack">
        <p className="small">
          {t('import.rows', {
            count: report.rowsRead,
            n: count(report.rowsRead),
            refused: count(report.rowsRefused),
          })}
        </p>
        {Object.keys(report.counts).length > 0 && <CountTable counts={report.counts} />}
        {(report.state === 'merged' || report.state === 'unchanged') && (
          <p className="small">{t('import.lineage', { number: report.number })}</p>
        )}
        {report.ruleSet && (
          <p className="small">
            {t('import.ruleSet')}: {report.ruleSet}
          </p>
        )}
        {report.sha256 && (
          <p className={`small ${css.hash}`}>
            SHA-256 <code>{report.sha256}</code>
          </p>
        )}
      </Section>
    </Page>
  )
}
