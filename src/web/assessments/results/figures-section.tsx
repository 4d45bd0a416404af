import type { FiguresJob } from '#modules/assessments/model.ts'
import { LooksAgain } from '../../parts/looks-again.tsx'
import { Section } from '../../parts/page.tsx'
import { useLanguage } from '../../text/language.ts'

const OFTEN = 5 // s between two looks of the page

/** How far the figures of groups are that follow an official step: computed first, then released. */
export function FiguresSection(props: { figures: readonly FiguresJob[]; looksAgain: boolean }) {
  const { t, to, share, instant } = useLanguage()
  const { figures, looksAgain } = props
  const isBusy = figures.some(({ state }) => state === 'waiting' || state === 'running')
  return (
    <Section title={t('results.figures.title')} id="figures" className="stack">
      {isBusy && looksAgain && <LooksAgain seconds={OFTEN} />}
      {figures.length === 0 ? (
        <p>{t('results.figures.none')}</p>
      ) : (
        <div role="status">
          <ul className="bullets">
            {figures.map(({ kind, state, done, askedAt, endedAt }) => (
              <li key={kind}>
                {t(`results.figures.kind.${kind}`)}: {t(`results.figures.state.${state}`)}
                {state === 'running' && (
                  <>
                    {' '}
                    <progress
                      max={1}
                      aria-label={t(`results.figures.kind.${kind}`)}
                      {...(done > 0 && { value: done })}
                    />{' '}
                    {done > 0 && share(done)}
                  </>
                )}{' '}
                <span className="small">{instant(endedAt ?? askedAt)}</span>
              </li>
            ))}
          </ul>
        </div>
      )}
      {isBusy && (
        <p className="small no-print">
          {looksAgain ? t('results.figures.renews', { seconds: OFTEN }) : ''}{' '}
          <a href={looksAgain ? `${to('resultRelease')}#figures` : `${to('resultRelease')}?again#figures`}>
            {t(looksAgain ? 'results.figures.renewsNot' : 'results.figures.look')}
          </a>
        </p>
      )}
    </Section>
  )
}
