import type { HeldAnswer } from '#modules/assessments/model.ts'
import { usePortal } from '../../portal.ts'
import { useLanguage } from '../../text/language.ts'
import css from './marking.module.css'

/** Points for an answer: a press on what it shows, or a digit and Enter. Two forms, so that Enter never means the first button. */
export function PointsForm({ answer: { id, most, criteria, item } }: { answer: HeldAnswer }) {
  const { t } = useLanguage()
  const all = Array.from({ length: most + 1 }, (_, at) => most - at)
  return (
    <>
      <form method="post">
        <Hidden task={id} />
        <ul className={css.criteria}>
          {all.map((points) => (
            <li key={points}>
              <button type="submit" name="points" value={points}>
                <span className={css.digit}>{points}</span>
                <span lang={item.language}>
                  {criteria
                    .filter((each) => each.points === points)
                    .map(({ text }) => text)
                    .join(' · ') || t('marking.noCriterion')}
                </span>
              </button>
            </li>
          ))}
        </ul>
      </form>
      <form method="post" className={css.type} autoComplete="off">
        <Hidden task={id} />
        <label>
          {t('marking.type', { most })}
          {/* biome-ignore lint/a11y/noAutofocus: a marker types a digit and Enter, hundreds of times, without reaching for anything */}
          <input name="points" inputMode="numeric" pattern="\d{1,2}" maxLength={2} required autoFocus />
        </label>
        <button type="submit" className="button">
          {t('marking.confirm')}
        </button>
      </form>
    </>
  )
}

function Hidden({ task }: { task: string }) {
  const csrf = usePortal()?.me.csrf ?? ''
  return (
    <>
      <input type="hidden" name="csrf" value={csrf} />
      <input type="hidden" name="what" value="mark" />
      <input type="hidden" name="task" value={task} />
    </>
  )
}
