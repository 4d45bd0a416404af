import type { RoundDetail } from '#modules/assessments/model.ts'
import { Section } from '../../parts/page.tsx'
import { useLanguage } from '../../text/language.ts'
import { Fact, Field, SentForm } from './parts.tsx'
import css from './rounds.module.css'
import { fieldsOf } from './send.ts'

/** What the form of the page says, as the API takes it; shares are typed in as per cent. */
export function markingSaid(form: FormData) {
  const said = fieldsOf(form)
  const number = (name: string) => Number(said(name).replace(',', '.') || Number.NaN)
  return {
    doubleShare: number('double') / 100,
    controlShare: number('control') / 100,
    leaseMinutes: number('lease'),
    hints: said('hints') === 'on',
  }
}

/** How a round is marked: a form until marking begins, from then on only told. */
export function MarkingSettingsSection({ marking }: { marking: NonNullable<RoundDetail['marking']> }) {
  const { t, number, share, count } = useLanguage()
  const { doubleShare, controlShare, leaseMinutes, hints, mayChange } = marking
  const perCent = (value: number) => Math.round(value * 10_000) / 100
  return (
    <Section title={t('marking.settings.title')} id="marking" className="stack">
      <p className="note">{t(mayChange ? 'marking.settings.lead' : 'marking.settings.fixed')}</p>
      {mayChange ? (
        <SentForm what="marking">
          <Field label={t('marking.settings.double')} note={t('marking.settings.doubleNote')}>
            <input
              name="double"
              type="number"
              min={0}
              max={100}
              step="any"
              required
              defaultValue={perCent(doubleShare)}
            />
          </Field>
          <Field label={t('marking.settings.control')} note={t('marking.settings.controlNote')}>
            <input
              name="control"
              type="number"
              min={0}
              max={50}
              step="any"
              required
              defaultValue={perCent(controlShare)}
            />
          </Field>
          <Field label={t('marking.settings.lease')} note={t('marking.settings.leaseNote')}>
            <input name="lease" type="number" min={2} max={120} required defaultValue={leaseMinutes} />
          </Field>
          <label className={css.tick}>
            <input type="checkbox" name="hints" defaultChecked={hints} />
            {t('marking.settings.hints')}
          </label>
          <button type="submit" className="button">
            {t('marking.settings.save')}
          </button>
        </SentForm>
      ) : (
        <dl className={css.facts}>
          <Fact name={t('marking.settings.double')}>{share(doubleShare)}</Fact>
          <Fact name={t('marking.settings.control')}>{share(controlShare)}</Fact>
          <Fact name={t('marking.settings.lease')}>
            {Number.isInteger(leaseMinutes) ? count(leaseMinutes) : number(leaseMinutes, 1)}
          </Fact>
          <Fact name={t('marking.settings.hints')}>
            {t(hints ? 'marking.settings.yes' : 'marking.settings.no')}
          </Fact>
        </dl>
      )}
    </Section>
  )
}
