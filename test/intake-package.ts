import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { asJob } from '#db/actor.ts'
import { importPackage, type PackageOptions } from '#modules/intake/index.ts'
import { afterFile } from './after-file.ts'
import { newDatabase } from './database.ts'
import { testKeys } from './world.ts'

/** Files of a package by name without `.csv`: lines, the first of them the header. */
export type Files = Partial<Record<string, readonly string[] | Buffer>>

export const manifest = {
  source: 'viis',
  dataKind: 'made_up',
  state: { code: 'LV', name: { lv: 'Latvija', en: 'Latvia' }, genitive: 'Latvijas', locative: 'Latvijā' },
  snapshotDate: '2026-10-01',
  version: '1',
}

/** A small country: two regions, three municipalities, two schools, one class, two learners, one teacher, one test. */
export const country = {
  territories: [
    'code,kind,parent_code,name_lv,name_en,genitive_lv,locative_lv',
    'R1,region,,Vidzeme,Vidzeme,Vidzemes,Vidzemē',
    'R2,region,,Latgale,Latgale,Latgales,Latgalē',
    '0038000,municipality,R1,Madonas novads,Madona Municipality,Madonas novada,Madonas novadā',
    '0055000,municipality,R1,Varakļānu novads,Varakļāni Municipality,Varakļānu novada,Varakļānu novadā',
    '0042000,municipality,R2,Preiļu novads,Preiļi Municipality,,',
  ],
  founders: [
    'founder_id,kind,name_lv,name_en,territory_code',
    'F1,municipality,Madonas novada pašvaldība,Madona Municipality,0038000',
  ],
  institutions: [
    'reg_number,kind,type,name_lv,name_en,founder_id,legal_atvk,legal_address,opened_on,accredited_until',
    '4501,school,secondary,Madonas vidusskola,Madona Secondary School,F1,0038000,"Skolas iela 1, Madona",1950-09-01,2028-06-30',
    '4502,school,basic,Varakļānu pamatskola,Varakļāni Basic School,,0055000,,,',
  ],
  delivery_sites: [
    'site_id,reg_number,atvk,parish_atvk,lat,lon,capacity,condition,accessible',
    'S1,4501,0038000,0038010,56.8533,26.2171,600,2,true',
    'S2,4501,0042000,,56.29,26.72,,,',
  ],
  programmes: [
    'reg_number,programme_code,licence_no,site_id,language,form,started_on,ended_on',
    '4501,31011011,V-1,S1,lv,full_time,2020-09-01,',
    '4502,21011111,V-2,,lv,full_time,,',
  ],
  class_groups: [
    'class_id,reg_number,school_year,grade,name,language,programme_code,class_teacher_uid',
    'C1,4501,2027,9,9.a,lv,21011111,T-1',
    'C2,4502,2027,3,3.,lv,,',
  ],
  learners: [
    'learner_uid,name,birth_month,sex,residence_code,citizenship_group,special_need',
    '010110-20001,Anna Bērziņa,2010-01,female,0038000,lv,',
    '020220-20002,Jānis Ozols,2012-02,male,0055000,lv,56',
  ],
  enrolments: [
    'learner_uid,class_id,from,to,repeated,transport_minutes',
    '010110-20001,C1,,,false,20',
    '020220-20002,C2,2026-09-01,2027-05-31,true,',
  ],
  staff: [
    'staff_uid,name,birth_year,sex,education_level,qualification_subjects,quality_degree,cpd_hours_3y',
    'T-1,Ilze Kalniņa,1975,female,master,mat fiz,2,40.5',
  ],
  employments: [
    'employment_id,staff_uid,reg_number,position_code,subject_code,rate,contact_lessons,from,to',
    'E1,T-1,4501,teacher,mat,0.8,18,2015-09-01,',
    'E2,T-1,4502,teacher,fiz,0.2,4.5,2020-09-01,2026-08-31',
  ],
  scales: ['code,name_lv,name_en,minimum,maximum', 'points,Punkti,Points,0,100'],
  assessments: [
    'code,subject,name_lv,name_en,school_year,grade,held_on,scale,starts_from',
    'maths-9-2027,maths,Matemātika 9. klasei,Mathematics grade 9,2027,9,2027-04-20,points,maths-6-2024',
    'maths-6-2024,maths,Matemātika 6. klasei,Mathematics grade 6,2024,6,2024-04-20,points,',
  ],
  results: ['learner_uid,assessment,reg_number,value,status', '010110-20001,maths-6-2024,4501,61.5,official'],
} satisfies Files

/** A database and packages to import into it. */
export async function newPackages() {
  const db = await newDatabase()
  const folder = mkdtempSync(join(tmpdir(), 'ikms-package-'))
  afterFile(() => rmSync(folder, { recursive: true, force: true }))
  let made = 0
  /** Writes a package as a folder; `more` takes the place of parts of the manifest. */
  const write = (files: Files, more: object = {}) => {
    made += 1
    const place = join(folder, `package-${made}`)
    mkdirSync(place)
    writeFileSync(join(place, 'manifest.json'), JSON.stringify({ ...manifest, ...more }))
    for (const [name, lines] of Object.entries(files)) {
      if (!lines) continue
      const content = Buffer.isBuffer(lines) ? lines : `${(lines as readonly string[]).join('\n')}\n`
      writeFileSync(join(place, name.includes('.json') ? name : `${name}.csv`), content)
    }
    return place
  }
  return {
    db,
    folder,
    write,
    imports: (files: Files, more: object = {}, options: Partial<PackageOptions> = {}) =>
      importPackage({ db, keys: testKeys, file: write(files, more), ...options }),
    importsAt: (file: string, options: Partial<PackageOptions> = {}) =>
      importPackage({ db, keys: testKeys, file, ...options }),
    /** What stands in the bank. */
    rows: async <Row>(sql: string, values: readonly unknown[] = []) =>
      (await asJob(db, (tx) => tx.query<Row>(sql, values))).rows,
  }
}
