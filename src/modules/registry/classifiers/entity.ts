import { z } from 'zod'
import { column, entity, optional } from '#db/entity.ts'
import { Code, Name } from '#db/entity-values.ts'

/** What the import contract says of classifiers: a file of them takes the place of the set that came with the system, code by code. */
export const classifierEntries = entity({
  name: 'classifiers',
  words: { lv: 'Klasifikatori', en: 'Classifiers' },
  columns: {
    classifier: column(
      z
        .string()
        .regex(/^[a-z][a-z_]*$/)
        .max(50),
      'klasifikatora nosaukums: leave_reason, subject, …',
      'name of the classifier: leave_reason, subject, …',
    ),
    code: column(Code, 'kods', 'code'),
    label_lv: column(Name, 'ko tas nozīmē, latviski', 'what it means, in Latvian'),
    label_en: column(Name, 'ko tas nozīmē, angliski', 'what it means, in English'),
    parent_code: optional(Code, 'plašāks kods', 'broader code'),
    since: optional(z.iso.date(), 'no kuras dienas kods ir spēkā', 'first day of the code', { to: null }),
    until: optional(z.iso.date(), 'pēdējā diena', 'last day', { to: null }),
  },
  key: ['classifier', 'code'],
  days: ['since', 'until'],
  destination: {
    as: 'facts',
    table: 'registry.classifier_entry',
    key: ['classifier', 'code'],
    scope: ['classifier'],
    valid: 'daterange(s.since, s.until + 1)',
    validFrom: ['since', 'until'],
  },
})
