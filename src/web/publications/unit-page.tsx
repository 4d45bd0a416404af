import { useLoaderData } from 'react-router'
import type { Unit } from '#modules/publications/model.ts'
import { GrowthSection } from '../growth/growth-section.tsx'
import { EmptySystem } from '../home/empty-system.tsx'
import { codes } from '../indicators/codes.ts'
import { Page } from '../parts/page.tsx'
import { YearChoice } from '../parts/year-choice.tsx'
import { usePortal } from '../portal.ts'
import { AttentionSection } from '../quality/attention-section.tsx'
import { QualitySection } from '../quality/quality-section.tsx'
import { codeWord } from '../registry/classifier-words.ts'
import { GoneNote, InstitutionSection, TerritorySection } from '../registry/register-section.tsx'
import { type Language, useLanguage } from '../text/language.ts'
import { isShown, pupils, resultSentence, resultVerdict } from '../text/sentences.ts'
import { AssessmentSection } from './assessment-section.tsx'
import { AudienceMark } from './audience-mark.tsx'
import { ChangeSection } from './change-section.tsx'
import { ChildrenSection } from './children-section.tsx'
import type { loadUnitPage, UnitPageData } from './load-unit-page.ts'
import { MeaningSection } from './meaning-section.tsx'
import { OverviewSection } from './overview-section.tsx'
import { ProgressSection } from './progress-section.tsx'
import { figureOf, type UnitView, viewOf } from './unit-view.ts'
import { WhyMissing } from './why-missing.tsx'

/** State, region, municipality or school: what is it, how is it doing, compared with whom, how did it change, what is behind it, what next. */
export function UnitPage() {
  const unit = useLoaderData<typeof loadUnitPage>()
  return unit?.profile.schoolYear ? <WholeUnit data={unit} /> : <EmptySystem />
}

function WholeUnit({ data }: { data: UnitPageData }) {
  const language = useLanguage()
  const rules = usePortal()?.config.rules ?? []
  const view = viewOf(data, language, rules)
  const { profile } = data
  const { name, to, year } = language
  return (
    <Page
      title={name(profile.unit.name)}
      windowTitle={profile.schoolYear ? `${name(profile.unit.name)}, ${year(profile.schoolYear)}` : undefined}
      crumbs={profile.path.map((above) => ({
        name: name(above.name),
        to: unitAddress(language, above, data.yearInAddress),
      }))}
      facts={<Facts view={view} register={data.register} words={data.words} />}
      lead={leadOf(view)}
    >
      <YearChoice
        years={profile.schoolYears}
        chosen={profile.schoolYear}
        to={(chosen) => to(profile.unit.level, { id: profile.unit.id, year: chosen })}
      />
      <GoneNote register={data.register} />
      <AudienceMark view={view} />
      <WhyMissing view={view} />
      <OverviewSection view={view} />
      <AttentionSection view={view} trends={data.trends} />
      <QualitySection view={view} trends={data.trends} />
      <ChangeSection view={view} data={data} />
      {data.main && <AssessmentSection view={view} assessment={data.main} />}
      <ProgressSection view={view} trends={data.trends} />
      <GrowthSection view={view} growth={data.growth} />
      <ChildrenSection view={view} />
      {'programmes' in data.register ? (
        <InstitutionSection register={data.register} words={data.words} />
      ) : (
        <TerritorySection register={data.register} />
      )}
      <MeaningSection view={view} />
    </Page>
  )
}

/** Levels a unit may have below it. */
type ChildLevel = 'region' | 'municipality' | 'school'

/** Address of a unit of any level. */
function unitAddress({ to }: Language, unit: Unit, year: number | null): string {
  return to(unit.level, { id: unit.id, year })
}

function Facts({ view, register, words }: { view: UnitView } & Pick<UnitPageData, 'register' | 'words'>) {
  const { language, data } = view
  const { t, name } = language
  const learners = figureOf(data, codes.learners)?.cell
  const { children, unit, path } = data.profile
  const municipality = path.findLast(({ level }) => level === 'municipality')
  const institution = 'programmes' in register ? register : null
  return (
    <>
      {institution?.type && <span>{codeWord(language, words, 'institution_type', institution.type)}</span>}
      {isShown(learners) && <span>{pupils(language, learners.value)}</span>}
      {children && (
        <span>
          {t(`count.${children.level as ChildLevel}`, {
            count: children.count,
            n: language.count(children.count),
          })}
        </span>
      )}
      {unit.level === 'school' && municipality && <span>{name(municipality.name)}</span>}
      {institution?.accreditedUntil && !institution.closedOn && (
        <span>{t('register.accreditedFact', { day: language.day(institution.accreditedUntil) })}</span>
      )}
      {data.profile.schoolYear && (
        <span>{t('unit.data', { year: language.year(data.profile.schoolYear) })}</span>
      )}
    </>
  )
}

/** The page in two sentences: the result with its interval, and whether it differs from the state. */
function leadOf({ language, data, writerOf }: UnitView) {
  if (!data.main) return null
  const figure = figureOf(data, data.resultCode, data.main.subject)
  if (!figure || !isShown(figure.cell)) return null
  const write = writerOf(figure)
  const result = resultSentence(language, figure.cell, data.main, write)
  const state = figure.against.find(({ unit }) => unit.level === 'state')
  if (!state?.difference || !isShown(state.cell)) return result
  const other = { level: 'state' as const, value: state.cell.value }
  return `${result} ${resultVerdict(language, state.difference, other, write)}`
}
