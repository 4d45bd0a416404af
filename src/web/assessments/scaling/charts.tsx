import type { RunDetail } from '#modules/assessments/model.ts'
import { Axis } from '../../charts/axis.tsx'
import { ChartFrame } from '../../charts/chart-frame.tsx'
import { type Curve, CurvePlot } from '../../charts/curve-plot.tsx'
import { type Scale, scaleFrom, scaleOver } from '../../charts/scale.ts'
import { useLanguage } from '../../text/language.ts'
import css from './scaling.module.css'

const HEIGHT = 180 // px of a plot

/** Scores from the lowest bar to the highest, so that all charts of a report stand under each other. */
export function scoreScale({ histogram, bandwidth, grid }: RunDetail['report']): Scale {
  const own = histogram.filter(({ share }) => share > 0.0005)
  const from = own[0]?.from ?? grid[0] ?? 200
  const to = (own.at(-1)?.from ?? grid.at(-1) ?? 800) + bandwidth
  return scaleFrom(Math.floor(from / 50) * 50, Math.ceil(to / 50) * 50, 6)
}

/** How scores are spread, with the places where levels begin. */
export function SpreadChart({ report, scale }: { report: RunDetail['report']; scale: Scale }) {
  const { t, number, share } = useLanguage()
  const { histogram, bandwidth, mean, sd, standard } = report
  const most = Math.max(...histogram.map((bar) => bar.share))
  return (
    <ChartFrame
      title={t('scaling.distribution')}
      say={t('scaling.distributionSay', { mean: number(mean, 0), sd: number(sd, 0) })}
      origin={{}}
      table={
        <table className="data">
          <thead>
            <tr>
              <th scope="col">{t('scaling.scores')}</th>
              <th scope="col" className="n">
                {t('scaling.shareOfPupils')}
              </th>
            </tr>
          </thead>
          <tbody>
            {histogram.map((bar) => (
              <tr key={bar.from}>
                <th scope="row">{`${bar.from}–${bar.from + bandwidth}`}</th>
                <td className="n">{share(bar.share, 1)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      }
    >
      <svg className={css.plot} width="100%" height={HEIGHT} aria-hidden="true">
        {histogram.map((bar) => {
          const height = ((HEIGHT - 24) * bar.share) / most
          const left = scale.percent(bar.from)
          return (
            <rect
              key={bar.from}
              className={css.bar}
              x={`${left}%`}
              width={`${Math.max(0, scale.percent(bar.from + bandwidth) - left) * 0.94}%`}
              y={HEIGHT - height}
              height={height}
            />
          )
        })}
        <line className={css.floor} x1="0" x2="100%" y1={HEIGHT - 0.5} y2={HEIGHT - 0.5} />
        <Cuts standard={standard} scale={scale} height={HEIGHT} />
      </svg>
      <div className={css.axis}>
        <Axis scale={scale} write={(x) => number(x, 0)} />
      </div>
    </ChartFrame>
  )
}

/** How large the error of a score is along the scale, a curve for each form. */
export function ErrorChart({ report, scale }: { report: RunDetail['report']; scale: Scale }) {
  const { t, number } = useLanguage()
  const { forms, grid, standard } = report
  const curves = forms.map(({ code, error }) => ({
    key: code,
    points: grid.flatMap((score, k): Curve => {
      const value = error[k] ?? null
      return value === null || score < scale.low || score > scale.high ? [] : [[score, value]]
    }),
  }))
  const points = curves.flatMap((curve) => curve.points)
  if (points.length === 0) return null
  const [at, least] = points.reduce((a, b) => (b[1] < a[1] ? b : a))
  const upwards = scaleOver(
    points.map(([, error]) => error),
    { low: 0, high: Number.POSITIVE_INFINITY },
    4,
  )
  return (
    <ChartFrame
      title={t('scaling.error')}
      say={t('scaling.errorSay', { at: number(at, 0), error: number(least, 0) })}
      origin={{}}
      table={
        <table className="data">
          <thead>
            <tr>
              <th scope="col">{t('scaling.scores')}</th>
              {forms.map(({ code }) => (
                <th key={code} scope="col" className="n">
                  {code}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {grid.map((score, k) => (
              <tr key={score}>
                <th scope="row">{score}</th>
                {forms.map(({ code, error }) => (
                  <td key={code} className="n">
                    {error[k] == null ? '' : number(error[k], 0)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      }
    >
      <CurvePlot
        scale={scale}
        upwards={upwards}
        label={t('scaling.errorAxis')}
        curves={curves}
        height={HEIGHT}
        over={() => <Cuts standard={standard} scale={scale} height={HEIGHT} />}
      />
    </ChartFrame>
  )
}

/** Where each item is mastered, the easiest first. */
export function ItemMap({
  report,
  scale,
  mastery,
}: {
  report: RunDetail['report']
  scale: Scale
  mastery: number
}) {
  const { t, number, share } = useLanguage()
  const rows = [...Map.groupBy(report.booklet, ({ code }) => code)]
  return (
    <ChartFrame
      title={t('scaling.map')}
      say={t('scaling.mapSay', { mastery: share(mastery) })}
      origin={{}}
      table={
        <table className="data">
          <thead>
            <tr>
              <th scope="col">{t('scaling.code')}</th>
              <th scope="col">{t('scaling.mapTable')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(([code, places]) => (
              <tr key={code}>
                <th scope="row">{code}</th>
                <td>{places.map(({ location }) => number(location, 0)).join('; ')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      }
    >
      <div className={css.map} aria-hidden="true">
        {rows.map(([code, places]) => (
          <Row key={code} code={code} at={places.map(({ location }) => scale.at(location))} />
        ))}
        <span />
        <Axis scale={scale} write={(x) => number(x, 0)} />
      </div>
    </ChartFrame>
  )
}

function Row({ code, at }: { code: string; at: readonly string[] }) {
  return (
    <>
      <span>{code}</span>
      <svg width="100%" height="18" aria-hidden="true">
        <line x1="0" x2="100%" y1="9" y2="9" />
        {at.map((x, k) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: places of one item have no other name, and never move
          <circle key={k} className={css.dot} cx={x} cy="9" r={k === 0 ? 5 : 3.5} />
        ))}
      </svg>
    </>
  )
}

function Cuts(props: { standard: RunDetail['report']['standard']; scale: Scale; height: number }) {
  const { t } = useLanguage()
  return (props.standard?.cuts ?? []).map((cut, at) => (
    <g key={cut}>
      <line className={css.cut} x1={props.scale.at(cut)} x2={props.scale.at(cut)} y1="16" y2={props.height} />
      <text x={props.scale.at(cut)} y="11" textAnchor="middle">
        {t('scaling.level', { level: at + 2 })}
      </text>
    </g>
  ))
}
