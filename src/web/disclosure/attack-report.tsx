import type { AttackSummary } from '#modules/disclosure/model.ts'
import { useLanguage } from '../text/language.ts'
import css from './attack-report.module.css'

/** What the attack on a release found, in plain words first and then in its own numbers. */
export function AttackReport({ attack }: { attack: AttackSummary }) {
  const { t, count, number } = useLanguage()
  const { tightest, withheld = [] } = attack
  const told = [
    ['tables', count(attack.tables)],
    ['cells', count(attack.cells)],
    ['hidden', count(attack.hidden)],
    ['components', count(attack.components)],
    ['largest', count(attack.largest)],
    ['constructed', count(attack.constructed)],
    ['programmes', count(attack.programmes)],
    ['seconds', number(attack.seconds, 1)],
  ] as const
  return (
    <div className={css.report}>
      <div className="stack">
        <p>{t('attack.how')}</p>
        <p>
          {attack.hidden === 0
            ? t('attack.nothingHidden')
            : attack.leaks === 0
              ? t('attack.safe', { n: count(attack.hidden) })
              : t('attack.leaks', { n: count(attack.leaks) })}
        </p>
        {tightest && (
          <p>
            {tightest.high === null
              ? t('attack.tightestOpen', { low: count(tightest.low) })
              : t('attack.tightest', { low: count(tightest.low), high: count(tightest.high) })}{' '}
            <code>{tightest.key}</code>
          </p>
        )}
        {attack.insiders > 0 && <p>{t('attack.insiders', { n: count(attack.insiders) })}</p>}
        {withheld.length > 0 && (
          <>
            <p>
              {t('attack.withheld', {
                n: count(withheld.reduce((sum, { figures }) => sum + figures, 0)),
                groups: count(withheld.length),
              })}
            </p>
            <ul>
              {withheld.map(({ indicators, schoolYear, subject, figures }) => (
                <li key={`${indicators.join()} ${schoolYear} ${subject}`}>
                  <code>
                    {indicators.join(', ')} · {schoolYear}
                    {subject === '-' ? '' : ` · ${subject}`}
                  </code>
                  : {count(figures)}
                </li>
              ))}
            </ul>
          </>
        )}
        {attack.alreadyTold > 0 && <p>{t('attack.alreadyTold', { n: count(attack.alreadyTold) })}</p>}
      </div>
      <dl className={css.numbers}>
        {told.map(([what, figure]) => (
          <div key={what}>
            <dt>{t(`attack.${what}`)}</dt>
            <dd>{figure}</dd>
          </div>
        ))}
      </dl>
    </div>
  )
}
