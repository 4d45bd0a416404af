import type { AssemblyBank } from '#modules/assessments/model.ts'
import { WideTable } from '../../parts/wide-table.tsx'
import { useLanguage } from '../../text/language.ts'
import { type ItemBench, placeNames } from '../bench.ts'
import css from './assembly.module.css'
import { limitsAt } from './plan-form.ts'

const ALL = '' // of a margin

/** Content by process: which share of the points each is to have, in per cent, and what the bank has of it. */
export function BlueprintTable(props: {
  bench: Pick<ItemBench, 'framework'>
  bank: AssemblyBank
  /** how a field begins: as it was sent, or with what is given */
  start: (name: string, otherwise?: string | number) => string
}) {
  const { bank, bench } = props
  const { t, name, count } = useLanguage()
  const { plan, items } = bank
  const domain = bench.framework.domains.find(({ id }) => id === plan.domain)
  const strands = [...(domain?.strands.map(({ id }) => id) ?? []), ALL]
  const processes = [...bench.framework.processes.map(({ id }) => id), ALL]
  const names = (strand: string, process: string) =>
    placeNames(bench, { domain: plan.domain, strand, process, outcome: null })
  const nameOf = (strand: string, process: string) =>
    [
      strand === ALL ? null : name(names(strand, process).strand),
      process === ALL ? null : name(names(strand, process).process),
    ]
      .filter(Boolean)
      .join(', ')
  return (
    <WideTable label={t('assembly.blueprint')}>
      <caption className={css.caption}>{t('assembly.blueprintNote')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('assembly.strand')}</th>
          {processes.map((process) => (
            <th key={process} scope="col">
              {process === ALL ? t('assembly.allProcesses') : name(names('', process).process)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {strands.map((strand) => (
          <tr key={strand}>
            <th scope="row">{strand === ALL ? t('assembly.allStrands') : name(names(strand, '').strand)}</th>
            {processes.map((process) => {
              const own = items.filter(
                (item) =>
                  (strand === ALL || item.strand === strand) && (process === ALL || item.process === process),
              )
              const limits = limitsAt(plan, strand, process)
              const field = `share|${strand}|${process}`
              return (
                <td key={process}>
                  {(strand !== ALL || process !== ALL) && (
                    <span className={css.share}>
                      {(['least', 'most'] as const).map((end) => (
                        <input
                          key={end}
                          name={`${field}.${end}`}
                          inputMode="decimal"
                          size={3}
                          maxLength={5}
                          aria-label={t(`assembly.${end}Share`, { of: nameOf(strand, process) })}
                          defaultValue={props.start(
                            `${field}.${end}`,
                            limits ? Math.round(limits[end] * 1000) / 10 : '',
                          )}
                        />
                      ))}
                    </span>
                  )}
                  <span className="small">
                    {t('assembly.offer', {
                      items: count(own.length),
                      points: count(own.reduce((sum, { points }) => sum + points, 0)),
                    })}
                  </span>
                </td>
              )
            })}
          </tr>
        ))}
      </tbody>
    </WideTable>
  )
}
