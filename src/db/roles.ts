import type { ClientBase } from 'pg'
import pg from 'pg'
import type { Tier } from './actor.ts'
import { firstKeyId } from './key-ring.ts'
import { deriveKey, type Keys } from './keys.ts'
import { scramVerifier } from './scram.ts'

/** The database role of each tier. A constant: no role name is ever made from input. */
export const tierRole = {
  learner: 'tier_learner',
  parent: 'tier_parent',
  teacher: 'tier_teacher',
  support: 'tier_support',
  school: 'tier_school',
  municipality: 'tier_municipality',
  inspector: 'tier_inspector',
  analyst: 'tier_analyst',
  researcher: 'tier_researcher',
  steward: 'tier_steward',
  protection_officer: 'tier_protection_officer',
} as const satisfies Record<Tier, string>

/** Roles that sign in, one per pool, with the time a statement may take; 0 is no limit. */
export const loginRoles = {
  ikms_public: { statementTimeout: '2s' },
  ikms_app: { statementTimeout: '10s' },
  ikms_job: { statementTimeout: '0' },
} as const
export type LoginRole = keyof typeof loginRoles

const tiers = Object.values(tierRole)
/** `ikms_definer` owns the security-definer functions, `ikms_backup` reads everything for backups. Nobody signs in as them. */
const ownerRoles = ['ikms_definer', 'ikms_backup']

type Membership = { role: string; member: string }

function memberships(owner: string): Membership[] {
  return [
    ...tiers.map((role) => ({ role, member: 'ikms_app' })),
    ...ownerRoles.map((role) => ({ role, member: owner })),
  ]
}

const name = pg.escapeIdentifier
const grantOf = ({ role, member }: Membership) =>
  // SET without INHERIT: rights come only while the role is taken on, and end with the transaction.
  `grant ${name(role)} to ${name(member)} with inherit false, set true`
const passwordOf = (role: LoginRole, verifier: string) =>
  `alter role ${role} password ${pg.escapeLiteral(verifier)}`

/** Statements that open the database to the three login roles and to nobody else. Database rights are not copied with a template. */
export function databaseGrants(database: string): string[] {
  return [
    `revoke all on database ${name(database)} from public`,
    `grant connect on database ${name(database)} to ikms_public, ikms_app, ikms_job`,
    `grant temporary on database ${name(database)} to ikms_job`, // staging tables of an import
  ]
}

/**
 * The password of a login role, derived from the key file: nothing to store, nothing to send. From its first key, so that
 * a new current one does not shut out what runs.
 */
export const rolePassword = (keys: Keys, role: LoginRole) =>
  deriveKey(keys, `database/${role}`, firstKeyId(keys)).toString('base64url')

function verifierOf(keys: Keys, role: LoginRole): string {
  // A salt derived as well gives the same verifier each time, so that printing it twice prints the same.
  const salt = deriveKey(keys, `database-salt/${role}`, firstKeyId(keys)).subarray(0, 16)
  return scramVerifier(rolePassword(keys, role), salt)
}

/**
 * The SQL that makes all roles, for an operator whose owner role may not create any; may be run again.
 *
 * @param owner  the role of DATABASE_URL, which owns the database
 * @param keys   for the verifiers of the passwords; left out when the server does not ask for passwords
 */
export function rolesSql(owner: string, database: string, keys?: Keys): string {
  const creations = [...tiers, ...ownerRoles]
    .map((role) => ({ role, login: 'nologin' }))
    .concat(Object.keys(loginRoles).map((role) => ({ role, login: 'login' })))
  const logins = Object.entries(loginRoles) as [LoginRole, { statementTimeout: string }][]
  return [
    '-- Roles of IKMS. Run as a role that may create roles; running it again changes nothing.',
    ...creations.map(
      ({ role, login }) =>
        `do $$ begin create role ${role} ${login} noinherit; exception when duplicate_object then null; end $$`,
    ),
    ...memberships(owner).map(grantOf),
    ...logins.map(
      ([role, { statementTimeout }]) => `alter role ${role} set statement_timeout = '${statementTimeout}'`,
    ),
    ...(keys ? logins.map(([role]) => passwordOf(role, verifierOf(keys, role))) : []),
    ...databaseGrants(database),
    '',
  ].join(';\n')
}

/**
 * Makes what is missing of the roles, as the owner of the database; where nothing is missing nothing is changed.
 *
 * @throws  when a role is missing and the owner may not create roles, and when one of the login roles has more power than
 *          it may have (superuser, bypassrls, a membership): policies would then not hold
 */
export async function ensureRoles(client: ClientBase, keys?: Keys): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await makeRoles(client, keys)
    } catch (error) {
      // Roles belong to the whole server, advisory locks to one database: two databases may make the same role at once.
      const { code } = error as pg.DatabaseError
      const tangled = code === '42710' || code === '23505' || code === 'XX000' || code === '40001'
      if (!tangled || attempt === 5) throw error
    }
  }
}

async function makeRoles(client: ClientBase, keys?: Keys) {
  const [self] = await rowsOf<{ owner: string; database: string; creates: boolean }>(
    client,
    `select current_user as owner, current_database() as database, rolsuper or rolcreaterole as creates
       from pg_roles where rolname = current_user`,
  )
  const { owner, database, creates } = self!
  const missing = await missingStatements(client, owner)
  if (missing.length > 0 && !creates) {
    throw new Error(
      `The role ${owner} may not create roles. Let an administrator run the output of: npm run ikms -- roles --print`,
    )
  }
  for (const statement of missing) await client.query(statement)
  if (keys && creates) {
    for (const role of Object.keys(loginRoles) as LoginRole[]) {
      await client.query(passwordOf(role, verifierOf(keys, role)))
    }
  }
  await refuseExcess(client)
  await openToLogins(client, database)
}

async function missingStatements(client: ClientBase, owner: string): Promise<string[]> {
  const logins = Object.keys(loginRoles) as LoginRole[]
  const roles = [...tiers, ...ownerRoles, ...logins]
  const found = await rowsOf<{ rolname: string; timeout: string | null }>(
    client,
    `select rolname, (select substr(setting, length('statement_timeout=') + 1)
                        from unnest(rolconfig) as setting where setting like 'statement_timeout=%') as timeout
       from pg_roles where rolname = any($1)`,
    [roles],
  )
  const granted = await rowsOf<Membership>(
    client,
    `select role.rolname as role, member.rolname as member
       from pg_auth_members join pg_roles role on role.oid = roleid join pg_roles member on member.oid = member
      where set_option and role.rolname = any($1)`,
    [roles],
  )
  const has = (role: string) => found.some(({ rolname }) => rolname === role)
  return [
    ...[...tiers, ...ownerRoles]
      .filter((role) => !has(role))
      .map((role) => `create role ${role} nologin noinherit`),
    ...logins.filter((role) => !has(role)).map((role) => `create role ${role} login noinherit`),
    ...memberships(owner)
      .filter(({ role, member }) => !granted.some((each) => each.role === role && each.member === member))
      .map(grantOf),
    ...logins
      .filter(
        (role) =>
          found.find(({ rolname }) => rolname === role)?.timeout !== loginRoles[role].statementTimeout,
      )
      .map((role) => `alter role ${role} set statement_timeout = '${loginRoles[role].statementTimeout}'`),
  ]
}

/** Roles of IKMS with more power than they may have; empty is right. */
async function refuseExcess(client: ClientBase) {
  const logins = Object.keys(loginRoles)
  const powerful = await rowsOf<{ rolname: string }>(
    client,
    `select rolname from pg_roles
      where rolname = any($1) and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication)`,
    [[...logins, ...tiers, ...ownerRoles]],
  )
  const extra = await rowsOf<Membership>(
    client,
    `select role.rolname as role, member.rolname as member
       from pg_auth_members join pg_roles role on role.oid = roleid join pg_roles member on member.oid = member
      where member.rolname = any($1)
        and not (member.rolname = 'ikms_app' and role.rolname = any($2) and not inherit_option)`,
    [[...logins, ...tiers, ...ownerRoles], tiers],
  )
  const wrong = [
    ...powerful.map(({ rolname }) => `${rolname} may do more than sign in`),
    ...extra.map(({ role, member }) => `${member} is a member of ${role}`),
  ]
  if (wrong.length > 0) throw new Error(`Row-level security would not hold: ${wrong.join('; ')}`)
}

async function openToLogins(client: ClientBase, database: string) {
  const [open] = await rowsOf<{ right: boolean }>(
    client,
    `select has_database_privilege('ikms_public', $1, 'connect') and has_database_privilege('ikms_app', $1, 'connect')
        and has_database_privilege('ikms_job', $1, 'temporary') and not has_database_privilege('ikms_app', $1, 'temporary')
         as right`,
    [database],
  )
  if (open!.right) return
  for (const statement of databaseGrants(database)) await client.query(statement)
}

async function rowsOf<Row>(client: ClientBase, text: string, values: unknown[] = []): Promise<Row[]> {
  return (await client.query(text, values)).rows as Row[]
}
