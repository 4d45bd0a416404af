import { type Check, check } from '#modules/checks/index.ts'
import { vps } from './checks-shared.ts'

/** Results of the exams of the school year and of the one before. */
const exams = (fault: string, detail: string, more = '') => `
  select r.institution_id, r.learner_id as subject_id, ${fault} as fault, jsonb_build_object('test', a.code) || ${detail} as detail,
         r.import_id, r.line
    from records.result r join records.assessment a using (assessment_id) join records.scale s using (scale_id) ${more}
   where r.superseded_by is null and a.kind = 'exam' and a.school_year in ($1, $1 - 1)`

const hasParts = `and cardinality(r.parts) = cardinality(a.part_maxima)`

/** What can be wrong about results of exams. */
export const examChecks: readonly Check[] = [
  check({
    code: 'exam.parts_and_result',
    subject: 'learner',
    certainty: 'wrong',
    title: {
      lv: 'Eksāmena rezultāts nesaskan ar tā daļām',
      en: 'The result of an exam does not fit its parts',
    },
    why: {
      lv: 'Procentus aprēķina no daļu punktiem; viens no ierakstiem ir kļūdains, un sertifikātā var būt nepareizs skaitlis.',
      en: 'Per cents follow from the points of the parts; one of them is wrong, and so may be the certificate.',
    },
    where: vps('Daļu punkti', 'Points of the parts'),
    thresholds: ['points'],
    records: ({ points }) =>
      `${exams(
        `abs(r.value - p.result) > ${points} * (s.maximum - s.minimum) / 100`,
        `jsonb_build_object('points', r.value, 'ofParts', round(p.result::numeric, 1))`,
        `cross join lateral (
          select s.minimum + (s.maximum - s.minimum) * sum(u.points) / sum(u.most) as result
            from unnest(r.parts, a.part_maxima) u (points, most) having bool_and(u.points is not null) and sum(u.most) > 0) p`,
      )} ${hasParts}`,
  }),
  check({
    code: 'exam.two_levels',
    subject: 'learner',
    certainty: 'doubtful',
    title: {
      lv: 'Viens priekšmets kārtots abos līmeņos',
      en: 'One subject was taken at both levels',
    },
    why: {
      lv: 'Gadā priekšmetu kārto vienā līmenī; otrs rezultāts var piederēt citam skolēnam.',
      en: 'In a year a subject is taken at one level; the other result may be somebody else’s.',
    },
    where: vps('Līmenis', 'Level'),
    records: () =>
      `${exams(
        `exists (select from records.result o join records.assessment b using (assessment_id)
                  where o.learner_id = r.learner_id and o.superseded_by is null and b.kind = 'exam' and b.school_year = a.school_year
                    and b.level <> a.level and regexp_replace(b.subject, '-(ol|al)$', '') = regexp_replace(a.subject, '-(ol|al)$', ''))`,
        `jsonb_build_object('level', a.level)`,
      )} and a.level is not null`,
  }),
]
