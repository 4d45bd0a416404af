import { renderToString } from 'react-dom/server'
import { type LoaderFunctionArgs, redirect } from 'react-router'
import { z } from 'zod'
import { type Sitting, SittingItem } from '#modules/assessments/model.ts'
import { refusal } from '../../read.ts'
import { type Language, LanguageProvider, languages, localeOf } from '../../text/language.ts'
import { askAsChild, bodyOf, sittingIn } from './ask.ts'
import { PlaceForm } from './place-form.tsx'

const Items = z.object({ items: z.array(SittingItem) })
const MOST_KEPT = 20_000_000 // characters of drawn items

/**
 * All items in one go: the script fetches them once, so that the work goes on without a connection. Not a page: there is nothing around
 * them, and what thousands of children are shown alike is drawn once.
 */
export async function loader({ context, request }: LoaderFunctionArgs) {
  const language = languages[localeOf(new URL(request.url).pathname)]
  const [sitting, answer] = await Promise.all([
    sittingIn(context, request),
    askAsChild(context, request, '/sittings/current/items'),
  ])
  if (!sitting || answer.status === 401 || answer.status === 409) throw redirect(language.to('sitting'))
  if (!answer.ok) throw await refusal(answer)
  const { items } = await bodyOf(answer, Items)
  return new Response(items.map((place) => drawn(place, sitting, language)).join(''), {
    headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'private, no-store' },
  })
}

const kept = new Map<string, string>()
let keptCharacters = 0

/** A form by what is in it: an item nobody has answered yet looks the same to all who see its choices in the same order. */
function drawn(place: SittingItem, { places, adjusted }: Sitting, language: Language): string {
  const draw = () =>
    renderToString(
      <LanguageProvider value={language}>
        <PlaceForm place={place} places={places} participant={null} adjusted={adjusted} />
      </LanguageProvider>,
    )
  if (place.revision > 0) return draw()
  const name = JSON.stringify([place, places, adjusted, language.locale])
  const known = kept.get(name)
  if (known !== undefined) return known
  const html = draw()
  if (keptCharacters > MOST_KEPT) {
    kept.clear()
    keptCharacters = 0
  }
  kept.set(name, html)
  keptCharacters += name.length + html.length
  return html
}
