import type { ReactNode } from 'react'
import type { DatedRule } from '#modules/disclosure/model.ts'
import { useLanguage } from '../text/language.ts'
import { type Filled, type RuleField, ruleFields } from './filled-rule.ts'
import { HowDecided } from './how-decided.tsx'
import css from './rule-form.module.css'
import { topicName } from './rule-words.ts'

interface Form {
  filled: Filled
  faults: Partial<Record<RuleField, string>>
}

/** A changed rule to be tried: filled with the one in force, checked where it arrives, with what is wrong beside its field. */
export function RuleForm(
  props: Form & {
    rules: readonly DatedRule[]
    rule: DatedRule
    general: string | null
    csrf: string
  },
) {
  const language = useLanguage()
  const { t, to } = language
  const { rule, faults } = props
  const page = to('ruleTrials')
  const about = (topic: string) => `${page}?topic=${encodeURIComponent(topic)}`
  const labels = fieldLabels(language.t)
  return (
    <>
      <nav aria-label={t('ruleTrials.choose')}>
        <ul className="chips">
          {props.rules.map(({ topic }) => (
            <li key={topic}>
              <a href={`${about(topic)}#try`} aria-current={topic === rule.topic ? 'page' : undefined}>
                {topicName(language, topic)}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      {(props.general || Object.keys(faults).length > 0) && (
        <div className={css.summary} role="alert">
          <b>{t('ruleTrials.notAsked')}</b>
          <ul className="bullets">
            {props.general && <li>{props.general}</li>}
            {ruleFields.map(
              (field) =>
                faults[field] && (
                  <li key={field}>
                    <a href={`#${field}`}>{labels[field]}</a>: {faults[field]}
                  </li>
                ),
            )}
          </ul>
        </div>
      )}
      <div className={css.beside}>
        <form method="post" action={`${about(rule.topic)}#try`} className={css.form} noValidate>
          <input type="hidden" name="csrf" value={props.csrf} />
          <input type="hidden" name="topic" value={rule.topic} />
          <Field name="minimum" label={labels.minimum} hint={t('ruleTrials.hint.minimum')} form={props} />
          <div className={css.field}>
            <label className={css.box}>
              <input
                type="checkbox"
                name="groupDisclosure"
                id="groupDisclosure"
                defaultChecked={props.filled.groupDisclosure !== ''}
              />
              {labels.groupDisclosure}
            </label>
          </div>
          <Group title={t('ruleTrials.group.dominance')} hint={t('ruleTrials.hint.dominance')}>
            <Field name="dominancePeople" label={labels.dominancePeople} form={props} />
            <Field name="dominanceShare" label={labels.dominanceShare} unit="%" form={props} />
          </Group>
          <Field name="decimals" label={labels.decimals} hint={t('ruleTrials.hint.decimals')} form={props} />
          <Group title={t('ruleTrials.group.protection')} hint={t('ruleTrials.hint.protection')}>
            <Field name="protectBelow" label={labels.protectBelow} form={props} />
            <Field name="protectAbove" label={labels.protectAbove} form={props} />
          </Group>
          <div className={css.send}>
            <button type="submit" className="button">
              {t('ruleTrials.send')}
            </button>
            <p className="small">{t('ruleTrials.sendMeans')}</p>
          </div>
        </form>
        <HowDecided />
      </div>
    </>
  )
}

function fieldLabels(t: ReturnType<typeof useLanguage>['t']): Record<RuleField, string> {
  return {
    minimum: t('ruleTrials.field.minimum'),
    groupDisclosure: t('ruleTrials.field.groupDisclosure'),
    dominancePeople: t('ruleTrials.field.dominancePeople'),
    dominanceShare: t('ruleTrials.field.dominanceShare'),
    decimals: t('ruleTrials.field.decimals'),
    protectBelow: t('ruleTrials.field.protectBelow'),
    protectAbove: t('ruleTrials.field.protectAbove'),
  }
}

function Group({ title, hint, children }: { title: string; hint: string; children: ReactNode }) {
  return (
    <fieldset className={css.group}>
      <legend>{title}</legend>
      <p className="small">{hint}</p>
      <div className={css.pair}>{children}</div>
    </fieldset>
  )
}

function Field(props: { name: RuleField; label: string; hint?: string; unit?: string; form: Form }) {
  const { name } = props
  const fault = props.form.faults[name]
  const described = [props.hint && `${name}-hint`, fault && `${name}-fault`].filter(Boolean).join(' ')
  return (
    <div className={css.field}>
      <label htmlFor={name}>{props.label}</label>
      {props.hint && (
        <p className="small" id={`${name}-hint`}>
          {props.hint}
        </p>
      )}
      {fault && (
        <p className={css.fault} id={`${name}-fault`}>
          {fault}
        </p>
      )}
      <span className={css.entry}>
        <input
          id={name}
          name={name}
          inputMode="decimal"
          autoComplete="off"
          maxLength={20}
          defaultValue={props.form.filled[name]}
          aria-invalid={fault ? true : undefined}
          aria-describedby={described || undefined}
        />
        {props.unit && <span aria-hidden="true">{props.unit}</span>}
      </span>
    </div>
  )
}
