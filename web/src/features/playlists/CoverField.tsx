import { useMutation, useQueryClient } from "@tanstack/react-query"
import { ImagePlus, X } from "lucide-react"
import { useRef } from "react"

import styles from "@/features/playlists/Details.module.css"
import { playlistCover, setPlaylistCover, type PlaylistDetails } from "@/shared/api/playlists"
import { Button } from "@/shared/ui/Button"
import { Cover } from "@/shared/ui/Cover"
import { useWords } from "@/shared/words/words"

/** The cover of a playlist: a picture of one's own, or one made of what is in it. It changes at once. */
export function CoverField({ playlist }: { playlist: PlaylistDetails }) {
  const words = useWords().collection
  const client = useQueryClient()
  const input = useRef<HTMLInputElement>(null)
  const { mutate, isPending } = useMutation({
    mutationFn: (picture: File | null) => setPlaylistCover(playlist.id, picture),
    onSuccess: () => client.invalidateQueries({ queryKey: ["playlists"] }),
  })
  return (
    <div className={styles.cover}>
      <Cover
        kind="playlists"
        id={playlist.id}
        cover={playlistCover(playlist)}
        size={96}
        className={styles.picture}
      />
      <div className={styles.about}>
        <input
          ref={input}
          type="file"
          accept="image/*"
          className="hidden-but-read"
          tabIndex={-1}
          aria-label={words.choosePicture}
          onChange={(event) => {
            const [file] = event.target.files ?? []
            if (file) mutate(file)
            event.target.value = ""
          }}
        />
        <div className={styles.choices}>
          <Button
            icon={<ImagePlus size={17} />}
            busy={isPending}
            onClick={() => {
              input.current?.click()
            }}
          >
            {words.choosePicture}
          </Button>
          {playlist.cover !== null && (
            <Button
              look="plain"
              icon={<X size={17} />}
              onClick={() => {
                mutate(null)
              }}
            >
              {words.removePicture}
            </Button>
          )}
        </div>
        <small>{words.pictureHint}</small>
      </div>
    </div>
  )
}
