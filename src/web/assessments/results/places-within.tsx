import { UnitTable } from '../../charts/unit-table.tsx'
import { Section } from '../../parts/page.tsx'
import { csvAddress, figureOf } from '../../publications/unit-view.ts'
import { isShown } from '../../text/sentences.ts'
import { roundCodes } from './load-place.ts'
import css from './place.module.css'
import type { Part } from './place-sections.tsx'

/** Schools of a municipality, municipalities of a region or of the state: by the alphabet, never by result. */
export function PlacesWithin({ view, loaded }: Part) {
  const { language, data } = view
  const { t } = language
  const { unit } = data.profile
  const { means, lowest, tookPart } = loaded.children
  const isOfSchools = unit.level === 'municipality'
  const told = means.some(({ cell }) => cell.absent !== 'not_public')
  const stateOf = (code: string) => {
    const figure = figureOf(data, code, loaded.round.subject)
    const state =
      unit.level === 'state'
        ? figure?.cell
        : figure?.against.find((each) => each.unit.level === 'state')?.cell
    return isShown(state) ? state.value : null
  }
  const tables = [
    { code: roundCodes.mean, figures: means },
    { code: roundCodes.lowest, figures: lowest },
    { code: roundCodes.tookPart, figures: tookPart },
  ]
  return (
    <Section
      title={t(isOfSchools ? 'results.place.schools' : 'results.place.municipalities')}
      id="places"
      className="stack"
    >
      <p>
        {t(
          isOfSchools
            ? told
              ? 'results.place.schoolsSay'
              : 'results.place.schoolsNot'
            : 'results.place.municipalitiesSay',
        )}
      </p>
      {told &&
        tables.map(({ code, figures }, at) => {
          const indicator = view.indicatorOf(code)
          if (!indicator || figures.length === 0) return null
          const table = (
            <UnitTable
              key={code}
              caption={language.name(indicator.name)}
              indicator={indicator}
              figures={figures}
              state={stateOf(code)}
              assessment={data.main}
              rules={loaded.rules}
              year={data.yearInAddress}
            />
          )
          return at === 0 ? (
            table
          ) : (
            <details key={code} className={css.more}>
              <summary>{language.name(indicator.name)}</summary>
              {table}
            </details>
          )
        })}
      {told && (
        <p className="small no-print">
          <a
            href={csvAddress({
              indicator: roundCodes.mean,
              year: loaded.round.schoolYear,
              subject: loaded.round.subject,
              level: isOfSchools ? 'school' : 'municipality',
              parent: unit.level === 'state' ? null : unit.id,
            })}
            download
          >
            {t('chart.download')}
          </a>
        </p>
      )}
    </Section>
  )
}
