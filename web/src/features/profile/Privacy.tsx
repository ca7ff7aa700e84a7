import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import { useState } from "react"

import styles from "@/features/profile/Profile.module.css"
import { changePreferences, preferencesQuery, type Preferences } from "@/shared/api/listening"
import { CheckField } from "@/shared/ui/Field"
import { Shown } from "@/shared/ui/States"
import { useWords } from "@/shared/words/words"

type Wish = Partial<Pick<Preferences, "show_playing" | "show_history">>

/** What is asked for is shown at once, until the server has told what counts. */
function useWishes(): [Wish, (wish: Wish) => void] {
  const client = useQueryClient()
  const { queryKey } = preferencesQuery
  const [wishes, setWishes] = useState<Wish>({})
  const { mutate } = useMutation({
    mutationFn: changePreferences,
    onSuccess: (now) => {
      client.setQueryData(queryKey, now)
    },
    onError: () => {
      setWishes({})
    },
  })
  const change = (wish: Wish) => {
    setWishes((before) => ({ ...before, ...wish }))
    mutate(wish)
  }
  return [wishes, change]
}

/** What others of the house may see of one's listening. */
export function Privacy() {
  const words = useWords().profile
  const query = useQuery(preferencesQuery)
  const [wishes, change] = useWishes()
  return (
    <div className={styles.card}>
      <Shown query={query}>
        {(kept) => (
          <>
            <CheckField
              label={words.showPlaying}
              checked={wishes.show_playing ?? kept.show_playing ?? true}
              onChange={({ target: { checked } }) => {
                change({ show_playing: checked })
              }}
            />
            <CheckField
              label={words.showHistory}
              checked={wishes.show_history ?? kept.show_history ?? false}
              onChange={({ target: { checked } }) => {
                change({ show_history: checked })
              }}
            />
          </>
        )}
      </Shown>
      <p className={styles.note}>{words.privacyText}</p>
    </div>
  )
}
