import type { DatedRule, TrialSummary } from '#modules/disclosure/model.ts'
import { WideTable } from '../parts/wide-table.tsx'
import { useLanguage } from '../text/language.ts'
import { changesOf, topicName } from './rule-words.ts'
import css from './rules.module.css'

/** What was tried, newest first: what of the rule was changed, compared with the one in force today, and how it stands. */
export function TrialList(props: { trials: readonly TrialSummary[]; rules: readonly DatedRule[] }) {
  const language = useLanguage()
  const { t, to, instant } = language
  if (props.trials.length === 0) return <p>{t('ruleTrials.empty')}</p>
  return (
    <WideTable label={t('ruleTrials.tried')}>
      <thead>
        <tr>
          <th scope="col">{t('ruleTrials.asked')}</th>
          <th scope="col">{t('ruleTrials.changed')}</th>
          <th scope="col">{t('ruleTrials.state')}</th>
        </tr>
      </thead>
      <tbody>
        {props.trials.map((trial) => {
          const inForce = props.rules.find(({ topic }) => topic === trial.rule.topic)
          const changes = inForce ? changesOf(language, inForce, trial.rule) : []
          return (
            <tr key={trial.id}>
              <th scope="row">
                <a href={to('ruleTrial', { id: trial.id })}>{instant(trial.askedAt)}</a>
                {trial.askedBy && <small className={css.below}>{trial.askedBy}</small>}
              </th>
              <td>
                <b className={css.below}>{topicName(language, trial.rule.topic)}</b>
                {changes.length === 0
                  ? t('ruleTrials.asInForce')
                  : changes.map(({ part, before, after }) => (
                      <div key={part}>
                        {t(`rulePart.${part}`)}: {before} → {after}
                      </div>
                    ))}
              </td>
              <td>{t(`trial.state.${trial.state}`)}</td>
            </tr>
          )
        })}
      </tbody>
    </WideTable>
  )
}
