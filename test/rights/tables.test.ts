import { expect, test } from 'vitest'
import { asJob } from '#db/actor.ts'
import { newDatabase } from '../database.ts'

const db = await newDatabase()

/** Tables under no rule of retention, each with the reason: nobody is in them, and nothing anybody wrote about somebody. */
const nobodyIn: Record<string, string> = {
  'access.representation_feed': 'days of feeds and how many rows they had',
  'assessments.duty': 'what a mandate allows in the item bank; goes with the mandate',
  'assessments.framework': 'what tests are about',
  'assessments.form': 'forms of tests; whoever made one is a number without a name once the account has gone',
  'assessments.form_item': 'which items a form has',
  'assessments.assembly':
    'how forms were put together; whoever did is a number without a name once the account has gone',
  'assessments.assembly_step':
    'which items were changed by hand; whoever did is a number without a name once the account has gone',
  'assessments.round': 'tests as such; whoever made one is a number without a name once the account has gone',
  'assessments.round_event':
    'what was done with tests; whoever did it is a number without a name once the account has gone',
  'assessments.round_form': 'which forms a test has',
  'assessments.sampled_school': 'which schools were drawn',
  'assessments.release_step':
    'when a test was released; whoever did it is a number without a name once the account has gone',
  'assessments.session':
    'rooms and hours; whoever led one is a number without a name once the account has gone',
  'assessments.session_leader': 'which mandate leads where; goes with the mandate',
  'assessments.observer': 'which mandate observes where; goes with the mandate',
  'assessments.item': 'numbers of items',
  'assessments.item_event':
    'what was said of items; whoever said it is a number without a name once the account has gone',
  'assessments.item_key': 'what is right',
  'assessments.item_media': 'pictures of items',
  'assessments.item_parameter': 'how items measured',
  'assessments.item_text': 'words of items',
  'assessments.item_version':
    'versions of items; whoever wrote one is a number without a name once the account has gone',
  'assessments.mark_decision':
    'that answers are marked again; who marked and who decided are numbers without a name once the accounts have gone',
  'assessments.mark_lease': 'which answer lies before whom, for minutes',
  'assessments.model_call':
    'when a model elsewhere was asked and how long it took, no word of it; for whom is a number without a name once the account has gone',
  'assessments.item_ask':
    'what sort of item was asked for, and the answer; whoever asked is a number without a name once the account has gone',
  'assessments.item_draft': 'items a model suggested, and what was decided',
  'assessments.marking': 'how a test is marked',
  'assessments.media': 'pictures',
  'assessments.bookmark':
    'where a panel set its bookmarks; whoever did is a number without a name once the account has gone',
  'assessments.panel':
    'panels that set a standard; whoever opened one is a number without a name once the account has gone',
  'assessments.panel_place': 'items in order of their difficulty',
  'assessments.scaling_decision':
    'which items count; whoever decided is a number without a name once the account has gone',
  'assessments.scaling_run':
    'figures of items and groups; whoever asked is a number without a name once the account has gone',
  'assessments.standard':
    'where levels begin; whoever set it is a number without a name once the account has gone',
  'checks.jump': 'figures of institutions',
  'checks.run': 'when checks were asked',
  'checks.score': 'counts of an institution',
  'checks.threshold': 'limits of checks',
  'disclosure.data_set': 'what may be cut, by name',
  'disclosure.dimension': 'categories, said beforehand',
  'disclosure.extract':
    'what was asked for when; whoever asked is a number without a name once the account has gone',
  'disclosure.extract_demand': 'limits that extracts must meet',
  'disclosure.free_atom': 'counts of groups, read by jobs only and answered with noise',
  'disclosure.free_part': 'names of counts',
  'disclosure.free_pointer': 'which counts are in force',
  'disclosure.free_version': 'which counts are in force',
  'disclosure.free_version_part': 'which counts are in force',
  'disclosure.noise': 'parameters of noise',
  'disclosure.noise_row': 'steps of noise',
  'disclosure.population': 'populations as such; the mark of a key',
  'disclosure.rule': 'rules; whoever set one is a number without a name once the account has gone',
  'disclosure.trial': 'trials of rules; whoever asked is a number without a name once the account has gone',
  'feeds.feed': 'where other systems are asked, and how far',
  'feeds.message':
    'numbers of findings, of results told and of pages, and what other systems said to them; nobody is named',
  'feeds.run': 'when they were asked and how many lines came',
  'growth.run': 'one fit of growth: counts and variances of the country',
  'growth.school': 'sums over the learners of a school',
  'identity.forgotten_key': 'ids of keys that are gone',
  'indicators.cell': 'sums over groups; cubes stay',
  'indicators.cube': 'versions of cubes',
  'indicators.cube_part': 'versions of cubes',
  'indicators.definition': 'formulas',
  'indicators.part': 'hashes of cubes',
  'indicators.part_input': 'what cubes were made from, as a hash',
  'indicators.pointer': 'which cube is in force',
  'indicators.series_break': 'from which year on figures are others',
  'indicators.similar': 'which schools are alike',
  'indicators.target': 'what is aimed at',
  'intake.import':
    'what was read when; whoever began it is a number without a name once the account has gone',
  'intake.mapping':
    'how columns are read; whoever kept it is a number without a name once the account has gone',
  'intake.package':
    'which files came together; whoever sent them is a number without a name once the account has gone',
  'migration.applied': 'steps of the schema',
  'network.assumption': 'what is assumed of ways and of the years to come',
  'network.border_municipality': 'which municipalities lie at the border',
  'network.criterion': 'criteria of the school network',
  'network.rule_set': 'criteria of the school network',
  'pgboss.bam': 'the queue’s own work',
  'pgboss.instance': 'the queue’s own processes',
  'pgboss.job_dependency': 'which job waits for which',
  'pgboss.queue': 'kinds of jobs',
  'pgboss.queue_stats': 'counts of jobs',
  'pgboss.schedule': 'times of jobs',
  'pgboss.subscription': 'kinds of jobs',
  'pgboss.version': 'version of the queue',
  'pgboss.warning': 'warnings of the queue about itself',
  'publications.decision': 'what is public',
  'publications.pointer': 'which release is in force',
  'publications.release': 'releases stay',
  'publications.release_attack': 'counts of an attack on a release',
  'publications.release_cell': 'protected figures; releases stay',
  'publications.release_change': 'what changed between releases',
  'publications.release_count': 'counts of a release',
  'records.assessment': 'tests as such',
  'records.finance': 'money of schools',
  'records.lesson_delivery': 'how many lessons a class had',
  'records.population': 'counts of people by age, from the statistics office',
  'records.sample_plan': 'how many lessons the standard plans',
  'records.scale': 'scales of tests',
  'registry.class_group': 'numbers of classes',
  'registry.classifier_entry': 'words of codes, public',
  'registry.founder': 'numbers of founders',
  'registry.founder_version': 'founders of schools, public',
  'registry.institution': 'numbers of schools',
  'registry.institution_version': 'schools, public',
  'registry.programme': 'programmes of schools, public',
  'registry.site': 'numbers of buildings',
  'registry.site_version': 'buildings of schools, public',
  'registry.succession': 'which school or municipality followed which',
  'registry.territory': 'numbers of territories',
  'registry.territory_version': 'territories, public',
  'registry.boundary': 'borders of municipalities',
  'registry.boundary_map': 'maps',
  'registry.tile': 'squares of a map',
  'registry.tile_map': 'maps',
  'registry.vacancy': 'posts that nobody has',
  'publications.report_set':
    'what was asked for when; whoever asked is a number without a name once the account has gone',
  'rights.bank': 'the number of this bank',
  'rights.linkage': 'which data may be joined',
  'rights.linkage_switch':
    'when a linkage was switched; whoever did is a number without a name once the account has gone',
  'rights.processing': 'the register of processing',
  'rights.forgotten': 'numbers that nobody has any more: kept so that no backup brings them back',
  'rights.retention': 'the rules themselves',
  'rights.run':
    'counts of what was destroyed; whoever asked is a number without a name once the account has gone',
  'worklists.reminder':
    'that a school was reminded; whoever did is a number without a name once the account has gone',
}

const tables = async () => {
  const { rows } = await db.ownerPool.query<{ name: string }>(
    `select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where relkind in ('r', 'p') and not relispartition and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
      order by 1`,
  )
  return rows.map(({ name }) => name)
}
const governed = async (day: string) => {
  const { rows } = await asJob(db, (tx) =>
    tx.query<{ name: string }>(
      'select distinct unnest(tables) as name from rights.retention where valid @> $1::date order by 1',
      [day],
    ),
  )
  return rows.map(({ name }) => name)
}

test('every table is under a rule of retention, or on the list of those in which there is nobody', async () => {
  const known = new Set([...(await governed('2026-11-22')), ...Object.keys(nobodyIn)])
  expect((await tables()).filter((name) => !known.has(name))).toEqual([])
})

test('no table is on both lists, and none is named that is not there', async () => {
  const there = new Set(await tables())
  const rules = await governed('2026-11-22')
  expect(rules.filter((name) => name in nobodyIn)).toEqual([])
  expect([...rules, ...Object.keys(nobodyIn)].filter((name) => !there.has(name))).toEqual([])
})

test('a table with a person’s number, code or sealed value is never on the list of those without people', async () => {
  const { rows } = await db.ownerPool.query<{ name: string }>(
    `select distinct table_schema || '.' || table_name as name from information_schema.columns
      where column_name in ('learner_id', 'staff_id', 'code_hash', 'sealed_code', 'sealed_name', 'name_hash', 'display_name')`,
  )
  expect(rows.length).toBeGreaterThan(10)
  expect(rows.filter(({ name }) => name in nobodyIn)).toEqual([])
})

test('what identifies somebody is sealed in backups with the person’s own key', async () => {
  const { rows } = await db.ownerPool.query<{ name: string }>(
    `select table_schema || '.' || table_name || '.' || column_name as name from information_schema.columns
      where column_name in ('code_hash', 'sealed_code', 'sealed_name', 'name_hash', 'display_name')
     except select place || '.' || unnest(columns) from migration.person_columns() order by 1`,
  )
  expect(rows.map(({ name }) => name)).toEqual([])
})
