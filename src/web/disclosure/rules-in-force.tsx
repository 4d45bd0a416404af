import type { DatedRule } from '#modules/disclosure/model.ts'
import { WideTable } from '../parts/wide-table.tsx'
import { useLanguage } from '../text/language.ts'
import { partInWords, ruleParts, topicName } from './rule-words.ts'
import css from './rules.module.css'

/** The rules in force, each part in words; below, those of other times, where there are any. */
export function RulesInForce(props: {
  rules: readonly DatedRule[]
  history: readonly DatedRule[]
  /** the reader may try another rule: each row leads to the form */
  mayTry: boolean
}) {
  const { t } = useLanguage()
  const key = (rule: DatedRule) => `${rule.audience} ${rule.topic} ${rule.from}`
  const inForce = new Set(props.rules.map(key))
  const others = props.history.filter((rule) => !inForce.has(key(rule)))
  return (
    <>
      <RulesTable label={t('ruleTrials.inForce')} rules={props.rules} mayTry={props.mayTry} />
      {others.length > 0 && (
        <details>
          <summary>{t('ruleTrials.otherTimes')}</summary>
          <RulesTable label={t('ruleTrials.otherTimes')} rules={others} mayTry={false} withEnd />
        </details>
      )}
    </>
  )
}

function RulesTable(props: {
  label: string
  rules: readonly DatedRule[]
  mayTry: boolean
  withEnd?: boolean
}) {
  const language = useLanguage()
  const { t, to, day } = language
  return (
    <WideTable label={props.label}>
      <thead>
        <tr>
          <th scope="col">{t('rules.topic')}</th>
          {ruleParts.map((part) => (
            <th key={part} scope="col">
              {t(`rulePart.${part}`)}
            </th>
          ))}
          <th scope="col">{t('rules.since')}</th>
          {props.withEnd && <th scope="col">{t('rules.until')}</th>}
          {props.mayTry && (
            <th scope="col">
              <span className="hidden">{t('ruleTrials.try')}</span>
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {props.rules.map((rule) => (
          <tr key={`${rule.topic} ${rule.from}`}>
            <th scope="row">
              {topicName(language, rule.topic)}{' '}
              {rule.sensitive && <span className="tag">{t('rules.sensitive')}</span>}
            </th>
            {ruleParts.map((part) => (
              <td key={part} className={part === 'dominance' ? css.long : css.part}>
                {partInWords(language, rule, part)}
              </td>
            ))}
            <td>{day(rule.from)}</td>
            {props.withEnd && <td>{rule.until ? day(rule.until) : '–'}</td>}
            {props.mayTry && (
              <td>
                <a href={`${to('ruleTrials')}?topic=${encodeURIComponent(rule.topic)}#try`}>
                  {t('ruleTrials.tryThis')}
                  <span className="hidden">: {topicName(language, rule.topic)}</span>
                </a>
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </WideTable>
  )
}
