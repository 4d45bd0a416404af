import { type LoaderFunctionArgs, useLoaderData } from 'react-router'
import { type Surprise, Surprises, type Watched } from '#modules/checks/model.ts'
import { scaleAround } from '../charts/scale.ts'
import { TrendLine } from '../charts/trend-line.tsx'
import { Page, Section } from '../parts/page.tsx'
import { WideTable } from '../parts/wide-table.tsx'
import { read } from '../read.ts'
import { type ClassifierWords, classifierWords, codeWord } from '../registry/classifier-words.ts'
import { type Language, useLanguage } from '../text/language.ts'
import css from './jumps.module.css'

export async function loader({ context }: LoaderFunctionArgs) {
  const [found, words] = await Promise.all([
    read(context, '/checks/jumps', Surprises),
    classifierWords(context, ['institution_kind']),
  ])
  return { found, words }
}

/** Figures that changed suddenly or lie far out: where an analyst looks into the source before believing a trend. */
export default function JumpsPage() {
  const { found, words } = useLoaderData<typeof loader>()
  const { t, to, name, count, instant } = useLanguage()
  const { run, figures, items } = found
  const byFigure = Map.groupBy(items, ({ figure }) => figure)
  return (
    <Page
      title={t('jumps.title')}
      lead={t('jumps.lead', { count: items.length, n: count(items.length) })}
      crumbs={[
        { name: t('nav.myWork'), to: to('myWork') },
        { name: t('checks.title'), to: to('checks') },
      ]}
      facts={run && <span>{t('findings.imported', { at: instant(run.importedAt) })}</span>}
    >
      <Section className="stack">
        {run ? <p className="note">{t('jumps.how')}</p> : <p>{t('findings.neverAsked')}</p>}
        {items.length > 0 && (
          <p className="no-print">
            <a className="button quiet" href="/api/v1/checks/jumps.csv" download>
              {t('jumps.csv')}
            </a>
          </p>
        )}
      </Section>
      {figures.flatMap((figure) => {
        const those = byFigure.get(figure.code)
        if (!those) return []
        return [
          <Section
            key={figure.code}
            id={figure.code}
            title={`${name(figure.title)} · ${count(those.length)}`}
          >
            <p className={css.where}>
              <b>{t('findings.whereToCorrect')}:</b> {name(figure.where)}
            </p>
            <div className={css.jumps}>
              <JumpsTable figure={figure} items={those} words={words} />
            </div>
          </Section>,
        ]
      })}
    </Page>
  )
}

function JumpsTable(props: { figure: Watched; items: readonly Surprise[]; words: ClassifierWords }) {
  const { figure, items, words } = props
  const language = useLanguage()
  const { t, to, name, shortYear, number } = language
  const write = (value: number) => writeValue(language, figure, value)
  return (
    <WideTable label={name(figure.title)}>
      <thead>
        <tr>
          <th scope="col">{t('checks.place')}</th>
          <th scope="col" className={css.year}>
            {t('jumps.year')}
          </th>
          <th scope="col">{t('jumps.what')}</th>
          <th scope="col">{t('jumps.usual')}</th>
          <th scope="col" className={css.history}>
            {t('jumps.history')}
          </th>
          <th scope="col" className={`n ${css.year}`}>
            {t('jumps.distance')}
          </th>
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <tr key={`${item.institution.id} ${item.kind} ${item.schoolYear}`}>
            <th scope="row">
              <a href={to('school', { id: item.institution.id })}>{name(item.institution.name)}</a>
              <span className={css.place}>{name(item.municipality.name)}</span>
            </th>
            <td>{shortYear(item.schoolYear)}</td>
            <td>{said(language, item, write)}</td>
            <td>
              {write(item.usual)}
              <span className={css.place}>{likeWords(language, item, words)}</span>
            </td>
            <td className={css.history}>
              {item.history.map(({ value }) => write(value)).join(' → ')}
              <History item={item} />
            </td>
            <td className="n">{number(Math.abs(item.fromLike), 1)}</td>
          </tr>
        ))}
      </tbody>
    </WideTable>
  )
}

function History({ item: { history } }: { item: Surprise }) {
  const points = history.map(({ schoolYear, value }) => ({
    year: schoolYear,
    value,
    low: null,
    high: null,
    isBroken: false,
  }))
  const scale = scaleAround(
    history.map(({ value }) => value),
    'points',
  )
  return <TrendLine points={points} scale={scale} />
}

/** `412 → 201 (−51 %)`, or how long a figure has been far out. */
function said({ t, signed, count }: Language, item: Surprise, write: (value: number) => string): string {
  if (item.kind === 'outlier') {
    return item.yearsBefore === 0
      ? t('jumps.farOut', { value: write(item.value) })
      : t('jumps.farOutFor', {
          value: write(item.value),
          count: item.yearsBefore + 1,
          n: count(item.yearsBefore + 1),
        })
  }
  const before = item.history.find(({ schoolYear }) => schoolYear === item.schoolYear - 1)!.value
  const values = { before: write(before), value: write(item.value) }
  return before > 0
    ? t('jumps.changed', { ...values, change: signed((100 * (item.value - before)) / before) })
    : t('jumps.changedFromNothing', values)
}

/** Kind and size of the institutions it was laid beside. */
function likeWords(language: Language, { like, likeCount }: Surprise, words: ClassifierWords): string {
  const { t, count } = language
  const [kind, size] = like.split(' ')
  const n = { count: likeCount, n: count(likeCount) }
  if (size === undefined) return t('jumps.rest', n)
  const named = codeWord(language, words, 'institution_kind', kind!)
  return size === '0'
    ? t('jumps.like', { ...n, kind: named })
    : t('jumps.likeFrom', { ...n, kind: named, size })
}

function writeValue({ share, number, count }: Language, { unit }: Watched, value: number): string {
  if (unit === 'share') return share(value, value < 0.1 ? 1 : 0)
  if (unit === 'count') return count(Math.round(value))
  return unit === 'euro' ? `${number(value, 0)}\u00a0€` : number(value, 1)
}
