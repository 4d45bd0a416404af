import type { Site } from '#modules/registry/model.ts'
import { useLanguage } from '../text/language.ts'
import css from './register-section.module.css'

/** Where an institution teaches, with what is known of each building. */
export function SiteList({ sites }: { sites: readonly Site[] }) {
  const { t, to, name, count } = useLanguage()
  return (
    <ul className={css.sites}>
      {sites.map((site) => {
        const known = [
          site.capacity !== null && t('register.capacity', { count: site.capacity, n: count(site.capacity) }),
          site.buildingYear !== null && t('register.building', { year: site.buildingYear }),
          site.accessible !== null && t(site.accessible ? 'register.accessible' : 'register.notAccessible'),
        ].filter(Boolean)
        return (
          <li key={site.id}>
            <b>
              {[site.name && name(site.name), site.address].filter(Boolean).join(', ') ||
                t('register.notSaid')}
            </b>
            <span>
              <a href={to('municipality', { id: site.municipality.id })}>{name(site.municipality.name)}</a>
              {known.length > 0 && `; ${known.join('; ')}`}
            </span>
          </li>
        )
      })}
    </ul>
  )
}
