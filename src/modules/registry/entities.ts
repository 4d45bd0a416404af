import { z } from 'zod'
import { column, entity, optional } from '#db/entity.ts'
import { Code, Codes, Flag, Grade, Month, Name, Year } from '#db/entity-values.ts'
import { Sex } from '#terms/sex.ts'

/** What the import contract says of places: territories, founders, institutions, sites and programmes. */

const since = optional(z.iso.date(), 'no kuras dienas tā ir', 'first day on which this is so', { to: null })

export const territories = entity({
  name: 'territories',
  words: { lv: 'Teritorijas', en: 'Territories' },
  columns: {
    code: column(Code, 'ATVK kods', 'ATVK code'),
    kind: column(
      z.enum(['state', 'region', 'municipality']),
      'valsts, plānošanas reģions vai pašvaldība',
      'state, planning region or municipality',
      { to: null },
    ),
    parent_code: optional(
      Code,
      'teritorija, kurā tā ir; valsts, ja nav teikts',
      'territory it lies in; the state when left out',
      { to: 'parent_id', refersTo: 'territories' },
    ),
    name_lv: column(Name, 'nosaukums latviski', 'name in Latvian'),
    name_en: column(Name, 'nosaukums angliski', 'name in English'),
    genitive_lv: optional(Name, 'nosaukums ģenitīvā: Rīgas', 'Latvian genitive: Rīgas'),
    locative_lv: optional(Name, 'nosaukums lokatīvā: Rīgā', 'Latvian locative: Rīgā'),
    since,
    until: optional(z.iso.date(), 'pēdējā diena', 'last day', { to: null }),
    successor_code: optional(Codes, 'teritorijas, kas nāca tās vietā', 'territories that came in its place', {
      to: null,
      refersTo: 'territories',
      isList: true,
    }),
    previous_code: optional(
      Code,
      'tās pašas teritorijas agrākais kods',
      'earlier code of the same territory',
      { to: null },
    ),
  },
  key: ['code'],
  days: ['since', 'until'],
  usedBy: [
    { table: 'registry.institution_version', column: 'territory_id' },
    { table: 'registry.territory_version', column: 'parent_id' },
    { table: 'registry.site_version', column: 'territory_id' },
    { table: 'registry.founder_version', column: 'territory_id' },
    { table: 'registry.learner_circumstance', column: 'territory_id' },
    { table: 'records.population', column: 'territory_id' },
  ],
  destination: {
    as: 'versions',
    table: 'registry.territory_version',
    id: 'territory_id',
    register: 'registry.territory',
    registerColumns: ['kind'],
    said: ['parent_id', 'code', 'name_lv', 'name_en', 'genitive_lv', 'locative_lv'],
    since: 'since',
    until: 'until',
    previous: 'previous_code',
    successors: { column: 'successor_code', kind: 'territory' },
    derived: {
      parent_id: `case when s.kind <> 'state' then coalesce(
        (select c.id from own_code c where c.code = s.parent_code),
        (select t.territory_id from registry.territory t where t.kind = 'state' order by 1 limit 1)) end`,
    },
  },
})

export const founders = entity({
  name: 'founders',
  words: { lv: 'Dibinātāji', en: 'Founders' },
  columns: {
    founder_id: column(
      Code,
      'reģistrācijas numurs vai avota kods',
      'registration number or code of the source',
      { to: 'code' },
    ),
    kind: column(
      z.enum(['state', 'municipality', 'private', 'university']),
      'valsts, pašvaldība, privātpersona vai augstskola',
      'state, municipality, private person or university',
    ),
    name_lv: column(Name, 'nosaukums latviski', 'name in Latvian'),
    name_en: column(Name, 'nosaukums angliski', 'name in English'),
    territory_code: optional(Code, 'pašvaldība, kas dibina', 'municipality that founds', {
      to: 'territory_id',
      refersTo: 'territories',
    }),
    since,
  },
  key: ['founder_id'],
  usedBy: [{ table: 'registry.institution_version', column: 'founder_id' }],
  destination: {
    as: 'versions',
    table: 'registry.founder_version',
    id: 'founder_id',
    register: 'registry.founder',
    said: ['code', 'kind', 'name_lv', 'name_en', 'territory_id'],
    since: 'since',
  },
})

export const institutions = entity({
  name: 'institutions',
  words: { lv: 'Izglītības iestādes', en: 'Institutions' },
  columns: {
    reg_number: column(Code, 'reģistrācijas numurs', 'registration number', { to: 'code' }),
    kind: column(Code, 'iestādes veids', 'kind of institution'),
    type: optional(Code, 'iestādes tips', 'type of institution'),
    name_lv: column(Name, 'nosaukums latviski', 'name in Latvian'),
    name_en: column(Name, 'nosaukums angliski', 'name in English'),
    genitive_lv: optional(Name, 'nosaukums ģenitīvā', 'Latvian genitive'),
    locative_lv: optional(Name, 'nosaukums lokatīvā', 'Latvian locative'),
    founder_id: optional(Code, 'dibinātājs', 'founder', { refersTo: 'founders' }),
    legal_atvk: column(Code, 'juridiskās adreses pašvaldība', 'municipality of the legal address', {
      to: 'territory_id',
      refersTo: 'territories',
      ofKind: 'municipality',
    }),
    legal_address: optional(Name, 'juridiskā adrese', 'legal address', { to: 'address' }),
    opened_on: optional(z.iso.date(), 'pirmā diena', 'first day of the institution'),
    closed_on: optional(z.iso.date(), 'pēdējā diena', 'last day of the institution'),
    successor_reg: optional(Codes, 'iestādes, kas nāca tās vietā', 'institutions that came in its place', {
      to: null,
      refersTo: 'institutions',
      isList: true,
    }),
    accredited_until: optional(z.iso.date(), 'līdz kurai dienai akreditēta', 'last day of the accreditation'),
    since,
    previous_reg: optional(
      Code,
      'tās pašas iestādes agrākais numurs',
      'earlier number of the same institution',
      { to: null },
    ),
  },
  key: ['reg_number'],
  days: ['opened_on', 'closed_on'],
  usedBy: [
    { table: 'registry.enrolment', column: 'institution_id' },
    { table: 'records.result', column: 'institution_id' },
    { table: 'registry.site_version', column: 'institution_id' },
    { table: 'registry.programme', column: 'institution_id' },
    { table: 'registry.class_group_version', column: 'institution_id' },
    { table: 'registry.employment', column: 'institution_id' },
    { table: 'registry.vacancy', column: 'institution_id' },
    { table: 'records.marks', column: 'institution_id' },
    { table: 'records.absence', column: 'institution_id' },
    { table: 'records.finance', column: 'institution_id' },
  ],
  destination: {
    as: 'versions',
    table: 'registry.institution_version',
    id: 'institution_id',
    register: 'registry.institution',
    said: ['territory_id', 'code', 'name_lv', 'name_en', 'genitive_lv', 'locative_lv', 'kind'],
    later: ['type', 'founder_id', 'address', 'opened_on', 'closed_on', 'accredited_until'],
    constant: ['opened_on', 'closed_on'],
    since: 'since',
    until: 'closed_on',
    start: 'opened_on',
    previous: 'previous_reg',
    successors: { column: 'successor_reg', kind: 'institution' },
  },
})

export const deliverySites = entity({
  name: 'delivery_sites',
  words: { lv: 'Īstenošanas vietas', en: 'Delivery sites' },
  columns: {
    site_id: column(Code, 'avota kods', 'code of the source', { to: 'code' }),
    reg_number: column(Code, 'iestāde', 'institution', { to: 'institution_id', refersTo: 'institutions' }),
    name_lv: optional(Name, 'nosaukums latviski', 'name in Latvian'),
    name_en: optional(Name, 'nosaukums angliski', 'name in English'),
    atvk: column(Code, 'pašvaldība, kurā tā ir', 'municipality it stands in', {
      to: 'territory_id',
      refersTo: 'territories',
      ofKind: 'municipality',
    }),
    parish_atvk: optional(Code, 'pagasts vai pilsēta', 'parish or town', { to: 'parish_code' }),
    degurba: optional(Code, 'urbanizācijas pakāpe', 'degree of urbanisation'),
    address: optional(Name, 'adrese', 'address'),
    lat: optional(
      z.number().min(-90).max(90),
      'ģeogrāfiskais platums grādos (WGS 84)',
      'latitude in degrees (WGS 84)',
    ),
    lon: optional(
      z.number().min(-180).max(180),
      'ģeogrāfiskais garums grādos (WGS 84)',
      'longitude in degrees (WGS 84)',
    ),
    capacity: optional(z.int().min(0).max(20_000), 'vietu skaits', 'places for learners'),
    floor_area_m2: optional(
      z.number().min(0).max(1_000_000),
      'platība kvadrātmetros',
      'floor area in square metres',
    ),
    building_year: optional(z.int().min(1200).max(2100), 'ēkas gads', 'year of the building'),
    condition: optional(
      z.int().min(1).max(4),
      'ēkas stāvoklis: 1 labs … 4 nelietojams',
      'state of the building: 1 good … 4 unusable',
    ),
    accessible: optional(Flag, 'piekļūstama ar ratiņkrēslu', 'accessible with a wheelchair'),
    since,
  },
  key: ['site_id'],
  usedBy: [
    { table: 'registry.programme', column: 'site_id' },
    { table: 'registry.class_group_version', column: 'site_id' },
  ],
  destination: {
    as: 'versions',
    table: 'registry.site_version',
    id: 'site_id',
    register: 'registry.site',
    said: [
      'institution_id',
      'territory_id',
      'code',
      'name_lv',
      'name_en',
      'parish_code',
      'degurba',
      'address',
      'lat',
      'lon',
      'capacity',
      'floor_area_m2',
      'building_year',
      'condition',
      'accessible',
    ],
    scope: ['institution_id'],
    since: 'since',
  },
})

export const programmes = entity({
  name: 'programmes',
  words: { lv: 'Izglītības programmas', en: 'Programmes' },
  columns: {
    reg_number: column(Code, 'iestāde', 'institution', { to: 'institution_id', refersTo: 'institutions' }),
    programme_code: column(
      z.string().min(8).max(8),
      'kods Latvijas izglītības klasifikācijā',
      'code in the Latvian classification of education',
      { to: 'code' },
    ),
    licence_no: optional(Code, 'licences numurs', 'number of the licence'),
    licence_date: optional(z.iso.date(), 'licences datums', 'day of the licence'),
    site_id: optional(Code, 'īstenošanas vieta', 'delivery site', { refersTo: 'delivery_sites' }),
    language: optional(Code, 'mācību valoda: lv, minority, …', 'language of instruction: lv, minority, …'),
    form: optional(
      z.enum(['full_time', 'evening', 'part_time', 'distance', 'home']),
      'klātiene, vakara, neklātiene, tālmācība vai mācības ģimenē',
      'full-time, evening, part-time, distance or at home in the family',
    ),
    special_type: optional(
      z.int().min(51).max(59),
      'speciālās programmas veids',
      'type of special programme',
    ),
    started_on: optional(z.iso.date(), 'pirmā diena', 'first day', { to: null }),
    ended_on: optional(z.iso.date(), 'pēdējā diena', 'last day', { to: null }),
  },
  key: ['reg_number', 'programme_code', 'licence_no', 'site_id'],
  days: ['started_on', 'ended_on'],
  destination: {
    as: 'facts',
    table: 'registry.programme',
    key: ['institution_id', 'code', 'licence_no', 'site_id'],
    scope: ['institution_id'],
    valid: 'daterange(s.started_on, s.ended_on + 1)',
    validFrom: ['started_on', 'ended_on'],
  },
})

export const classGroups = entity({
  name: 'class_groups',
  words: { lv: 'Klases', en: 'Classes' },
  columns: {
    class_id: column(
      Code,
      'avota kods; katram mācību gadam savs',
      'code of the source; another one every school year',
      { to: 'code' },
    ),
    reg_number: column(Code, 'iestāde', 'institution', { to: 'institution_id', refersTo: 'institutions' }),
    site_id: optional(Code, 'īstenošanas vieta', 'delivery site', { refersTo: 'delivery_sites' }),
    school_year: column(Year, 'gads, kurā mācību gads beidzas', 'year in which the school year ends'),
    grade: column(Grade, 'klase; 0 ir pirmsskola', 'grade; 0 is preschool'),
    name: column(z.string().min(1).max(20), 'klases nosaukums: 3.a', 'name of the class: 3.a'),
    combined: optional(Flag, 'apvienotā klase', 'several grades are taught together'),
    language: optional(Code, 'mācību valoda', 'language of instruction'),
    programme_code: optional(z.string().min(8).max(8), 'programmas kods', 'code of the programme'),
    class_teacher_uid: optional(Code, 'klases audzinātājs', 'class teacher', {
      to: 'class_teacher_id',
      refersTo: 'staff',
      isSecret: true,
    }),
  },
  key: ['class_id'],
  usedBy: [
    { table: 'registry.enrolment', column: 'class_group_id' },
    { table: 'records.lesson_delivery', column: 'class_group_id' },
  ],
  destination: {
    as: 'facts',
    table: 'registry.class_group_version',
    register: { table: 'registry.class_group', id: 'class_group_id' },
    key: ['class_group_id'],
    scope: ['institution_id', 'school_year'],
    valid: 'daterange(make_date(s.school_year - 1, 9, 1), make_date(s.school_year, 9, 1))',
    validFrom: [],
  },
})

/** Learners and staff: who they are is sealed apart from everything analysed. */
export const learners = entity({
  name: 'learners',
  words: { lv: 'Skolēni', en: 'Learners' },
  columns: {
    learner_uid: column(Code, 'personas kods vai avota numurs', 'personal code or number of the source', {
      isSecret: true,
    }),
    name: optional(Name, 'vārds un uzvārds', 'name', { isSecret: true }),
    birth_month: optional(Month, 'dzimšanas mēnesis', 'month of birth'),
    sex: column(Sex, 'dzimums', 'sex'),
    residence_code: optional(Code, 'dzīvesvietas pašvaldība', 'municipality of residence', {
      to: 'territory_id',
      refersTo: 'territories',
    }),
    residence_parish: optional(Code, 'dzīvesvietas pagasts vai pilsēta', 'parish or town of residence', {
      to: 'parish_code',
    }),
    citizenship_group: optional(Code, 'pilsonības grupa', 'group of citizenship'),
    special_need: optional(z.int().min(51).max(59), 'speciālās vajadzības veids', 'type of special need'),
    previous_uid: optional(Code, 'tā paša cilvēka agrākais kods', 'earlier code of the same person', {
      to: null,
      isSecret: true,
    }),
  },
  key: ['learner_uid'],
  usedBy: [
    { table: 'registry.enrolment', column: 'learner_id' },
    { table: 'records.result', column: 'learner_id' },
    { table: 'records.marks', column: 'learner_id' },
    { table: 'records.absence', column: 'learner_id' },
    { table: 'records.destination', column: 'learner_id' },
    { table: 'records.context', column: 'learner_id' },
  ],
  destination: { as: 'own' },
})

export const enrolments = entity({
  name: 'enrolments',
  words: { lv: 'Ieraksti iestādēs', en: 'Enrolments' },
  columns: {
    enrolment_id: optional(Code, 'avota numurs', 'number of the source', { to: 'code' }),
    learner_uid: column(Code, 'skolēns', 'learner', { refersTo: 'learners', isSecret: true }),
    class_id: column(Code, 'klase', 'class', { to: 'class_group_id', refersTo: 'class_groups' }),
    programme_code: optional(z.string().min(8).max(8), 'programmas kods', 'code of the programme'),
    from: optional(
      z.iso.date(),
      'pirmā diena; mācību gada pirmā, ja nav teikts',
      'first day; that of the school year when left out',
    ),
    to: optional(
      z.iso.date(),
      'pēdējā diena; mācību gada pēdējā, ja nav teikts',
      'last day; that of the school year when left out',
    ),
    main: optional(Flag, 'pamata mācību vieta; jā, ja nav teikts', 'main place of study; true when left out'),
    leave_reason: optional(Code, 'aiziešanas iemesls', 'reason for leaving'),
    repeated: optional(Flag, 'atkārto klasi', 'repeats the grade'),
    transport_minutes: optional(z.int().min(0).max(600), 'ceļš uz skolu minūtēs', 'way to school in minutes'),
  },
  key: ['learner_uid', 'class_id'],
  days: ['from', 'to'],
  destination: { as: 'own' },
})

export const staff = entity({
  name: 'staff',
  words: { lv: 'Pedagogi un darbinieki', en: 'Staff' },
  columns: {
    staff_uid: column(Code, 'personas kods vai avota numurs', 'personal code or number of the source', {
      isSecret: true,
    }),
    name: optional(Name, 'vārds un uzvārds', 'name', { isSecret: true }),
    birth_year: optional(z.int().min(1900).max(2100), 'dzimšanas gads', 'year of birth'),
    sex: column(Sex, 'dzimums', 'sex'),
    education_level: optional(Code, 'izglītības līmenis', 'level of education'),
    qualification_subjects: optional(
      Codes,
      'mācību priekšmeti, kuros ir kvalifikācija',
      'subjects of the qualification',
      { isList: true },
    ),
    quality_degree: optional(
      z.int().min(1).max(3),
      'profesionālās darbības kvalitātes pakāpe',
      'degree of professional quality',
    ),
    cpd_hours_3y: optional(
      z.number().min(0).max(10_000),
      'tālākizglītības stundas trijos gados',
      'hours of training in three years',
    ),
  },
  key: ['staff_uid'],
  usedBy: [
    { table: 'registry.employment', column: 'staff_id' },
    { table: 'registry.class_group_version', column: 'class_teacher_id' },
  ],
  destination: { as: 'own' },
})

export const employments = entity({
  name: 'employments',
  words: { lv: 'Darba attiecības', en: 'Employments' },
  columns: {
    employment_id: column(Code, 'avota numurs', 'number of the source', { to: 'code' }),
    staff_uid: column(Code, 'darbinieks', 'member of staff', {
      to: 'staff_id',
      refersTo: 'staff',
      isSecret: true,
    }),
    reg_number: column(Code, 'iestāde', 'institution', { to: 'institution_id', refersTo: 'institutions' }),
    position_code: column(Code, 'amats', 'position'),
    subject_code: optional(Code, 'mācību priekšmets', 'subject'),
    stage: optional(Code, 'izglītības pakāpe', 'stage of education'),
    rate: column(z.number().min(0).max(3), 'slodze; 1 ir viena likme', 'load; 1 is a full rate'),
    contact_lessons: optional(z.number().min(0).max(80), 'kontaktstundas nedēļā', 'contact lessons a week'),
    from: column(z.iso.date(), 'pirmā diena', 'first day', { to: null }),
    to: optional(z.iso.date(), 'pēdējā diena', 'last day', { to: null }),
    leave_reason: optional(Code, 'aiziešanas iemesls', 'reason for leaving'),
  },
  key: ['employment_id'],
  days: ['from', 'to'],
  destination: {
    as: 'facts',
    table: 'registry.employment',
    key: ['code'],
    scope: ['institution_id'],
    valid: 'daterange(s."from", s."to" + 1)',
    validFrom: ['from', 'to'],
  },
})
