import type { ResultSheet } from '#modules/assessments/model.ts'
import { Section } from '../../parts/page.tsx'
import { useLanguage } from '../../text/language.ts'
import { GrowthChart } from './growth-chart.tsx'
import { LevelLadder } from './level-ladder.tsx'
import css from './results.module.css'
import { bandSentence, changeSentence, growthSentence } from './sheet-words.ts'

/** One result of one child: where it stands, how sure that is, how it grew, what is strong, what helps next, what it does not mean. */
export function SheetBody({ sheet, isFamily }: { sheet: ResultSheet; isFamily: boolean }) {
  const language = useLanguage()
  const { t, name, to } = language
  const growth = growthSentence(language, sheet)
  return (
    <>
      <Section>
        <div className="grid wide-narrow">
          <div className="stack">
            <h2>{t('results.level')}</h2>
            {sheet.level === null ? <p>{t('results.noLevel')}</p> : <LevelLadder sheet={sheet} />}
            {sheet.summary && <p>{name(sheet.summary)}</p>}
            <p className="small">
              {bandSentence(language, sheet)}{' '}
              {sheet.levelChance !== null &&
                `${t('results.chance', { n: Math.min(99, Math.round(100 * sheet.levelChance)) })} `}
              {t('results.oneDay')}
            </p>
            {!sheet.isOfficial && <p className="note">{t('results.preliminary')}</p>}
            {sheet.changed && <p className="note">{changeSentence(language, sheet)}</p>}
            {sheet.supported && <p className="small">{t('results.supported')}</p>}
          </div>
          <NextSteps sheet={sheet} />
        </div>
      </Section>
      <Section>
        <div className="grid wide-narrow">
          <div className="stack">
            <h2>{t('results.growth')}</h2>
            <p>{growth}</p>
            <GrowthChart sheet={sheet} say={growth} />
          </div>
          <div className="stack">
            <h2>{t('results.strands')}</h2>
            <Strands sheet={sheet} />
          </div>
        </div>
      </Section>
      <Section className="stack">
        <h2>{t('results.means')}</h2>
        <ul className="bullets">
          {(['marks', 'rank', 'work', 'contest'] as const).map((what) => (
            <li key={what}>{t(`results.meansList.${what}`)}</li>
          ))}
          {isFamily && (
            <li className="no-print">
              <a href={to('looks')}>{t('results.whoLooked')}</a>
            </li>
          )}
          {isFamily && (
            <li className="no-print">
              <a href={to('held')}>{t('results.heldLink')}</a>
            </li>
          )}
        </ul>
      </Section>
    </>
  )
}

function NextSteps({ sheet: { home, school } }: { sheet: ResultSheet }) {
  const { t, name } = useLanguage()
  return (
    <div className={`${css.box} stack`}>
      <h2>{t('results.next')}</h2>
      {home.length === 0 && <p>{t('results.noActions')}</p>}
      {home.length > 0 && (
        <>
          <h3>{t('results.home')}</h3>
          <ul className="bullets">
            {home.map((words) => (
              <li key={words.lv}>{name(words)}</li>
            ))}
          </ul>
        </>
      )}
      {school.length > 0 && (
        <>
          <h3>{t('results.school')}</h3>
          <ul className="bullets">
            {school.slice(0, 2).map((words) => (
              <li key={words.lv}>{name(words)}</li>
            ))}
          </ul>
        </>
      )}
    </div>
  )
}

const tagOf = { 1: 'tag look', 2: 'tag look', 3: 'tag', 4: 'tag new' } as const

function Strands({ sheet: { strands } }: { sheet: ResultSheet }) {
  const { t, name, number } = useLanguage()
  if (strands.length === 0) return <p className="small">{t('results.noStrands')}</p>
  return (
    <>
      <ul className={css.strands}>
        {strands.map(({ strand, name: words, points, most, level, can }) => (
          <li key={strand}>
            <span>{name(words)}</span>
            <span className={level === null ? 'tag' : tagOf[level as 1]}>
              {level === null
                ? t('results.strandPoints', { points: number(points, 0), most: number(most, 0) })
                : t(`results.strandLevel.${level as 1}`)}
            </span>
            {can && <p className="small">{name(can)}</p>}
          </li>
        ))}
      </ul>
      <p className="small">{t('results.fewItems')}</p>
    </>
  )
}
