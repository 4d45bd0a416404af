import type { ReactNode } from 'react'
import { useLanguage } from '../text/language.ts'
import css from './examples.module.css'
import type { Missing } from './missing.ts'

type Words = Missing['examples']

/** The small made-up tables that show a reason at work; nothing where words are enough. */
export function Examples({ of, words }: { of: keyof Missing['reasons']; words: Words }) {
  const draw = drawings[of as keyof typeof drawings]
  return draw ? <div className={css.examples}>{draw({ words })}</div> : null
}

const drawings = { few: Few, same: Same, reveal: Reveal, revised: Revised, free: Free }

function Few({ words }: { words: Words }) {
  const { number, count } = useLanguage()
  return (
    <Example words={words} title={words.few} columns={[words.school, words.pupils, words.mean]}>
      <Row name={words.birch} cells={[count(42), number(6.1, 1)]} />
      <Row name={words.lime} cells={[<Hidden key="n" />, <Hidden key="mean" />]} />
    </Example>
  )
}

function Same({ words }: { words: Words }) {
  const { share, count } = useLanguage()
  return (
    <Example
      words={words}
      title={words.same}
      columns={[words.school, words.pupils, words.highest]}
      says={words.sameSays}
    >
      <Row name={words.birch} cells={[count(42), share(0.57)]} />
      <Row name={words.maple} cells={[count(18), <Hidden key="share" />]} />
    </Example>
  )
}

/** The same municipality twice: with one hidden school, which subtraction finds, and with two, which it does not. */
function Reveal({ words }: { words: Words }) {
  const [all, birch, oak] = [120, 64, 53]
  return (
    <>
      <Example
        words={words}
        title={words.oneHidden}
        columns={[words.school, words.pupils]}
        sum={<Subtraction from={all} shown={[birch, oak]} />}
        says={words.oneHiddenSays}
      >
        <Row name={words.birch} cells={[birch]} />
        <Row name={words.oak} cells={[oak]} />
        <Row name={words.lime} cells={[<Hidden key="n" found />]} />
        <Row name={words.total} cells={[all]} total />
      </Example>
      <Example
        words={words}
        title={words.twoHidden}
        columns={[words.school, words.pupils]}
        sum={<Subtraction from={all} shown={[birch]} />}
        says={words.twoHiddenSays}
      >
        <Row name={words.birch} cells={[birch]} />
        <Row name={words.oak} cells={[<Hidden key="n" />]} />
        <Row name={words.lime} cells={[<Hidden key="n" />]} />
        <Row name={words.total} cells={[all]} total />
      </Example>
    </>
  )
}

function Revised({ words }: { words: Words }) {
  const { number, count } = useLanguage()
  const [before, after] = [
    { n: 12, mean: 6 },
    { n: 13, mean: 6.2 },
  ] as const
  return (
    <Example
      words={words}
      title={words.revised}
      columns={[words.release, words.pupils, words.mean]}
      sum={
        <>
          {count(after.n)} × {number(after.mean, 1)} − {count(before.n)} × {number(before.mean, 1)} ={' '}
          <b>{number(after.n * after.mean - before.n * before.mean, 1)}</b>
        </>
      }
      says={words.revisedSays}
    >
      <Row name="1.0" cells={[count(before.n), number(before.mean, 1)]} />
      <Row name="2.0" cells={[count(after.n), number(after.mean, 1)]} />
    </Example>
  )
}

function Free({ words }: { words: Words }) {
  const rows: [grade: number, real: number, shown: number][] = [
    [4, 41, 40],
    [5, 38, 38],
    [6, 3, 4],
  ]
  return (
    <Example
      words={words}
      title={words.free}
      columns={[words.pupils, words.real, words.shown]}
      says={words.freeSays}
    >
      {rows.map(([grade, real, shown]) => (
        <Row key={grade} name={words.grade(grade)} cells={[<i key="real">{real}</i>, shown]} />
      ))}
      <Row name={words.total} cells={[<i key="real">82</i>, 83]} total />
    </Example>
  )
}

/** „120 − 64 − 53 = 3” */
function Subtraction({ from, shown }: { from: number; shown: readonly number[] }) {
  const { count } = useLanguage()
  return (
    <>
      {[from, ...shown].map(count).join(' − ')} ={' '}
      <b>{count(shown.reduce((left, part) => left - part, from))}</b>
    </>
  )
}

function Example(props: {
  words: Words
  title: string
  columns: readonly string[]
  children: ReactNode
  /** a calculation the reader could make */
  sum?: ReactNode
  says?: string
}) {
  const [first, ...others] = props.columns
  return (
    <figure className={css.example}>
      <table className="data">
        <caption>
          <span className="hidden">{props.words.madeUp}: </span>
          {props.title}
        </caption>
        <thead>
          <tr>
            <th scope="col">{first}</th>
            {others.map((column) => (
              <th key={column} scope="col" className="n">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{props.children}</tbody>
      </table>
      {(props.sum || props.says) && (
        <figcaption>
          {props.sum && <span className={css.sum}>{props.sum}</span>}
          {props.says}
        </figcaption>
      )}
    </figure>
  )
}

function Row({ name, cells, total }: { name: string; cells: readonly ReactNode[]; total?: boolean }) {
  return (
    <tr className={total ? css.total : undefined}>
      <th scope="row">{name}</th>
      {cells.map((cell, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the columns of a drawn row never move
        <td key={at} className="n">
          {cell}
        </td>
      ))}
    </tr>
  )
}

/** The letter of a protected number; `found`: the reader can work it out. */
function Hidden({ found }: { found?: boolean }) {
  const { t } = useLanguage()
  return (
    <span className={found ? css.found : css.letter}>
      <span aria-hidden="true">c</span>
      <span className="hidden">{t('absence.protected')}</span>
    </span>
  )
}
