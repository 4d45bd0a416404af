import type { ScalingOfRound } from '#modules/assessments/model.ts'
import { WideTable } from '../../parts/wide-table.tsx'
import { useLanguage } from '../../text/language.ts'

/** Runs of a test, the latest first, with what tells whether two of them are the same. */
export function RunList({ round: { code, runs } }: { round: ScalingOfRound }) {
  const { t, to, count, instant } = useLanguage()
  if (runs.length === 0) return <p>{t('scaling.runsNone')}</p>
  return (
    <WideTable label={t('scaling.runs')}>
      <thead>
        <tr>
          <th scope="col">{t('scaling.run')}</th>
          <th scope="col">{t('scaling.made')}</th>
          <th scope="col">{t('scaling.by')}</th>
          <th scope="col">{t('scaling.reason')}</th>
          <th scope="col" className="n">
            {t('scaling.seed')}
          </th>
          <th scope="col" className="n">
            {t('scaling.pupils')}
          </th>
          <th scope="col" className="n">
            {t('scaling.flags')}
          </th>
          <th scope="col">{t('scaling.fingerprint')}</th>
        </tr>
      </thead>
      <tbody>
        {runs.map((run) => {
          const same = runs.find((each) => each.number < run.number && each.outputHash === run.outputHash)
          return (
            <tr key={run.number}>
              <th scope="row">
                {run.madeAt ? (
                  <a href={to('scalingRun', { code, number: run.number })}>
                    {t('scaling.number', { number: run.number })}
                  </a>
                ) : (
                  t('scaling.number', { number: run.number })
                )}{' '}
                {run.inForce && <span className="tag">{t('scaling.inForce')}</span>}
              </th>
              <td>{run.madeAt ? instant(run.madeAt) : t('scaling.notMade')}</td>
              <td>{run.askedBy ?? t('scaling.operator')}</td>
              <td>{run.reason}</td>
              <td className="n">{run.seed}</td>
              <td className="n">{run.pupils === null ? '' : count(run.pupils)}</td>
              <td className="n">{run.flags === null ? '' : count(run.flags)}</td>
              <td>
                {run.outputHash && (
                  <>
                    <code>{run.outputHash.slice(0, 12)}</code>
                    {same && <span className="small"> {t('scaling.same', { number: same.number })}</span>}
                  </>
                )}
              </td>
            </tr>
          )
        })}
      </tbody>
    </WideTable>
  )
}
