import type { AssemblyReport } from '#modules/assessments/model.ts'
import { ChartFrame } from '../../charts/chart-frame.tsx'
import { CurvePlot } from '../../charts/curve-plot.tsx'
import { scaleFrom, scaleOver } from '../../charts/scale.ts'
import { useLanguage } from '../../text/language.ts'
import css from './assembly.module.css'

const HEIGHT = 200 // px of the plot

/** How much the items tell along the scale, with the places where they are to tell most and what is aimed at there. */
export function InformationChart({ report: { curve, cuts } }: { report: AssemblyReport }) {
  const { t, number } = useLanguage()
  if (curve.length === 0) return <p>{t('assembly.noCurve')}</p>
  const scale = scaleFrom(curve[0]!.at, curve.at(-1)!.at, 6)
  const aims = cuts.flatMap(({ aim }) => (aim === null ? [] : [aim]))
  const upwards = scaleOver(
    [...curve.map(({ information }) => information), ...aims],
    { low: 0, high: Number.POSITIVE_INFINITY },
    4,
  )
  const weakest = cuts.reduce((a, b) => (b.information < a.information ? b : a))
  const missed = cuts.filter(({ aim, information }) => aim !== null && information < aim)
  const error = (own: number | null) => (own === null ? '–' : number(own, 0))
  return (
    <ChartFrame
      title={t('assembly.curve')}
      say={
        <>
          {t('assembly.curveSay', { at: number(weakest.at, 0), error: error(weakest.error) })}{' '}
          {aims.length > 0 &&
            (missed.length === 0
              ? t('assembly.aimMet')
              : t('assembly.aimMissed', { at: missed.map(({ at }) => number(at, 0)).join('; ') }))}
        </>
      }
      origin={{}}
      table={
        <table className="data">
          <thead>
            <tr>
              <th scope="col">{t('assembly.cut')}</th>
              <th scope="col" className="n">
                {t('assembly.informationOf')}
              </th>
              <th scope="col" className="n">
                {t('assembly.aim')}
              </th>
              <th scope="col" className="n">
                {t('assembly.errorOf')}
              </th>
            </tr>
          </thead>
          <tbody>
            {cuts.map((cut) => (
              <tr key={cut.at}>
                <th scope="row">{number(cut.at, 0)}</th>
                <td className="n">{number(cut.information, 2)}</td>
                <td className="n">{cut.aim === null ? '–' : number(cut.aim, 2)}</td>
                <td className="n">{error(cut.error)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      }
    >
      <CurvePlot
        scale={scale}
        upwards={upwards}
        label={t('assembly.informationAxis')}
        curves={[{ key: 'form', points: curve.map(({ at, information }) => [at, information]) }]}
        height={HEIGHT}
        over={(y) =>
          cuts.map(({ at, information, aim }) => (
            <g key={at}>
              <line className={css.cut} x1={scale.at(at)} x2={scale.at(at)} y1="0" y2={HEIGHT} />
              {aim !== null && (
                <line
                  className={css.aim}
                  x1={`${scale.percent(at) - 4}%`}
                  x2={`${scale.percent(at) + 4}%`}
                  y1={y(aim)}
                  y2={y(aim)}
                />
              )}
              <circle className={css.dot} cx={scale.at(at)} cy={y(information)} r="4.5" />
            </g>
          ))
        }
      />
    </ChartFrame>
  )
}
