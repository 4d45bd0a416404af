import { ExemptReason, type NamedParticipant } from '#modules/assessments/model.ts'
import { type Language, useLanguage } from '../../text/language.ts'
import { Field, SentForm } from './parts.tsx'
import css from './rounds.module.css'

/**
 * A pupil of a session: how things stand, and on demand a form to say otherwise.
 *
 * @param isReading  of a test of reading, in which nothing is read aloud
 */
export function PupilLine(props: { pupil: NamedParticipant; isOpen: boolean; isReading: boolean }) {
  const { pupil, isOpen, isReading } = props
  const language = useLanguage()
  const { t } = language
  const said = (
    <>
      <strong>{pupil.name ?? pupil.personalCode ?? t('rounds.unnamed')}</strong>
      <span>{t(`rounds.statusOf.${pupil.status}`)}</span>
      {pupil.reason && <span className="small">{t(`rounds.reasons.${pupil.reason}`)}</span>}
      <span className="small">{needsInWords(language, pupil.needs).join(', ')}</span>
    </>
  )
  return (
    <li id={`p-${pupil.id}`}>
      {isOpen && !pupil.started ? (
        <details>
          <summary data-change={t('rounds.change')}>{said}</summary>
          <PupilForm pupil={pupil} isReading={isReading} />
        </details>
      ) : (
        <div className={css.still}>{said}</div>
      )}
    </li>
  )
}

/** What a child needs otherwise than usual. */
function needsInWords({ t, count }: Language, needs: NamedParticipant['needs']): string[] {
  return [
    ...(needs.size && needs.size > 100 ? [`${t('rounds.size').toLowerCase()} ${needs.size} %`] : []),
    ...(needs.colours && needs.colours !== 'plain' ? [t(`items.colour.${needs.colours}`)] : []),
    ...(needs.wide ? [t('rounds.wide').toLowerCase()] : []),
    ...(needs.readAloud ? [t('rounds.readAloud').toLowerCase()] : []),
    ...(needs.extraMinutes ? [t('rounds.extra', { n: count(needs.extraMinutes) })] : []),
  ]
}

function PupilForm({ pupil, isReading }: { pupil: NamedParticipant; isReading: boolean }) {
  const { t } = useLanguage()
  const { needs } = pupil
  return (
    <SentForm what="pupil">
      <input type="hidden" name="participant" value={pupil.id} />
      <div className={css.row}>
        <Field label={t('rounds.status')}>
          <select name="status" defaultValue={pupil.status}>
            {(['expected', 'absent', 'exempt'] as const).map((status) => (
              <option key={status} value={status}>
                {t(`rounds.statusOf.${status}`)}
              </option>
            ))}
          </select>
        </Field>
        <Field label={t('rounds.exemptReason')}>
          <select name="reason" defaultValue={pupil.reason ?? ''}>
            <option value="">{t('rounds.noReason')}</option>
            {ExemptReason.options.map((reason) => (
              <option key={reason} value={reason}>
                {t(`rounds.reasons.${reason}`)}
              </option>
            ))}
          </select>
        </Field>
      </div>
      <fieldset>
        <legend>{t('rounds.needs')}</legend>
        <div className={css.row}>
          <Field label={t('rounds.size')}>
            <select name="size" defaultValue={needs.size ?? 100}>
              {[100, 125, 150, 200].map((size) => (
                <option key={size} value={size}>{`${size} %`}</option>
              ))}
            </select>
          </Field>
          <Field label={t('rounds.colours')}>
            <select name="colours" defaultValue={needs.colours ?? 'plain'}>
              {(['plain', 'contrast', 'dark', 'cream'] as const).map((colour) => (
                <option key={colour} value={colour}>
                  {t(`items.colour.${colour}`)}
                </option>
              ))}
            </select>
          </Field>
          <Field label={t('rounds.extraMinutes')}>
            <input
              name="extraMinutes"
              type="number"
              min={0}
              max={120}
              defaultValue={needs.extraMinutes ?? 0}
            />
          </Field>
        </div>
        <label className={css.tick}>
          <input type="checkbox" name="wide" defaultChecked={needs.wide ?? false} />
          {t('rounds.wide')}
        </label>
        {isReading ? (
          <p className="small">{t('rounds.notAloud')}</p>
        ) : (
          <label className={css.tick}>
            <input type="checkbox" name="readAloud" defaultChecked={needs.readAloud ?? false} />
            {t('rounds.readAloud')}
          </label>
        )}
      </fieldset>
      <button type="submit" className="button">
        {t('rounds.saveOne')}
      </button>
    </SentForm>
  )
}
