import { useLanguage } from '../../text/language.ts'
import css from './results.module.css'

type Shade = 'level1' | 'level2' | 'level3' | 'level4'

/** Pupils at each level as a band in four parts; the numbers stand in words for whoever does not see it. */
export function LevelBars({ levels }: { levels: readonly number[] }) {
  const { t, count } = useLanguage()
  const all = levels.reduce((sum, n) => sum + n, 0)
  if (all === 0) return null
  const said = levels
    .map((n, at) => `${at + 1}: ${t('results.levelsOf', { n: count(n), of: count(all) })}`)
    .join(', ')
  return (
    <>
      <span className="hidden">{said}</span>
      <span className={css.bars} aria-hidden="true">
        {levels.map((n, at) =>
          n === 0 ? null : (
            <span
              // biome-ignore lint/suspicious/noArrayIndexKey: the place is the level
              key={at}
              className={css[`level${at + 1}` as Shade]}
              style={{ flex: n }}
            />
          ),
        )}
      </span>
      <span className="small" aria-hidden="true">
        {levels.join(' · ')}
      </span>
    </>
  )
}
