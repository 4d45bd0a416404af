import type { Scores } from '#modules/checks/model.ts'
import type { ImportSummary } from '#modules/intake/model.ts'
import type { ReleaseSummary } from '#modules/publications/model.ts'
import { inOrder } from '../checks/in-order.ts'
import { changeInWords } from '../disclosure/release-words.ts'
import { Section } from '../parts/page.tsx'
import { useLanguage } from '../text/language.ts'
import { LatestImports } from './steward-work.tsx'
import css from './work.module.css'

/** What waits for the analyst: how the data stand, what was released, and what arrived last. */
export function AnalystWorkParts({
  scores,
  release,
  imports,
}: {
  scores: Scores
  /** the one in force; null: none */
  release: ReleaseSummary | null
  imports: readonly ImportSummary[]
}) {
  const language = useLanguage()
  const { t, to, count, share, dayOfInstant } = language
  return (
    <>
      <Section title={t('checks.title')} id="checks" aside={<a href={to('checks')}>{t('work.open')}</a>}>
        {scores.total ? (
          <dl className={css.state}>
            <div>
              <dt>{t('work.inOrder')}</dt>
              <dd>{share(inOrder(scores.total), 1)}</dd>
            </div>
            <div>
              <dt>{t('checks.column.faults')}</dt>
              <dd>{count(scores.total.faults)}</dd>
            </div>
          </dl>
        ) : (
          <p>{t('findings.neverAsked')}</p>
        )}
      </Section>
      <Section
        title={t('releases.title')}
        id="releases"
        aside={<a href={to('releases')}>{t('work.open')}</a>}
      >
        {release ? (
          <p>
            <a href={to('release', { number: release.number })}>{release.number}</a>{' '}
            <span className="small">
              {dayOfInstant(release.madeAt)} · {changeInWords(language, release)}
            </span>
          </p>
        ) : (
          <p>{t('releases.empty')}</p>
        )}
      </Section>
      <Section title={t('imports.title')} id="imports" aside={<a href={to('imports')}>{t('work.open')}</a>}>
        <LatestImports imports={imports} opens={false} />
      </Section>
    </>
  )
}
