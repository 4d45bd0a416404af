// Two things that need a script: how far a file is on its way, and how far its import is. Without it the pages work as plain
// forms and links.

const OFTEN = 2000 // ms between two looks at a job

// Without a script the page of a job is drawn anew again and again; with one it need not be asked for.
for (const field of document.querySelectorAll('input[name="again"]')) field.remove()
for (const form of document.querySelectorAll('form[data-island="upload"]')) showSending(form)
for (const place of document.querySelectorAll('[data-island="job"]')) followJob(place)

/** Sends the file of a form by itself and tells how far it is. */
function showSending(form) {
  const { csrf, most, tooLarge, broken, none, sent, whole, next, locale } = form.dataset
  const input = form.querySelector('input[type="file"]')
  const fault = form.querySelector('[role="alert"]')
  const place = form.querySelector('[data-progress]')
  const bar = place.querySelector('progress')
  const words = place.querySelector('[role="status"]')
  const button = form.querySelector('button[type="submit"]')
  const megabytes = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 })
  const size = (bytes) => `${megabytes.format(bytes / 1024 ** 2)}\u00a0MB`

  const say = (text) => {
    fault.textContent = text
    if (text) input.setAttribute('aria-invalid', 'true')
    else input.removeAttribute('aria-invalid')
  }
  const rest = () => {
    place.hidden = true
    button.disabled = false
  }
  input.addEventListener('change', () => say(''))

  form.addEventListener('submit', (event) => {
    event.preventDefault()
    const file = input.files[0]
    if (!file) return say(none)
    if (file.size > Number(most)) return say(tooLarge)
    say('')
    button.disabled = true
    place.hidden = false
    bar.removeAttribute('value')
    words.textContent = ''
    const request = new XMLHttpRequest()
    let told = 0
    request.upload.addEventListener('progress', ({ loaded, total }) => {
      bar.max = total
      bar.value = loaded
      // Spoken now and then only: every change would be read out.
      if (loaded < total && Date.now() - told < 1000) return
      told = Date.now()
      words.textContent =
        loaded < total ? sent.replace('{done}', size(loaded)).replace('{of}', size(total)) : whole
    })
    request.addEventListener('load', () => {
      let answer = {}
      try {
        answer = JSON.parse(request.responseText)
      } catch {
        // said below
      }
      if (request.status === 201) {
        location.assign(next.replace('ID', answer.id))
        return
      }
      rest()
      say(answer.errors?.[0]?.message ?? answer.detail ?? broken)
      input.focus()
    })
    for (const end of ['error', 'timeout']) {
      request.addEventListener(end, () => {
        rest()
        say(broken)
      })
    }
    request.addEventListener('abort', rest)
    place.querySelector('button').onclick = () => request.abort()
    request.open('POST', '/api/v1/uploads')
    request.setRequestHeader('content-type', 'application/octet-stream')
    request.setRequestHeader('x-csrf', csrf)
    request.setRequestHeader('x-file-name', encodeURIComponent(file.name))
    request.setRequestHeader('accept-language', locale)
    request.send(file)
  })
}

/** Shows how far a job is; when it stands otherwise than the page says, the page is drawn anew. */
function followJob(place) {
  const { job, state, phases, locale } = place.dataset
  const bar = place.querySelector('progress')
  const words = place.querySelector('[data-words]')
  const said = JSON.parse(phases)
  const whole = new Intl.NumberFormat(locale)
  const look = async () => {
    try {
      const answer = await fetch(`/api/v1/jobs/${job}`, { headers: { accept: 'application/json' } })
      if (answer.ok) {
        const now = await answer.json()
        if (now.state !== state) return location.reload()
        if (now.done > 0) bar.value = now.done
        const { phase, rows = 0 } = now.step ?? {}
        if (phase) words.textContent = said[phase].replace('{rows}', whole.format(rows))
      }
    } catch {
      // away for a moment: the next look tells
    }
    setTimeout(look, OFTEN)
  }
  setTimeout(look, OFTEN)
}
