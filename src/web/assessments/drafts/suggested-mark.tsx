import type { ItemDetail } from '#modules/assessments/model.ts'
import { useLanguage } from '../../text/language.ts'
import type { ItemBench } from '../bench.ts'
import css from '../items.module.css'
import { RequestFacts } from './request-facts.tsx'

/** That an item came from a model, and what it was asked for: before it is used in full, then in the history only. */
export function SuggestedMark({ item, bench }: { item: ItemDetail; bench: ItemBench }) {
  const { t, instant } = useLanguage()
  const { suggested, state } = item
  if (!suggested || ['live', 'released', 'retired'].includes(state)) return null
  const { host, model, askedAt, askedBy, request } = suggested
  return (
    <div className={`note ${css.told}`}>
      <p>
        <strong>{t('items.drafts.fromModel', { model: model ?? host })}</strong> {t('items.drafts.markSays')}
      </p>
      <p>
        {t('items.drafts.askedBy', { person: askedBy ?? t('items.drafts.somebody'), host })},{' '}
        {instant(askedAt)}
      </p>
      {request && (
        <details className={css.parts}>
          <summary>{t('items.drafts.whatFor')}</summary>
          <RequestFacts request={request} bench={bench} />
        </details>
      )}
    </div>
  )
}
