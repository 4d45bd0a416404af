import type { Scores } from '#modules/checks/model.ts'
import { ChartFrame } from '../charts/chart-frame.tsx'
import { LineBand } from '../charts/line-band.tsx'
import { scaleAround } from '../charts/scale.ts'
import { useLanguage } from '../text/language.ts'
import { inOrder } from './in-order.ts'

const WHOLE = { low: 0, high: 1 }

/** How much was in order, run by run: a sentence, a line and a table with the same numbers. Nothing where there was one run. */
export function ScoreLine({ title, runs }: { title: string; runs: Scores['runs'] }) {
  const { t, share, count, instant, dayOfInstant, signed, number } = useLanguage()
  if (runs.length < 2) return null
  const values = runs.map(({ score }) => inOrder(score))
  const scale = scaleAround(values, 'share', WHOLE)
  const [before, now] = values.slice(-2) as [number, number]
  const points = Math.round(1000 * (now - before)) / 10
  const say =
    points === 0
      ? t('checks.sayAsBefore', { share: share(now, 1) })
      : t('checks.sayChange', { share: share(now, 1), change: signed(points, 1) })
  return (
    <ChartFrame
      title={title}
      say={say}
      origin={{}}
      table={
        <table>
          <thead>
            <tr>
              <th scope="col">{t('checks.run')}</th>
              {(['share', 'faults', 'of'] as const).map((head) => (
                <th key={head} scope="col" className="n">
                  {t(`checks.column.${head}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {runs.toReversed().map(({ madeAt, score }) => (
              <tr key={madeAt}>
                <th scope="row">{instant(madeAt)}</th>
                <td className="n">{share(inOrder(score), 1)}</td>
                <td className="n">{count(score.faults)}</td>
                <td className="n">{count(score.asked)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      }
    >
      <LineBand
        // Runs stand side by side in their order: they are not made at even times.
        lines={[
          {
            of: 'own',
            name: t('checks.column.share'),
            points: values.map((value, at) => ({ year: at, value, low: null, high: null, isBroken: false })),
          },
        ]}
        scale={scale}
        turns={[]}
        writeTick={(value) => `${number(100 * value, Math.max(0, scale.decimals - 2))} %`}
        writeYear={(at) => dayOfInstant(runs[at]!.madeAt)}
      />
    </ChartFrame>
  )
}
