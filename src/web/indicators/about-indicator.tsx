import type { Indicator } from '#modules/indicators/model.ts'
import { ruleFor } from '../parts/absences.ts'
import { HowProtected } from '../parts/absent.tsx'
import { Section } from '../parts/page.tsx'
import { usePortal } from '../portal.ts'
import { useLanguage } from '../text/language.ts'
import css from './indicator-page.module.css'

/** What a reader must know before using the figure: of whom, from where, under which rule, and what it does not say. */
export function AboutIndicator({
  indicator,
  catalogue,
}: {
  indicator: Indicator
  catalogue: readonly Indicator[]
}) {
  const { t, to, name } = useLanguage()
  const rule = ruleFor(usePortal()?.config.rules ?? [], indicator)
  const parent = catalogue.find(({ code }) => code === indicator.derivedFrom)
  return (
    <Section title={t('indicator.about')} id="about">
      <p className="note">
        <b>{t('indicator.doesNotSay')}</b> {name(indicator.doesNotSay)}
      </p>
      <dl className={css.about}>
        <dt>{t('indicator.of')}</dt>
        <dd>{name(indicator.of)}</dd>
        <dt>{t('indicator.source')}</dt>
        <dd>{name(indicator.source)}</dd>
        <dt>{t('indicator.unit')}</dt>
        <dd>{t(`unitName.${indicator.unit}`)}</dd>
        <dt>{t('indicator.better')}</dt>
        <dd>{t(`better.${indicator.better}`)}</dd>
        <dt>{t('indicator.levels')}</dt>
        <dd>{indicator.levels.map((level) => t(`level.${level}`)).join(', ')}</dd>
        {parent && (
          <>
            <dt>{t('indicator.derivedFrom')}</dt>
            <dd>
              <a href={to('indicator', { code: parent.code })}>{name(parent.name)}</a>
            </dd>
          </>
        )}
        {rule && (
          <>
            <dt>{t('indicator.rule')}</dt>
            <dd>
              {name(rule.reason)} <HowProtected reason="too_few" />
            </dd>
          </>
        )}
        <dt>{t('indicator.version')}</dt>
        <dd>
          {t('indicators.code', { code: indicator.code, version: indicator.version })}{' '}
          <code title={indicator.hash}>{indicator.hash.slice(0, 12)}</code>
        </dd>
      </dl>
    </Section>
  )
}
