import { useLanguage } from '../text/language.ts'
import css from './work.module.css'

/** What will wait here once there is a part of the system for it: said plainly, so that nobody looks for it. */
export function NotYet({ what }: { what: readonly ('tests' | 'survey' | 'plans' | 'response')[] }) {
  const { t } = useLanguage()
  return (
    <dl className={css.later}>
      {what.map((part) => (
        <div key={part}>
          <dt>{t(`work.notYet.${part}.title`)}</dt>
          <dd>{t(`work.notYet.${part}.what`)}</dd>
        </div>
      ))}
    </dl>
  )
}
