/**
 * The regions and municipalities of Latvia: public facts (law on administrative territories of 2020, Cabinet regulation 418 of 2021 on
 * planning regions; codes of the classifier ATVK). The weight is about how many thousand people are taught there; it is no statistic.
 */
export interface Municipality {
  code: string
  name: { lv: string; en: string }
  genitive: string
  locative: string
  region: string
  /** a state city: one town, no parishes */
  isCity: boolean
  /** about the middle of where people live, degrees */
  lon: number
  lat: number
  weight: number
  /** last day of a municipality that was merged, and into which */
  until?: string
  successor?: string
}

export const state = {
  code: 'LV',
  name: { lv: 'Latvija', en: 'Latvia' },
  genitive: 'Latvijas',
  locative: 'Latvijā',
}

const regionNames = [
  ['PR-RIGA', 'Rīgas', 'Riga'],
  ['PR-VIDZEME', 'Vidzemes', 'Vidzeme'],
  ['PR-KURZEME', 'Kurzemes', 'Kurzeme'],
  ['PR-ZEMGALE', 'Zemgales', 'Zemgale'],
  ['PR-LATGALE', 'Latgales', 'Latgale'],
] as const

export const regions = regionNames.map(([code, genitive, en]) => ({
  code,
  name: { lv: `${genitive} plānošanas reģions`, en: `${en} Planning Region` },
  genitive: `${genitive} plānošanas reģiona`,
  locative: `${genitive} plānošanas reģionā`,
}))

// code, name, genitive, locative, English, region, longitude, latitude, weight
const cities = [
  ['0001000', 'Rīga', 'Rīgas', 'Rīgā', 'Riga', 'PR-RIGA', 24.11, 56.95, 74],
  ['0002000', 'Daugavpils', 'Daugavpils', 'Daugavpilī', 'Daugavpils', 'PR-LATGALE', 26.53, 55.87, 8.8],
  ['0003000', 'Jelgava', 'Jelgavas', 'Jelgavā', 'Jelgava', 'PR-ZEMGALE', 23.72, 56.65, 8.0],
  ['0004000', 'Jūrmala', 'Jūrmalas', 'Jūrmalā', 'Jūrmala', 'PR-RIGA', 23.8, 56.97, 6.1],
  ['0005000', 'Liepāja', 'Liepājas', 'Liepājā', 'Liepāja', 'PR-KURZEME', 21.01, 56.51, 8.9],
  ['0006000', 'Rēzekne', 'Rēzeknes', 'Rēzeknē', 'Rēzekne', 'PR-LATGALE', 27.33, 56.51, 3.6],
  ['0007000', 'Ventspils', 'Ventspils', 'Ventspilī', 'Ventspils', 'PR-KURZEME', 21.56, 57.39, 4.2],
] as const

// code, genitive of the name before „novads”, English, region, longitude, latitude, weight
const districts = [
  ['0020000', 'Aizkraukles', 'Aizkraukle', 'PR-ZEMGALE', 25.25, 56.6, 3.0],
  ['0021000', 'Alūksnes', 'Alūksne', 'PR-VIDZEME', 27.05, 57.42, 1.5],
  ['0022000', 'Augšdaugavas', 'Augšdaugava', 'PR-LATGALE', 26.4, 56.0, 1.5],
  ['0023000', 'Ādažu', 'Ādaži', 'PR-RIGA', 24.33, 57.08, 3.3],
  ['0024000', 'Balvu', 'Balvi', 'PR-LATGALE', 27.27, 57.13, 1.8],
  ['0025000', 'Bauskas', 'Bauska', 'PR-ZEMGALE', 24.19, 56.41, 4.9],
  ['0026000', 'Cēsu', 'Cēsis', 'PR-VIDZEME', 25.27, 57.31, 5.4],
  ['0027000', 'Dienvidkurzemes', 'South Kurzeme', 'PR-KURZEME', 21.4, 56.55, 3.4],
  ['0028000', 'Dobeles', 'Dobele', 'PR-ZEMGALE', 23.28, 56.62, 3.2],
  ['0029000', 'Gulbenes', 'Gulbene', 'PR-VIDZEME', 26.75, 57.18, 2.2],
  ['0030000', 'Jelgavas', 'Jelgava', 'PR-ZEMGALE', 23.7, 56.55, 2.9],
  ['0031000', 'Jēkabpils', 'Jēkabpils', 'PR-ZEMGALE', 25.86, 56.5, 4.6],
  ['0032000', 'Krāslavas', 'Krāslava', 'PR-LATGALE', 27.17, 55.9, 1.9],
  ['0033000', 'Kuldīgas', 'Kuldīga', 'PR-KURZEME', 21.97, 56.97, 3.3],
  ['0034000', 'Ķekavas', 'Ķekava', 'PR-RIGA', 24.23, 56.83, 4.1],
  ['0035000', 'Limbažu', 'Limbaži', 'PR-VIDZEME', 24.71, 57.51, 3.0],
  ['0036000', 'Līvānu', 'Līvāni', 'PR-LATGALE', 26.18, 56.35, 1.2],
  ['0037000', 'Ludzas', 'Ludza', 'PR-LATGALE', 27.72, 56.55, 2.0],
  ['0038001', 'Madonas', 'Madona', 'PR-VIDZEME', 26.23, 56.85, 3.3],
  ['0039000', 'Mārupes', 'Mārupe', 'PR-RIGA', 24.0, 56.91, 5.4],
  ['0040000', 'Ogres', 'Ogre', 'PR-VIDZEME', 24.61, 56.82, 7.2],
  ['0041000', 'Olaines', 'Olaine', 'PR-RIGA', 23.94, 56.79, 2.2],
  ['0042000', 'Preiļu', 'Preiļi', 'PR-LATGALE', 26.72, 56.29, 1.7],
  ['0043000', 'Rēzeknes', 'Rēzekne', 'PR-LATGALE', 27.4, 56.4, 1.9],
  ['0044000', 'Ropažu', 'Ropaži', 'PR-RIGA', 24.5, 56.97, 3.8],
  ['0045000', 'Salaspils', 'Salaspils', 'PR-RIGA', 24.35, 56.86, 2.6],
  ['0046000', 'Saldus', 'Saldus', 'PR-KURZEME', 22.49, 56.67, 3.2],
  ['0047000', 'Saulkrastu', 'Saulkrasti', 'PR-RIGA', 24.41, 57.26, 1.2],
  ['0048000', 'Siguldas', 'Sigulda', 'PR-RIGA', 24.85, 57.15, 4.6],
  ['0049000', 'Smiltenes', 'Smiltene', 'PR-VIDZEME', 25.9, 57.42, 2.1],
  ['0051000', 'Talsu', 'Talsi', 'PR-KURZEME', 22.59, 57.24, 3.9],
  ['0052000', 'Tukuma', 'Tukums', 'PR-KURZEME', 23.15, 56.97, 5.1],
  ['0053000', 'Valkas', 'Valka', 'PR-VIDZEME', 26.02, 57.78, 0.9],
  ['0054000', 'Valmieras', 'Valmiera', 'PR-VIDZEME', 25.43, 57.54, 6.5],
  ['0055000', 'Varakļānu', 'Varakļāni', 'PR-VIDZEME', 26.75, 56.61, 0.35],
  ['0056000', 'Ventspils', 'Ventspils', 'PR-KURZEME', 21.8, 57.3, 1.1],
] as const

/** The municipality that is no more. */
export const MERGED = { code: '0055000', until: '2025-06-30', successor: '0038001' }

/** 43 of them: Varakļāni joined Madona on 1 July 2025. */
export const municipalities: readonly Municipality[] = [
  ...cities.map(([code, lv, genitive, locative, en, region, lon, lat, weight]) => ({
    ...{ code, name: { lv, en }, genitive, locative, region, isCity: true, lon, lat, weight },
  })),
  ...districts.map(([code, of, en, region, lon, lat, weight]) => ({
    code,
    name: { lv: `${of} novads`, en: `${en} Municipality` },
    genitive: `${of} novada`,
    locative: `${of} novadā`,
    region,
    isCity: false,
    lon,
    lat,
    weight,
    ...(code === MERGED.code ? { until: MERGED.until, successor: MERGED.successor } : {}),
  })),
]
