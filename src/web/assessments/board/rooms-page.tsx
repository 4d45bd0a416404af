import { type LoaderFunctionArgs, useLoaderData } from 'react-router'
import { z } from 'zod'
import { Room } from '#modules/assessments/model.ts'
import { mustBeSignedIn } from '../../access/must-be-signed-in.ts'
import { Page, Section } from '../../parts/page.tsx'
import { WideTable } from '../../parts/wide-table.tsx'
import { read } from '../../read.ts'
import { useLanguage } from '../../text/language.ts'

const Rooms = z.object({ items: z.array(Room) })

export async function loader({ context, request }: LoaderFunctionArgs) {
  mustBeSignedIn(context, request)
  return { rooms: (await read(context, '/sittings/rooms', Rooms)).items }
}

/** Sessions of the own institution, to be led. */
export default function RoomsPage() {
  const { rooms: all } = useLoaderData<typeof loader>()
  // What is over comes last.
  const rooms = all.toSorted((a, b) => Number(a.state === 'ended') - Number(b.state === 'ended'))
  const { t, to, name, instant } = useLanguage()
  return (
    <Page
      title={t('board.roomsTitle')}
      lead={t('board.roomsLead')}
      crumbs={[{ name: t('nav.myWork'), to: to('myWork') }]}
    >
      <Section>
        {rooms.length === 0 ? (
          <p>{t('board.noRooms')}</p>
        ) : (
          <WideTable label={t('board.roomsTitle')}>
            <thead>
              <tr>
                <th scope="col">{t('board.session')}</th>
                <th scope="col">{t('board.test')}</th>
                <th scope="col">{t('board.when')}</th>
                <th scope="col">{t('board.state')}</th>
                <th scope="col" className="n">
                  {t('board.presentOf')}
                </th>
              </tr>
            </thead>
            <tbody>
              {rooms.map((room) => (
                <tr key={room.id}>
                  <th scope="row">
                    <a href={to('board', { id: room.id })}>{room.label}</a>
                  </th>
                  <td>{name(room.name)}</td>
                  <td>{instant(room.plannedAt ?? room.opensAt)}</td>
                  <td>{t(`board.room.${room.state}`)}</td>
                  <td className="n">
                    {room.state === 'ended' ? room.done : room.present} / {room.expected}
                  </td>
                </tr>
              ))}
            </tbody>
          </WideTable>
        )}
      </Section>
    </Page>
  )
}
