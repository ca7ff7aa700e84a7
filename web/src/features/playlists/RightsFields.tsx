import type { Draft } from "@/features/playlists/details"
import type { Collaborative, PlaylistDetails, Visibility } from "@/shared/api/playlists"
import { CopyField } from "@/shared/ui/CopyField"
import { SelectField } from "@/shared/ui/Field"
import { NamesField } from "@/shared/ui/NamesField"
import { useWords } from "@/shared/words/words"

const VISIBILITIES: readonly Visibility[] = ["private", "link", "house"]
const COLLABORATIVES: readonly Collaborative[] = ["none", "named", "everyone"]

interface RightsFieldsProps {
  playlist: PlaylistDetails
  draft: Draft
  /** What is wrong with the editors. */
  problem: string | undefined
  onChange: (change: Partial<Draft>) => void
}

/** Who may see a playlist, and who may change it. */
export function RightsFields({ playlist, draft, problem, onChange }: RightsFieldsProps) {
  const words = useWords().collection
  const { visibility, collaborative, editors } = draft
  return (
    <>
      <SelectField
        label={words.visibility}
        value={visibility}
        hint={words.visibilityHints[visibility]}
        onChange={(event) => {
          onChange({ visibility: event.target.value as Visibility })
        }}
      >
        {VISIBILITIES.map((one) => (
          <option key={one} value={one}>
            {words.visibilities[one]}
          </option>
        ))}
      </SelectField>
      {visibility === "link" && playlist.link !== null && (
        <CopyField label={words.houseLink} text={`${location.origin}/playlists/${playlist.link}`} />
      )}
      {!playlist.smart && (
        <SelectField
          label={words.collaborative}
          value={collaborative}
          onChange={(event) => {
            onChange({ collaborative: event.target.value as Collaborative })
          }}
        >
          {COLLABORATIVES.map((one) => (
            <option key={one} value={one}>
              {words.collaboratives[one]}
            </option>
          ))}
        </SelectField>
      )}
      {!playlist.smart && collaborative === "named" && (
        <NamesField
          label={words.editors}
          names={editors}
          problem={problem}
          onChange={(names) => {
            onChange({ editors: names })
          }}
        />
      )}
    </>
  )
}
