import { useQuery, useQueryClient } from "@tanstack/react-query"
import { Smartphone, Trash2 } from "lucide-react"
import { useState } from "react"

import styles from "@/features/devices/Devices.module.css"
import { RulesForm } from "@/features/devices/RulesForm"
import { usePlayerSettings } from "@/player/engine/store"
import { forgetSyncDevice, syncDevicesQuery, type SyncDevice } from "@/shared/api/sync"
import { bytes } from "@/shared/format/bytes"
import { clientName } from "@/shared/format/clientName"
import { ago } from "@/shared/format/time"
import { IconButton } from "@/shared/ui/Button"
import { ConfirmDialog } from "@/shared/ui/ConfirmDialog"
import { TextField } from "@/shared/ui/Field"
import { Page, Section } from "@/shared/ui/Page"
import { Progress } from "@/shared/ui/Progress"
import { Empty, Shown } from "@/shared/ui/States"
import { useLocale, useWords } from "@/shared/words/words"

function Space({ device }: { device: SyncDevice }) {
  const words = useWords().sync
  const locale = useLocale()
  const { space_free_bytes: free, space_total_bytes: total } = device
  if (total === 0) return null
  const said = words.free(bytes(free, locale), bytes(total, locale))
  return (
    <div className={styles.space}>
      <Progress label={said} value={1 - free / total} />
      <span>{said}</span>
    </div>
  )
}

function DeviceCard({ device }: { device: SyncDevice }) {
  const words = useWords()
  const locale = useLocale()
  const client = useQueryClient()
  const [asking, setAsking] = useState(false)
  const held = words.sync.held(words.counts.files(device.held_count), bytes(device.held_bytes, locale))
  const seen = words.sync.seen(ago(device.last_seen_at, locale))
  return (
    <section className={styles.card} aria-label={device.name}>
      <header className={styles.head}>
        <Smartphone size={24} />
        <div>
          <h2>{device.name}</h2>
          <p>
            {held} · {seen}
          </p>
        </div>
        <IconButton
          label={words.sync.forget}
          onClick={() => {
            setAsking(true)
          }}
        >
          <Trash2 size={18} />
        </IconButton>
      </header>
      <Space device={device} />
      <RulesForm deviceId={device.id} />
      {asking && (
        <ConfirmDialog
          question={words.sync.forgetQuestion(device.name)}
          text={words.sync.forgetText}
          action={words.sync.forget}
          onConfirm={async () => {
            await forgetSyncDevice(device.id)
            client.setQueryData(syncDevicesQuery.queryKey, (all) => all?.filter(({ id }) => id !== device.id))
          }}
          onClose={() => {
            setAsking(false)
          }}
        />
      )}
    </section>
  )
}

function ThisPage() {
  const words = useWords().sync
  const name = usePlayerSettings((settings) => settings.deviceName)
  return (
    <div className={styles.card}>
      <TextField
        label={words.deviceName}
        hint={words.deviceNameHint}
        value={name}
        maxLength={60}
        placeholder={clientName(navigator.userAgent)}
        onChange={(event) => {
          usePlayerSettings.setState({ deviceName: event.target.value })
        }}
      />
    </div>
  )
}

/** The devices that keep music, and what they are to keep. */
export default function DevicesPage() {
  const words = useWords().sync
  const query = useQuery(syncDevicesQuery)
  return (
    <Page title={words.title} text={words.text} narrow>
      <Shown query={query}>
        {(devices) =>
          devices.length > 0 ? (
            devices.map((device) => <DeviceCard key={device.id} device={device} />)
          ) : (
            <Empty icon={<Smartphone size={30} />} title={words.none} text={words.noneText} />
          )
        }
      </Shown>
      <Section title={words.playing}>
        <ThisPage />
      </Section>
    </Page>
  )
}
