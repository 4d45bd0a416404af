import { expect, test } from 'vitest'
import { newWorld } from '../world.ts'
import { planted } from './planted.ts'

const html = '<img src=x onerror=alert(1)> & "skola"'
const world = await newWorld({ data: planted([{ name: html, pupils: 12 }]), portal: true })
const head = await world.signIn('school')

const everywhere = [
  '/',
  '/lv',
  '/en/search?q=skola',
  '/api/v1/config',
  '/api/v1/nowhere',
  '/nowhere',
  '/health/live',
  '/metrics',
  '/icon.svg',
]

test.each(everywhere)('%s tells browsers to trust nothing but this site', async (path) => {
  const { headers } = await world.get(path)
  const policy = headers.get('content-security-policy')
  expect(policy).toContain("default-src 'self'")
  expect(policy).toContain("frame-ancestors 'none'")
  expect(policy).toContain("form-action 'self'")
  expect(headers.get('x-content-type-options')).toBe('nosniff')
  expect(headers.get('referrer-policy')).toBe('same-origin')
  expect(headers.get('cross-origin-opener-policy')).toBe('same-origin')
  expect(headers.get('permissions-policy')).toContain('camera=()')
  expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
  expect(headers.get('cache-control')).not.toBeNull()
  expect(headers.get('x-powered-by')).toBeNull()
})

test('public pages allow no script at all, signed-in ones only files of this site', async () => {
  const policy = async (person?: typeof head) =>
    (await world.get('/lv', person)).headers.get('content-security-policy')
  expect(await policy()).toContain("script-src 'none'")
  expect(await policy(head)).toContain("script-src 'self';")
  expect(await policy(head)).not.toMatch(/script-src[^;]*unsafe/)
})

test('where the proxy speaks TLS, browsers are told never to come without it', async () => {
  const tls = await world.get('/lv', undefined, { headers: { 'x-forwarded-proto': 'https' } })
  expect(tls.headers.get('strict-transport-security')).toContain('max-age=')
  expect((await world.get('/lv')).headers.get('strict-transport-security')).toBeNull()
})

test('pages of signed-in people are kept by nobody, public ones are asked for again each time', async () => {
  expect((await world.get('/lv', head)).headers.get('cache-control')).toBe('private, no-store')
  const first = await world.get('/lv')
  expect(first.headers.get('cache-control')).toBe('public, no-cache')
  const tag = first.headers.get('etag')!
  const again = await world.get('/lv', undefined, { headers: { 'if-none-match': tag } })
  expect([again.status, await again.text()]).toEqual([304, ''])
})

test('a page made for somebody signed in is never given to anybody else', async () => {
  expect(await (await world.get('/lv', head)).text()).toContain('Ilze Liepiņa')
  for (const headers of [{}, { cookie: 'ikms-session=forged' }, { cookie: 'other=1' }] as Record<
    string,
    string
  >[]) {
    const page = await (await world.get('/lv', undefined, { headers })).text()
    expect(page).not.toContain('Ilze Liepiņa')
  }
})

test('HTML in the name of a school is text: in JSON as it is, on a page escaped', async () => {
  const { items } = await world.read<{ items: { id: string; name: { lv: string } }[] }>('/institutions')
  expect(items[0]!.name.lv).toBe(html)
  for (const path of ['/lv/skolas', `/en/schools/${items[0]!.id}`, '/lv/meklet?q=onerror']) {
    // React parts neighbouring texts, as where a found word is marked, by empty comments.
    const page = (await (await world.get(path)).text()).replaceAll('<!-- -->', '')
    expect(page).not.toContain('<img src=x')
    expect(page).toContain('&lt;img src=x')
  }
})

test('words of an address come back as text only', async () => {
  const typed = '"><script>alert(1)</script>'
  const page = await (await world.get(`/lv/meklet?q=${encodeURIComponent(typed)}`)).text()
  expect(page).not.toContain('<script>alert')
})
