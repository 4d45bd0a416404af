import { type LoaderFunctionArgs, useLoaderData } from 'react-router'
import { Trial } from '#modules/disclosure/model.ts'
import type { Indicator } from '#modules/indicators/model.ts'
import { dayOf } from '#terms/day.ts'
import { readCatalogue } from '../indicators/catalogue.ts'
import { LooksAgain } from '../parts/looks-again.tsx'
import { Page, Section } from '../parts/page.tsx'
import { WideTable } from '../parts/wide-table.tsx'
import { query } from '../query.ts'
import { read } from '../read.ts'
import { useLanguage } from '../text/language.ts'
import { AttackReport } from './attack-report.tsx'
import { HowDecided } from './how-decided.tsx'
import { changesOf, topicName } from './rule-words.ts'
import { RulesAnswer } from './rules-answer.ts'
import { TrialLines } from './trial-lines.tsx'
import css from './trial-page.module.css'

const REFRESH = 10 // seconds

export async function loader({ context, params, request }: LoaderFunctionArgs) {
  const trial = await read(context, `/disclosure/trials/${encodeURIComponent(params.id!)}`, Trial)
  const on = dayOf(new Date(trial.askedAt))
  const [{ items: rules }, catalogue] = await Promise.all([
    read(context, `/disclosure/rules?${query({ on })}`, RulesAnswer),
    readCatalogue(context),
  ])
  const { audience, topic } = trial.rule
  return {
    trial,
    catalogue,
    inForce: rules.find((rule) => rule.audience === audience && rule.topic === topic) ?? null,
    refreshes: new URL(request.url).searchParams.get('refresh') === 'on',
  }
}

/** One trial of a changed rule: what was changed, and what it would hide and show. */
export default function TrialPage() {
  const { trial, catalogue, inForce, refreshes } = useLoaderData<typeof loader>()
  const language = useLanguage()
  const { t, to, instant } = language
  const topic = topicName(language, trial.rule.topic)
  return (
    <Page
      title={t('trial.title', { topic })}
      crumbs={[
        { name: t('nav.myWork'), to: to('myWork') },
        { name: t('ruleTrials.title'), to: to('ruleTrials') },
      ]}
      facts={
        <>
          <span>{instant(trial.askedAt)}</span>
          {trial.askedBy && <span>{trial.askedBy}</span>}
          <span>
            <b>{t(`trial.state.${trial.state}`)}</b>
          </span>
        </>
      }
      lead={t('trial.nothingPublished')}
    >
      <Section title={t('trial.changed')}>
        <Changes inForce={inForce} rule={trial.rule} />
      </Section>
      {(trial.state === 'waiting' || trial.state === 'running') && (
        <Waiting state={trial.state} id={trial.id} refreshes={refreshes} />
      )}
      {trial.state === 'failed' && (
        <Section title={t('trial.failed')}>
          <div className="stack">
            <p>{t('trial.failedWhat')}</p>
            <p>
              <a
                className="button"
                href={`${to('ruleTrials')}?topic=${encodeURIComponent(trial.rule.topic)}#try`}
              >
                {t('trial.again')}
              </a>{' '}
              <a className="button quiet" href={to('jobs')}>
                {t('trial.jobs')}
              </a>
            </p>
          </div>
        </Section>
      )}
      {trial.report && <Report report={trial.report} catalogue={catalogue} />}
      <Section>
        <HowDecided />
      </Section>
    </Page>
  )
}

function Changes(props: { inForce: Trial['rule'] | null; rule: Trial['rule'] }) {
  const language = useLanguage()
  const { t } = language
  const changes = props.inForce ? changesOf(language, props.inForce, props.rule) : []
  if (changes.length === 0) return <p>{t('ruleTrials.asInForce')}</p>
  return (
    <WideTable label={t('trial.changed')}>
      <thead>
        <tr>
          <th scope="col">{t('trial.part')}</th>
          <th scope="col">{t('trial.inForce')}</th>
          <th scope="col">{t('trial.tried')}</th>
        </tr>
      </thead>
      <tbody>
        {changes.map(({ part, before, after }) => (
          <tr key={part}>
            <th scope="row">{t(`rulePart.${part}`)}</th>
            <td>{before}</td>
            <td>
              <b>{after}</b>
            </td>
          </tr>
        ))}
      </tbody>
    </WideTable>
  )
}

/** The page asks again by itself only where its reader wants it to (WCAG 2.2.1): after asking it does, and can be stopped. */
function Waiting(props: { state: 'waiting' | 'running'; id: string; refreshes: boolean }) {
  const { t, to, count } = useLanguage()
  const page = to('ruleTrial', { id: props.id })
  return (
    <Section title={t(`trial.stateTitle.${props.state}`)}>
      {props.refreshes && <LooksAgain seconds={REFRESH} />}
      <div className={css.waiting} role="status">
        <p>{t(`trial.what.${props.state}`)}</p>
        <p>
          {props.refreshes ? (
            <>
              {t('trial.refreshes', { count: REFRESH, n: count(REFRESH) })}{' '}
              <a href={page}>{t('trial.stop')}</a>
            </>
          ) : (
            <>
              <a href={page}>{t('trial.look')}</a> ·{' '}
              <a href={`${page}?refresh=on`}>{t('trial.keepLooking')}</a>
            </>
          )}
        </p>
      </div>
    </Section>
  )
}

function Report(props: { report: NonNullable<Trial['report']>; catalogue: readonly Indicator[] }) {
  const language = useLanguage()
  const { t, to, name, count } = language
  const { lines, units, attack } = props.report
  const indicatorName = (code: string) => {
    const indicator = props.catalogue.find((each) => each.code === code)
    return indicator ? name(indicator.short) : code
  }
  if (attack === null) {
    return (
      <Section title={t('attack.title')} id="attack">
        <p className={css.say}>{t('trial.attackWon')}</p>
      </Section>
    )
  }
  if (lines.length === 0) {
    return (
      <Section title={t('trial.would')} id="would">
        <p>{t('trial.noFigures')}</p>
      </Section>
    )
  }
  const sum = (part: 'told' | 'toldThen' | 'hides' | 'shows') =>
    lines.reduce((total, line) => total + line[part], 0)
  return (
    <>
      <Section title={t('trial.would')} id="would">
        <p className={css.say}>
          {sum('hides') + sum('shows') === 0
            ? t('trial.sameFigures', { n: count(sum('told')) })
            : t('trial.say', {
                told: count(sum('told')),
                changed: count(sum('toldThen')),
                hides: count(sum('hides')),
                shows: count(sum('shows')),
              })}
        </p>
        <TrialLines lines={lines} indicatorName={indicatorName} />
      </Section>
      <Section title={t('trial.units')} id="units">
        {units.length === 0 ? (
          <p>{t('trial.noUnits')}</p>
        ) : (
          <>
            {units.length === 200 && <p className="small">{t('trial.firstUnits', { n: count(200) })}</p>}
            <WideTable label={t('trial.units')}>
              <thead>
                <tr>
                  <th scope="col">{t('trial.place')}</th>
                  <th scope="col">{t('column.indicator')}</th>
                  <th scope="col" className="n">
                    {t('trial.figures')}
                  </th>
                </tr>
              </thead>
              <tbody>
                {units.map((unit) => (
                  <tr key={`${unit.indicator} ${unit.id}`}>
                    <th scope="row">
                      <a href={unit.level === 'state' ? to('state') : to(unit.level, { id: unit.id })}>
                        {name(unit.unit)}
                      </a>{' '}
                      <small>{t(`level.${unit.level}`)}</small>
                    </th>
                    <td>{indicatorName(unit.indicator)}</td>
                    <td className="n">{count(unit.figures)}</td>
                  </tr>
                ))}
              </tbody>
            </WideTable>
          </>
        )}
      </Section>
      <Section title={t('attack.title')} id="attack">
        <AttackReport attack={attack} />
      </Section>
    </>
  )
}
