import { admin } from "@/shared/words/en/admin"
import { catalogue } from "@/shared/words/en/catalogue"
import { common } from "@/shared/words/en/common"
import { entry } from "@/shared/words/en/entry"
import { errors } from "@/shared/words/en/errors"
import { player } from "@/shared/words/en/player"
import { profile } from "@/shared/words/en/profile"
import { upload } from "@/shared/words/en/upload"

/** All words in English; its shape is the catalogue every language must fill. */
export const en = { ...common, admin, catalogue, entry, errors, player, profile, upload }

export type Words = typeof en
