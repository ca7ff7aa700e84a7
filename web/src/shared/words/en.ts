import { admin } from "@/shared/words/en/admin"
import { catalogue } from "@/shared/words/en/catalogue"
import { collection } from "@/shared/words/en/collection"
import { common } from "@/shared/words/en/common"
import { entry } from "@/shared/words/en/entry"
import { errors } from "@/shared/words/en/errors"
import { listening } from "@/shared/words/en/listening"
import { lyrics } from "@/shared/words/en/lyrics"
import { player } from "@/shared/words/en/player"
import { profile } from "@/shared/words/en/profile"
import { radio } from "@/shared/words/en/radio"
import { remote } from "@/shared/words/en/remote"
import { rules } from "@/shared/words/en/rules"
import { search } from "@/shared/words/en/search"
import { sharing } from "@/shared/words/en/sharing"
import { sync } from "@/shared/words/en/sync"
import { upload } from "@/shared/words/en/upload"

/** All words in English; its shape is the catalogue every language must fill. */
export const en = {
  ...common,
  admin,
  catalogue,
  collection,
  entry,
  errors,
  listening,
  lyrics,
  player,
  profile,
  radio,
  remote,
  rules,
  search,
  sharing,
  sync,
  upload,
}

export type Words = typeof en
