import type { MarkedAnswers } from '#modules/assessments/model.ts'
import { Section } from '../../parts/page.tsx'
import { usePortal } from '../../portal.ts'
import { useLanguage } from '../../text/language.ts'
import css from './marking.module.css'

/** The answers of one pupil that people marked: the head chooses which to have looked at again. */
export function ChooseAnswer({ found }: { found: MarkedAnswers }) {
  const { t, name } = useLanguage()
  const csrf = usePortal()?.me.csrf ?? ''
  const { participant, answers, wish, mayAsk } = found
  const open = answers.filter(({ isAsked }) => !isAsked)
  const said = (answer: MarkedAnswers['answers'][number]) =>
    t('marking.lookAgain.answer', answer) +
    (answer.pointsAfter !== null
      ? `, ${t('marking.lookAgain.isDecided', { n: answer.pointsAfter })}`
      : answer.isAsked
        ? `, ${t('marking.lookAgain.isAsked')}`
        : '')
  return (
    <Section
      title={t('marking.lookAgain.chooseTitle', { name: found.learner ?? t('marking.lookAgain.nameless') })}
      className="stack"
    >
      <p>{`${name(found.name)}. ${t('marking.lookAgain.chooseLead')}`}</p>
      {wish && (
        <p className="note">
          <strong>{t('marking.lookAgain.family')}:</strong> {wish}
        </p>
      )}
      {answers.length === 0 && <p>{t('marking.lookAgain.noneMarked')}</p>}
      {!mayAsk && <p className="note">{t('marking.lookAgain.over')}</p>}
      {answers
        .filter(({ isAsked }) => isAsked || !mayAsk)
        .map((answer) => (
          <p key={answer.position}>{said(answer)}</p>
        ))}
      {mayAsk && open.length > 0 && (
        <form method="post" className={`${css.fields} no-print`}>
          <input type="hidden" name="csrf" value={csrf} />
          <input type="hidden" name="participant" value={participant} />
          <fieldset className={css.choices}>
            <legend>{t('marking.lookAgain.which')}</legend>
            {open.map((answer, at) => (
              <label key={answer.position} className={css.option}>
                <input
                  type="radio"
                  name="position"
                  value={answer.position}
                  defaultChecked={at === 0}
                  required
                />
                {said(answer)}
              </label>
            ))}
          </fieldset>
          <label>
            {t('marking.reason')}
            <textarea name="reason" rows={3} maxLength={2000} required defaultValue={wish ?? ''} />
          </label>
          <button type="submit" className="button">
            {t('marking.askLook')}
          </button>
        </form>
      )}
      <p className="note">{t('marking.lookAgain.audited')}</p>
    </Section>
  )
}
