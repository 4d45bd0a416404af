import type { Flag, FlagCode, RunReport } from '#modules/assessments/model.ts'
import { useLanguage } from '../../text/language.ts'
import css from './scaling.module.css'
import { groupWords } from './words.ts'

/** What somebody has to look at: what it means and what to do, and for which items. */
export function FlagList({ flags }: { flags: RunReport['flags'] }) {
  const { t } = useLanguage()
  if (flags.length === 0) return <p>{t('scaling.flagsNone')}</p>
  const byCode = Map.groupBy(flags, ({ code }) => code)
  return (
    <ul className={css.flags}>
      {[...byCode].map(([code, own]) => (
        <li key={code}>
          <h3>{t(`scaling.flag.${code}.title`)}</h3>
          <p>
            {t(`scaling.flag.${code}.means`)} <b>{t(`scaling.flag.${code}.todo`)}</b>
          </p>
          <Which code={code} flags={own} />
        </li>
      ))}
    </ul>
  )
}

function Which({ code, flags }: { code: FlagCode; flags: readonly Flag[] }) {
  const { t, number, share } = useLanguage()
  const isShare = ['tooHard', 'tooEasy', 'distractorUnused', 'participationLow', 'accuracyLow'].includes(code)
  const write = (value: number) => (isShare ? share(value) : number(value, 2))
  const said = flags.flatMap(({ items, value, group }) => {
    const whose = [...items, ...(group === null ? [] : [groupWords(t, group)])].join(', ')
    if (whose === '') return value === null ? [] : [write(value)]
    return value === null ? [whose] : [`${whose} (${write(value)})`]
  })
  return said.length === 0 ? null : <p className={css.which}>{said.join('; ')}</p>
}
