import { Ban, HardDrive, KeyRound, UserCheck } from "lucide-react"

import { nameOf, rolesBelow } from "@/features/admin/people"
import type { OpenDialog } from "@/features/admin/users/UserDialogs"
import { useChangeUser } from "@/features/admin/users/useChangeUser"
import type { Role, User } from "@/shared/api/types"
import { bytes } from "@/shared/format/bytes"
import { day } from "@/shared/format/time"
import { useMe } from "@/shared/session/house"
import { Badge } from "@/shared/ui/Badge"
import { BareSelect } from "@/shared/ui/Field"
import { ListItem } from "@/shared/ui/List"
import { Menu, type MenuItem } from "@/shared/ui/Menu"
import { toastProblem } from "@/shared/ui/toasts"
import { named, useLocale, useWords } from "@/shared/words/words"

interface UserItemProps {
  user: User
  onOpen: (open: OpenDialog) => void
}

export function UserItem({ user, onOpen }: UserItemProps) {
  const words = useWords()
  const own = words.admin.users
  const locale = useLocale()
  const me = useMe().user
  const change = useChangeUser()
  const mine = user.id === me.id
  const barred = user.disabled_at !== null
  const roles = rolesBelow(me.role)
  const within = roles.some((role) => role === user.role)
  const name = nameOf(user)

  const text = [
    user.display_name && user.display_name !== user.username ? user.username : null,
    user.email,
    own.since(day(user.created_at, locale)),
    `${own.quota}: ${user.quota_bytes === null ? own.noQuota : bytes(user.quota_bytes, locale)}`,
  ]
  const items = (): MenuItem[] => [
    {
      label: own.resetLink,
      icon: <KeyRound size={18} />,
      onSelect: () => {
        onOpen({ kind: "reset", user })
      },
    },
    {
      label: own.editQuota,
      icon: <HardDrive size={18} />,
      onSelect: () => {
        onOpen({ kind: "quota", user })
      },
    },
    ...(mine ? [] : [barItem(barred)]),
  ]
  const barItem = (isBarred: boolean): MenuItem =>
    isBarred
      ? {
          label: own.enable,
          icon: <UserCheck size={18} />,
          apart: true,
          onSelect: () => void change(user, { disabled: false }).catch(toastProblem),
        }
      : {
          label: own.disable,
          icon: <Ban size={18} />,
          apart: true,
          danger: true,
          onSelect: () => {
            onOpen({ kind: "disable", user })
          },
        }
  return (
    <ListItem
      dim={barred}
      title={
        <>
          {name}
          {mine && <Badge look="accent">{own.you}</Badge>}
          {barred && <Badge look="bad">{own.disabled}</Badge>}
        </>
      }
      text={text.filter(Boolean).join(" · ")}
      aside={
        <>
          {within ? (
            <BareSelect
              label={own.roleOf(name)}
              value={user.role}
              onChange={(event) =>
                void change(user, { role: event.target.value as Role }).catch(toastProblem)
              }
            >
              {roles.map((role) => (
                <option key={role} value={role}>
                  {named(words.entry.roles, role)}
                </option>
              ))}
            </BareSelect>
          ) : (
            <Badge>{named(words.entry.roles, user.role)}</Badge>
          )}
          {within && <Menu size="s" label={own.actions(name)} items={items} />}
        </>
      }
    />
  )
}
