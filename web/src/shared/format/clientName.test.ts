import { expect, it } from "vitest"

import { clientName } from "@/shared/format/clientName"

it("names browser and system, or what else the program says", () => {
  const chrome =
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36"
  const firefox = "Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0"
  const safari =
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile Safari/604.1"
  expect([chrome, firefox, safari, "my-script/1.0"].map(clientName)).toEqual([
    "Chrome, Linux",
    "Firefox, Android",
    "Safari, iPhone",
    "my-script/1.0",
  ])
})
