import type { SuggestedDraft } from '#modules/assessments/model.ts'
import { Section } from '../../parts/page.tsx'
import { useLanguage } from '../../text/language.ts'
import { ItemForm } from '../item-form/item-form.tsx'
import { wordsIn } from '../item-form/words.ts'
import css from '../items.module.css'
import { KeyList } from '../key-list.tsx'
import { Field, SentForm } from '../rounds/parts.tsx'

const plain = { size: 100, colours: 'plain', wide: false, support: true } as const

/** One draft of an answer: what it looks like, what is right in it, and what the author decides; or what is wrong with it. */
export function OneDraft({ draft, mayDecide }: { draft: SuggestedDraft; mayDecide: boolean }) {
  const { t, to, instant } = useLanguage()
  const { number, content, faults, decision, decidedAt, item, reason } = draft
  const text = content?.texts[0]
  return (
    <Section title={t('items.drafts.numbered', { number })}>
      {faults.length > 0 && (
        <>
          <p className={css.lines}>{t('items.drafts.notInOrder')}</p>
          <ul className="bullets">
            {faults.map(({ field, fault }) => (
              <li key={`${field} ${fault}`}>
                {field && <code>{field}</code>} <span lang="en">{fault}</span>
              </li>
            ))}
          </ul>
        </>
      )}
      {decision && decidedAt && (
        <p className={`note ${css.lines}`}>
          <strong>{t(`items.drafts.decisions.${decision}`)}</strong>, {instant(decidedAt)}
          {item && (
            <>
              : <a href={to('item', { id: item.id })}>{item.code}</a>
            </>
          )}
          {reason && `. ${reason}`}
        </p>
      )}
      {text && (
        <div className="stack">
          <h3>{text.title}</h3>
          <ItemForm
            item={text}
            adjustments={plain}
            draw={{
              answers: {},
              media: () => '',
              words: wordsIn(text.language),
              prefix: `d${number}-`,
            }}
          />
          <KeyList text={text} />
          {content.accessibility && (
            <p>
              <strong>{t('items.accessibility')}:</strong> {content.accessibility}
            </p>
          )}
        </div>
      )}
      {text && decision === null && mayDecide && (
        <div className={`grid two ${css.decide} ${css.told}`}>
          <SentForm what="accept">
            <input type="hidden" name="draft" value={draft.id} />
            <Field label={t('items.code')} note={t('items.drafts.codeNote')}>
              <input name="code" required pattern="[A-Z0-9][A-Z0-9\-]{2,31}" autoComplete="off" />
            </Field>
            <Field label={t('items.remark')}>
              <textarea name="reason" rows={2} maxLength={500} />
            </Field>
            <button type="submit" className="button">
              {t('items.drafts.accept')}
            </button>
          </SentForm>
          <SentForm what="decline">
            <input type="hidden" name="draft" value={draft.id} />
            <Field label={t('items.drafts.whyNot')}>
              <textarea name="reason" rows={2} maxLength={500} />
            </Field>
            <button type="submit" className="button quiet">
              {t('items.drafts.decline')}
            </button>
          </SentForm>
        </div>
      )}
    </Section>
  )
}
