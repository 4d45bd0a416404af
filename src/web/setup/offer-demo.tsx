import type { Demo } from '#modules/setup/model.ts'
import { Section } from '../parts/page.tsx'
import { useLanguage } from '../text/language.ts'

/** Offers the made-up Latvia, or leads to where one sees how far it is. Where neither can be, there is nothing. */
export function OfferDemo({ demo }: { demo: Demo }) {
  const { t, to } = useLanguage()
  if (isUnderWay(demo)) {
    return (
      <Section title={t('demo.title')}>
        <p>
          <a href={to('demo')}>{t('demo.underWay')}</a>
        </p>
      </Section>
    )
  }
  if (!demo.offered) return null
  return (
    <Section title={t('demo.try')} className="stack">
      <p>{t('demo.what')}</p>
      <DemoForm demo={demo} what="ask" />
    </Section>
  )
}

/** One button: ask for it, or stop it. */
export function DemoForm({ demo, what }: { demo: Demo; what: 'ask' | 'again' | 'cancel' }) {
  const { t, to } = useLanguage()
  return (
    <form method="post" action={to('demo')}>
      <input type="hidden" name="ticket" value={demo.ticket ?? ''} />
      <button
        type="submit"
        name="what"
        value={what === 'cancel' ? 'cancel' : 'ask'}
        className={what === 'cancel' ? 'button quiet' : 'button'}
      >
        {t(`demo.${what}`)}
      </button>
    </form>
  )
}

export function isUnderWay({ job }: Demo): boolean {
  return job?.state === 'waiting' || job?.state === 'running'
}
