import type { Tier } from '#modules/access/model.ts'
import type { Language } from '../text/language.ts'

/** What a person sees, or for whom nothing but a duty opens anything, the duty. */
export function seesOf({ t }: Pick<Language, 't'>, tier: Tier, duties: readonly string[]): string {
  const said = duties.map((duty) => t(`myWork.duty.${duty as 'author'}`))
  const does = said.length > 0 ? [t('myWork.duties', { names: said.join(', ') })] : []
  return (tier === 'researcher' && does.length > 0 ? does : [t(`tierSees.${tier}`), ...does]).join(' ')
}
