import { type LoaderFunctionArgs, useLoaderData } from 'react-router'
import type { Indicator } from '#modules/indicators/model.ts'
import { Profile, type ProfileFigure } from '#modules/publications/model.ts'
import { AbsenceReason, absenceSymbol, absenceWords } from '#terms/cell.ts'
import { areaNames, qualityAreas } from '#terms/criteria.ts'
import { dayLabel, dayOf } from '#terms/day.ts'
import { mustBeSignedIn } from '../access/must-be-signed-in.ts'
import { readCatalogue } from '../indicators/catalogue.ts'
import { subjectName } from '../indicators/subject-name.ts'
import { Page, Section } from '../parts/page.tsx'
import { WideTable } from '../parts/wide-table.tsx'
import { usePortal } from '../portal.ts'
import { query } from '../query.ts'
import { notFound, read } from '../read.ts'
import { figureWriter } from '../text/figure.ts'
import { type Language, useLanguage } from '../text/language.ts'
import { isShown } from '../text/sentences.ts'
import { yearFrom } from '../year.ts'
import css from './report.module.css'
import { ReportChoice } from './report-choice.tsx'
import { type ReportCriterion, type ReportRow, reportRows } from './report-rows.ts'

const readers = ['school', 'municipality', 'inspector', 'analyst']
const ROOM = 33 // lines on one page
const LINE = 44 // characters in the column of names, printed

export async function loader({ context, request, params }: LoaderFunctionArgs) {
  const me = mustBeSignedIn(context, request)
  if (!readers.includes(me.mandate?.tier ?? '')) throw notFound()
  const isOwn = new URL(request.url).searchParams.get('figures') === 'own'
  const asked = query({ year: yearFrom(params.year), figures: isOwn ? null : 'released' })
  const [profile, catalogue] = await Promise.all([
    read(context, `/profiles/${encodeURIComponent(params.id!)}?${asked}`, Profile),
    readCatalogue(context),
  ])
  if (isOwn && profile.audience === 'public') throw notFound()
  return { profile, catalogue, isOwn, madeAt: new Date().toISOString() }
}

/** A school or municipality on one page, for its council: the twelve criteria with figures. Printed, the page is the report. */
export default function ReportPage() {
  const { profile, catalogue, isOwn, madeAt } = useLoaderData<typeof loader>()
  const language = useLanguage()
  const { t, to, name, year } = language
  const { unit, schoolYear } = profile
  const page = unit.level === 'state' || unit.level === 'region' ? null : unit.level
  if (page === null) throw notFound()
  return (
    <div className={css.report}>
      <Page
        title={t('report.title', { unit: name(unit.name) })}
        crumbs={[
          { name: t('nav.myWork'), to: to('myWork') },
          { name: name(unit.name), to: to(page, { id: unit.id }) },
        ]}
        facts={
          <>
            {schoolYear !== null && <span>{year(schoolYear)}</span>}
            <span>{whichFigures(language, profile, isOwn)}</span>
            <span>{t('report.made', { day: dayLabel(dayOf(new Date(madeAt)), language.locale) })}</span>
          </>
        }
      >
        <ReportChoice profile={profile} isOwn={isOwn} />
        <Section>
          {schoolYear === null || profile.figures.length === 0 ? (
            <p>{t('report.empty')}</p>
          ) : (
            <Figures profile={profile} catalogue={catalogue} />
          )}
        </Section>
        <Foot profile={profile} />
      </Page>
    </div>
  )
}

function whichFigures({ t, dayOfInstant }: Language, { dataVersion }: Profile, isOwn: boolean): string {
  if (isOwn) return t('report.own')
  const { release, madeAt } = dataVersion
  return release && madeAt
    ? t('footer.release', { number: release, day: dayOfInstant(madeAt) })
    : t('releases.empty')
}

function Figures({ profile, catalogue }: { profile: Profile; catalogue: readonly Indicator[] }) {
  const language = useLanguage()
  const { t, name, count } = language
  const linesOf = (row: ReportRow) => Math.ceil(label(language, profile, row).length / LINE)
  const rows = new Map(reportRows(profile, catalogue, ROOM, linesOf).map((each) => [each.criterion, each]))
  const levels = profile.path
    .toReversed()
    .map(({ level }) => level)
    .filter((level) => level !== 'region')
  const columns = 4 + levels.length
  return (
    <div className={css.figures}>
      <WideTable label={t('report.figures')}>
        <thead>
          <tr>
            <th scope="col">{t('column.indicator')}</th>
            <th scope="col" className="n">
              {t('report.value')}
            </th>
            <th scope="col" className="n">
              {t('column.interval')}
            </th>
            <th scope="col" className="n">
              n
            </th>
            {levels.map((level) => (
              <th key={level} scope="col" className={css.against}>
                {t(`report.level.${level}`)}
              </th>
            ))}
          </tr>
        </thead>
        {qualityAreas.flatMap((area, at) =>
          area.criteria.map((criterion, within) => {
            const found = rows.get(criterion)!
            const { rows: own, more } = found
            return (
              <tbody key={criterion}>
                <tr className={css.criterion}>
                  <th scope="rowgroup" colSpan={columns}>
                    <b>
                      {at + 1}.{within + 1} {name(areaNames[criterion])}
                    </b>{' '}
                    <span>
                      {more > 0
                        ? t('report.more', { count: more, n: count(more) })
                        : within === 0 && name(area.name)}
                    </span>
                  </th>
                </tr>
                {own.map(({ indicator, figure }) => (
                  <Row
                    key={`${indicator.code} ${figure.subject}`}
                    indicator={indicator}
                    figure={figure}
                    profile={profile}
                    levels={levels}
                  />
                ))}
                {own.length === 0 && (
                  <tr>
                    <td colSpan={columns} className={css.none}>
                      {whyNone(language, found)}
                    </td>
                  </tr>
                )}
              </tbody>
            )
          }),
        )}
      </WideTable>
    </div>
  )
}

/** Why a criterion has no figure: no data of this unit and year, or not computed yet. */
function whyNone({ t, name }: Language, { without, planned }: ReportCriterion): string {
  const names = (of: typeof without) => of.map((each) => name(each)).join('; ')
  if (without.length > 0) return t('report.without', { names: names(without) })
  return planned.length > 0 ? t('report.planned', { names: names(planned) }) : t('report.none')
}

function label(language: Language, profile: Profile, { indicator, figure }: ReportRow): string {
  const assessment = profile.assessments.find(({ subject }) => subject === figure.subject)
  const subject = subjectName(language, figure.subject, assessment)
  return language.name(indicator.short) + (subject === null ? '' : `: ${subject}`)
}

function Row(props: {
  indicator: Indicator
  figure: ProfileFigure
  profile: Profile
  levels: readonly Profile['unit']['level'][]
}) {
  const { indicator, figure, profile, levels } = props
  const language = useLanguage()
  const { t, count } = language
  const { cell } = figure
  const neighbours = figure.against.map((each) => each.cell)
  const writer = figureWriter(language, indicator.unit, [cell, ...neighbours].filter(isShown).slice(0, 1))
  return (
    <tr>
      <th scope="row">{label(language, profile, { indicator, figure })}</th>
      <td className="n">
        {cell.value === null ? <Missing reason={cell.absent} /> : <b>{writer.value(cell.value)}</b>}
      </td>
      <td className="n">
        {cell.low !== null && cell.high !== null ? writer.range(cell.low, cell.high) : ''}
      </td>
      <td className="n">{cell.n === null ? '' : count(cell.n)}</td>
      {levels.map((level) => {
        const other = figure.against.find((each) => each.unit.level === level)
        if (!other) return <td key={level} />
        return (
          <td key={level} className={css.against}>
            {other.cell.value === null ? (
              <Missing reason={other.cell.absent} />
            ) : (
              writer.value(other.cell.value)
            )}
            {other.difference && <span> {t(`report.verdict.${other.difference.verdict}`)}</span>}
          </td>
        )
      })}
    </tr>
  )
}

/** A number that is not there: its symbol, explained at the foot of the page. */
function Missing({ reason }: { reason: AbsenceReason | null }) {
  const { name } = useLanguage()
  const said = reason ?? 'unavailable'
  return (
    <span title={name(absenceWords[said])}>
      <span aria-hidden="true">{absenceSymbol[said]}</span>
      <span className="hidden">{name(absenceWords[said])}</span>
    </span>
  )
}

function Foot({ profile }: { profile: Profile }) {
  const { t, name } = useLanguage()
  const { figures, dataVersion } = profile
  const used = new Set(
    figures.flatMap(({ cell, against }) => [cell.absent, ...against.map((each) => each.cell.absent)]),
  )
  const reasons = AbsenceReason.options.filter((reason) => used.has(reason))
  const hasBanner = usePortal()?.config.data !== 'real'
  return (
    <div className={css.foot}>
      <p>{t('report.howToRead')}</p>
      {reasons.length > 0 && (
        <p>
          {t('report.absent')}{' '}
          {reasons.map((reason) => `${absenceSymbol[reason]} – ${name(absenceWords[reason])}`).join('; ')}.
        </p>
      )}
      <p>
        {t('report.source', { version: dataVersion.id })}
        {hasBanner && ` ${t('report.madeUp')}`} <span className={css.union}>{t('footer.union')}.</span>
      </p>
    </div>
  )
}
