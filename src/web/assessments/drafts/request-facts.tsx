import type { DraftRequest } from '#modules/assessments/model.ts'
import { useLanguage } from '../../text/language.ts'
import { gradeName, type ItemBench, placeNames } from '../bench.ts'
import css from '../items.module.css'
import { Fact } from '../rounds/parts.tsx'

/** What a model was asked for, in the words of the framework. */
export function RequestFacts({ request, bench }: { request: DraftRequest; bench: ItemBench }) {
  const { t, name, count } = useLanguage()
  const place = placeNames(bench, request.place)
  return (
    <dl className={`${css.facts} ${css.parts}`}>
      <Fact name={t('items.domain')}>{name(place.domain)}</Fact>
      <Fact name={t('items.grade')}>{gradeName(t, request.place.grade)}</Fact>
      <Fact name={t('items.strand')}>{name(place.strand)}</Fact>
      <Fact name={t('items.process')}>{name(place.process)}</Fact>
      {place.outcome && <Fact name={t('items.outcome')}>{name(place.outcome)}</Fact>}
      <Fact name={t('items.kind')}>{t(`items.kinds.${request.interaction}`)}</Fact>
      <Fact name={t('items.adjustment.language')}>{t(`items.languages.${request.language}`)}</Fact>
      <Fact name={t('items.drafts.difficulty')}>
        {t(`items.drafts.difficulties.${request.difficulty ?? 'any'}`)}
      </Fact>
      <Fact name={t('items.drafts.count')}>{count(request.count)}</Fact>
      {request.instruction && <Fact name={t('items.drafts.instruction')}>{request.instruction}</Fact>}
    </dl>
  )
}
