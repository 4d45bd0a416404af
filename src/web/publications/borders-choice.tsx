import type { Borders } from '#terms/borders.ts'
import { useLanguage } from '../text/language.ts'
import css from './borders-choice.module.css'

/** In which borders earlier years are told. */
export function BordersChoice({ here, chosen }: { here: string; chosen: Borders }) {
  const { t } = useLanguage()
  const choices = [
    { borders: 'then', to: here, name: t('series.ofTheirTime') },
    { borders: 'today', to: `${here}?borders=today`, name: t('series.ofToday') },
  ] as const
  return (
    <nav className={`${css.choice} no-print`} aria-label={t('series.borders')}>
      <ul className="chips">
        {choices.map(({ borders, to, name }) => (
          <li key={borders}>
            <a href={`${to}#change`} aria-current={borders === chosen ? 'page' : undefined}>
              {name}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}
