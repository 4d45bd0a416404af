import { z } from 'zod'
import { Words } from '#terms/locale.ts'

export const Tier = z.enum([
  'learner',
  'parent',
  'teacher',
  'support',
  'school',
  'municipality',
  'inspector',
  'analyst',
  'researcher',
  'steward',
  'protection_officer',
])
export type Tier = z.infer<typeof Tier>

export const Mandate = z
  .object({
    id: z.uuid(),
    tier: Tier,
    institutionId: z.uuid().nullable(),
    territoryId: z.uuid().nullable(),
    learnerId: z.uuid().nullable().describe('whose results a learner or parent sees'),
    place: Words.nullable().describe('the institution or territory; of a learner: the school'),
  })
  .meta({ id: 'Mandate' })
export type Mandate = z.infer<typeof Mandate>

/** Who is signed in; null person: nobody. */
export const Me = z
  .object({
    person: z
      .object({ id: z.uuid(), name: z.string().nullable().describe('null where the provider told none') })
      .nullable(),
    signedInBy: z.enum(['demo', 'provider']).nullable(),
    mandate: Mandate.nullable().describe('the one in force in this session'),
    mandates: z.array(Mandate).describe('all the person may change to'),
    csrf: z.string().nullable().describe('to be sent back with every write'),
  })
  .meta({ id: 'Me' })
export type Me = z.infer<typeof Me>

const Capacity = z.object({ tier: Tier, place: Words.nullable() })

/** A made-up person to sign in as, where the data are made up or reference data. */
export const DemoPerson = Capacity.extend({
  id: z.uuid(),
  name: z.string(),
  duties: z.array(z.string()).describe('what the person does in monitoring tests: author, marker …'),
  more: z.array(Capacity).describe('further mandates of the same person'),
}).meta({ id: 'DemoPerson' })
export type DemoPerson = z.infer<typeof DemoPerson>

/** A line of the audit trail. */
export const AuditLine = z
  .object({
    at: z.iso.datetime({ offset: true }),
    person: z.string().nullable(),
    tier: z.string(),
    action: z.string(),
    object: z.string(),
    outcome: z.enum(['shown', 'done', 'not_found', 'refused']),
    learners: z.number().int(),
    requestId: z.string(),
  })
  .meta({ id: 'AuditLine' })
export type AuditLine = z.infer<typeof AuditLine>

/** That somebody has looked at a learner, as the learner and the parents may know it. */
export const Look = z
  .object({
    at: z.iso.datetime({ offset: true }),
    tier: z.string().describe('in which capacity'),
    place: Words.nullable().describe('of which institution'),
    self: z.boolean().describe('it was the caller'),
    action: z.string(),
  })
  .meta({ id: 'Look' })
export type Look = z.infer<typeof Look>

/** Why a sign-in did not come about; each has its sentences on the page that tells it. */
export const SignInFailure = z.enum([
  'away',
  'refused',
  'too_old',
  'untrusted',
  'no_code',
  'unknown',
  'no_mandate',
])
export type SignInFailure = z.infer<typeof SignInFailure>
