import { Section } from '../../parts/page.tsx'
import { figureOf, type UnitView } from '../../publications/unit-view.ts'
import { isShown } from '../../text/sentences.ts'
import { roundCodes } from './load-place.ts'

/** How much results differ between schools and how far they follow circumstances: told of the country only. */
export function StateEquity({ view, subject }: { view: UnitView; subject: string }) {
  const { t } = view.language
  return (
    <Section title={t('results.place.equity')} id="equity" className="stack">
      <p>{sentenceOf(view, subject, roundCodes.betweenSchools, 'between')}</p>
      <p>{sentenceOf(view, subject, roundCodes.gradient, 'gradient')}</p>
    </Section>
  )
}

function sentenceOf(view: UnitView, subject: string, code: string, key: 'between' | 'gradient') {
  const { t, to, name } = view.language
  const indicator = view.indicatorOf(code)
  const figure = figureOf(view.data, code, subject)
  const link = (
    <>
      {' '}
      <a href={to('indicator', { code })}>{t('chart.definition')}</a>
    </>
  )
  if (!figure || !isShown(figure.cell)) {
    return (
      <>
        {indicator?.switchedOff
          ? t(`results.place.${key}Off`, { linkage: name(indicator.switchedOff.linkage) })
          : t(`results.place.${key}None`)}
        {link}
      </>
    )
  }
  const write = view.writerOf(figure)
  const { value, low, high } = figure.cell
  if (key === 'between' && value <= 0) {
    return (
      <>
        {t('results.place.betweenZero')}
        {link}
      </>
    )
  }
  const interval = low === null || high === null ? null : write.interval(low, high)
  return (
    <>
      {t(`results.place.${key}`, { value: write.value(value) })}
      {interval && ` (${interval}, 95 %).`}
      {link}
    </>
  )
}
