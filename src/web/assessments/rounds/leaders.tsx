import type { SessionDetail } from '#modules/assessments/model.ts'
import { Section } from '../../parts/page.tsx'
import { useLanguage } from '../../text/language.ts'
import { SentForm } from './parts.tsx'
import css from './rounds.module.css'

/** Who leads the session: all teachers, unless the head names some of them. */
export function Leaders({ staff }: { staff: SessionDetail['staff'] }) {
  const { t } = useLanguage()
  const named = staff.filter(({ leads }) => leads).map(({ name }) => name)
  return (
    <Section title={t('rounds.leaders')} className="no-print">
      <p>
        {named.length === 0 ? t('rounds.leadersAll') : t('rounds.leadersNamed', { names: named.join(', ') })}
      </p>
      <details>
        <summary>{t('rounds.leadersChange')}</summary>
        <p className="small">{t('rounds.leadersHow')}</p>
        <SentForm what="leaders">
          {staff.map(({ mandate, name, leads }) => (
            <label key={mandate} className={css.tick}>
              <input type="checkbox" name="leader" value={mandate} defaultChecked={leads} />
              {name}
            </label>
          ))}
          <button type="submit" className="button quiet">
            {t('rounds.leadersSave')}
          </button>
        </SentForm>
      </details>
    </Section>
  )
}
