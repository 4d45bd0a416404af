import type { Words } from '#terms/locale.ts'

export interface KnownClassifier {
  name: string
  title: Words
  /** files and columns of the import contract that take its codes */
  usedIn: readonly string[]
}

/** Classifiers the system knows what to do with, in the order in which they are told. */
export const knownClassifiers: readonly KnownClassifier[] = [
  classifier('institution_kind', 'Iestādes veids', 'Kind of institution', 'institutions.kind'),
  classifier('institution_type', 'Iestādes tips', 'Type of institution', 'institutions.type'),
  classifier('founder_type', 'Dibinātāja veids', 'Kind of founder', 'founders.kind'),
  classifier('planning_region', 'Plānošanas reģions', 'Planning region', 'territories.code'),
  classifier('degurba', 'Urbanizācijas pakāpe', 'Degree of urbanisation', 'delivery_sites.degurba'),
  classifier('building_condition', 'Ēkas stāvoklis', 'State of the building', 'delivery_sites.condition'),
  classifier('stage', 'Izglītības pakāpe', 'Stage of education', 'employments.stage'),
  classifier('grade', 'Klase', 'Grade', 'class_groups.grade'),
  classifier(
    'programme_type',
    'Programmas tips (koda sākums)',
    'Type of programme (beginning of the code)',
    'programmes.programme_code',
  ),
  classifier(
    'programme',
    'Programma (biežākie kodi)',
    'Programme (common codes)',
    'programmes.programme_code',
    'class_groups.programme_code',
    'enrolments.programme_code',
  ),
  classifier(
    'language',
    'Mācību valoda',
    'Language of instruction',
    'programmes.language',
    'class_groups.language',
  ),
  classifier('form', 'Ieguves forma', 'Form of study', 'programmes.form'),
  classifier(
    'special_programme_type',
    'Speciālās programmas veids',
    'Type of special programme',
    'programmes.special_type',
    'learners.special_need',
  ),
  classifier('citizenship_group', 'Pilsonības grupa', 'Group of citizenship', 'learners.citizenship_group'),
  classifier('leave_reason', 'Aiziešanas iemesls', 'Reason for leaving', 'enrolments.leave_reason'),
  classifier('absence_type', 'Kavējuma veids', 'Type of absence'),
  classifier(
    'subject',
    'Mācību priekšmets',
    'Subject',
    'employments.subject_code',
    'staff.qualification_subjects',
    'marks.marks',
    'lessons.lessons',
    'sample_plans.subject',
    'vacancies.subject_code',
  ),
  classifier('position', 'Amats', 'Position', 'employments.position_code', 'vacancies.position_code'),
  classifier(
    'staff_leave_reason',
    'Darba attiecību beigu iemesls',
    'Reason for the end of work',
    'employments.leave_reason',
  ),
  classifier('education_level', 'Izglītības līmenis', 'Level of education', 'staff.education_level'),
  classifier(
    'quality_degree',
    'Profesionālās darbības kvalitātes pakāpe',
    'Degree of professional quality',
    'staff.quality_degree',
  ),
  classifier('exam', 'Eksāmens', 'Exam', 'assessments.subject'),
  classifier('exam_level', 'Eksāmena līmenis', 'Level of the exam', 'assessments.level'),
  classifier('test_kind', 'Pārbaudījuma veids', 'Kind of test', 'assessments.kind'),
  classifier('test_domain', 'Monitoringa darba joma', 'Domain of monitoring tests'),
  classifier('result_status', 'Rezultāta stāvoklis', 'State of the result', 'results.status'),
  classifier('acquisition_level', 'Apguves līmenis', 'Acquisition level', 'marks.marks'),
  classifier('mark', 'Vērtējums 10 ballu skalā', 'Mark on the scale of ten', 'marks.marks'),
  classifier('performance_level', 'Snieguma līmenis', 'Performance level'),
  classifier('quality_level', 'Kvalitātes līmenis', 'Quality level'),
  classifier(
    'destination',
    'Kur absolvents ir pēc skolas',
    'Where a graduate is after school',
    'destinations.kind',
  ),
  classifier(
    'context_quintile',
    'Sociāli ekonomiskā stāvokļa piektdaļa',
    'Fifth of socio-economic position',
    'context.quintile',
  ),
]

function classifier(name: string, lv: string, en: string, ...usedIn: string[]): KnownClassifier {
  return { name, title: { lv, en }, usedIn }
}
