import css from './name-list.module.css'

export interface Named {
  id: string
  name: string
  to: string
  more?: string
}

/** Names in columns, in the order given, under their first letter, unless all begin with the same. */
export function NameList({ items }: { items: readonly Named[] }) {
  const groups = Map.groupBy(items, ({ name }) => firstLetter(name))
  return (
    <div className={css.columns}>
      {[...groups].map(([letter, members]) => (
        <section key={letter} className={css.group}>
          {groups.size > 1 && <h2>{letter}</h2>}
          <ul className="plain">
            {members.map((item) => (
              <li key={item.id}>
                <a href={item.to}>{item.name}</a>
                {item.more && <span className={css.more}>{item.more}</span>}
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  )
}

function firstLetter(name: string): string {
  return name.trim().charAt(0).toLocaleUpperCase('lv')
}
