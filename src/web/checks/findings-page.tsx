import { type LoaderFunctionArgs, useLoaderData } from 'react-router'
import { z } from 'zod'
import { CheckInfo, type Finding, ScoresOfPlace, Worklist } from '#modules/checks/model.ts'
import { Page, Section } from '../parts/page.tsx'
import { WideTable } from '../parts/wide-table.tsx'
import { read } from '../read.ts'
import { type ClassifierWords, classifierWords } from '../registry/classifier-words.ts'
import { useLanguage } from '../text/language.ts'
import css from './checks.module.css'
import { codedDetails, detailInWords } from './detail-in-words.ts'
import { inOrder } from './in-order.ts'
import { ScoreLine } from './score-line.tsx'

const Checks = z.object({ items: z.array(CheckInfo) })

export async function loader({ context, params }: LoaderFunctionArgs) {
  const id = encodeURIComponent(params.id!)
  const [worklist, checks, words] = await Promise.all([
    read(context, `/institutions/${id}/findings`, Worklist),
    read(context, '/checks', Checks),
    classifierWords(context, codedDetails),
  ])
  // Of an institution about which nothing was asked there is no score.
  const { runs } =
    worklist.score === null ? { runs: [] } : await read(context, `/checks/scores/${id}`, ScoresOfPlace)
  return { worklist, checks: checks.items, words, runs }
}

/** What a school has to correct at the source: what is wrong, why it matters, and where it is corrected. */
export default function FindingsPage() {
  const { worklist, checks, words, runs } = useLoaderData<typeof loader>()
  const language = useLanguage()
  const { t, to, name, instant, count, share } = language
  const { institution, run, score, items, untold, gone } = worklist
  const found = Map.groupBy(items, ({ check }) => check)
  const unseen = new Map(untold.map(({ check, count }) => [check, count]))
  const told = checks.filter(({ code }) => found.has(code) || unseen.has(code))
  const all = items.length + untold.reduce((sum, { count }) => sum + count, 0)
  return (
    <Page
      title={t('findings.title', { school: name(institution.name) })}
      lead={run && t('findings.lead', { count: all, n: count(all) })}
      crumbs={[
        { name: t('nav.myWork'), to: to('myWork') },
        { name: name(institution.name), to: to('school', { id: institution.id }) },
      ]}
      facts={
        run && (
          <>
            {score && <span>{t('findings.inOrder', { share: share(inOrder(score), 1) })}</span>}
            <span>{t('findings.imported', { at: instant(run.importedAt) })}</span>
            {worklist.nextImportAt && (
              <span>{t('findings.next', { at: instant(worklist.nextImportAt) })}</span>
            )}
            {gone > 0 && <span>{t('findings.gone', { count: gone, n: count(gone) })}</span>}
          </>
        )
      }
    >
      <Section>
        {!run ? (
          <p>{t('findings.neverAsked')}</p>
        ) : all === 0 ? (
          <p>{t('findings.nothing')}</p>
        ) : (
          <p className="note">{t('findings.how')}</p>
        )}
      </Section>
      {told.map((check) => {
        const those = found.get(check.code) ?? []
        const others = unseen.get(check.code) ?? 0
        return (
          <Section key={check.code} id={check.code} className={css.part}>
            <h2 className={css.check}>
              {name(check.title)} <span className={css.number}>{count(those.length + others)}</span>
            </h2>
            <p className={css.why}>
              <span className="tag">{t(`findings.certainty.${check.certainty}`)}</span> {name(check.why)}
            </p>
            <p className={css.where}>
              <b>{t('findings.whereToCorrect')}:</b> {name(check.where)}
            </p>
            {those.length > 0 && <FindingsTable label={name(check.title)} findings={those} words={words} />}
            {others > 0 && <p>{t('findings.untold', { count: others, n: count(others) })}</p>}
          </Section>
        )
      })}
      {runs.length > 1 && (
        <Section title={t('checks.overTime')}>
          <ScoreLine title={t('checks.overTimeChart')} runs={runs} />
        </Section>
      )}
    </Page>
  )
}

function FindingsTable(props: { label: string; findings: readonly Finding[]; words: ClassifierWords }) {
  const { label, findings, words } = props
  const language = useLanguage()
  const { t, dayOfInstant } = language
  return (
    <WideTable label={label}>
      <thead>
        <tr>
          <th scope="col">{t('findings.who')}</th>
          <th scope="col">{t('findings.what')}</th>
          <th scope="col">{t('findings.since')}</th>
        </tr>
      </thead>
      <tbody>
        {findings.map((finding) => (
          <tr key={finding.id}>
            <th scope="row">{finding.name ?? t(`findings.subject.${finding.subject}`)}</th>
            <td>{detailInWords(language, words, finding.detail)}</td>
            <td>{dayOfInstant(finding.since)}</td>
          </tr>
        ))}
      </tbody>
    </WideTable>
  )
}
