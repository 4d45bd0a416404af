import { type LoaderFunctionArgs, useLoaderData } from 'react-router'
import { Page } from '../parts/page.tsx'
import { usePortal } from '../portal.ts'
import { AudienceMark } from '../publications/audience-mark.tsx'
import { loadUnitPage, type UnitPageData } from '../publications/load-unit-page.ts'
import { OverviewSection } from '../publications/overview-section.tsx'
import { viewOf } from '../publications/unit-view.ts'
import { WhyMissing } from '../publications/why-missing.tsx'
import { AttentionSection } from '../quality/attention-section.tsx'
import { QualitySection } from '../quality/quality-section.tsx'
import { notFound } from '../read.ts'
import { useLanguage } from '../text/language.ts'

export async function loader(args: LoaderFunctionArgs): Promise<UnitPageData> {
  const data = await loadUnitPage(args, 'school')
  if (!data?.profile.schoolYear) throw notFound()
  return data
}

/** A school by its large numbers and the twelve criteria, within another system. */
export default function SchoolPanel() {
  const data = useLoaderData<typeof loader>() as UnitPageData
  const language = useLanguage()
  const rules = usePortal()?.config.rules ?? []
  const view = viewOf(data, language, rules)
  const { profile } = data
  const { t, name, to, year } = language
  return (
    <Page
      title={name(profile.unit.name)}
      facts={
        <>
          {profile.schoolYear !== null && <span>{year(profile.schoolYear)}</span>}
          <a href={to('school', { id: profile.unit.id, year: profile.schoolYear })}>{t('embed.open')}</a>
        </>
      }
    >
      <AudienceMark view={view} />
      <WhyMissing view={view} />
      <OverviewSection view={view} />
      <AttentionSection view={view} trends={data.trends} />
      <QualitySection view={view} trends={data.trends} />
    </Page>
  )
}
