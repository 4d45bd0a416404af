import type { AssemblyDetail } from '#modules/assessments/model.ts'
import { WideTable } from '../../parts/wide-table.tsx'
import { useLanguage } from '../../text/language.ts'
import { type ItemBench, placeNames } from '../bench.ts'

/** The blueprint place by place: what the form has of the points, beside what was demanded and what the bank has. */
export function CellTable({ bench, made }: { bench: Pick<ItemBench, 'framework'>; made: AssemblyDetail }) {
  const { t, name, count, share } = useLanguage()
  const domain = bench.framework.domains.find(({ id }) => id === made.domain)
  const rows = [
    ...Map.groupBy(
      made.report.cells.toSorted(
        (a, b) =>
          placeIn(domain?.strands ?? [], a.strand) - placeIn(domain?.strands ?? [], b.strand) ||
          placeIn(bench.framework.processes, a.process) - placeIn(bench.framework.processes, b.process),
      ),
      ({ strand }) => strand,
    ),
  ]
  const names = (strand: string | null, process: string | null) =>
    placeNames(bench, { domain: made.domain, strand: strand ?? '', process: process ?? '', outcome: null })
  return (
    <WideTable label={t('assembly.cells')}>
      <thead>
        <tr>
          <th scope="col">{t('assembly.strand')}</th>
          {rows[0]?.[1].map(({ process }) => (
            <th key={process} scope="col">
              {process === null ? t('assembly.allProcesses') : name(names(null, process).process)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(([strand, cells]) => (
          <tr key={strand}>
            <th scope="row">
              {strand === null ? t('assembly.allStrands') : name(names(strand, null).strand)}
            </th>
            {cells.map((cell) => (
              <td key={cell.process}>
                {share(cell.share, 0)}
                {cell.least !== null && (
                  <span className={cell.isMet ? 'tag' : 'tag look'}>
                    {' '}
                    {cell.isMet ? t('assembly.met') : t('assembly.notMet')}
                  </span>
                )}
                <br />
                <span className="small">
                  {cell.least !== null &&
                    `${t('assembly.between', { least: share(cell.least, 0), most: share(cell.most ?? 1, 0) })}; `}
                  {t('assembly.ofBank', {
                    items: count(cell.items),
                    bank: count(cell.bankItems),
                  })}
                </span>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </WideTable>
  )
}

/** In the order of the framework; sums last. */
function placeIn(named: readonly { id: string }[], id: string | null): number {
  if (id === null) return Number.MAX_SAFE_INTEGER
  const at = named.findIndex((each) => each.id === id)
  return at < 0 ? named.length : at
}
