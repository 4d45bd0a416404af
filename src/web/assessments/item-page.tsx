import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect, useLoaderData } from 'react-router'
import { ItemDetail, ItemSolution } from '#modules/assessments/model.ts'
import { mustBeSignedIn } from '../access/must-be-signed-in.ts'
import { portalContext } from '../context.ts'
import { Page, Section } from '../parts/page.tsx'
import { WideTable } from '../parts/wide-table.tsx'
import { usePortal } from '../portal.ts'
import { query } from '../query.ts'
import { read, refusal } from '../read.ts'
import { languages, localeOf, useLanguage } from '../text/language.ts'
import { gradeName, placeNames, readBench } from './bench.ts'
import { SuggestedMark } from './drafts/suggested-mark.tsx'
import { ItemEvents } from './item-events.tsx'
import css from './items.module.css'
import { KeyList } from './key-list.tsx'

export async function loader({ context, request, params }: LoaderFunctionArgs) {
  mustBeSignedIn(context, request)
  const { searchParams } = new URL(request.url)
  const id = encodeURIComponent(params.id!)
  const item = await read(context, `/items/${id}`, ItemDetail)
  const showsKey = item.mayRead && searchParams.has('key')
  return {
    item,
    bench: await readBench(context),
    solution: showsKey ? await read(context, `/items/${id}/solution`, ItemSolution) : null,
    hasChanged: searchParams.has('changed'),
  }
}

/** Receives the forms of the page: a comment, a sign-off, a move to another state. */
export async function action({ context, request, params }: ActionFunctionArgs) {
  const form = await request.formData()
  const said = (name: string) => String(form.get(name) ?? '')
  const what = said('what')
  const path = { sign: 'sign-offs', move: 'state' }[what] ?? 'comments'
  const answer = await context.get(portalContext).api(`/items/${encodeURIComponent(params.id!)}/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-csrf': said('csrf') },
    body: JSON.stringify({ text: said('text'), ...(what === 'move' && { to: said('to') }) }),
  })
  const page = languages[localeOf(new URL(request.url).pathname)].to('item', { id: params.id! })
  if (answer.status === 409) return redirect(`${page}?changed`, 303)
  if (!answer.ok) throw await refusal(answer)
  return redirect(page, 303)
}

/** One item: what it is, how far it is, what was said of it, and what can be done with it next. */
export default function ItemPage() {
  const { item, bench, solution, hasChanged } = useLoaderData<typeof loader>()
  const { t, to, name, count, number } = useLanguage()
  const place = placeNames(bench, item.place)
  const here = to('item', { id: item.id })
  return (
    <Page
      title={item.title ? `${item.code}. ${item.title}` : item.code}
      lead={t(`items.stateSays.${item.state}`)}
      crumbs={[
        { name: t('nav.myWork'), to: to('myWork') },
        { name: t('items.title'), to: to('items') },
      ]}
    >
      {hasChanged && (
        <p className={`note ${css.told}`} role="status">
          {t('items.changedMeanwhile')}
        </p>
      )}
      {item.suggested && <SuggestedMark item={item} bench={bench} />}
      <Section>
        <dl className={css.facts}>
          <Fact name={t('items.state')}>{t(`items.states.${item.state}`)}</Fact>
          <Fact name={t('items.version')}>{count(item.version)}</Fact>
          <Fact name={t('items.signOffs')}>{t('items.signedOf', { signed: item.signedOff })}</Fact>
          <Fact name={t('items.points')}>{count(item.points)}</Fact>
          <Fact name={t('items.domain')}>{name(place.domain)}</Fact>
          <Fact name={t('items.grade')}>{gradeName(t, item.place.grade)}</Fact>
          <Fact name={t('items.strand')}>{name(place.strand)}</Fact>
          <Fact name={t('items.process')}>{name(place.process)}</Fact>
          {place.outcome && <Fact name={t('items.outcome')}>{name(place.outcome)}</Fact>}
          {item.accessibility && <Fact name={t('items.accessibility')}>{item.accessibility}</Fact>}
        </dl>
      </Section>
      <Section title={t('items.look')}>
        {item.mayRead ? (
          <>
            {item.isSecret && <p className={css.lines}>{t('items.watched')}</p>}
            <p className={css.actions}>
              <a className="button" href={to('itemPreview', { id: item.id })}>
                {t('items.preview')}
              </a>
              <a className="button quiet" href={`${here}?key`}>
                {t('items.showKey')}
              </a>
              <a className="button quiet" href={`/api/v1/item-package?${query({ item: item.id })}`} download>
                {t('items.fetch')}
              </a>
            </p>
            {solution && <KeyList text={solution.text} />}
          </>
        ) : (
          <p>{t('items.secret')}</p>
        )}
      </Section>
      {(item.maySignOff || item.moves.length > 0) && (
        <Section title={t('items.next')}>
          <div className="grid two">
            {item.maySignOff && (
              <ItemForm
                what="sign"
                button={t('items.signOff')}
                label={t('items.remark')}
                note={t('items.signOffNote')}
              />
            )}
            {item.moves.length > 0 && (
              <ItemForm what="move" button={t('items.move')} label={t('items.why')}>
                <label>
                  {t('items.moveTo')}
                  <select name="to">
                    {item.moves.map((state) => (
                      <option key={state} value={state}>
                        {t(`items.states.${state}`)}
                      </option>
                    ))}
                  </select>
                </label>
              </ItemForm>
            )}
          </div>
        </Section>
      )}
      {item.parameters.length > 0 && (
        <Section title={t('items.measured')}>
          <WideTable label={t('items.measured')}>
            <thead>
              <tr>
                <th scope="col">{t('items.round')}</th>
                <th scope="col">{t('items.model')}</th>
                <th scope="col" className="n">
                  {t('items.slope')}
                </th>
                <th scope="col" className="n">
                  {t('items.intercepts')}
                </th>
                <th scope="col" className="n">
                  {t('items.pupils')}
                </th>
              </tr>
            </thead>
            <tbody>
              {item.parameters.map((each) => (
                <tr key={each.round}>
                  <th scope="row">{each.round}</th>
                  <td>{each.model}</td>
                  <td className="n">{number(each.slope, 2)}</td>
                  <td className="n">{each.intercepts.map((intercept) => number(intercept, 2)).join('; ')}</td>
                  <td className="n">{count(each.pupils)}</td>
                </tr>
              ))}
            </tbody>
          </WideTable>
        </Section>
      )}
      <Section title={t('items.history')}>
        <ItemForm what="comment" button={t('items.comment')} label={t('items.yourComment')} isNeeded />
        <ItemEvents events={item.events} suggested={item.suggested} />
      </Section>
    </Page>
  )
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

function ItemForm(props: {
  what: 'sign' | 'move' | 'comment'
  button: string
  label: string
  note?: string
  isNeeded?: boolean
  children?: React.ReactNode
}) {
  const csrf = usePortal()?.me.csrf ?? ''
  return (
    <form method="post" className={`${css.fields} no-print`}>
      <input type="hidden" name="csrf" value={csrf} />
      <input type="hidden" name="what" value={props.what} />
      {props.children}
      <label>
        {props.label}
        <textarea name="text" rows={2} maxLength={4000} required={props.isNeeded} />
      </label>
      {props.note && <p className="small">{props.note}</p>}
      <button type="submit" className={props.what === 'comment' ? 'button quiet' : 'button'}>
        {props.button}
      </button>
    </form>
  )
}
