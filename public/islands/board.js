// The board of a session: rows change as things happen. Without this script the page is drawn anew every ten seconds.

const AGAIN = 3000 // ms before asking again where the stream was refused: browsers do so themselves only after one that broke off

const board = document.querySelector('[data-island="board"]')
if (board) follow(board)

function follow(place) {
  const { events, state, locale } = place.dataset
  const words = JSON.parse(place.dataset.words)
  const rows = new Map([...place.querySelectorAll('[data-row]')].map((row) => [row.dataset.row, row]))
  const live = place.querySelector('[data-live]')
  const time = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', second: '2-digit' })
  const minutes = new Intl.NumberFormat(locale, { style: 'unit', unit: 'minute', unitDisplay: 'narrow' })
  const put = (row, name, text) => {
    const cell = row.querySelector(`[data-cell="${name}"]`)
    if (cell && cell.textContent !== text) cell.textContent = text
  }
  const watch = () => {
    const source = new EventSource(events)
    source.addEventListener('open', () => {
      live.textContent = words.live
    })
    source.addEventListener('error', () => {
      live.textContent = words.lost
      if (source.readyState === EventSource.CLOSED) setTimeout(watch, AGAIN)
    })
    source.addEventListener('message', ({ data }) => show(JSON.parse(data)))
  }
  const show = (told) => {
    // Other buttons belong to another state of the session.
    if (told.state !== state) return location.reload()
    const counts = {}
    for (const each of told.rows) {
      const row = rows.get(each.participant)
      if (!row) return location.reload()
      counts[each.state] = (counts[each.state] ?? 0) + 1
      const isThere = each.state === 'waiting' || each.state === 'working'
      row.dataset.state = each.state
      row.dataset.away = String(isThere && !each.isConnected)
      put(row, 'state', words.states[each.state])
      put(row, 'link', isThere ? words[each.isConnected ? 'there' : 'away'] : '')
      put(row, 'answered', `${each.answered} / ${each.places}`)
      put(row, 'last', each.last ? `${each.last.position}. · ${time.format(new Date(each.last.at))}` : '–')
      const left = each.endsAt
        ? Math.max(0, Math.ceil((Date.parse(each.endsAt) - Date.parse(told.now)) / 60_000))
        : null
      put(row, 'left', left === null || each.state !== 'working' ? '–' : minutes.format(left))
    }
    for (const cell of place.querySelectorAll('[data-count]')) {
      const n = String(cell.dataset.count.split(' ').reduce((sum, each) => sum + (counts[each] ?? 0), 0))
      if (cell.textContent !== n) cell.textContent = n
    }
    live.textContent = `${words.live} ${time.format(new Date(told.now))}`
  }
  watch()
}
