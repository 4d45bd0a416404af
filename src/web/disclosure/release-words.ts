import type { ReleaseSummary } from '#modules/publications/model.ts'
import type { Language } from '../text/language.ts'

type Counted = Pick<ReleaseSummary, 'absent'>

/** Figures a release, or a part of it, does not tell, whatever the reason. */
export function hiddenIn({ absent }: Counted): number {
  return absent.reduce((total, { figures }) => total + figures, 0)
}

/** „Jauni: 12; mainīti: 3” – what a release changed of the one before. */
export function changeInWords({ t, count }: Language, { change }: Pick<ReleaseSummary, 'change'>): string {
  if (!change) return t('releases.first')
  const parts = (['added', 'changed', 'withdrawn'] as const).flatMap((what) =>
    change[what] === 0 ? [] : [t(`releases.${what}`, { n: count(change[what]) })],
  )
  return parts.length === 0 ? t('releases.reasonsOnly') : parts.join('; ')
}
