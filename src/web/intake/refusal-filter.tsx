import type { RefusalCounts } from '#modules/intake/model.ts'
import { useLanguage } from '../text/language.ts'
import css from './intake.module.css'

/** Which refusals are shown, as it stands in the address. */
export interface RefusalChoice {
  rule: string | null
  column: string | null
}

/** Narrows the refusals by rule and column; says how many there are of each. A plain form: its answer is an address. */
export function RefusalFilter(props: { id: string; counts: RefusalCounts; choice: RefusalChoice }) {
  const { t, to } = useLanguage()
  const { id, counts, choice } = props
  return (
    <form action={`${to('import', { id })}#refusals`} className={`${css.filter} no-print`}>
      <Choose name="rule" label={t('import.rule')} of={counts.rules} chosen={choice.rule} />
      {counts.columns.length > 0 && (
        <Choose name="column" label={t('import.column')} of={counts.columns} chosen={choice.column} />
      )}
      <button type="submit" className="button quiet">
        {t('import.filter')}
      </button>
    </form>
  )
}

function Choose(props: { name: string; label: string; of: RefusalCounts['rules']; chosen: string | null }) {
  const { t, count } = useLanguage()
  return (
    <label>
      {props.label}
      <select name={props.name} defaultValue={props.chosen ?? ''}>
        <option value="">{t('import.all')}</option>
        {props.of.map(({ name, count: n }) => (
          <option key={name} value={name}>
            {t('import.ruleCount', { name, n: count(n) })}
          </option>
        ))}
      </select>
    </label>
  )
}
