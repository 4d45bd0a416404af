import { Page, Section } from '../parts/page.tsx'
import { usePortal } from '../portal.ts'
import { useLanguage } from '../text/language.ts'

/** The rules in force that decide which numbers the public sees; they are data, read from the system itself. */
export default function RulesPage() {
  const { t, to, name, count } = useLanguage()
  const rules = (usePortal()?.config.rules ?? []).filter(({ audience }) => audience === 'public')
  return (
    <Page title={t('rules.title')} lead={t('rules.lead')} narrow>
      <Section title={t('rules.minimum')}>
        <div className="scroll">
          <table className="data">
            <thead>
              <tr>
                <th scope="col">{t('rules.topic')}</th>
                <th scope="col" className="n">
                  {t('rules.fewest')}
                </th>
                <th scope="col">{t('rules.reason')}</th>
              </tr>
            </thead>
            <tbody>
              {rules.map((rule) => (
                <tr key={rule.topic}>
                  <th scope="row">{t(`topic.${rule.topic as 'results'}`)}</th>
                  <td className="n">{count(rule.minimum)}</td>
                  <td>{name(rule.reason)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </Section>
      <Section title={t('rules.symbols')}>
        <table className="data">
          <tbody>
            {(['c', 'z', 'x'] as const).map((symbol) => (
              <tr key={symbol}>
                <th scope="row">
                  <b>{symbol}</b>
                </th>
                <td>{t(`symbol.${symbol}`)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Section>
      <Section title={t('rules.who')}>
        <div className="stack">
          <p>{t('rules.own')}</p>
          <p>
            <a href={to('help')}>{t('meaning.help')}</a>
          </p>
        </div>
      </Section>
    </Page>
  )
}
