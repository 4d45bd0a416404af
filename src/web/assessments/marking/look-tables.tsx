import type { ClassResults, LookWish, SecondLook } from '#modules/assessments/model.ts'
import { Section } from '../../parts/page.tsx'
import { WideTable } from '../../parts/wide-table.tsx'
import { query } from '../../query.ts'
import { useLanguage } from '../../text/language.ts'
import css from './marking.module.css'

/** What families of the school asked, with the way to the answers. */
export function WishTable({ items }: { items: readonly LookWish[] }) {
  const { t, to, name, count, dayOfInstant } = useLanguage()
  return (
    <WideTable label={t('marking.lookAgain.wishes')}>
      <thead>
        <tr>
          <th scope="col">{t('marking.lookAgain.pupil')}</th>
          <th scope="col">{t('marking.lookAgain.class')}</th>
          <th scope="col">{t('marking.lookRound')}</th>
          <th scope="col">{t('marking.lookAgain.wish')}</th>
          <th scope="col">{t('marking.askedAt')}</th>
          <th scope="col">{t('marking.lookAgain.stands')}</th>
        </tr>
      </thead>
      <tbody>
        {items.map((wish) => (
          <tr key={wish.learner + wish.round}>
            <th scope="row">{wish.learnerName ?? t('marking.lookAgain.nameless')}</th>
            <td>{wish.label}</td>
            <td>{name(wish.name)}</td>
            <td className={css.text}>{wish.reason}</td>
            <td className={css.nowrap}>{dayOfInstant(wish.askedAt)}</td>
            <td>
              {wish.looks === 0
                ? t('marking.lookAgain.notYet')
                : t('marking.lookAgain.asked', {
                    looks: count(wish.looks),
                    decided: count(wish.decided),
                  })}{' '}
              <a href={`${to('secondLooks')}?${query({ learner: wish.learner, round: wish.round })}`}>
                {t('marking.lookAgain.choose')}
                <span className="hidden">: {wish.learnerName}</span>
              </a>
            </td>
          </tr>
        ))}
      </tbody>
    </WideTable>
  )
}

/** Second looks that were asked for, and what came of them. */
export function LookTable({ items }: { items: readonly SecondLook[] }) {
  const { t, name, count, dayOfInstant } = useLanguage()
  return (
    <WideTable label={t('marking.secondLooks')}>
      <thead>
        <tr>
          <th scope="col">{t('marking.lookRound')}</th>
          <th scope="col" className="n">
            {t('marking.item')}
          </th>
          <th scope="col">{t('marking.reason')}</th>
          <th scope="col">{t('marking.askedAt')}</th>
          <th scope="col" className="n">
            {t('marking.before')}
          </th>
          <th scope="col" className="n">
            {t('marking.after')}
          </th>
        </tr>
      </thead>
      <tbody>
        {items.map((each) => (
          <tr key={each.id}>
            <th scope="row">{name(each.name)}</th>
            <td className="n">{count(each.position)}</td>
            <td className={css.text}>{each.reason}</td>
            <td className={css.nowrap}>{dayOfInstant(each.askedAt)}</td>
            <td className="n">{count(each.pointsBefore)}</td>
            <td className="n">{each.pointsAfter === null ? t('marking.waits') : count(each.pointsAfter)}</td>
          </tr>
        ))}
      </tbody>
    </WideTable>
  )
}

/** Pupils of a class with their tests given here, each a way to the answers that people marked. */
export function ClassChoice({ found: { class: own, tests, learners } }: { found: ClassResults }) {
  const { t, to, name } = useLanguage()
  return (
    <Section title={`${t('marking.lookAgain.fromClass')}: ${own.name}`}>
      <ul className="bullets">
        {learners.map((learner) => {
          const called = learner.name ?? t('marking.lookAgain.nameless')
          return (
            <li key={learner.id}>
              {called}
              {learner.sheets
                .filter(({ schoolYear }) => schoolYear === own.schoolYear)
                .map(({ round }) => tests.find((test) => test.round === round))
                .filter((test) => test !== undefined)
                .map((test) => (
                  <span key={test.round}>
                    {': '}
                    <a href={`${to('secondLooks')}?${query({ learner: learner.id, round: test.round })}`}>
                      {name(test.domainName)}
                      <span className="hidden">, {called}</span>
                    </a>
                  </span>
                ))}
            </li>
          )
        })}
      </ul>
      <p className="note">{t('marking.lookAgain.audited')}</p>
    </Section>
  )
}
