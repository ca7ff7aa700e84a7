import { useQuery } from "@tanstack/react-query"
import { UserPlus } from "lucide-react"
import { useState } from "react"

import { Guarded } from "@/features/admin/Guarded"
import { usersQuery } from "@/features/admin/people"
import { NewUserDialog } from "@/features/admin/users/NewUserDialog"
import { UserDialogs, type OpenDialog } from "@/features/admin/users/UserDialogs"
import { UserItem } from "@/features/admin/users/UserItem"
import { Button } from "@/shared/ui/Button"
import { List } from "@/shared/ui/List"
import { Page } from "@/shared/ui/Page"
import { Shown } from "@/shared/ui/States"
import { useWords } from "@/shared/words/words"

export default function UsersPage() {
  const words = useWords().admin.users
  const query = useQuery(usersQuery)
  const [open, setOpen] = useState<OpenDialog | null>(null)
  const [adding, setAdding] = useState(false)
  return (
    <Guarded needs="users.manage">
      <Page
        title={words.title}
        narrow
        actions={
          <Button
            icon={<UserPlus size={18} />}
            onClick={() => {
              setAdding(true)
            }}
          >
            {words.add}
          </Button>
        }
      >
        <Shown query={query}>
          {({ items }) => (
            <List label={words.title}>
              {items.map((user) => (
                <UserItem key={user.id} user={user} onOpen={setOpen} />
              ))}
            </List>
          )}
        </Shown>
        {open && (
          <UserDialogs
            open={open}
            onClose={() => {
              setOpen(null)
            }}
          />
        )}
        {adding && (
          <NewUserDialog
            onClose={() => {
              setAdding(false)
            }}
          />
        )}
      </Page>
    </Guarded>
  )
}
