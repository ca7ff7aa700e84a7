import "@fontsource-variable/figtree/wght.css"
import "@fontsource-variable/fraunces/wght.css"
import "@/shared/styles/tokens.css"
import "@/shared/styles/base.css"

import { StrictMode } from "react"
import { createRoot } from "react-dom/client"

import { App } from "@/app/App"

const root = document.getElementById("root")
if (root) {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  )
}
