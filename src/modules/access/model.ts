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
    place: Words.nullable().describe('the institution or territory'),
  })
  .meta({ id: 'Mandate' })
export type Mandate = z.infer<typeof Mandate>

/** Who is signed in; null person: nobody. */
export const Me = z
  .object({
    person: z.object({ id: z.uuid(), name: z.string() }).nullable(),
    mandate: Mandate.nullable().describe('the one in force in this session'),
    mandates: z.array(Mandate).describe('all the person may change to'),
    csrf: z.string().nullable().describe('to be sent back with every write'),
  })
  .meta({ id: 'Me' })
export type Me = z.infer<typeof Me>

/** A made-up person to sign in as, where the data are made up or reference data. */
export const DemoPerson = z
  .object({ id: z.uuid(), name: z.string(), tier: Tier, place: Words.nullable() })
  .meta({ id: 'DemoPerson' })
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
