import { usePortal } from '../portal.ts'
import { useLanguage } from '../text/language.ts'
import css from './audit-filter.module.css'

export const auditActions = [
  'read_learners',
  'read_own_learner',
  'read_held',
  'read_learner',
  'sign_in',
  'search_audit',
  'record_objection',
  'withdraw_objection',
  'count_due',
  'destroy_due',
  'linkage_on',
  'linkage_off',
  'give_mandate',
  'end_mandate',
  'ask_job',
  'cancel_job',
  'retry_job',
  'try_rule',
  'upload',
  'remove_upload',
  'ask_check',
  'ask_import',
  'keep_mapping',
  'put_rule',
  'take_tiles',
  'take_boundaries',
  'rotate_keys',
  'forget_key',
  'read_item',
  'read_item_key',
  'put_framework',
  'give_duty',
  'read_observed',
  'assign_observer',
  'end_observer',
  'write_form',
  'fix_form',
  'plan_round',
  'ask_roster',
  'move_round',
  'set_session',
  'read_session',
  'print_codes',
  'say_participation',
  'read_board',
  'lead_session',
  'score_round',
  'mark_item',
  'mark_answer',
  'set_control',
  'mark_again',
  'ask_second_look',
  'scale_round',
  'read_scaling',
  'drop_item',
  'keep_item',
  'drop_anchor',
  'keep_anchor',
  'open_panel',
  'put_bookmarks',
  'end_panel_round',
  'adopt_standard',
] as const

/** What the audit trail is asked for, as it stands in the address. */
export type AuditFilterValues = Record<'person' | 'learner' | 'action' | 'since' | 'until', string | null>

/** Narrows the audit trail. A plain form: its answer is an address that can be kept and sent on. */
export function AuditFilter({ values }: { values: AuditFilterValues }) {
  const { t, to } = useLanguage()
  const seeksLearners = usePortal()?.me.mandate?.tier === 'protection_officer'
  return (
    <form className={`${css.filter} no-print`} action={to('audit')}>
      <Field label={t('audit.person')} name="person" value={values.person} maxLength={100} />
      {seeksLearners && (
        <Field label={t('audit.learner')} name="learner" value={values.learner} maxLength={36} />
      )}
      <label>
        {t('audit.action')}
        <select name="action" defaultValue={values.action ?? ''}>
          <option value="">{t('audit.any')}</option>
          {auditActions.map((action) => (
            <option key={action} value={action}>
              {t(`audit.actions.${action}`)}
            </option>
          ))}
        </select>
      </label>
      <Field label={t('audit.since')} name="since" value={values.since} type="date" />
      <Field label={t('audit.until')} name="until" value={values.until} type="date" />
      <button type="submit" className="button quiet">
        {t('audit.show')}
      </button>
      {seeksLearners && <p className="small">{t('audit.learnerNote')}</p>}
    </form>
  )
}

function Field({
  label,
  value,
  ...input
}: {
  label: string
  name: string
  value: string | null
  type?: string
  maxLength?: number
}) {
  return (
    <label>
      {label}
      <input defaultValue={value ?? ''} autoComplete="off" {...input} />
    </label>
  )
}
