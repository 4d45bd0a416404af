/** A Latvian name in the three cases that sentences of the portal need. */
export interface Declined {
  nominative: string
  genitive: string
  locative: string
}

const institutionWords: Record<string, { genitive: string; locative: string }> = {
  sākumskola: { genitive: 'sākumskolas', locative: 'sākumskolā' },
  pamatskola: { genitive: 'pamatskolas', locative: 'pamatskolā' },
  vidusskola: { genitive: 'vidusskolas', locative: 'vidusskolā' },
  ģimnāzija: { genitive: 'ģimnāzijas', locative: 'ģimnāzijā' },
  skola: { genitive: 'skolas', locative: 'skolā' },
  iestāde: { genitive: 'iestādes', locative: 'iestādē' },
  tehnikums: { genitive: 'tehnikuma', locative: 'tehnikumā' },
  centrs: { genitive: 'centra', locative: 'centrā' },
  koledža: { genitive: 'koledžas', locative: 'koledžā' },
}

// Words before the noun that change with it; all others stand in the genitive already and stay.
const adjectives: Record<string, { genitive: string; locative: string }> = {
  speciālā: { genitive: 'speciālās', locative: 'speciālajā' },
  privātā: { genitive: 'privātās', locative: 'privātajā' },
  Privātā: { genitive: 'Privātās', locative: 'Privātajā' },
  profesionālā: { genitive: 'profesionālās', locative: 'profesionālajā' },
}

/**
 * Declines the name of an institution: words in the genitive, adjectives, then one of the nouns institutions have, then perhaps a name in
 * quotation marks, which stays as it is.
 *
 * @throws   RangeError for a name whose noun is none of those
 * @example  declineInstitution('Liepsalas pamatskola').locative // 'Liepsalas pamatskolā'
 */
export function declineInstitution(name: string): Declined {
  const [words, quoted] = name.split(/ (?=„)/, 2) as [string, string?]
  const parts = words.split(' ')
  const noun = institutionWords[parts.at(-1)!]
  if (!noun) throw new RangeError(`declineInstitution knows no word for ${name}`)
  const inCase = (which: 'genitive' | 'locative') =>
    [...parts.slice(0, -1).map((word) => adjectives[word]?.[which] ?? word), noun[which], quoted ?? []]
      .flat()
      .join(' ')
  return { nominative: name, genitive: inCase('genitive'), locative: inCase('locative') }
}
