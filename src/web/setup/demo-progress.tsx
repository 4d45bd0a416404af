import { DemoPart } from '#modules/jobs/model.ts'
import type { Demo } from '#modules/setup/model.ts'
import { duration } from '../jobs/duration.ts'
import { useLanguage } from '../text/language.ts'
import css from './demo-progress.module.css'
import { DemoForm } from './offer-demo.tsx'

/** How far it is: a bar, its parts in their order, and how to stop it or stand still. */
export function DemoProgress({ demo, isStill }: { demo: Demo; isStill: boolean }) {
  const { t, to, count } = useLanguage()
  const { job } = demo
  const at = job?.step?.part
  const rows = job?.step?.rows
  const tookOf = (part: DemoPart) => {
    const done = job?.step?.took?.find((each) => each.part === part)
    return done ? `: ${duration(done.seconds * 1000)}` : ''
  }
  const percent = Math.round((job?.done ?? 0) * 100)
  return (
    <>
      <div className={css.progress}>
        <progress max={1} aria-label={t('demo.progress')} {...(job && job.done > 0 && { value: job.done })} />
        <span role="status">
          {at ? t('demo.now', { part: t(`demo.parts.${at}`), percent: count(percent) }) : t('demo.waiting')}
        </span>
      </div>
      <ol className={css.parts}>
        {DemoPart.options.map((part) => (
          <li
            key={part}
            className={at && isBefore(part, at) ? css.past : undefined}
            {...(part === at && { 'aria-current': 'step' })}
          >
            {t(`demo.parts.${part}`)}
            {tookOf(part)}
            {part === 'importing' && part === at && rows ? `: ${t('demo.rows', { rows: count(rows) })}` : ''}
          </li>
        ))}
      </ol>
      <p>{t('demo.leave')}</p>
      <div className={css.row}>
        {demo.ticket && <DemoForm demo={demo} what="cancel" />}
        <a href={isStill ? to('demo') : `${to('demo')}?still`}>{t(isStill ? 'demo.move' : 'demo.still')}</a>
      </div>
    </>
  )
}

function isBefore(part: DemoPart, other: DemoPart): boolean {
  return DemoPart.options.indexOf(part) < DemoPart.options.indexOf(other)
}
