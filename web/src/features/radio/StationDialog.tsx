import { useQueryClient } from "@tanstack/react-query"
import { useState } from "react"

import { changeStation, createStation, stationsQuery, type Station } from "@/shared/api/stations"
import { Button } from "@/shared/ui/Button"
import { Dialog, DialogFoot } from "@/shared/ui/Dialog"
import { TextField } from "@/shared/ui/Field"
import { Form, useSending } from "@/shared/ui/Form"
import { toast } from "@/shared/ui/toasts"
import { useWords } from "@/shared/words/words"

const FIELDS = ["name", "stream_url", "home_page_url"]

/** Adds a station, or changes one. */
export function StationDialog({ station, onClose }: { station: Station | null; onClose: () => void }) {
  const words = useWords()
  const client = useQueryClient()
  const { busy, problem, problemOf, send } = useSending()
  const [name, setName] = useState(station?.name ?? "")
  const [stream, setStream] = useState(station?.stream_url ?? "")
  const [home, setHome] = useState(station?.home_page_url ?? "")
  const submit = () =>
    send(async () => {
      const wanted = { name: name.trim(), stream_url: stream.trim(), home_page_url: home.trim() || null }
      if (station) await changeStation(station.id, wanted)
      else await createStation(wanted)
      await client.invalidateQueries({ queryKey: stationsQuery.queryKey })
      toast(station ? words.saved : words.radio.added(wanted.name))
      onClose()
    })
  return (
    <Dialog title={station ? words.radio.edit(station.name) : words.radio.add} onClose={onClose}>
      <Form onSubmit={() => void submit()} problem={problem} fields={FIELDS}>
        <TextField
          label={words.radio.name}
          maxLength={200}
          value={name}
          problem={problemOf("name")}
          onChange={(event) => {
            setName(event.target.value)
          }}
        />
        <TextField
          label={words.radio.stream}
          type="url"
          maxLength={2000}
          hint={words.radio.streamHint}
          value={stream}
          problem={problemOf("stream_url")}
          onChange={(event) => {
            setStream(event.target.value)
          }}
        />
        <TextField
          label={words.radio.homePage}
          type="url"
          maxLength={2000}
          hint={words.optional}
          value={home}
          problem={problemOf("home_page_url")}
          onChange={(event) => {
            setHome(event.target.value)
          }}
        />
        <DialogFoot>
          <Button look="plain" onClick={onClose}>
            {words.cancel}
          </Button>
          <Button type="submit" look="primary" busy={busy} disabled={busy || !name.trim() || !stream.trim()}>
            {words.save}
          </Button>
        </DialogFoot>
      </Form>
    </Dialog>
  )
}
