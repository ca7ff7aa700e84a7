import { useQuery } from "@tanstack/react-query"
import { useParams } from "react-router"

import { RulesEditor } from "@/features/playlists/rules/RulesEditor"
import { playlistQuery } from "@/shared/api/playlists"
import { ruleFieldsQuery } from "@/shared/api/rules"
import { Shown } from "@/shared/ui/States"

/** The rules of a smart playlist, or of one that is being made. */
export default function RulesPage() {
  const { id } = useParams()
  const fields = useQuery(ruleFieldsQuery)
  const playlist = useQuery({ ...playlistQuery(id ?? ""), enabled: id !== undefined })
  return (
    <Shown query={fields}>
      {(known) =>
        id === undefined ? (
          <RulesEditor key="new" fields={known} playlist={null} />
        ) : (
          <Shown query={playlist}>
            {(opened) => <RulesEditor key={id} fields={known} playlist={opened} />}
          </Shown>
        )
      }
    </Shown>
  )
}
