import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { providerSettings } from './settings.ts'

const folder = mkdtempSync(join(tmpdir(), 'ikms-settings-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const secret = join(folder, 'secret')
writeFileSync(secret, 'between us\n', { mode: 0o600 })

const whole = {
  IKMS_OIDC_ISSUER: 'https://login.example/realm',
  IKMS_OIDC_CLIENT: 'ikms',
  IKMS_OIDC_SECRET: secret,
  IKMS_OIDC_REDIRECT: 'https://ikms.example/sign-in/return',
}

test('no settings: no provider', () => {
  expect(providerSettings({ PATH: '/bin', IKMS_OIDC_ISSUER: '' })).toBeNull()
})

test('whole settings are read, the secret from its file or from what a command prints', () => {
  expect(providerSettings(whole)).toMatchObject({
    clientId: 'ikms',
    clientSecret: 'between us',
    claim: 'personal_code',
    scope: 'openid profile',
  })
  const { IKMS_OIDC_SECRET: _, ...rest } = whole
  const asked = providerSettings({ ...rest, IKMS_OIDC_SECRET_COMMAND: 'echo from a vault' })
  expect(asked?.clientSecret).toBe('from a vault')
})

const wrong: [what: string, changed: Partial<Record<string, string>>, says: RegExp][] = [
  ['no client', { IKMS_OIDC_CLIENT: '' }, /IKMS_OIDC_CLIENT is missing/],
  ['no secret', { IKMS_OIDC_SECRET: '' }, /secret of the client is missing/],
  ['a secret that is not there', { IKMS_OIDC_SECRET: join(folder, 'nowhere') }, /cannot be read/],
  ['a command that fails', { IKMS_OIDC_SECRET: '', IKMS_OIDC_SECRET_COMMAND: 'false' }, /COMMAND failed/],
  ['a command that prints nothing', { IKMS_OIDC_SECRET: '', IKMS_OIDC_SECRET_COMMAND: 'true' }, /is empty/],
  ['an issuer without TLS', { IKMS_OIDC_ISSUER: 'http://login.example' }, /must begin with https/],
  ['an issuer that is no address', { IKMS_OIDC_ISSUER: 'login' }, /is not an address/],
  ['a return address without TLS', { IKMS_OIDC_REDIRECT: 'http://ikms.example/sign-in/return' }, /https/],
  [
    'another return address',
    { IKMS_OIDC_REDIRECT: 'https://ikms.example/return' },
    /end in \/sign-in\/return/,
  ],
]

test.each(wrong)('%s is said before anything starts', (_what, changed, says) => {
  expect(() => providerSettings({ ...whole, ...changed })).toThrow(says)
})

test('a secret that others may read is refused, and never told', () => {
  chmodSync(secret, 0o644)
  expect(() => providerSettings(whole)).toThrow(/others may read it: chmod 600/)
  chmodSync(secret, 0o600)
})
