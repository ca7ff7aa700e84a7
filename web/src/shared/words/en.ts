import { admin } from "@/shared/words/en/admin"
import { catalogue } from "@/shared/words/en/catalogue"
import { collection } from "@/shared/words/en/collection"
import { common } from "@/shared/words/en/common"
import { entry } from "@/shared/words/en/entry"
import { errors } from "@/shared/words/en/errors"
import { lyrics } from "@/shared/words/en/lyrics"
import { player } from "@/shared/words/en/player"
import { profile } from "@/shared/words/en/profile"
import { remote } from "@/shared/words/en/remote"
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
  lyrics,
  player,
  profile,
  remote,
  sync,
  upload,
}

export type Words = typeof en
