import type { Indicator } from '#modules/indicators/model.ts'
import type { ProfileFigure } from '#modules/publications/model.ts'
import { ruleFor } from '../parts/absences.ts'
import type { UnitView } from '../publications/unit-view.ts'
import { absenceClause, inPlace, isShown, peopleOf, verdict } from '../text/sentences.ts'

/**
 * How a unit is doing in one sentence or two, from its own figure: „Rīgā tā ir 71 % (no 69 līdz 73; 95 %), 812 skolēni. Nav skaidras
 * atšķirības no valsts.” Where there is no figure, why.
 */
export function figureSentence(view: UnitView, indicator: Indicator, figure: ProfileFigure): string {
  const { language, data, rules } = view
  const { t } = language
  const { cell } = figure
  const { unit } = data.profile
  const place = inPlace(language, unit.name, unit.level)
  if (!isShown(cell)) {
    const clause = absenceClause(language, cell.absent ?? 'unavailable', ruleFor(rules, indicator))
    return t('unitIndicator.absent', { place: capital(place), reason: clause })
  }
  const write = view.writerOf(figure)
  const said = [
    write.value(cell.value),
    write.surely(cell),
    cell.n !== null && indicator.kind !== 'count' ? peopleOf(language, indicator, cell.n) : null,
  ].filter(Boolean)
  const judged = figure.against.filter(({ difference }) => difference !== null)
  const verdicts = judged.map(({ unit: other, difference }) =>
    verdict(language, indicator, difference!, other.level),
  )
  const first = t('unitIndicator.is', { place: capital(place), figure: said.join(', ') })
  return verdicts.length > 0 ? `${first} ${capital(verdicts.join('; '))}.` : first
}

function capital(text: string): string {
  return text.charAt(0).toLocaleUpperCase('lv') + text.slice(1)
}
