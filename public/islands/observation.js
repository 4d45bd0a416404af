// Keeps every tap of an observation at once, without drawing the page anew. Without it each tap is a form of its own.

for (const place of document.querySelectorAll('[data-island="observation"]')) keepTaps(place)

function keepTaps(place) {
  const { child, year, csrf, of, seen, all, lost } = place.dataset
  const status = place.querySelector('[role="status"]')
  const undo = place.querySelector('[data-undo]')
  const forms = [...place.querySelectorAll('form[data-statement]')]
  const isSeen = (form) => form.querySelector('[aria-pressed="true"]') !== null

  const tell = () => {
    const count = forms.filter(isSeen).length
    undo.disabled = count === 0
    status.textContent = count === Number(of) ? all : seen.replace('{seen}', count)
  }
  const goOn = (form) => {
    const next = forms.slice(forms.indexOf(form) + 1).find((each) => !isSeen(each))
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches
    next?.scrollIntoView({ block: 'center', behavior: still ? 'auto' : 'smooth' })
  }

  for (const form of forms) {
    let latest = 0 // of two quick taps on one statement the last one is shown
    form.addEventListener('submit', async (event) => {
      event.preventDefault()
      const button = event.submitter
      const step = Number(button.value)
      latest += 1
      const mine = latest
      try {
        const answer = await fetch(`/api/v1/observations/children/${child}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'x-csrf': csrf },
          body: JSON.stringify({
            year: Number(year),
            statement: form.dataset.statement,
            step: step > 0 ? step : null,
          }),
        })
        if (!answer.ok) throw new Error(String(answer.status))
      } catch {
        status.textContent = lost
        return
      }
      if (mine !== latest) return
      for (const each of form.querySelectorAll('[aria-pressed]')) {
        each.setAttribute('aria-pressed', String(each === button))
      }
      tell()
      goOn(form)
    })
  }
}
