import type { Criterion } from './criteria.ts'
import type { Words } from './locale.ts'

/** What will bring the figures of an indicator that is not computed yet. */
export type Feeder =
  | 'records'
  | 'registry'
  | 'network'
  | 'growth'
  | 'surveys'
  | 'support'
  | 'evaluation'
  | 'graduates'
  | 'checks'

export interface FrameworkIndicator {
  code: string
  criterion: Criterion
  name: Words
  feeder: Feeder
}

const of = (
  criterion: Criterion,
  feeder: Feeder,
  rows: readonly (readonly [code: string, lv: string, en: string])[],
): FrameworkIndicator[] => rows.map(([code, lv, en]) => ({ code, criterion, feeder, name: { lv, en } }))

/**
 * Every indicator the framework asks for, whether it is computed already or not: what is not in the catalogue is told
 * with what will bring it, so that an empty criterion is never a riddle.
 */
export const frameworkIndicators: readonly FrameworkIndicator[] = [
  ...of('purpose.achievement', 'records', [
    ['ACH-01', 'Monitoringa darba vidējais rezultāts', 'Mean result of the monitoring test'],
    ['ACH-02', 'Sasniedz gaidīto līmeni', 'At or above the expected level'],
    ['ACH-03', 'Zemākajā līmenī', 'At the lowest level'],
    ['ACH-05', 'Centralizētā eksāmena vidējais rezultāts', 'Mean result of the centralised exam'],
    ['ACH-06', 'Eksāmens nav nokārtots', 'Exam below the threshold'],
    ['ACH-07', 'Augsti eksāmena rezultāti', 'High results in the exam'],
    ['ACH-08', 'Izvēlas augstākā līmeņa eksāmenus', 'Choose exams of the advanced level'],
    ['ACH-09', 'Gada atzīme pret eksāmenu', 'Annual mark against the exam'],
    ['ACH-10', 'Piedalīšanās pārbaudījumā', 'Participation in the test'],
    ['ACH-11', 'Izaugsme starp diviem pārbaudījumiem', 'Progress between two tests'],
    ['ACH-12', 'Piedalījās monitoringa darbā', 'Took part in the monitoring test'],
    ['ACH-13', 'Nebija klāt monitoringa darbā', 'Absent from the monitoring test'],
    ['ACH-14', 'Atbrīvoti no monitoringa darba', 'Exempt from the monitoring test'],
    ['ACH-15', 'Rakstīja ar atbalsta pasākumiem', 'Took the monitoring test with support'],
    ['ACH-16', 'Augstākajā līmenī', 'At the highest level'],
  ]),
  ...of('purpose.achievement', 'growth', [
    ['ACH-04', 'Izaugsme no 3. līdz 6. klasei', 'Growth from grade 3 to grade 6'],
  ]),
  ...of('purpose.achievement', 'network', [
    ['NET-15', 'Rezultāti ar apstākļu korekciju', 'Results adjusted for circumstances'],
  ]),
  ...of('purpose.continuation', 'registry', [
    ['CON-01', 'Turpina izglītību pēc 9. klases', 'Continue after grade 9'],
    ['CON-02', 'Beidz 9. klasi bez apliecības', 'Leave grade 9 without a certificate'],
    ['CON-03', 'Pārtrauc mācības', 'Leave early'],
    ['CON-04', 'Paliek uz otru gadu', 'Repeat a grade'],
    ['CON-05', 'Pabeidz vidējo izglītību laikā', 'Complete upper secondary in time'],
    ['CON-06', 'Iestājas augstskolā gada laikā', 'Enter higher education within a year'],
  ]),
  ...of('purpose.continuation', 'graduates', [
    ['CON-07', 'Profesionālās izglītības absolventu nodarbinātība', 'Employment of vocational graduates'],
  ]),
  ...of('purpose.continuation', 'network', [
    [
      'NET-18',
      'Paliek savā skolā vai novadā pēc 9. klases',
      'Stay in the school or municipality after grade 9',
    ],
  ]),
  ...of('purpose.equity', 'records', [
    ['EQU-01', 'Rezultātu starpība starp grupām', 'Gap between groups'],
    [
      'EQU-06',
      'Meiteņu un zēnu starpība monitoringa darbos',
      'Gap between girls and boys in monitoring tests',
    ],
    [
      'EQU-07',
      'Starpība pēc mācību valodas monitoringa darbos',
      'Gap by language of instruction in monitoring tests',
    ],
    [
      'EQU-08',
      'Starpība pēc speciālajām vajadzībām monitoringa darbos',
      'Gap by special needs in monitoring tests',
    ],
  ]),
  ...of('purpose.equity', 'growth', [
    ['EQU-02', 'Cik rezultāti atšķiras starp skolām', 'How much results differ between schools'],
    ['EQU-03', 'Ģimenes apstākļu ietekme uz rezultātiem', 'How far results follow family circumstances'],
  ]),
  ...of('purpose.equity', 'registry', [
    ['EQU-04', 'Skolēni ar speciālām vajadzībām parastajās klasēs', 'Special needs in mainstream classes'],
  ]),
  ...of('purpose.equity', 'support', [
    ['EQU-05', 'Zemākā līmeņa skolēni ar atbalsta plānu', 'Lowest-level pupils with a support plan'],
  ]),
  ...of('learning.teaching', 'evaluation', [
    ['TEA-01', 'Stundas, kas vērtētas ar „labi” vai augstāk', 'Lessons observed at “good” or better'],
  ]),
  ...of('learning.teaching', 'records', [['TEA-02', 'Novadītās stundas', 'Lessons delivered']]),
  ...of('learning.teaching', 'network', [
    ['NET-01', 'Skolēni klašu grupā', 'Pupils in a group of grades'],
    ['NET-04', 'Klases lielums', 'Class size'],
  ]),
  ...of('learning.staff', 'registry', [
    ['STF-01', 'Skolēni uz pedagoga slodzi', 'Pupils to a full-time teacher'],
    ['STF-02', 'Pedagogu mainība', 'Teacher turnover'],
    ['STF-03', 'Pedagogi no 55 gadu vecuma', 'Teachers aged 55 and over'],
    ['STF-04', 'Māca bez atbilstošas kvalifikācijas', 'Taught without a matching qualification'],
    ['STF-05', 'Vakances', 'Vacancies'],
    ['STF-06', 'Profesionālā pilnveide', 'Professional development'],
    ['STF-07', 'Pārslodze', 'Overload'],
  ]),
  ...of('learning.staff', 'network', [
    ['NET-05', 'Skolēni uz pedagoga slodzi skolu tīklā', 'Pupils to a full-time teacher in the network'],
    ['NET-16', 'Pedagogu vecums un vakances skolu tīklā', 'Teachers’ age and vacancies in the network'],
  ]),
  ...of('learning.programmes', 'records', [
    ['PRG-01', 'Atkāpe no stundu parauga plāna', 'Deviation from the sample plan of lessons'],
    ['PRG-02', 'Padziļināto kursu izvēle', 'Choice of advanced courses'],
  ]),
  ...of('learning.programmes', 'network', [
    ['NET-14', 'Vidusskolas piedāvājums', 'What upper secondary offers'],
  ]),
  ...of('environment.access', 'network', [
    ['ACC-01', 'Ceļš līdz skolai', 'Way to school'],
    ['ACC-02', 'Ceļš ilgāks par stundu', 'Way longer than an hour'],
    ['NET-09', 'Ceļš līdz nākamajai tāda paša posma skolai', 'Way to the next school of the same stage'],
    ['NET-10', 'Ceļš, ja skolu slēgtu', 'Way if the school were closed'],
    ['NET-11', 'Mācās savā apkaimē', 'Attend school nearby'],
    ['NET-12', 'Plūsma starp pašvaldībām', 'Flow between municipalities'],
    ['NET-20', 'Īpašie skolas statusi', 'Special standings of a school'],
  ]),
  ...of('environment.access', 'evaluation', [
    ['ACC-03', 'Vides pieejamība pašvērtējumā', 'Accessibility by self-evaluation'],
  ]),
  ...of('environment.safety', 'surveys', [
    ['SAF-01', 'Labbūtības indekss', 'Index of well-being'],
    ['SAF-02', 'Piedzīvo vardarbību vismaz reizi mēnesī', 'Bullied at least monthly'],
  ]),
  ...of('environment.safety', 'records', [
    ['SAF-03', 'Neattaisnoti kavētās stundas', 'Lessons missed without excuse'],
    ['SAF-04', 'Vairāk nekā 20 neattaisnotu stundu semestrī', 'More than 20 unexcused lessons a term'],
  ]),
  ...of('environment.resources', 'network', [
    ['RES-01', 'Izmaksas uz skolēnu', 'Cost per pupil'],
    ['NET-06', 'Izmaksas uz skolēnu pa veidiem', 'Cost per pupil by kind'],
    ['NET-08', 'Ēkas noslogojums skolu tīklā', 'Occupancy of buildings in the network'],
    ['NET-19', 'Laboratorijas un dienesta viesnīcas', 'Laboratories and dormitories'],
  ]),
  ...of('environment.resources', 'registry', [
    ['RES-02', 'Ēkas noslogojums un platība uz skolēnu', 'Occupancy and floor area per pupil'],
    ['RES-03', 'Atbalsta personāls uz 100 skolēniem', 'Support staff per 100 pupils'],
    ['NET-17', 'Atbalsta personāls skolu tīklā', 'Support staff in the network'],
  ]),
  ...of('environment.resources', 'evaluation', [['RES-04', 'Ierīces uz skolēnu', 'Devices per pupil']]),
  ...of('governance.admin', 'evaluation', [
    ['ADM-01', 'Pašvērtējums iesniegts laikā', 'Self-evaluation submitted on time'],
    ['ADM-02', 'Izpildīti akreditācijas uzdevumi', 'Accreditation tasks fulfilled'],
  ]),
  ...of('governance.admin', 'checks', [['ADM-03', 'Datu kvalitāte', 'Quality of data']]),
  ...of('governance.admin', 'network', [
    ['NET-02', 'Atbilst skolu tīkla kritērijam', 'Meets the criterion of the school network'],
    ['NET-03', 'Starpība līdz kritērijam', 'Distance from the criterion'],
    ['NET-07', 'Finansējuma daļa pārejas laikā', 'Share of funding in the transition'],
    ['NET-13', 'Skolēnu skaita prognoze', 'Projected number of pupils'],
  ]),
  ...of('governance.leadership', 'evaluation', [['LEA-01', 'Vadītāju maiņa', 'Changes of heads']]),
  ...of('governance.leadership', 'surveys', [
    ['LEA-02', 'Skola kā mācīšanās organizācija', 'School as a learning organisation'],
  ]),
  ...of('governance.cooperation', 'surveys', [
    ['COO-01', 'Vecāku atsaucība un apmierinātība', 'Response and satisfaction of parents'],
  ]),
]
