import type { Profile } from '#modules/publications/model.ts'
import { usePortal } from '../portal.ts'
import { query } from '../query.ts'
import { useLanguage } from '../text/language.ts'
import css from './report.module.css'

/** What of the report can be chosen, and the two files it is taken along as. */
export function ReportChoice({ profile, isOwn }: { profile: Profile; isOwn: boolean }) {
  const { t, to, locale, shortYear } = useLanguage()
  const { unit, schoolYear, schoolYears } = profile
  const { mandate } = usePortal()?.me ?? {}
  const hasOwn = schoolYear !== null && (mandate?.tier !== 'school' || mandate.institutionId === unit.id)
  const page = (year: number | null, own: boolean) =>
    `${to('report', { id: unit.id, year })}${own ? '?figures=own' : ''}`
  const file = (ending: string) =>
    `/api/v1/reports/${unit.id}/report.${ending}?${query({
      year: schoolYear,
      figures: isOwn ? 'own' : 'released',
      language: locale,
    })}`
  return (
    <div className={`no-print ${css.choice}`}>
      <nav aria-label={t('report.year')}>
        <ul className="chips">
          {schoolYears.map((year) => (
            <li key={year}>
              <a href={page(year, isOwn)} aria-current={year === schoolYear ? 'true' : undefined}>
                {shortYear(year)}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      {(hasOwn || isOwn) && (
        <nav aria-label={t('report.which')}>
          <ul className="chips">
            {[false, true].map((own) => (
              <li key={String(own)}>
                <a href={page(schoolYear, own)} aria-current={own === isOwn ? 'true' : undefined}>
                  {t(own ? 'report.choice.own' : 'report.choice.released')}
                </a>
              </li>
            ))}
          </ul>
        </nav>
      )}
      <p className="note">{t(isOwn ? 'report.about.own' : 'report.about.released')}</p>
      <p className={css.files}>
        <a className="button" href={file('pdf')}>
          {t('report.pdf')}
        </a>
        <a className="button quiet" href={file('xlsx')}>
          {t('report.xlsx')}
        </a>
      </p>
    </div>
  )
}
