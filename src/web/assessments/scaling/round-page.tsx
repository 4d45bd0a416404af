import { type ActionFunctionArgs, type LoaderFunctionArgs, useActionData, useLoaderData } from 'react-router'
import { ScalingOfRound } from '#modules/assessments/model.ts'
import { mustBeSignedIn } from '../../access/must-be-signed-in.ts'
import { Page, Section } from '../../parts/page.tsx'
import { usePortal } from '../../portal.ts'
import { read } from '../../read.ts'
import { languages, localeOf, useLanguage } from '../../text/language.ts'
import items from '../items.module.css'
import { DecisionList } from './decision-list.tsx'
import { PanelList } from './panel-list.tsx'
import { post } from './post.ts'
import { RunList } from './run-list.tsx'
import css from './scaling.module.css'
import { StandardList } from './standard-list.tsx'
import { hindranceWords } from './words.ts'

export async function loader({ context, request, params }: LoaderFunctionArgs) {
  mustBeSignedIn(context, request)
  return read(context, `/scaling/rounds/${encodeURIComponent(params.code!)}`, ScalingOfRound)
}

/** Receives the forms of the page: a run to be made, a decision about an item, a panel to be opened. */
export async function action(asked: ActionFunctionArgs) {
  const form = await asked.request.formData()
  const said = (name: string) => String(form.get(name) ?? '')
  const code = asked.params.code!
  const { to } = languages[localeOf(new URL(asked.request.url).pathname)]
  const path = `/scaling/rounds/${encodeURIComponent(code)}`
  const back = () => to('scalingRound', { code })
  switch (said('what')) {
    case 'decide':
      return post(
        asked,
        `${path}/decisions`,
        said('csrf'),
        { item: said('item'), kind: said('kind'), reason: said('reason') },
        back,
      )
    case 'panel':
      return post(asked, '/scaling/panels', said('csrf'), { round: code, name: said('name') }, (panel) =>
        to('scalingPanel', { id: (panel as { id: string }).id }),
      )
    default:
      return post(
        asked,
        `${path}/runs`,
        said('csrf'),
        { seed: Number(said('seed')), reason: said('reason') },
        back,
      )
  }
}

/** One test: its runs, what was decided about its items, panels and standards. */
export default function ScalingRoundPage() {
  const round = useLoaderData<typeof loader>()
  const refused = useActionData<{ refused: string }>()?.refused
  const { t, to, name } = useLanguage()
  const isReleased = round.state === 'preliminary' || round.state === 'official'
  return (
    <Page
      title={name(round.name)}
      crumbs={[
        { name: t('nav.myWork'), to: to('myWork') },
        { name: t('scaling.title'), to: to('scaling') },
      ]}
    >
      {refused && (
        <p className="note" role="alert">
          {t('scaling.refused', { why: refused })}
        </p>
      )}
      <Section title={t('scaling.runs')}>
        <RunList round={round} />
        {round.hindrance ? (
          <p className="note">{hindranceWords(t, round.hindrance)}</p>
        ) : (
          <Form what="run" button={t('scaling.again')} note={t('scaling.againNote')}>
            <label>
              {t('scaling.seed')}
              <input type="number" name="seed" min="0" max="2147483647" defaultValue={1} required />
            </label>
            <Reason isNeeded={isReleased} note={t('scaling.reasonNote')} />
          </Form>
        )}
      </Section>
      <Section title={t('scaling.decisions')}>
        <DecisionList decisions={round.decisions} />
        <Form what="decide" button={t('scaling.decide')} note={t('scaling.decisionsLead')}>
          <label>
            {t('scaling.item')}
            <select name="item" required>
              {round.items.map((code) => (
                <option key={code} value={code}>
                  {round.anchors.includes(code) ? `${code} (${t('scaling.anchor')})` : code}
                </option>
              ))}
            </select>
          </label>
          <label>
            {t('scaling.decision')}
            <select name="kind" required>
              {(['drop_item', 'keep_item', 'drop_anchor', 'keep_anchor'] as const).map((kind) => (
                <option key={kind} value={kind}>
                  {t(`scaling.decisionKinds.${kind}`)}
                </option>
              ))}
            </select>
          </label>
          <Reason isNeeded />
        </Form>
      </Section>
      <Section title={t('scaling.standards')}>
        <StandardList standards={round.standards} />
      </Section>
      <Section title={t('scaling.panels')}>
        <PanelList panels={round.panels} />
        {round.runs.some(({ inForce }) => inForce) && !round.panels.some(({ state }) => state === 'open') && (
          <Form what="panel" button={t('scaling.panelOpen')} note={t('scaling.panelNote')}>
            <label>
              {t('scaling.panelName')}
              <input name="name" maxLength={200} required />
            </label>
          </Form>
        )}
      </Section>
    </Page>
  )
}

function Reason({ isNeeded, note }: { isNeeded: boolean; note?: string }) {
  const { t } = useLanguage()
  return (
    <label>
      {t('scaling.reason')}
      <textarea name="reason" rows={2} maxLength={1000} required={isNeeded} />
      {note && <span className="small">{note}</span>}
    </label>
  )
}

function Form(props: { what: string; button: string; note: string; children: React.ReactNode }) {
  const csrf = usePortal()?.me.csrf ?? ''
  return (
    <form method="post" className={`${items.fields} ${css.form} no-print`}>
      <input type="hidden" name="csrf" value={csrf} />
      <input type="hidden" name="what" value={props.what} />
      {props.children}
      <p className="small">{props.note}</p>
      <button type="submit" className="button">
        {props.button}
      </button>
    </form>
  )
}
