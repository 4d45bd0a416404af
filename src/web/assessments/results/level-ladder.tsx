import type { ResultSheet } from '#modules/assessments/model.ts'
import { useLanguage } from '../../text/language.ts'
import css from './results.module.css'

/** The four levels in a row; where the child stands is said by words too. */
export function LevelLadder({ sheet: { level, levels } }: { sheet: ResultSheet }) {
  const { t, name } = useLanguage()
  return (
    <ol className={css.ladder}>
      {levels.map((words, at) => (
        <li key={words.lv} aria-current={level === at + 1 ? 'true' : undefined}>
          {name(words)}
          {level === at + 1 && <span className="hidden"> ({t('results.here')})</span>}
        </li>
      ))}
    </ol>
  )
}
