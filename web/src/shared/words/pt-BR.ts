import type { Words } from "@/shared/words/en"
import { admin } from "@/shared/words/pt-BR/admin"
import { catalogue } from "@/shared/words/pt-BR/catalogue"
import { collection } from "@/shared/words/pt-BR/collection"
import { common } from "@/shared/words/pt-BR/common"
import { entry } from "@/shared/words/pt-BR/entry"
import { errors } from "@/shared/words/pt-BR/errors"
import { lyrics } from "@/shared/words/pt-BR/lyrics"
import { player } from "@/shared/words/pt-BR/player"
import { profile } from "@/shared/words/pt-BR/profile"
import { remote } from "@/shared/words/pt-BR/remote"
import { sync } from "@/shared/words/pt-BR/sync"
import { upload } from "@/shared/words/pt-BR/upload"

/** All words in Brazilian Portuguese. */
export const ptBR: Words = {
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
