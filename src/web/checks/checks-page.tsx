import { type LoaderFunctionArgs, useLoaderData } from 'react-router'
import { z } from 'zod'
import { CheckInfo, type Score, Scores, ScoresOfPlace, type UnitScore } from '#modules/checks/model.ts'
import { Page, Section } from '../parts/page.tsx'
import { WideTable } from '../parts/wide-table.tsx'
import { usePortal } from '../portal.ts'
import { query } from '../query.ts'
import { read } from '../read.ts'
import { useLanguage } from '../text/language.ts'
import css from './checks.module.css'
import { inOrder } from './in-order.ts'
import { ScoreLine } from './score-line.tsx'

const Checks = z.object({ items: z.array(CheckInfo) })

export async function loader({ context, request }: LoaderFunctionArgs) {
  const asked = new URL(request.url).searchParams.get('place')
  const [scores, checks] = await Promise.all([
    read(context, '/checks/scores', Scores),
    read(context, '/checks', Checks),
  ])
  const place =
    [...scores.municipalities, ...scores.institutions].find(({ unit }) => unit.id === asked)?.unit ?? null
  const chosen = place && {
    name: place.name,
    ...(await read(context, `/checks/scores/${place.id}`, ScoresOfPlace)),
  }
  return { scores, checks: checks.items, chosen }
}

/** How much of what arrived is in order, by check and by place. There is no order by score. */
export default function ChecksPage() {
  const { scores, checks, chosen } = useLoaderData<typeof loader>()
  const { t, to, name, instant, count, share } = useLanguage()
  const { run, total, runs, municipalities, institutions } = scores
  const tier = usePortal()?.me.mandate?.tier
  const told = new Map(checks.map((check) => [check.code, check]))
  if (!run || !total) {
    return (
      <Page title={t('checks.title')} crumbs={[{ name: t('nav.myWork'), to: to('myWork') }]}>
        <Section>
          <p>{t('findings.neverAsked')}</p>
        </Section>
      </Page>
    )
  }
  const [withFaults, without] = [
    scores.checks.filter(({ score }) => score.faults > 0),
    scores.checks.filter(({ score }) => score.faults === 0),
  ]
  return (
    <Page
      title={t('checks.title')}
      lead={t('checks.lead', {
        share: share(inOrder(total), 1),
        count: total.asked,
        n: count(total.asked),
        faults: count(total.faults),
      })}
      crumbs={[{ name: t('nav.myWork'), to: to('myWork') }]}
      facts={<span>{t('findings.imported', { at: instant(run.importedAt) })}</span>}
    >
      {(tier === 'analyst' || tier === 'steward') && (
        <p className="no-print">
          <a href={to('jumps')}>{t('jumps.title')}</a>
        </p>
      )}
      <Section title={t('checks.byCheck')}>
        <p className="note">{t('findings.how')}</p>
        {withFaults.length > 0 && (
          <WideTable label={t('checks.byCheck')}>
            <thead>
              <tr>
                <th scope="col">{t('checks.check')}</th>
                <th scope="col">{t('findings.whereToCorrect')}</th>
                <ScoreHead />
              </tr>
            </thead>
            <tbody>
              {withFaults.map(({ check, score, before }) => (
                <tr key={check}>
                  <th scope="row">{told.has(check) ? name(told.get(check)!.title) : check}</th>
                  <td>{told.has(check) ? name(told.get(check)!.where) : ''}</td>
                  <ScoreCells score={score} before={before} />
                </tr>
              ))}
            </tbody>
          </WideTable>
        )}
        {without.length > 0 && (
          <details className={css.clean}>
            <summary>{t('checks.clean', { count: without.length, n: count(without.length) })}</summary>
            <ul>
              {without.map(({ check, score }) => (
                <li key={check}>
                  {told.has(check) ? name(told.get(check)!.title) : check}{' '}
                  <span className="small">
                    {t('checks.asked', { count: score.asked, n: count(score.asked) })}
                  </span>
                </li>
              ))}
            </ul>
          </details>
        )}
      </Section>
      {runs.length > 1 && (
        <Section title={t('checks.overTime')} id="over-time" className="stack">
          {chosen && (
            <ScoreLine title={`${name(chosen.name)}: ${t('checks.overTimeOf')}`} runs={chosen.runs} />
          )}
          <ScoreLine title={t('checks.overTimeChart')} runs={runs} />
        </Section>
      )}
      {municipalities.length > 1 && (
        <Units
          title={t('checks.byMunicipality')}
          units={municipalities}
          link={(id) => to('municipality', { id })}
        />
      )}
      <Units
        title={t('checks.byInstitution')}
        units={institutions}
        link={(id) => (tier === 'municipality' ? to('findings', { id }) : to('school', { id }))}
      />
    </Page>
  )
}

function Units({
  title,
  units,
  link,
}: {
  title: string
  units: readonly UnitScore[]
  link: (id: string) => string
}) {
  const { t, to, name } = useLanguage()
  return (
    <Section title={title}>
      <WideTable label={title}>
        <thead>
          <tr>
            <th scope="col">{t('checks.place')}</th>
            <ScoreHead />
          </tr>
        </thead>
        <tbody>
          {units.map(({ unit, score, before }) => (
            <tr key={unit.id}>
              <th scope="row">
                <a href={link(unit.id)}>{name(unit.name)}</a>{' '}
                {before && (
                  <a className={css.line} href={`${to('checks')}?${query({ place: unit.id })}#over-time`}>
                    {t('checks.seeOverTime')}
                  </a>
                )}
              </th>
              <ScoreCells score={score} before={before} />
            </tr>
          ))}
        </tbody>
      </WideTable>
    </Section>
  )
}

function ScoreHead() {
  const { t } = useLanguage()
  return (['share', 'faults', 'of', 'change'] as const).map((head) => (
    <th key={head} scope="col" className="n">
      {t(`checks.column.${head}`)}
    </th>
  ))
}

/** Share in order, bad answers, records asked, and by how many bad answers there are more than in the run before. */
function ScoreCells({ score, before }: { score: Score; before?: Score | null }) {
  const { share, count, signed, t } = useLanguage()
  const change = before ? score.faults - before.faults : null
  return (
    <>
      <td className="n">{share(inOrder(score), 1)}</td>
      <td className="n">{count(score.faults)}</td>
      <td className="n">{count(score.asked)}</td>
      {before !== undefined && (
        <td className="n">{change === null ? '–' : change === 0 ? t('checks.noChange') : signed(change)}</td>
      )}
    </>
  )
}
