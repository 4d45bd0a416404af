import { type LoaderFunctionArgs, useLoaderData } from 'react-router'
import { LevelBook, type StrandLevel } from '#modules/assessments/model.ts'
import { help } from '../../help/help.ts'
import { Page, Section } from '../../parts/page.tsx'
import { query } from '../../query.ts'
import { read } from '../../read.ts'
import { useLanguage } from '../../text/language.ts'
import css from './levels.module.css'

const grades = [3, 6] as const
const domains = ['reading', 'numeracy', 'science'] as const

export async function loader({ context, request }: LoaderFunctionArgs) {
  const { searchParams } = new URL(request.url)
  const grade = grades.find((each) => String(each) === searchParams.get('grade')) ?? 3
  const domain = domains.find((each) => each === searchParams.get('domain')) ?? 'reading'
  return { grade, domain, book: await read(context, `/levels?${query({ grade, domain })}`, LevelBook) }
}

/** What the levels of monitoring tests mean, for parents: what a child can do, what helps at home and at school. */
export default function LevelsPage() {
  const { grade, domain, book } = useLoaderData<typeof loader>()
  const { t, to, name, locale } = useLanguage()
  const which = (of: { grade: number; domain: (typeof domains)[number] }) =>
    t('levels.which', { grade: of.grade, domain: t(`rounds.domains.${of.domain}`) })
  return (
    <Page
      title={t('levels.title')}
      windowTitle={`${t('levels.title')}: ${which({ grade, domain })}`}
      lead={t('levels.lead')}
      crumbs={[{ name: help[locale].title, to: to('help') }]}
    >
      <nav className={`${css.choice} no-print`} aria-label={t('levels.choose')}>
        <ul className="chips">
          {grades.flatMap((each) =>
            domains.map((of) => (
              <li key={`${each}-${of}`}>
                <a
                  href={`${to('levels')}?${query({ grade: each, domain: of })}`}
                  aria-current={each === grade && of === domain ? 'page' : undefined}
                >
                  {which({ grade: each, domain: of })}
                </a>
              </li>
            )),
          )}
        </ul>
      </nav>
      {book.items.map((item) => (
        <div key={`${item.grade}-${item.domain}`}>
          <Section title={`${which(item)}. ${t('levels.short')}`} id="short">
            <ol className={css.four}>
              {item.summaries.map(({ level, summary }) => (
                <li key={level} className={css.level}>
                  <LevelName level={level} name={name(book.levels[level - 1]!.name)} />
                  <p>{name(summary)}</p>
                </li>
              ))}
            </ol>
          </Section>
          {item.strands.map((strand) => (
            <Section key={strand.strand} title={name(strand.name)} id={strand.strand}>
              <ol className={css.four}>
                {strand.levels.map((each) => (
                  <LevelCard key={each.level} level={each} name={name(book.levels[each.level - 1]!.name)} />
                ))}
              </ol>
            </Section>
          ))}
        </div>
      ))}
      <Section title={t('levels.read')} id="read" className="stack">
        <p>{t('levels.readHow')}</p>
        <p>{t('levels.notMarks')}</p>
        <p className="small">
          {t('levels.version', { version: book.version })} <a href="/api/v1/levels">{t('levels.json')}</a>
        </p>
      </Section>
    </Page>
  )
}

function LevelName({ level, name }: { level: number; name: string }) {
  return (
    <h3 className={css.name}>
      <span className={css.number} aria-hidden="true">
        {level}
      </span>
      {name}
    </h3>
  )
}

function LevelCard({ level, name: levelName }: { level: StrandLevel; name: string }) {
  const { t, name } = useLanguage()
  return (
    <li className={css.level}>
      <LevelName level={level.level} name={levelName} />
      <p>{name(level.can)}</p>
      <dl className={css.actions}>
        <div>
          <dt>{t('levels.home')}</dt>
          <dd>{name(level.home)}</dd>
        </div>
        <div>
          <dt>{t('levels.school')}</dt>
          <dd>{name(level.school)}</dd>
        </div>
      </dl>
    </li>
  )
}
