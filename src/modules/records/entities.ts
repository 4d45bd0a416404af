import { z } from 'zod'
import { column, entity, optional } from '#db/entity.ts'
import { listOf } from '#db/entity-lists.ts'
import { Code, Grade, Name, Year } from '#db/entity-values.ts'

/** What the import contract says of tests: scales, the rounds on them, and results. */

export const scales = entity({
  name: 'scales',
  words: { lv: 'Skalas', en: 'Scales' },
  columns: {
    code: column(Code, 'kods', 'code'),
    name_lv: column(Name, 'nosaukums latviski', 'name in Latvian'),
    name_en: column(Name, 'nosaukums angliski', 'name in English'),
    minimum: column(z.number(), 'mazākais punktu skaits', 'fewest points'),
    maximum: column(z.number(), 'lielākais punktu skaits', 'most points'),
  },
  key: ['code'],
  destination: { as: 'own' },
})

export const assessments = entity({
  name: 'assessments',
  words: { lv: 'Pārbaudījumi', en: 'Assessments' },
  columns: {
    code: column(Code, 'kods', 'code'),
    subject: column(
      z
        .string()
        .max(50)
        .regex(/^[a-z0-9-]+$/),
      'rinda, kurai pārbaudījums pieder: mazie burti, cipari, domuzīmes',
      'series it belongs to: small letters, digits, dashes',
    ),
    name_lv: column(Name, 'nosaukums latviski', 'name in Latvian'),
    name_en: column(Name, 'nosaukums angliski', 'name in English'),
    school_year: column(Year, 'gads, kurā mācību gads beidzas', 'year in which the school year ends'),
    grade: optional(Grade, 'pārbaudāmā klase', 'tested grade'),
    held_on: optional(z.iso.date(), 'norises diena', 'day on which it was held'),
    scale: column(Code, 'skala', 'scale', { refersTo: 'scales' }),
    starts_from: optional(
      Code,
      'agrākais pārbaudījums, no kura mēra izaugsmi',
      'earlier assessment progress is measured from',
      {
        refersTo: 'assessments',
      },
    ),
    kind: optional(
      z.enum(['monitoring', 'exam', 'diagnostic']),
      'monitoringa darbs, eksāmens vai diagnosticējošais darbs; eksāmens, ja nav teikts',
      'monitoring test, exam or diagnostic test; exam when left out',
    ),
    level: optional(
      z.enum(['OL', 'AL']),
      'eksāmena līmenis: optimālais vai augstākais',
      'level of the exam: optimal or advanced',
    ),
    threshold: optional(
      z.number(),
      'punktu skaits, no kura pārbaudījums ir nokārtots',
      'points from which on it is passed',
    ),
    parts: optional(
      listOf({
        pattern: 'name:most',
        names: 'part_names',
        numbers: [{ column: 'part_maxima', type: 'double precision', lowest: 0, highest: 10_000 }],
      }),
      'daļas ar lielāko punktu skaitu katrā',
      'parts with the most points of each',
    ),
    cuts: optional(
      listOf({
        pattern: 'points',
        numbers: [{ column: 'level_cuts', type: 'double precision', lowest: 0, highest: 10_000 }],
        length: 3,
      }),
      'punkti, no kuriem sākas 2., 3. un 4. snieguma līmenis',
      'points from which on levels 2, 3 and 4 of performance begin',
    ),
  },
  key: ['code'],
  destination: { as: 'own' },
})

export const results = entity({
  name: 'results',
  words: { lv: 'Rezultāti', en: 'Results' },
  columns: {
    learner_uid: column(Code, 'skolēns', 'learner', { refersTo: 'learners', isSecret: true }),
    assessment: column(Code, 'pārbaudījums', 'assessment', { to: 'assessment_id', refersTo: 'assessments' }),
    reg_number: column(Code, 'iestāde, kurā skolēns mācījās', 'institution the learner was enrolled in', {
      to: 'institution_id',
      refersTo: 'institutions',
    }),
    value: column(z.number(), 'punkti, skalas robežās', 'points, on the scale'),
    status: optional(
      z.enum(['preliminary', 'after_appeal', 'official']),
      'statuss; oficiāls, ja nav teikts',
      'status; official when left out',
    ),
    parts: optional(
      listOf({
        pattern: 'points of a part',
        numbers: [
          { column: 'parts', type: 'double precision', lowest: 0, highest: 10_000, isOptional: true },
        ],
      }),
      'punkti pa pārbaudījuma daļām to secībā, "-", ja trūkst',
      'points of each part, in the order of the assessment, "-" where missing',
    ),
  },
  key: ['learner_uid', 'assessment'],
  destination: { as: 'own' },
})
