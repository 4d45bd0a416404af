import type { BrokenDemand } from '#modules/assessments/model.ts'
import { useLanguage } from '../../text/language.ts'
import { type ItemBench, placeNames } from '../bench.ts'

/** What of a plan is not met, in words: what was demanded, what can be had beside the rest, what the bank has in all. */
export function useBroken(bench: Pick<ItemBench, 'framework'>, domain: string) {
  const { t, name, count, number, share } = useLanguage()
  return ({
    about,
    strand,
    process,
    codes,
    least,
    most,
    has,
    bankItems,
    bankPoints,
  }: BrokenDemand): string => {
    if (about === 'apart') return t('assembly.broken.apart', { codes: codes.join(', ') })
    const write = (x: number) => (about === 'share' ? share(x, 1) : number(x, about === 'minutes' ? 1 : 0))
    const demanded =
      least === most
        ? t('assembly.exactly', { n: write(least) })
        : t('assembly.between', { least: write(least), most: write(most) })
    const names = placeNames(bench, {
      domain,
      strand: strand ?? '',
      process: process ?? '',
      outcome: null,
    })
    const what =
      about === 'share'
        ? [strand === null ? null : name(names.strand), process === null ? null : name(names.process)]
            .filter(Boolean)
            .join(', ')
        : t(`assembly.${about}`)
    const bank = t('assembly.offer', { items: count(bankItems), points: count(bankPoints) })
    return t('assembly.broken.amount', { what, demanded, has: write(has), bank })
  }
}

/** The same as a list. */
export function BrokenList(props: {
  bench: Pick<ItemBench, 'framework'>
  domain: string
  broken: readonly BrokenDemand[]
}) {
  const say = useBroken(props.bench, props.domain)
  return (
    <ul className="bullets">
      {props.broken.map((each) => (
        <li key={`${each.about} ${each.strand} ${each.process} ${each.codes.join()}`}>{say(each)}</li>
      ))}
    </ul>
  )
}
