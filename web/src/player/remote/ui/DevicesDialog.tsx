import { Laptop, Smartphone, Speaker, Trash2 } from "lucide-react"

import { transferTo } from "@/player/remote/hub"
import { order } from "@/player/remote/line"
import type { Device } from "@/player/remote/protocol"
import { useRemote } from "@/player/remote/store"
import styles from "@/player/remote/ui/DevicesDialog.module.css"
import { Party } from "@/player/remote/ui/Party"
import { setVolume } from "@/player/engine/local"
import { usePlayerSettings } from "@/player/engine/store"
import { Slider } from "@/player/ui/Slider"
import { api, take } from "@/shared/api/client"
import { cx } from "@/shared/format/classes"
import { ago } from "@/shared/format/time"
import { Dialog } from "@/shared/ui/Dialog"
import { IconButton } from "@/shared/ui/Button"
import { toastProblem } from "@/shared/ui/toasts"
import { useLocale, useWords } from "@/shared/words/words"

const ICONS: Record<string, typeof Laptop> = { phone: Smartphone, tablet: Smartphone, speaker: Speaker }

function useStateOf(device: Device): string {
  const words = useWords().remote
  const locale = useLocale()
  const playing = useRemote((state) => state.session?.playing ?? false)
  if (!device.online) return words.offline(ago(new Date(device.last_seen_ms).toISOString(), locale))
  if (device.problem) return device.problem
  if (!device.sounding) return words.online
  if (device.buffering) return words.waiting
  return playing ? words.sounding : words.chosen
}

function DeviceVolume({ device, name, own }: { device: Device; name: string; own: boolean }) {
  const words = useWords().remote
  const here = usePlayerSettings()
  const { volume, muted } = own ? here : device
  const percent = Math.round((muted ? 0 : volume) * 100)
  const set = (to: number) => {
    if (own) setVolume(to / 100)
    else order({ kind: "set_volume", volume: to / 100, device_id: device.id })
  }
  return (
    <div className={styles.volume}>
      <Slider
        label={words.volumeOf(name)}
        value={percent}
        max={100}
        text={`${percent} %`}
        step={5}
        page={20}
        onChange={set}
      />
    </div>
  )
}

async function forget(id: string): Promise<void> {
  try {
    await take(api.DELETE("/api/v1/playback/devices/{device_id}", { params: { path: { device_id: id } } }))
    useRemote.setState(({ devices }) => ({ devices: devices.filter((device) => device.id !== id) }))
  } catch (error) {
    toastProblem(error)
  }
}

/** Takes a device that is not there off the list. */
function Forget({ device: { id, name, online } }: { device: Device }) {
  const words = useWords().remote
  if (online) return null
  return (
    <IconButton size="s" label={words.forget(name)} onClick={() => void forget(id)}>
      <Trash2 size={16} />
    </IconButton>
  )
}

interface RowProps {
  device: Device
  /** All devices that sound now. */
  sounding: readonly string[]
}

/** Adds a device to those that sound, or takes it from them; the last one stays. */
function Also({ device, sounding, name }: RowProps & { name: string }) {
  const words = useWords().remote
  const { id, online, plays } = device
  const last = device.sounding && sounding.length === 1
  if (!online || !plays || sounding.length === 0 || last) return null
  return (
    <label className={styles.also}>
      <input
        type="checkbox"
        aria-label={words.also(name)}
        title={words.also(name)}
        checked={device.sounding}
        onChange={() => {
          transferTo(device.sounding ? sounding.filter((one) => one !== id) : [...sounding, id])
        }}
      />
    </label>
  )
}

/** How the list calls a device, and whose it is. */
function useNameOf(device: Device): { name: string; own: boolean; mine: boolean } {
  const words = useWords().remote
  const { deviceId, session } = useRemote()
  const own = device.id === deviceId
  const mine = device.owner === session?.owner
  const name = mine ? device.name : words.of(device.name, device.owner)
  return { name: own ? words.thisPage : name, own, mine }
}

function Row({ device, sounding }: RowProps) {
  const words = useWords().remote
  const { name, own, mine } = useNameOf(device)
  const state = useStateOf(device)
  const { id, online, plays } = device
  const usable = online && plays
  const Icon = ICONS[device.type] ?? Laptop
  return (
    <li className={cx(styles.row, device.sounding && styles.sounding, !online && styles.offline)}>
      <button
        type="button"
        className={styles.choose}
        disabled={!usable}
        aria-pressed={device.sounding}
        aria-label={`${words.choose(name)}, ${state}`}
        onClick={() => {
          if (sounding.join() !== id) transferTo([id])
        }}
      >
        <Icon size={22} />
        <span className={styles.words}>
          <strong className="ellipsis">{name}</strong>
          <small className="ellipsis">{state}</small>
        </span>
      </button>
      <Also device={device} sounding={sounding} name={name} />
      {!own && mine && <Forget device={device} />}
      {usable && device.has_volume && <DeviceVolume device={device} name={name} own={own} />}
    </li>
  )
}

/** This page first, then those that are there. */
function inOrder(devices: readonly Device[], deviceId: string): Device[] {
  const rank = ({ id, online }: Device) => (id === deviceId ? 0 : online ? 1 : 2)
  return [...devices].sort((a, b) => rank(a) - rank(b) || b.last_seen_ms - a.last_seen_ms)
}

/** Where the music plays, how loud, and with whom. */
export function DevicesDialog({ onClose }: { onClose: () => void }) {
  const words = useWords().remote
  const { joined, devices, deviceId } = useRemote()
  const sounding = devices.filter((device) => device.sounding && device.online).map(({ id }) => id)
  return (
    <Dialog title={words.title} onClose={onClose}>
      {joined ? (
        <>
          <ul className={styles.list} aria-label={words.devices}>
            {inOrder(devices, deviceId).map((device) => (
              <Row key={device.id} device={device} sounding={sounding} />
            ))}
          </ul>
          {devices.length < 2 && <p className={styles.note}>{words.alone}</p>}
          <Party />
        </>
      ) : (
        <p className={styles.note}>{words.apart}</p>
      )}
    </Dialog>
  )
}
