import type { RouterContextProvider } from 'react-router'
import { z } from 'zod'
import { Indicator } from '#modules/indicators/model.ts'
import { read } from '../read.ts'

const Catalogue = z.object({ items: z.array(Indicator) })

/** All indicators, by code. */
export async function readCatalogue(context: Readonly<RouterContextProvider>): Promise<Indicator[]> {
  return (await read(context, '/indicators', Catalogue)).items
}
