import type { Trial } from '#modules/disclosure/model.ts'
import { Level } from '#terms/level.ts'
import { WideTable } from '../parts/wide-table.tsx'
import { useLanguage } from '../text/language.ts'
import css from './trial-lines.module.css'

type Line = NonNullable<Trial['report']>['lines'][number]

/** Figures of each indicator and level: told now and then, hidden and shown anew, as numbers and as a bar of their shares. */
export function TrialLines(props: { lines: readonly Line[]; indicatorName: (code: string) => string }) {
  const { t, count } = useLanguage()
  return (
    <>
      <p className={css.key} aria-hidden="true">
        {(['kept', 'hides', 'shows'] as const).map((part) => (
          <span key={part}>
            <i className={css[part]} />
            {t(`trial.key.${part}`)}
          </span>
        ))}
      </p>
      <WideTable label={t('trial.would')}>
        <thead>
          <tr>
            <th scope="col">{t('column.indicator')}</th>
            <th scope="col" className={css.draw}>
              <span className="hidden">{t('column.drawing')}</span>
            </th>
            <th scope="col" className="n">
              {t('trial.nowThen')}
            </th>
            <th scope="col" className={`n ${css.head}`}>
              {t('trial.key.hides')}
            </th>
            <th scope="col" className={`n ${css.head}`}>
              {t('trial.key.shows')}
            </th>
          </tr>
        </thead>
        <tbody>
          {inOrder(props.lines).map((line) => (
            <tr key={`${line.indicator} ${line.level}`}>
              <th scope="row">
                {props.indicatorName(line.indicator)}
                <span className={css.level}>{t(`level.${line.level}`)}</span>
              </th>
              <td className={css.draw}>
                <Bar line={line} />
              </td>
              <td className="n">
                {count(line.told)} → {count(line.toldThen)}
              </td>
              <td className="n">{line.hides === 0 ? '–' : <b>{count(line.hides)}</b>}</td>
              <td className="n">{line.shows === 0 ? '–' : <b>{count(line.shows)}</b>}</td>
            </tr>
          ))}
        </tbody>
      </WideTable>
    </>
  )
}

/** Indicators by code, and each from the country down to its schools. */
function inOrder(lines: readonly Line[]): Line[] {
  const levels = Level.options
  return lines.toSorted((a, b) =>
    a.indicator === b.indicator
      ? levels.indexOf(a.level) - levels.indexOf(b.level)
      : a.indicator < b.indicator
        ? -1
        : 1,
  )
}

/** Parts of everything told now or then; a part that is there is at least a hair wide. */
function Bar({ line }: { line: Line }) {
  const parts = [
    ['kept', line.told - line.hides],
    ['hides', line.hides],
    ['shows', line.shows],
  ] as const
  return (
    <span className={css.bar} aria-hidden="true">
      {parts.map(
        ([part, figures]) =>
          figures > 0 && <i key={part} className={css[part]} style={{ flexGrow: figures }} />,
      )}
    </span>
  )
}
