import { type ActionFunctionArgs, type LoaderFunctionArgs, useActionData, useLoaderData } from 'react-router'
import { PackageReport } from '#modules/assessments/model.ts'
import { mustBeSignedIn } from '../access/must-be-signed-in.ts'
import { portalContext } from '../context.ts'
import { Page, Section } from '../parts/page.tsx'
import { WideTable } from '../parts/wide-table.tsx'
import { usePortal } from '../portal.ts'
import { query } from '../query.ts'
import { notFound, refusal } from '../read.ts'
import { useLanguage } from '../text/language.ts'
import { gradeName, readBench } from './bench.ts'
import css from './items.module.css'

export async function loader({ context, request }: LoaderFunctionArgs) {
  mustBeSignedIn(context, request)
  const bench = await readBench(context)
  if (!bench.duties.includes('author')) throw notFound()
  return bench
}

/** Takes a package over; the report stands on the page that answers. */
export async function action({ context, request }: ActionFunctionArgs) {
  const form = await request.formData()
  const file = form.get('file')
  if (!(file instanceof File) || file.size === 0) return null
  const said = (name: string) => String(form.get(name) ?? '') || null
  const [domain, strand] = (said('strand') ?? '').split('/')
  const place = {
    domain: domain || null,
    strand: strand ?? null,
    grade: said('grade'),
    process: said('process'),
  }
  const answer = await context.get(portalContext).api(`/item-package?${query(place)}`, {
    method: 'POST',
    headers: { 'content-type': 'application/zip', 'x-csrf': String(form.get('csrf') ?? '') },
    body: await file.arrayBuffer(),
  })
  if (!answer.ok) throw await refusal(answer)
  return PackageReport.parse(await answer.json())
}

/** A QTI package is sent, and what became of each of its items is told. */
export default function PackagePage() {
  const { framework } = useLoaderData<typeof loader>()
  const report = useActionData<typeof action>()
  const { t, to, name } = useLanguage()
  const csrf = usePortal()?.me.csrf ?? ''
  return (
    <Page
      title={t('items.packageTitle')}
      lead={t('items.packageLead')}
      crumbs={[
        { name: t('nav.myWork'), to: to('myWork') },
        { name: t('items.title'), to: to('items') },
      ]}
    >
      {report && <Report report={report} />}
      {report === null && (
        <p className={`note ${css.told}`} role="status">
          {t('items.noFile')}
        </p>
      )}
      <Section title={report ? t('items.another') : t('items.send')}>
        <form method="post" encType="multipart/form-data" className={css.fields}>
          <input type="hidden" name="csrf" value={csrf} />
          <label>
            {t('items.file')}
            <input type="file" name="file" accept=".zip,application/zip" required />
          </label>
          <p className="small">{t('items.placeNote')}</p>
          <label>
            {t('items.strand')}
            <select name="strand">
              <option value="">{t('items.saidInside')}</option>
              {framework.domains.map((domain) => (
                <optgroup key={domain.id} label={name(domain.name)}>
                  {domain.strands.map((strand) => (
                    <option key={strand.id} value={`${domain.id}/${strand.id}`}>
                      {name(strand.name)}
                    </option>
                  ))}
                </optgroup>
              ))}
            </select>
          </label>
          <label>
            {t('items.grade')}
            <select name="grade">
              <option value="">{t('items.saidInside')}</option>
              {[0, 3, 6].map((grade) => (
                <option key={grade} value={grade}>
                  {gradeName(t, grade)}
                </option>
              ))}
            </select>
          </label>
          <label>
            {t('items.process')}
            <select name="process">
              <option value="">{t('items.saidInside')}</option>
              {framework.processes.map((each) => (
                <option key={each.id} value={each.id}>
                  {name(each.name)}
                </option>
              ))}
            </select>
          </label>
          <button type="submit" className="button">
            {t('items.send')}
          </button>
        </form>
      </Section>
    </Page>
  )
}

function Report({ report: { items, forms, findings } }: { report: PackageReport }) {
  const { t, to } = useLanguage()
  return (
    <Section title={t('items.report')}>
      <p role="status" className={css.lines}>
        {t('items.taken', { count: items.length })}{' '}
        {findings.length === 0 ? t('items.nothingLost') : t('items.lost', { count: findings.length })}
      </p>
      {items.length > 0 && (
        <ul className={`bullets ${css.lines}`}>
          {items.map(({ id, code, title }) => (
            <li key={id}>
              <a href={to('item', { id })}>{code}</a> {title}
            </li>
          ))}
        </ul>
      )}
      {forms.length > 0 && (
        <ul className={`bullets ${css.lines}`}>
          {forms.map(({ id, code }) => (
            <li key={id}>
              <a href={to('form', { id })}>{t('rounds.formOf', { code })}</a>
            </li>
          ))}
        </ul>
      )}
      {findings.length > 0 && (
        <WideTable label={t('items.report')}>
          <thead>
            <tr>
              <th scope="col">{t('items.inFile')}</th>
              <th scope="col" className="n">
                {t('items.inLine')}
              </th>
              <th scope="col">{t('items.element')}</th>
              <th scope="col">{t('items.outcomeIs')}</th>
              <th scope="col">{t('items.reason')}</th>
            </tr>
          </thead>
          <tbody>
            {findings.map((finding, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the same may be found twice in one line
              <tr key={at}>
                <th scope="row">{finding.file || t('items.wholePackage')}</th>
                <td className="n">{finding.line}</td>
                <td>
                  <code>{finding.element}</code>
                </td>
                <td>{t(`items.findings.${finding.outcome}`)}</td>
                <td>{reasonOf(t, finding.reason)}</td>
              </tr>
            ))}
          </tbody>
        </WideTable>
      )}
    </Section>
  )
}

/** Reasons have words of their own; what has none (a fault of the item's own shape) is told as it is. */
function reasonOf(t: ReturnType<typeof useLanguage>['t'], reason: string): string {
  return t(`items.reasons.${reason}` as 'items.reasons.doctype', { defaultValue: reason })
}
