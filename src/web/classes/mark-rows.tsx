import type { CSSProperties } from 'react'
import type { ClassMarks } from '#modules/classes/model.ts'
import { WideTable } from '../parts/wide-table.tsx'
import type { ClassView } from './class-view.ts'
import css from './classes.module.css'

const scales = { ten: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], levels: [1, 2, 3, 4] } as const
const letters = ['S', 'T', 'A', 'P'] as const

/** How marks are spread by subject: how many pupils have which, and the mean beside that of the same grades of the school. */
export function MarkRows({ view, marks }: { view: ClassView; marks: readonly ClassMarks[] }) {
  return (['ten', 'levels'] as const).map((scale) => {
    const own = marks.filter((each) => each.scale === scale)
    return own.length > 0 && <MarkTable key={scale} view={view} scale={scale} marks={own} />
  })
}

function MarkTable(props: { view: ClassView; scale: ClassMarks['scale']; marks: readonly ClassMarks[] }) {
  const { view, scale, marks } = props
  const { language, nameOf } = view
  const { t, number, count } = language
  const caption = t(`classes.marks.${marks[0]!.markOf}`)
  return (
    <div className={css.marks}>
      <h5>{caption}</h5>
      <WideTable label={caption}>
        <caption className="hidden">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{t('classes.subject')}</th>
            {scales[scale].map((mark) => (
              <th key={mark} scope="col" className="n">
                {scale === 'ten' ? mark : letters[mark - 1]}
              </th>
            ))}
            <th scope="col" className="n">
              {t('classes.graded')}
            </th>
            {scale === 'ten' && (
              <>
                <th scope="col" className="n">
                  {t('classes.mean')}
                </th>
                <th scope="col" className="n">
                  {view.grades}
                </th>
              </>
            )}
          </tr>
        </thead>
        <tbody>
          {marks.map(({ subject, own, school }) => (
            <tr key={subject}>
              <th scope="row">{nameOf(subject)}</th>
              {scales[scale].map((mark) => {
                const n = own.counts.find((each) => each.mark === mark)?.n ?? 0
                return (
                  <td key={mark} className={css.part} style={{ '--part': n / own.n } as CSSProperties}>
                    {n === 0 ? '' : count(n)}
                  </td>
                )
              })}
              <td className="n">{count(own.n)}</td>
              {scale === 'ten' && (
                <>
                  <td className="n">{number(own.mean, 1)}</td>
                  <td className="n">{school ? number(school.mean, 1) : '–'}</td>
                </>
              )}
            </tr>
          ))}
        </tbody>
      </WideTable>
      {scale === 'levels' && <p className="small">{t('classes.acquired')}</p>}
    </div>
  )
}
