import type { ClassLearner, ClassTest } from '#modules/assessments/model.ts'
import { useLanguage } from '../../text/language.ts'
import css from './results.module.css'

type Shade = 'level0' | 'level1' | 'level2' | 'level3' | 'level4'
const shadeOf = (level: number | null | undefined): string | undefined => css[`level${level ?? 0}` as Shade]

/** Pupils by strands: the level as a number and a shade, so that print and screen reader have it too. In order of names. */
export function HeatTable({
  tests,
  learners,
}: {
  tests: readonly ClassTest[]
  learners: readonly ClassLearner[]
}) {
  const { t, name, count, shortYear } = useLanguage()
  const levels = learners.flatMap(({ sheets }) => sheets.map((sheet) => sheet.levels))[0]
  const bare = tests.filter(({ strands }) => strands.length === 0)
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1) */}
      <section className="scroll" aria-label={t('results.tableName')} tabIndex={0}>
        <table className={css.heat}>
          <thead>
            <tr>
              <th scope="col" rowSpan={2}>
                {t('results.pupil')}
              </th>
              {tests.map((test) => (
                <th key={test.round} scope="colgroup" colSpan={test.strands.length + 1}>
                  <b>{name(test.domainName)}</b>
                  <small>
                    {t('results.grade', { grade: test.grade })}, {shortYear(test.schoolYear)}
                  </small>
                  {!test.isOfficial && ` (${t('results.preliminaryTag')})`}
                </th>
              ))}
            </tr>
            <tr>
              {tests.flatMap((test) => [
                <th key={test.round} scope="col">
                  {t('results.whole')}
                </th>,
                ...test.strands.map((strand) => (
                  <th key={test.round + strand.strand} scope="col">
                    {name(strand.name)}
                  </th>
                )),
              ])}
            </tr>
          </thead>
          <tbody>
            {learners.map((learner) => (
              <tr key={learner.id}>
                <th scope="row">{learner.name ?? t('results.unnamed', { code: learner.code })}</th>
                {tests.flatMap((test) => cellsOf(test, learner, t('results.noResult')))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {levels && (
        <>
          <p className="small">{t('results.shade')}</p>
          <ul className={css.key}>
            {levels.map((words, at) => (
              <li key={words.lv}>
                <span className={shadeOf(at + 1)}>{at + 1}</span>
                {name(words)}
              </li>
            ))}
          </ul>
        </>
      )}
      <p className="small">
        {tests
          .map(
            (test) =>
              `${name(test.domainName)}: ${t('results.tested', { n: count(test.tested), of: count(learners.length) })}`,
          )
          .join(' ')}
      </p>
      {bare.length > 0 && (
        <p className="small">
          {t('results.onlyWhole', { names: bare.map((test) => name(test.domainName)).join(', ') })}
        </p>
      )}
    </>
  )
}

function cellsOf(test: ClassTest, learner: ClassLearner, none: string) {
  const sheet = learner.sheets.find(({ round }) => round === test.round)
  return [
    <td key={test.round} className={`${css.whole} ${shadeOf(sheet?.level)}`}>
      {sheet ? (sheet.level ?? '–') : none}
    </td>,
    ...test.strands.map(({ strand }) => {
      const own = sheet?.strands.find((each) => each.strand === strand)
      return (
        <td key={test.round + strand} className={shadeOf(own?.level)}>
          {own ? (own.level ?? `${own.points}/${own.most}`) : '–'}
        </td>
      )
    }),
  ]
}
