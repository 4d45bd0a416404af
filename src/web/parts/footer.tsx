import { usePortal } from '../portal.ts'
import { useLanguage } from '../text/language.ts'
import css from './footer.module.css'

export function Footer() {
  const { t, to, dayOfInstant } = useLanguage()
  const version = usePortal()?.config.dataVersion
  return (
    <footer className={css.foot}>
      <div className={`wrap ${css.columns}`}>
        <div className={css.about}>
          <b>{t('footer.name')}</b>
          <p>{t('footer.about')}</p>
          {version?.release && version.madeAt && (
            <p>{t('footer.release', { number: version.release, day: dayOfInstant(version.madeAt) })}</p>
          )}
          <p className={css.union}>
            <Union />
            {t('footer.union')}
          </p>
        </div>
        <nav className="no-print" aria-labelledby="foot-data">
          <b id="foot-data">{t('footer.data')}</b>
          <ul>
            <li>
              <a href={to('data')}>{t('footer.api')}</a>
            </li>
            <li>
              <a href={to('indicators')}>{t('footer.definitions')}</a>
            </li>
            <li>
              <a href={to('releases')}>{t('footer.releases')}</a>
            </li>
            <li>
              <a href={to('rules')}>{t('footer.rules')}</a>
            </li>
          </ul>
        </nav>
        <nav className="no-print" aria-labelledby="foot-help">
          <b id="foot-help">{t('footer.help')}</b>
          <ul>
            <li>
              <a href={to('help')}>{t('footer.howToRead')}</a>
            </li>
            <li>
              <a href={to('glossary')}>{t('footer.glossary')}</a>
            </li>
            <li>
              <a href={to('classifiers')}>{t('classifiers.title')}</a>
            </li>
          </ul>
        </nav>
        <nav className="no-print" aria-labelledby="foot-site">
          <b id="foot-site">{t('footer.site')}</b>
          <ul>
            <li>
              <a href={to('accessibility')}>{t('footer.accessibility')}</a>
            </li>
            <li>
              <a href={to('privacy')}>{t('footer.privacy')}</a>
            </li>
            <li>
              <a href={to('processing')}>{t('footer.processing')}</a>
            </li>
          </ul>
        </nav>
      </div>
    </footer>
  )
}

/** The emblem of the European Union: twelve upright stars in a circle, on blue. */
function Union() {
  return (
    <svg width="36" height="24" viewBox="-27 -18 54 36" aria-hidden="true">
      <path fill="#039" d="M-27-18h54v36h-54z" />
      {Array.from({ length: 12 }, (_, hour) => {
        const angle = (hour * Math.PI) / 6
        const at = `translate(${(12 * Math.sin(angle)).toFixed(2)} ${(-12 * Math.cos(angle)).toFixed(2)})`
        return <path key={at} fill="#fc0" d={star} transform={at} />
      })}
    </svg>
  )
}

const star = `M${Array.from({ length: 10 }, (_, corner) => {
  const radius = corner % 2 === 0 ? 2 : 0.764
  const angle = (corner * Math.PI) / 5
  return `${(radius * Math.sin(angle)).toFixed(2)},${(-radius * Math.cos(angle)).toFixed(2)}`
}).join('L')}Z`
