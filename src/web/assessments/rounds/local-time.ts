const parts = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/Riga',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
})

/** An instant as a field for day and time shows it, in Latvia: `2027-04-13T09:00`. */
export function localTime(iso: string): string {
  const at = Object.fromEntries(parts.formatToParts(new Date(iso)).map(({ type, value }) => [type, value]))
  return `${at.year}-${at.month}-${at.day}T${at.hour}:${at.minute}`
}

/** What such a field says, as an instant; null where it says no time. Of an hour that is there twice, in autumn, the first. */
export function instantOf(local: string): string | null {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(local)) return null
  const asUtc = Date.parse(`${local}:00Z`)
  if (Number.isNaN(asUtc)) return null
  const found = [3, 2]
    .map((hours) => new Date(asUtc - hours * 3_600_000))
    .find((at) => localTime(at.toISOString()) === local)
  return (found ?? new Date(asUtc - 2 * 3_600_000)).toISOString().replace('.000', '')
}
