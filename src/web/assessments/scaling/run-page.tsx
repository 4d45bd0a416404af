import { type LoaderFunctionArgs, useLoaderData } from 'react-router'
import { RunDetail } from '#modules/assessments/model.ts'
import { mustBeSignedIn } from '../../access/must-be-signed-in.ts'
import { Page, Section } from '../../parts/page.tsx'
import { notFound, read } from '../../read.ts'
import { useLanguage } from '../../text/language.ts'
import { ErrorChart, ItemMap, SpreadChart, scoreScale } from './charts.tsx'
import { FlagList } from './flag-list.tsx'
import { ItemTable } from './item-table.tsx'
import { DifTable, FormTable, LinkTables, OptionTable, PairTable } from './report-tables.tsx'
import css from './scaling.module.css'

export async function loader({ context, request, params }: LoaderFunctionArgs) {
  mustBeSignedIn(context, request)
  if (!/^\d{1,5}$/.test(params.number!)) throw notFound()
  return read(
    context,
    `/scaling/rounds/${encodeURIComponent(params.code!)}/runs/${Number(params.number)}`,
    RunDetail,
  )
}

/** The report of a run, for the psychometrician: what has to be looked at first, then everything behind it. */
export default function ScalingRunPage() {
  const { code, name: round, run, scale, report, settings } = useLoaderData<typeof loader>()
  const { t, to, name, number, share, count } = useLanguage()
  const scores = scoreScale(report)
  const mastery = typeof settings.mastery === 'number' ? settings.mastery : 0.67
  const flagged = new Set(report.flags.flatMap(({ items }) => items))
  const points = (x: number) => t('scaling.pointsOf', { points: number(x, 1) })
  const { eap, wle } = report.reliability
  return (
    <Page
      title={t('scaling.reportOf', { number: run.number, round: name(round) })}
      lead={t('scaling.reportLead')}
      crumbs={[
        { name: t('nav.myWork'), to: to('myWork') },
        { name: t('scaling.title'), to: to('scaling') },
        { name: name(round), to: to('scalingRound', { code }) },
      ]}
    >
      {!run.inForce && <p className="note">{t('scaling.notInForce')}</p>}
      <Section title={t('scaling.facts')}>
        <dl className={css.facts}>
          <Fact name={t('scaling.tested')}>
            {t('scaling.testedOf', {
              tested: count(report.pupils),
              expected: count(report.expected),
              share: share(report.expected === 0 ? 0 : report.pupils / report.expected),
            })}
          </Fact>
          <Fact name={t('scaling.scale')}>
            {scale.name}: {t(`scaling.kinds.${scale.kind}`, { round: scale.linkedTo ?? '' })}
          </Fact>
          <Fact name={t('scaling.mean')}>{points(report.mean)}</Fact>
          <Fact name={t('scaling.sd')}>{points(report.sd)}</Fact>
          <Fact name={t('scaling.linkError')}>{points(scale.linkError)}</Fact>
          <Fact name={t('scaling.between')}>
            {t('scaling.betweenOf', { share: share(report.betweenSchools) })}
          </Fact>
          {wle !== null && <Fact name={t('scaling.wle')}>{number(wle, 2)}</Fact>}
          {eap !== null && <Fact name={t('scaling.eap')}>{number(eap, 2)}</Fact>}
          {report.standard && (
            <Fact name={t('scaling.accuracy')}>
              {t('scaling.accuracyOf', { share: share(report.standard.accuracy) })}
            </Fact>
          )}
          <Fact name={t('scaling.program')}>{run.program}</Fact>
          <Fact name={t('scaling.seed')}>{run.seed}</Fact>
          {report.seconds !== null && (
            <Fact name={t('scaling.seconds')}>
              {t('scaling.secondsOf', { seconds: number(report.seconds, 1) })}
            </Fact>
          )}
          <Fact name={t('scaling.input')}>
            <code>{run.inputHash?.slice(0, 16)}</code>
          </Fact>
          <Fact name={t('scaling.output')}>
            <code>{run.outputHash?.slice(0, 16)}</code>
          </Fact>
        </dl>
      </Section>
      <Section title={t('scaling.flagsTitle')}>
        <FlagList flags={report.flags} />
      </Section>
      <Section className={css.charts}>
        <SpreadChart report={report} scale={scores} />
        <ErrorChart report={report} scale={scores} />
        <ItemMap report={report} scale={scores} mastery={mastery} />
      </Section>
      <Section title={t('scaling.items')}>
        <ItemTable items={report.items} flagged={flagged} />
      </Section>
      <Section title={t('scaling.forms')}>
        <FormTable forms={report.forms} />
      </Section>
      <Section title={t('scaling.links')}>
        <LinkTables links={report.links} />
      </Section>
      <Section title={t('scaling.difTitle')}>
        <p>{t('scaling.difLead')}</p>
        <DifTable items={report.items} />
      </Section>
      <Section title={t('scaling.dependentTitle')}>
        <PairTable dependent={report.dependent} />
      </Section>
      <Section title={t('scaling.options')}>
        <OptionTable items={report.items} />
      </Section>
      <p>
        <a href={to('scalingRound', { code })}>{t('scaling.backToRound')}</a>
      </p>
    </Page>
  )
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}
