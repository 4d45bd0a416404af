import type { ReactNode } from 'react'
import type { InstitutionRegister, TerritoryRegister } from '#modules/registry/model.ts'
import { Section } from '../parts/page.tsx'
import { useLanguage } from '../text/language.ts'
import { type ClassifierWords, codeWord } from './classifier-words.ts'
import { ProgrammeTable } from './programme-table.tsx'
import css from './register-section.module.css'
import { SiteList } from './site-list.tsx'

/** What the public register holds of an institution; what the source does not say is said to be so. */
export function InstitutionSection({
  register,
  words,
}: {
  register: InstitutionRegister
  words: ClassifierWords
}) {
  const language = useLanguage()
  const { t, name, day } = language
  const { founder } = register
  return (
    <Section title={t('register.title')} id="register">
      <dl className={css.facts}>
        <Fact name={t('register.code')}>{register.code}</Fact>
        <Fact name={t('register.kind')}>
          {[
            register.kind && codeWord(language, words, 'institution_kind', register.kind),
            register.type && codeWord(language, words, 'institution_type', register.type),
          ]
            .filter(Boolean)
            .join(', ')}
        </Fact>
        <Fact name={t('register.founder')}>
          {founder && `${name(founder.name)} (${codeWord(language, words, 'founder_type', founder.kind)})`}
        </Fact>
        <Fact name={t('register.address')}>{register.address}</Fact>
        <Fact name={t('register.opened')}>{register.openedOn && day(register.openedOn)}</Fact>
        {register.closedOn ? (
          <Fact name={t('register.closed')}>{day(register.closedOn)}</Fact>
        ) : (
          <Fact name={t('register.accredited')}>
            {register.accreditedUntil && day(register.accreditedUntil)}
          </Fact>
        )}
        <Relatives register={register} page="school" />
      </dl>
      <h3>{t('register.sites')}</h3>
      {register.sites.length > 0 ? <SiteList sites={register.sites} /> : <p>{t('register.noSites')}</p>}
      <h3>{t('register.programmes')}</h3>
      {register.programmes.length > 0 ? (
        <ProgrammeTable programmes={register.programmes} words={words} />
      ) : (
        <p>{t('register.noProgrammes')}</p>
      )}
    </Section>
  )
}

/** What the register holds of a territory. */
export function TerritorySection({ register }: { register: TerritoryRegister }) {
  const { t, day } = useLanguage()
  if (register.kind === 'state') return null
  return (
    <Section title={t('register.titleTerritory')} id="register">
      <dl className={css.facts}>
        <Fact name={t('register.territoryCode')}>{register.code}</Fact>
        {register.from && <Fact name={t('register.from')}>{day(register.from)}</Fact>}
        {register.until && <Fact name={t('register.until')}>{day(register.until)}</Fact>}
        <Relatives register={register} page={register.kind} />
      </dl>
    </Section>
  )
}

/** At the head of the page of what is gone: until when it was, and what stands in its place. */
export function GoneNote({ register }: { register: InstitutionRegister | TerritoryRegister }) {
  const { t, to, name, day } = useLanguage()
  const isInstitution = 'programmes' in register
  const last = isInstitution ? register.closedOn : register.until
  if (last === null) return null
  const page = isInstitution ? 'school' : register.kind
  return (
    <p className={`note ${css.gone}`}>
      {t(isInstitution ? 'register.closedSchool' : 'register.goneTerritory', { day: day(last) })}{' '}
      {register.successors.length > 0 && t('register.after')}
      {register.successors.map((place, at) => (
        <span key={place.id}>
          {at > 0 && ', '}
          <a href={to(page, { id: place.id })}>{name(place.name)}</a>
        </span>
      ))}
    </p>
  )
}

function Relatives({
  register: { predecessors, successors },
  page,
}: {
  register: Pick<InstitutionRegister, 'predecessors' | 'successors'>
  page: 'school' | 'state' | 'region' | 'municipality'
}) {
  const { t, to, name, day } = useLanguage()
  const list = (places: InstitutionRegister['predecessors'], since: 'here' | 'since') =>
    places.map((place) => (
      <span key={place.id} className={css.place}>
        <a href={to(page, { id: place.id })}>{name(place.name)}</a>{' '}
        <span className={css.when}>{t(`register.${since}`, { day: day(place.since) })}</span>
      </span>
    ))
  return (
    <>
      <Fact name={t('register.predecessors')}>
        {predecessors.length > 0 ? list(predecessors, 'here') : t('register.noPredecessors')}
      </Fact>
      {successors.length > 0 && <Fact name={t('register.successors')}>{list(successors, 'since')}</Fact>}
    </>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  const { t } = useLanguage()
  return (
    <>
      <dt>{name}</dt>
      <dd>{children || <span className={css.none}>{t('register.notSaid')}</span>}</dd>
    </>
  )
}
