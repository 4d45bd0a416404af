// A child’s pages on the test day. Every change is sent at once and kept on this device until the server has acknowledged it; all items
// are fetched once, so that the work goes on without a connection, also where the page is loaded anew (sitting-kept.js). Without this
// script the pages work as plain forms.

const PAUSE = 900 // ms after the last letter before words are sent
const WAITS = 5_000 // ms between two looks of who waits for the start
const PULSE = 15_000 // ms between two signs of life where no answer goes out
const FIRST_TRY = 1_000 // ms; each further try waits twice as long …
const LONGEST_WAIT = 20_000 // … up to this
const SENDS_WITHIN = 15_000 // ms until a request counts as lost
const API = '/api/v1/sittings/current'

const jitter = (ms) => ms * (0.75 + Math.random() / 2)

const door = document.querySelector('[data-island="door"]')
const waiting = document.querySelector('[data-island="waiting"]')
const work = document.querySelector('[data-island="work"]')
if (door) nameAttempt(door.querySelector('input[name="attempt"]'))
if (waiting) waitForStart()
if (work) startWork(work)
else forget()

/** No work is under way here: what was put by of the last one goes. */
async function forget() {
  const { forgetWork } = await import('./sitting-kept.js')
  await forgetWork()
}

/** The same code sent twice from one page is one entering, and gets one sitting. */
function nameAttempt(field) {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  field.value = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** Looks now and then whether the session has begun; then the page is drawn anew. */
function waitForStart() {
  const look = async () => {
    try {
      const { state } = await pulse()
      if (state !== 'waiting') return location.reload()
    } catch (error) {
      if (error.status === 401) return location.reload()
    }
    setTimeout(look, jitter(WAITS))
  }
  setTimeout(look, jitter(3_000))
}

/** @throws an error with the status and code of the refusal; without a status: the server was not reached */
async function ask(path, init = {}) {
  const answer = await fetch(API + path, { ...init, signal: AbortSignal.timeout(SENDS_WITHIN) })
  if (answer.ok) return answer.status === 204 ? null : answer.json()
  const { code } = await answer.json().catch(() => ({}))
  throw Object.assign(new Error(code), {
    status: answer.status,
    code,
    after: Number(answer.headers.get('retry-after') ?? 0) * 1000,
  })
}

function pulse() {
  return ask('/pulse')
}

/**
 * Answers given here, by place; those the server has acknowledged say so and stay for a page that is loaded anew without a connection.
 * They outlive the page, and where the device lets them, the browser too.
 */
function keeper(participant) {
  const name = `ikms-sitting-${participant}`
  let kept = {}
  try {
    kept = JSON.parse(localStorage.getItem(name) ?? '{}')
  } catch {
    // Nothing can be kept here: it is held as long as the page is open.
  }
  return {
    unsent: () =>
      Object.entries(kept).flatMap(([place, entry]) =>
        entry.isSafe ? [] : [{ place: Number(place), ...entry }],
      ),
    of: (place) => kept[place],
    put(place, entry) {
      kept[place] = entry
      this.write()
    },
    drop(place) {
      delete kept[place]
      this.write()
    },
    write() {
      try {
        if (Object.keys(kept).length > 0) localStorage.setItem(name, JSON.stringify(kept))
        else localStorage.removeItem(name)
      } catch {
        // as above
      }
    },
  }
}

/** What the fields of a form say, in the shape the server takes; null where two are at one place of an order. */
function answersIn(form) {
  const shapes = JSON.parse(form.dataset.shapes)
  const fields = [...new FormData(form)].map(([name, value]) => [name, String(value)])
  const answers = {}
  for (const [response, shape] of Object.entries(shapes)) {
    const parts = fields.filter(([name, value]) => name.startsWith(`${response}.`) && value !== '')
    const part = (name) => name.slice(response.length + 1)
    if (shape === 'text') {
      const [, text = ''] = fields.find(([name]) => name === response) ?? []
      if (text !== '') answers[response] = text.replaceAll('\r\n', '\n')
    } else if (shape === 'list') {
      const chosen = fields
        .filter(([name, value]) => name === response && value !== '')
        .map(([, value]) => value)
      if (chosen.length > 0) answers[response] = chosen
    } else if (shape === 'match') {
      if (parts.length > 0) answers[response] = parts.map(([name, right]) => ({ left: part(name), right }))
    } else {
      if (new Set(parts.map(([, at]) => at)).size < parts.length) return null
      const ids = parts.toSorted(([, a], [, b]) => a - b).map(([name]) => part(name))
      if (ids.length > 0) answers[response] = ids
    }
  }
  return answers
}

/**
 * Keeps what is chosen within what may be: a choice that is used up comes over from the row where it was, a tick too many is taken back.
 * So what a child sees chosen is what is saved.
 *
 * @returns  `moved` or `full`, where something was changed; else null
 */
function keepWithin(form, field) {
  const response = field.name?.split('.')[0]
  const limits = JSON.parse(form.dataset.limits)[response]
  if (!limits || field.value === '' || (field.type === 'checkbox' && !field.checked)) return null
  const isChosen = (each) => (each.tagName === 'SELECT' ? each.value !== '' : each.checked)
  const others = [...form.elements].filter(
    (each) =>
      each !== field && (each.name === response || each.name?.startsWith(`${response}.`)) && isChosen(each),
  )
  const take = (each) => {
    if (each.tagName === 'SELECT') each.value = ''
    else each.checked = false
  }
  const sameRow = others.filter((each) => each.name === field.name)
  const same = others.filter((each) => each.value === field.value)
  const room = (most, taken) => !most || taken.length < most
  if (field.type === 'radio') return null
  const left = limits.left?.[field.name.slice(response.length + 1)]
  if (field.type === 'checkbox' && !room(left, sameRow)) {
    take(field)
    return 'full'
  }
  let told = null
  if (!room(limits.right?.[field.value], same)) {
    take(same[0])
    others.splice(others.indexOf(same[0]), 1)
    told = 'moved'
  }
  if (!room(limits.most, others)) {
    take(field)
    return 'full'
  }
  return told
}

/** Puts answers back into the fields of a form. */
function fill(form, answers) {
  for (const [response, shape] of Object.entries(JSON.parse(form.dataset.shapes))) {
    const answer = answers[response]
    for (const field of form.elements) {
      const isPart = field.name?.startsWith(`${response}.`)
      if (field.name !== response && !isPart) continue
      const part = isPart ? field.name.slice(response.length + 1) : ''
      const isTicked = field.type === 'radio' || field.type === 'checkbox'
      if (shape === 'text') {
        if (isTicked) field.checked = field.value === answer
        else field.value = answer ?? ''
      } else if (shape === 'list') {
        if (isTicked) field.checked = (answer ?? []).includes(field.value)
        else field.value = answer?.[0] ?? ''
      } else if (shape === 'match') {
        const rights = (answer ?? []).filter(({ left }) => left === part).map(({ right }) => right)
        if (isTicked) field.checked = rights.includes(field.value)
        else field.value = rights[0] ?? ''
      } else {
        const at = (answer ?? []).indexOf(part)
        field.value = at === -1 ? '' : String(at + 1)
      }
    }
  }
}

/** What the server last said of the time, and when by the clock of the device: its differences can be trusted, its hour cannot. */
function clockOf(participant) {
  const name = 'ikms-clock'
  return {
    last() {
      try {
        const told = JSON.parse(localStorage.getItem(name))
        return told?.participant === participant ? told : null
      } catch {
        return null
      }
    },
    put(now, ends) {
      try {
        localStorage.setItem(name, JSON.stringify({ participant, now, ends, at: Date.now() }))
      } catch {
        // Nothing can be kept here.
      }
    },
  }
}

function startWork(page) {
  const asItCame = `<!DOCTYPE html>${document.documentElement.outerHTML}`
  const { participant, all, end, door, item, locale } = page.dataset
  const words = JSON.parse(page.dataset.words)
  const kept = keeper(participant)
  const forms = new Map()
  const saved = page.querySelector('[data-saved]')
  const alert = page.querySelector('[data-alert]')
  const places = page.querySelector('[data-places]')
  const heading = page.querySelector('[data-heading]')
  const clock = page.querySelector('[data-clock]')
  const spoken = clockOf(participant)
  const last = spoken.last()
  let now = Date.parse(page.dataset.now)
  let asOf = performance.now()
  let ends = Date.parse(page.dataset.ends)
  // The server said something later already: this page was put by, and its time has gone on since.
  const isFromHere = last !== null && last.now >= now
  if (isFromHere) {
    now = last.now + Math.max(0, Date.now() - last.at)
    ends = last.ends
  } else spoken.put(now, ends)
  let tries = 0
  let timer = 0
  let isSending = false
  let heard = performance.now()
  const typing = new Set() // forms whose last words wait to be sent

  const show = (state) => {
    if (state === 'saved' && typing.size > 0) return show('saving')
    saved.dataset.state = state
    if (saved.textContent !== words[state]) saved.textContent = words[state]
  }
  const tell = (text) => {
    if (alert.textContent !== text) alert.textContent = text
  }

  /** Takes a form under its wing: what was not acknowledged is put back into it. */
  function adopt(form) {
    const place = Number(form.dataset.place)
    forms.set(place, form)
    const entry = kept.of(place)
    if (entry && entry.revision > Number(form.dataset.revision)) {
      fill(form, entry.answers)
      form.dataset.said = JSON.stringify(answersIn(form))
      mark(place, entry.answers)
    }
    if (entry && entry.revision <= Number(form.dataset.revision)) kept.drop(place) // it is there already, or something newer is
    let pause = 0
    let told = null
    form.addEventListener('input', ({ target }) => {
      clearTimeout(pause)
      const why = keepWithin(form, target)
      const isWritten = target.type === 'text' || target.tagName === 'TEXTAREA'
      if (isWritten) {
        typing.add(form)
        if (saved.dataset.state === 'saved') show('saving')
        pause = setTimeout(() => changed(form), PAUSE)
      } else changed(form)
      if (why) tell(words[why])
      told = why
    })
    form.addEventListener('change', () => {
      clearTimeout(pause)
      const why = told
      changed(form)
      if (why) tell(words[why])
    })
    form.addEventListener('submit', (event) => {
      event.preventDefault()
      changed(form)
      const go = event.submitter?.value
      if (go === 'end') toEnd()
      else turnTo(Number(go ?? place + 1))
    })
  }

  /** Notes what a form says now, and sends it. */
  function changed(form) {
    typing.delete(form)
    const place = Number(form.dataset.place)
    const answers = answersIn(form)
    if (answers === null) return tell(words.tie)
    tell('')
    const said = JSON.stringify(answers)
    if (said === (form.dataset.said ?? form.dataset.first)) {
      if (saved.dataset.state === 'saving' && kept.unsent().length === 0) show('saved')
      return
    }
    form.dataset.said = said
    const revision = Math.max(Number(form.dataset.revision), kept.of(place)?.revision ?? 0) + 1
    kept.put(place, { revision, answers })
    mark(place, answers)
    send()
  }

  function mark(place, answers) {
    const isFilled = Object.keys(answers).length > 0
    for (const link of page.querySelectorAll(`nav a[data-to="${place}"]`)) {
      link.dataset.filled = String(isFilled)
      link.setAttribute(
        'aria-label',
        link
          .getAttribute('aria-label')
          .replace(/[^:]*$/, ` ${isFilled ? words.answered : words.notAnswered}`),
      )
    }
  }

  /** Sends what is kept, one after the other, until nothing is left; waits longer and longer while nobody answers. */
  async function send() {
    if (isSending) return
    isSending = true
    clearTimeout(timer)
    try {
      for (;;) {
        const [next] = kept.unsent()
        if (!next) break
        if (saved.dataset.state !== 'offline') show('saving')
        const { place, revision, answers } = next
        try {
          const done = await ask(`/answers/${place}`, {
            method: 'PUT',
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify({ participant, revision, answers }),
          })
          if (kept.of(place)?.revision === revision) kept.put(place, { revision, answers, isSafe: true })
          const form = forms.get(place)
          if (form) form.dataset.revision = String(Math.max(Number(form.dataset.revision), done.revision))
          tries = 0
          heard = performance.now()
        } catch (error) {
          if (!(await settle(place, revision, error))) return later(error.after)
        }
      }
      show('saved')
    } finally {
      isSending = false
    }
  }

  /** What to do about a refusal. False: it may go better later. */
  async function settle(place, revision, { status, code }) {
    if (status === undefined || status === 429 || status >= 500) return false
    if (code === 'answer_stale') {
      // Something newer is saved, from another window of this sitting: it stays, and is shown.
      const there = await ask(`/items/${place}`).catch(() => null)
      if (!there) return false
      const form = forms.get(place)
      if (form) {
        form.dataset.revision = String(there.revision)
        fill(form, there.answers)
        form.dataset.said = JSON.stringify(answersIn(form))
      }
      mark(place, there.answers)
      if (kept.of(place)?.revision === revision) {
        kept.put(place, { revision: there.revision, answers: there.answers, isSafe: true })
      }
      tell(words.newer)
      return true
    }
    if (status === 400 || status === 404 || status === 413) {
      if (kept.of(place)?.revision === revision) kept.drop(place)
      const form = forms.get(place)
      // Nothing of it is saved: it must not look answered, and another item may be on the screen by now.
      if (form && Number(form.dataset.revision) === 0) mark(place, {})
      tell(form?.hidden ? `${form.dataset.title}. ${words.refused}` : words.refused)
      return true
    }
    // Over, elsewhere, or nobody here any more: the server says which, and what it took is safe.
    location.assign(door)
    return true
  }

  function later(after) {
    show(navigator.onLine ? 'kept' : 'offline')
    const wait = Math.max(after || 0, Math.min(LONGEST_WAIT, FIRST_TRY * 2 ** tries))
    tries += 1
    timer = setTimeout(send, jitter(wait))
  }

  /** Shows another item without asking the server, where it was fetched already. */
  function turnTo(place, isBack = false) {
    const form = forms.get(place)
    if (!form) return location.assign(item.replace(/0$/, String(place)))
    for (const [at, each] of forms) each.hidden = at !== place
    for (const link of page.querySelectorAll('nav a[data-to]')) {
      if (link.dataset.to === String(place)) {
        link.setAttribute('aria-current', 'page')
        // Of a strip that scrolls sideways.
        link.parentElement.parentElement.scrollTo({ left: link.offsetLeft - 120 })
      } else link.removeAttribute('aria-current')
    }
    heading.textContent = form.dataset.title
    document.title = document.title.replace(/^[^–]*/, `${form.dataset.title} `)
    tell('')
    if (!isBack) history.pushState({ place }, '', item.replace(/0$/, String(place)))
    scrollTo(0, 0)
    heading.focus({ preventScroll: true })
  }

  /** The last page comes from the server, which has to know everything first. */
  async function toEnd() {
    for (let waited = 0; kept.unsent().length > 0 && waited < 6_000; waited += 200) {
      send()
      await new Promise((done) => setTimeout(done, 200))
    }
    if (kept.unsent().length > 0) return tell(words.kept)
    location.assign(end)
  }

  const current = page.querySelector('nav a[aria-current]')
  if (current) current.parentElement.parentElement.scrollTo({ left: current.offsetLeft - 120 }) // of a strip that scrolls sideways
  for (const form of page.querySelectorAll('form[data-place]')) {
    form.dataset.first = JSON.stringify(answersIn(form))
    adopt(form)
  }
  // Until here nothing was said: what the device keeps is known only now.
  saved.replaceChildren()
  show(kept.unsent().length > 0 ? 'saving' : 'saved')
  for (const link of page.querySelectorAll('nav a[data-to]')) {
    link.addEventListener('click', (event) => {
      for (const form of forms.values()) if (!form.hidden) changed(form)
      if (link.dataset.to === 'end') {
        event.preventDefault()
        toEnd()
      } else if (forms.has(Number(link.dataset.to)) && places) {
        event.preventDefault()
        turnTo(Number(link.dataset.to))
      }
    })
  }
  page.querySelector('form[data-finish]')?.addEventListener('submit', (event) => {
    if (kept.unsent().length === 0) return
    event.preventDefault()
    send()
    tell(words.kept)
  })
  const placeInAddress = () => Number(location.pathname.split('/').at(-1))
  addEventListener('popstate', () => {
    const place = placeInAddress()
    if (place) turnTo(place, true)
  })
  addEventListener('online', () => {
    tries = 0
    send()
  })
  addEventListener('offline', () => show('offline'))
  addEventListener('pagehide', () => {
    for (const form of forms.values()) if (!form.hidden) changed(form)
  })

  /** Fetches all items once; until it has come, pages are turned through the server. */
  async function fetchAll() {
    if (!places) return
    try {
      const answer = await fetch(all, { signal: AbortSignal.timeout(60_000) })
      if (!answer.ok || answer.redirected) throw new Error('not yet')
      const items = await answer.text()
      const other = new DOMParser().parseFromString(items, 'text/html')
      for (const form of other.querySelectorAll('form[data-place]')) {
        const place = Number(form.dataset.place)
        if (forms.has(place)) continue
        form.hidden = true
        const mine = document.importNode(form, true)
        places.append(mine)
        mine.dataset.first = JSON.stringify(answersIn(mine))
        adopt(mine)
      }
      page.dataset.isWhole = 'true'
      if (isFromHere) return goOn()
      keep({ page: asItCame, door, all, answer, items })
    } catch {
      setTimeout(fetchAll, jitter(5_000))
    }
  }

  /** A page that was put by shows the item its address names. */
  function goOn() {
    const place = placeInAddress()
    if (forms.has(place)) turnTo(place, true)
  }

  /** Where it cannot be put by, the work goes on as long as the page is open. */
  async function keep(whatever) {
    const { keepWork, forgetAnswers } = await import('./sitting-kept.js')
    forgetAnswers(participant)
    await keepWork(whatever).catch(() => {})
    page.dataset.isKept = 'true'
  }

  /** Time by the server’s clock: that of the device may be wrong, and does not count. */
  function tick() {
    const left = ends - (now + performance.now() - asOf)
    const minutes = Math.max(0, Math.ceil(left / 60_000))
    const text = new Intl.NumberFormat(locale, { style: 'unit', unit: 'minute', unitDisplay: 'long' }).format(
      minutes,
    )
    if (clock.textContent !== text) clock.textContent = text
    if (left < 60_000 && left > 55_000) tell(words.minuteLeft)
    if (left < 2_500) for (const form of forms.values()) if (!form.hidden) changed(form)
    if (left <= 0) feel()
    setTimeout(tick, left < 70_000 ? 1_000 : 5_000)
  }

  let isFeeling = false
  /** A sign of life; brings minutes that were given, and that the session is over. */
  async function feel() {
    if (isFeeling) return
    isFeeling = true
    try {
      const told = await pulse()
      heard = performance.now()
      now = Date.parse(told.now)
      asOf = performance.now()
      if (told.endsAt) ends = Date.parse(told.endsAt)
      spoken.put(now, ends)
      if (told.state !== 'running') return location.assign(told.state === 'elsewhere' ? door : end)
      if (kept.unsent().length > 0) {
        tries = 0
        send()
      } else show('saved')
    } catch (error) {
      if (error.status === 401) return location.assign(door)
      show(kept.unsent().length > 0 ? 'kept' : 'offline')
    } finally {
      isFeeling = false
    }
  }
  setInterval(
    () => {
      if (performance.now() - heard > PULSE) feel()
    },
    jitter(PULSE / 3),
  )

  tick()
  if (kept.unsent().length > 0) send()
  else if (isFromHere) feel()
  fetchAll()
}
