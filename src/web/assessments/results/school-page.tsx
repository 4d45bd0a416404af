import { type LoaderFunctionArgs, useLoaderData } from 'react-router'
import { z } from 'zod'
import { type GroupResult, ItemMapRow, SchoolResults, type SchoolTest } from '#modules/assessments/model.ts'
import { mustBeSignedIn } from '../../access/must-be-signed-in.ts'
import { GrowthSection } from '../../growth/growth-section.tsx'
import { notKnownYet } from '../../growth/growth-words.ts'
import { codes } from '../../indicators/codes.ts'
import { SimilarSchools } from '../../indicators/similar-schools.tsx'
import { Page, Section } from '../../parts/page.tsx'
import { WideTable } from '../../parts/wide-table.tsx'
import { figureOf, viewOf } from '../../publications/unit-view.ts'
import { query } from '../../query.ts'
import { read } from '../../read.ts'
import { type Language, useLanguage } from '../../text/language.ts'
import { ItemMap } from './item-map.tsx'
import { LevelBars } from './level-bars.tsx'
import { loadBesides, type SchoolBesides } from './load-besides.ts'
import css from './results.module.css'

const FEW = 10 // pupils below which the page says that a mean moves a lot

export async function loader({ context, request, params }: LoaderFunctionArgs) {
  mustBeSignedIn(context, request)
  const results = await read(context, `/results/schools/${encodeURIComponent(params.id!)}`, SchoolResults)
  const maps = await Promise.all(
    results.tests.map(async ({ round }) => {
      const asked = query({ round, school: results.school.id })
      const { items } = await read(
        context,
        `/results/items?${asked}`,
        z.object({ items: z.array(ItemMapRow) }),
      )
      return [round, items] as const
    }),
  )
  return {
    ...results,
    maps: maps.filter(([, items]) => items.length > 0),
    besides: await loadBesides(context, results),
  }
}

/** The own school: means with intervals, levels, groups, years, item by item; and the way to the classes by name. */
export default function SchoolResultsPage() {
  const { school, levels, tests, classes, maps, besides } = useLoaderData<typeof loader>()
  const { t, to, name, year, locale } = useLanguage()
  const latest = classes[0]?.schoolYear
  return (
    <Page
      title={t('results.schoolTitle', { school: name(school.name) })}
      crumbs={[
        { name: t('nav.myWork'), to: to('myWork') },
        { name: name(school.name), to: to('school', { id: school.id }) },
      ]}
      lead={t('results.schoolLead')}
      facts={
        tests.length > 0 && (
          <a className="no-print" href={`/api/v1/results/schools/${school.id}/report.pdf?language=${locale}`}>
            PDF
          </a>
        )
      }
    >
      {tests.length === 0 && (
        <Section className="stack">
          <p>{t('results.schoolEmpty')}</p>
          <p>
            <a href={to('learners', { id: school.id })}>{t('myWork.task.learners.title')}</a>
          </p>
        </Section>
      )}
      {tests.length > 0 && (
        <Section title={t('results.classes')} id="classes" className="no-print">
          {classes.length === 0 ? (
            <p>
              {t('results.noClassGroups')}{' '}
              <a href={to('learners', { id: school.id })}>{t('myWork.task.learners.title')}</a>
            </p>
          ) : (
            <ul className="chips">
              {classes
                .filter(({ schoolYear }) => schoolYear === latest)
                .map((each) => (
                  <li key={each.id}>
                    <a href={to('classResults', { id: each.id })}>
                      {each.name} ({year(each.schoolYear)})
                    </a>
                  </li>
                ))}
            </ul>
          )}
          <p className="small">
            <a href={to('supportRequests')}>{t('results.supportTitle')}</a>
          </p>
        </Section>
      )}
      {tests.length > 0 && (
        <ul className={css.key}>
          {levels.map((words, at) => (
            <li key={words.lv}>
              <span className={css[`level${at + 1}` as 'level1']}>{at + 1}</span>
              {name(words)}
            </li>
          ))}
        </ul>
      )}
      {tests.map((test) => (
        <OneTest
          key={test.round}
          test={test}
          items={maps.find(([round]) => round === test.round)?.[1] ?? []}
        />
      ))}
      {tests.length > 0 && <BesideOthers besides={besides} />}
    </Page>
  )
}

/** Growth against others who started level, and the schools most alike: as on the page of the school. */
function BesideOthers({ besides: { data, growth, peers, rules } }: { besides: SchoolBesides }) {
  const language = useLanguage()
  const { t } = language
  const view = viewOf(data, language, rules)
  const indicator = view.indicatorOf(codes.meanMonitoring)
  const figure = data.main && figureOf(data, codes.meanMonitoring, data.main.subject)
  return (
    <>
      {growth && growth.figures.length > 0 ? (
        <GrowthSection view={view} growth={growth} />
      ) : (
        growth && (
          <Section title={t('growth.title')} id="growth">
            <p>{notKnownYet(language, growth, data.profile.schoolYear ?? 0)}</p>
          </Section>
        )
      )}
      {indicator && figure && (
        <SimilarSchools view={view} indicator={indicator} figure={figure} peers={peers} />
      )}
    </>
  )
}

/** How years are compared: with the error of the link where it is known, and not at all across scales. */
function trendHow({ t, number }: Language, years: SchoolTest['years']): string {
  const errors = years.flatMap(({ linkError }) => (linkError === null ? [] : [number(linkError, 1)]))
  const how =
    errors.length > 0 ? t('results.trendLinked', { errors: errors.join('; ') }) : t('results.trendMore')
  const isApart = years.slice(1).some(({ verdict, n }) => verdict === null && n > 1)
  return isApart ? `${how} ${t('results.trendApart')}` : how
}

function OneTest({ test, items }: { test: SchoolTest; items: readonly ItemMapRow[] }) {
  const language = useLanguage()
  const { t, name, year } = language
  return (
    <Section
      title={`${name(test.domainName)}, ${t('results.grade', { grade: test.grade })}`}
      id={test.round}
      className="stack"
      aside={
        <span className="small">
          {year(test.schoolYear)}
          {!test.isOfficial && (
            <>
              {' '}
              <span className="tag look">{t('results.preliminaryTag')}</span>
            </>
          )}
        </span>
      }
    >
      <p>{meanSentence(language, test.all)}</p>
      {test.all.n < FEW && <p className="note">{t('results.few')}</p>}
      {test.all.n > 1 && (
        <GroupTable
          label={`${t('results.groups')}: ${name(test.name)}`}
          groups={[test.all, ...test.groups]}
        />
      )}
      {test.groups.length > 0 && <p className="small">{t('results.groupsSame')}</p>}
      <h3>{t('results.trend')}</h3>
      {test.years.length < 2 ? (
        <p>{t('results.trendOne')}</p>
      ) : (
        <>
          <GroupTable label={`${t('results.trend')}: ${name(test.name)}`} groups={test.years} />
          <p className="small">{trendHow(language, test.years)}</p>
        </>
      )}
      {items.length > 0 && (
        <ItemMap title={`${t('results.itemMap')}: ${name(test.name)}`} items={items} of="school" />
      )}
    </Section>
  )
}

function meanSentence({ t, number, count }: Language, { n, mean, low, high }: GroupResult): string {
  if (n === 1) return t('results.meanNone')
  const said = { mean: number(mean, 0), pupils: t('count.pupils', { count: n, n: count(n) }) }
  return low === null || high === null
    ? t('results.meanOne', said)
    : t('results.mean', { ...said, low: number(low, 0), high: number(high, 0) })
}

function GroupTable({ label, groups }: { label: string; groups: readonly GroupResult[] }) {
  const isOfYears = groups[0]?.by === 'year'
  const language = useLanguage()
  const { t, number, count } = language
  return (
    <WideTable label={label}>
      <thead>
        <tr>
          <th scope="col">{t('results.group')}</th>
          <th scope="col" className="n">
            {t('results.n')}
          </th>
          <th scope="col" className="n">
            {t('results.meanShort')}
          </th>
          <th scope="col" className="n">
            {t('results.interval')}
          </th>
          <th scope="col">{t('results.levels')}</th>
          <th scope="col">{t(isOfYears ? 'results.verdictYear' : 'results.verdictHead')}</th>
        </tr>
      </thead>
      <tbody>
        {groups.map((group) => (
          <tr key={group.by + group.key}>
            <th scope="row">{groupName(language, group)}</th>
            <td className="n">{count(group.n)}</td>
            <td className="n">{number(group.mean, 0)}</td>
            <td className="n">
              {group.low === null || group.high === null
                ? '–'
                : `${number(group.low, 0)}–${number(group.high, 0)}`}
            </td>
            <td>{group.levels ? <LevelBars levels={group.levels} /> : '–'}</td>
            <td className="small">{group.verdict ? t(`results.verdict.${group.verdict}`) : '–'}</td>
          </tr>
        ))}
      </tbody>
    </WideTable>
  )
}

function groupName({ t, year, to }: Language, { by, key, classId }: GroupResult) {
  if (by === 'all') return t('results.groupNames.all')
  if (by === 'year') return year(Number(key))
  if (by === 'class') return classId ? <a href={to('classResults', { id: classId })}>{key}</a> : key
  const words =
    by === 'sex'
      ? `results.sex.${key}`
      : by === 'language'
        ? `results.language.${key}`
        : `results.support.${key}`
  return t(words as 'results.sex.female', { defaultValue: key })
}
