import { type ActionFunctionArgs, type LoaderFunctionArgs, useActionData, useLoaderData } from 'react-router'
import { z } from 'zod'
import { Content, PanelDetail } from '#modules/assessments/model.ts'
import { mustBeSignedIn } from '../../access/must-be-signed-in.ts'
import { Page, Section } from '../../parts/page.tsx'
import { WideTable } from '../../parts/wide-table.tsx'
import { usePortal } from '../../portal.ts'
import { read } from '../../read.ts'
import { languages, localeOf, useLanguage } from '../../text/language.ts'
import { ItemForm } from '../item-form/item-form.tsx'
import { wordsIn } from '../item-form/words.ts'
import items from '../items.module.css'
import { post } from './post.ts'

const Shown = z.object({ code: z.string(), item: Content })

export async function loader({ context, request, params }: LoaderFunctionArgs) {
  mustBeSignedIn(context, request)
  const path = `/scaling/panels/${encodeURIComponent(params.id!)}`
  const place = Number(new URL(request.url).searchParams.get('place'))
  return {
    place,
    panel: await read(context, path, PanelDetail),
    shown: Number.isInteger(place) && place > 0 ? await read(context, `${path}/items/${place}`, Shown) : null,
  }
}

/** Receives bookmarks, the end of a round, and the standard. */
export async function action(asked: ActionFunctionArgs) {
  const form = await asked.request.formData()
  const said = (name: string) => String(form.get(name) ?? '')
  const id = asked.params.id!
  const { to } = languages[localeOf(new URL(asked.request.url).pathname)]
  const path = `/scaling/panels/${encodeURIComponent(id)}`
  const send = (what: string, body: object) =>
    post(asked, `${path}/${what}`, said('csrf'), body, () => to('scalingPanel', { id }))
  switch (said('what')) {
    case 'bookmarks':
      return send('bookmarks', { places: [2, 3, 4].map((level) => Number(said(`level${level}`))) })
    case 'adopt':
      return send('standard', { fromYear: Number(said('fromYear')), basis: said('basis') })
    default:
      return send('rounds', { closes: said('what') === 'close' })
  }
}

/** A panel at work: the booklet, own bookmarks, what earlier rounds came to; for who leads it, what comes next. */
export default function PanelPage() {
  const { panel, place, shown } = useLoaderData<typeof loader>()
  const refused = useActionData<{ refused: string }>()?.refused
  const { t, to } = useLanguage()
  const csrf = usePortal()?.me.csrf ?? ''
  return (
    <Page
      title={panel.name}
      lead={t('scaling.panelLead')}
      crumbs={[{ name: t('nav.myWork'), to: to('myWork') }]}
      facts={`${panel.round}, ${t(`scaling.panelState.${panel.state}`, { n: panel.panelRound })}`}
    >
      {refused && (
        <p className="note" role="alert">
          {t('scaling.refused', { why: refused })}
        </p>
      )}
      {shown && (
        <Section title={shown.code} id="item">
          <p className="note">{t('scaling.watched')}</p>
          <ItemForm
            item={shown.item}
            adjustments={{ size: 100, colours: 'plain', wide: false, support: false }}
            draw={{
              answers: {},
              media: (name) =>
                `/api/v1/scaling/panels/${panel.id}/items/${place}/media/${encodeURIComponent(name)}`,
              words: wordsIn(shown.item.language),
              prefix: 'shown-',
            }}
          />
        </Section>
      )}
      {panel.sits && <Bookmarks panel={panel} csrf={csrf} />}
      <Section title={t('scaling.medians')}>
        <Medians panel={panel} />
      </Section>
      {panel.leads && <Leading panel={panel} csrf={csrf} />}
      <Section title={t('scaling.booklet')}>
        <Booklet panel={panel} />
      </Section>
    </Page>
  )
}

function Bookmarks({ panel, csrf }: { panel: PanelDetail; csrf: string }) {
  const { t } = useLanguage()
  return (
    <Section title={t('scaling.bookmarks')}>
      <form method="post" className={`${items.fields} no-print`}>
        <input type="hidden" name="csrf" value={csrf} />
        {[2, 3, 4].map((level, at) => (
          <label key={level}>
            {t('scaling.bookmarkOf', { level })}
            <input
              type="number"
              name={`level${level}`}
              min={1}
              max={panel.booklet.length}
              defaultValue={panel.mine[at]}
              required
            />
          </label>
        ))}
        {panel.mine.length > 0 && <p>{t('scaling.keptMarks')}</p>}
        <button type="submit" name="what" value="bookmarks" className="button">
          {t('scaling.put')}
        </button>
      </form>
    </Section>
  )
}

function Medians({ panel }: { panel: PanelDetail }) {
  const { t, number, share, count } = useLanguage()
  if (panel.medians.length === 0) return <p>{t('scaling.mediansNone')}</p>
  return (
    <WideTable label={t('scaling.medians')}>
      <thead>
        <tr>
          <th scope="col">{t('scaling.panelRound')}</th>
          <th scope="col" className="n">
            {t('scaling.panellists')}
          </th>
          {[2, 3, 4].map((level) => (
            <th key={level} scope="col" className="n">
              {t('scaling.cut', { level })}
            </th>
          ))}
          <th scope="col" className="n">
            {t('scaling.shares')}
          </th>
        </tr>
      </thead>
      <tbody>
        {panel.medians.map(({ panelRound, panellists, cuts, spreads, shares }) => (
          <tr key={panelRound}>
            <th scope="row">{panelRound}</th>
            <td className="n">{count(panellists)}</td>
            {cuts.map((cut, at) => (
              <td key={cut} className="n">
                {number(cut, 0)}
                {spreads[at] != null && (
                  <span className="small"> {t('scaling.cutError', { error: number(spreads[at], 0) })}</span>
                )}
              </td>
            ))}
            <td className="n">{shares ? shares.map((x) => share(x)).join(' / ') : '–'}</td>
          </tr>
        ))}
      </tbody>
    </WideTable>
  )
}

function Leading({ panel, csrf }: { panel: PanelDetail; csrf: string }) {
  const { t } = useLanguage()
  return (
    <Section title={t('scaling.leading')}>
      {panel.state === 'open' ? (
        <form method="post" className={`${items.actions} no-print`}>
          <input type="hidden" name="csrf" value={csrf} />
          {panel.panelRound < 3 && (
            <button type="submit" name="what" value="next" className="button">
              {t('scaling.next')}
            </button>
          )}
          <button type="submit" name="what" value="close" className="button quiet">
            {t('scaling.close')}
          </button>
        </form>
      ) : (
        <form method="post" className={`${items.fields} no-print`}>
          <input type="hidden" name="csrf" value={csrf} />
          <label>
            {t('scaling.fromYear')}
            <input type="number" name="fromYear" min={2000} max={2100} required />
          </label>
          <label>
            {t('scaling.basis')}
            <textarea name="basis" rows={2} maxLength={1000} required />
          </label>
          <p className="small">{t('scaling.adoptNote')}</p>
          <button type="submit" name="what" value="adopt" className="button">
            {t('scaling.adopt')}
          </button>
        </form>
      )}
    </Section>
  )
}

function Booklet({ panel }: { panel: PanelDetail }) {
  const { t, to, number } = useLanguage()
  const hasLocations = panel.booklet.some(({ location }) => location !== null)
  return (
    <WideTable label={t('scaling.booklet')}>
      <thead>
        <tr>
          <th scope="col">{t('scaling.place')}</th>
          <th scope="col">{t('scaling.item')}</th>
          {hasLocations && (
            <th scope="col" className="n">
              {t('scaling.location')}
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {panel.booklet.map(({ place, code, points, location }) => (
          <tr key={place}>
            <th scope="row">{place}</th>
            <td>
              {panel.state === 'open' ? (
                <a href={`${to('scalingPanel', { id: panel.id })}?place=${place}#item`}>{code}</a>
              ) : (
                code
              )}
              <span className="small">, {t('scaling.pointsOrMore', { points })}</span>
            </td>
            {hasLocations && <td className="n">{location === null ? '' : number(location, 0)}</td>}
          </tr>
        ))}
      </tbody>
    </WideTable>
  )
}
