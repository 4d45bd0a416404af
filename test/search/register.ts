import { asJob } from '#db/actor.ts'
import type { Database } from '#db/connection.ts'
import { tellOfData } from '#modules/publications/index.ts'

/** Municipalities of a register with Latvian names: in the nominative, with the genitive of the town or land. */
const municipalities = [
  ['Rīga', 'Rīgas', 'Rīgā'],
  ['Daugavpils', 'Daugavpils', 'Daugavpilī'],
  ['Ventspils', 'Ventspils', 'Ventspilī'],
  ['Cēsu novads', 'Cēsu novada', 'Cēsu novadā'],
  ['Rēzekne', 'Rēzeknes', 'Rēzeknē'],
  ['Rēzeknes novads', 'Rēzeknes novada', 'Rēzeknes novadā'],
  ['Ādažu novads', 'Ādažu novada', 'Ādažu novadā'],
  ['Ķekavas novads', 'Ķekavas novada', 'Ķekavas novadā'],
  ['Talsu novads', 'Talsu novada', 'Talsu novadā'],
  ['Jēkabpils novads', 'Jēkabpils novada', 'Jēkabpils novadā'],
] as const

/** Schools of the same register; made up, as Latvian schools are called. */
export const schools = [
  'Rīgas 49. vidusskola',
  'Rīgas 110. vidusskola',
  'Cēsu pilsētas pamatskola',
  'Šķaunes pamatskola',
  'Ķekavas vidusskola',
  'Ādažu Brīvā skola',
  'Daugavpils tehnoloģiju vidusskola-licejs',
  'Ventspils Valsts ģimnāzija',
  'Rēzeknes Mākslu un dizaina vidusskola',
  'Pirmsskolas izglītības iestāde „Zvaniņš”',
  'Jāzepa Mediņa mūzikas vidusskola',
  'Vecpiebalgas vidusskola',
  'Latgales Industriālais tehnikums',
  'Kurzemes profesionālās izglītības kompetences centrs',
  'Žaņa Lipkes sākumskola',
]

/** Adds the municipalities to a register that was filled from a planted file. */
export async function addMunicipalities(db: Database): Promise<void> {
  await asJob(db, async (tx) => {
    for (const [name, genitive, locative] of municipalities) {
      await tx.query(
        `with t as (insert into registry.territory (kind) values ('municipality') returning territory_id)
         insert into registry.territory_version
           (territory_id, parent_id, code, name_lv, name_en, genitive_lv, locative_lv, valid, import_id, line, row_hash)
         select t.territory_id, s.territory_id, $1, $1, $2, $3, $4, '(,)', s.import_id, 1, 0
           from t, (select v.* from registry.territory_version v join registry.territory using (territory_id)
                     where kind = 'state' and superseded_by is null limit 1) s`,
        [name, name.replace(/u novads$|s novads$| novads$/, ' municipality'), genitive, locative],
      )
    }
    await tellOfData(tx)
  })
}
