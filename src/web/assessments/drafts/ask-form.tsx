import { Difficulty, InteractionKind, ItemLanguage } from '#modules/assessments/model.ts'
import { useLanguage } from '../../text/language.ts'
import { gradeName, type ItemBench } from '../bench.ts'
import { Field, SentForm } from '../rounds/parts.tsx'
import css from '../rounds/rounds.module.css'
import { fieldsOf, type Refused, startOf } from '../rounds/send.ts'

/** Fields of the form below as the API takes them. */
export function requestOf(form: FormData) {
  const said = fieldsOf(form)
  const [domain, strand] = said('strand').split('/')
  return {
    place: {
      domain,
      strand,
      grade: Number(said('grade')),
      process: said('process'),
      outcome: said('outcome') || null,
    },
    interaction: said('interaction'),
    language: said('language'),
    difficulty: said('difficulty') || null,
    instruction: said('instruction'),
    count: Number(said('count')),
  }
}

/** Asks a model for drafts: a place in the framework, and wishes. */
export function AskForm({ bench, refused }: { bench: ItemBench; refused: Refused | undefined }) {
  const { t, name } = useLanguage()
  const { domains, processes } = bench.framework
  const start = startOf(refused)
  const option = ([value, label]: readonly [string, string]) => (
    <option key={value} value={value}>
      {label}
    </option>
  )
  return (
    <SentForm>
      <div className={css.row}>
        <Field label={t('items.strand')}>
          <select name="strand" defaultValue={start('strand')}>
            {domains.map((domain) => (
              <optgroup key={domain.id} label={name(domain.name)}>
                {domain.strands.map((each) => option([`${domain.id}/${each.id}`, name(each.name)]))}
              </optgroup>
            ))}
          </select>
        </Field>
        <Field label={t('items.grade')}>
          <select name="grade" defaultValue={start('grade', 3)}>
            {[0, 3, 6].map((grade) => option([String(grade), gradeName(t, grade)]))}
          </select>
        </Field>
        <Field label={t('items.process')}>
          <select name="process" defaultValue={start('process')}>
            {processes.map((each) => option([each.id, name(each.name)]))}
          </select>
        </Field>
      </div>
      <Field label={t('items.outcome')} note={t('items.drafts.outcomeNote')}>
        <select name="outcome" defaultValue={start('outcome')}>
          <option value="">{t('items.drafts.anyOutcome')}</option>
          {domains.map((domain) => (
            <optgroup key={domain.id} label={name(domain.name)}>
              {domain.outcomes.map((each) =>
                option([each.id, `${gradeName(t, each.grade)}: ${name(each.name)}`]),
              )}
            </optgroup>
          ))}
        </select>
      </Field>
      <div className={css.row}>
        <Field label={t('items.kind')}>
          <select name="interaction" defaultValue={start('interaction')}>
            {InteractionKind.options.map((kind) => option([kind, t(`items.kinds.${kind}`)]))}
          </select>
        </Field>
        <Field label={t('items.adjustment.language')}>
          <select name="language" defaultValue={start('language', 'lv')}>
            {ItemLanguage.options.map((each) => option([each, t(`items.languages.${each}`)]))}
          </select>
        </Field>
        <Field label={t('items.drafts.difficulty')}>
          <select name="difficulty" defaultValue={start('difficulty')}>
            {option(['', t('items.drafts.difficulties.any')])}
            {Difficulty.options.map((each) => option([each, t(`items.drafts.difficulties.${each}`)]))}
          </select>
        </Field>
        <Field label={t('items.drafts.count')}>
          <select name="count" defaultValue={start('count', 1)}>
            {['1', '2', '3'].map((each) => option([each, each]))}
          </select>
        </Field>
      </div>
      <Field label={t('items.drafts.instructionLabel')} note={t('items.drafts.instructionNote')}>
        <textarea name="instruction" rows={4} maxLength={2000} defaultValue={start('instruction')} />
      </Field>
      <button type="submit" className="button">
        {t('items.drafts.ask')}
      </button>
      <p className="small">{t('items.drafts.waitNote')}</p>
    </SentForm>
  )
}
