import { useQuery, useQueryClient } from "@tanstack/react-query"
import { Pencil, Play, Plus, RadioTower, Square, Trash2 } from "lucide-react"
import { useState } from "react"

import { StationDialog } from "@/features/radio/StationDialog"
import { playStation, stopRadio, useRadio } from "@/player/radio/radio"
import { deleteStation, stationsQuery, type Station } from "@/shared/api/stations"
import { useMay } from "@/shared/session/house"
import { Badge } from "@/shared/ui/Badge"
import { Button, IconButton } from "@/shared/ui/Button"
import { ConfirmDialog } from "@/shared/ui/ConfirmDialog"
import { List, ListItem } from "@/shared/ui/List"
import { Menu } from "@/shared/ui/Menu"
import { Page } from "@/shared/ui/Page"
import { Empty, Shown } from "@/shared/ui/States"
import { useWords } from "@/shared/words/words"

type Asked = { kind: "edit"; station: Station | null } | { kind: "delete"; station: Station }

interface StationItemProps {
  station: Station
  onAsk: (asked: Asked) => void
}

function hostOf(address: string): string {
  return URL.canParse(address) ? new URL(address).host : address
}

function StationItem({ station, onAsk }: StationItemProps) {
  const words = useWords()
  const mayManage = useMay("library.manage")
  const { station: present, tuning } = useRadio()
  const on = present?.id === station.id
  const { name, stream_url: stream, home_page_url: home } = station
  const label = on ? words.radio.stop(name) : words.radio.play(name)
  return (
    <ListItem
      lead={
        <IconButton
          label={label}
          on={on}
          onClick={() => {
            if (on) stopRadio()
            else playStation(station)
          }}
        >
          {on ? <Square size={18} fill="currentColor" /> : <Play size={20} fill="currentColor" />}
        </IconButton>
      }
      title={
        <>
          {name} {on && <Badge look="accent">{tuning ? words.radio.tuning : words.radio.live}</Badge>}
        </>
      }
      text={
        home ? (
          <a href={home} target="_blank" rel="noreferrer noopener" title={words.radio.visit}>
            {hostOf(home)}
          </a>
        ) : (
          hostOf(stream)
        )
      }
      aside={
        mayManage && (
          <Menu
            label={words.radio.actions(name)}
            items={() => [
              {
                label: words.edit,
                icon: <Pencil size={18} />,
                onSelect: () => {
                  onAsk({ kind: "edit", station })
                },
              },
              {
                label: words.radio.delete,
                icon: <Trash2 size={18} />,
                danger: true,
                onSelect: () => {
                  onAsk({ kind: "delete", station })
                },
              },
            ]}
          />
        )
      }
    />
  )
}

/** The stations of the house; who runs it decides which. */
export default function RadioPage() {
  const words = useWords().radio
  const client = useQueryClient()
  const mayManage = useMay("library.manage")
  const query = useQuery(stationsQuery)
  const [asked, setAsked] = useState<Asked | null>(null)
  const close = () => {
    setAsked(null)
  }
  const remove = async (station: Station) => {
    await deleteStation(station.id)
    if (useRadio.getState().station?.id === station.id) stopRadio()
    await client.invalidateQueries({ queryKey: stationsQuery.queryKey })
  }
  return (
    <Page
      title={words.title}
      text={words.text}
      narrow
      actions={
        mayManage && (
          <Button
            look="primary"
            icon={<Plus size={18} />}
            onClick={() => {
              setAsked({ kind: "edit", station: null })
            }}
          >
            {words.add}
          </Button>
        )
      }
    >
      <Shown query={query}>
        {(stations) =>
          stations.length > 0 ? (
            <List label={words.title}>
              {stations.map((station) => (
                <StationItem key={station.id} station={station} onAsk={setAsked} />
              ))}
            </List>
          ) : (
            <Empty icon={<RadioTower size={30} />} title={words.none} text={words.noneText} />
          )
        }
      </Shown>
      {asked?.kind === "edit" && <StationDialog station={asked.station} onClose={close} />}
      {asked?.kind === "delete" && (
        <ConfirmDialog
          question={words.deleteQuestion(asked.station.name)}
          text={words.deleteText}
          action={words.delete}
          onConfirm={() => remove(asked.station)}
          onClose={close}
        />
      )}
    </Page>
  )
}
