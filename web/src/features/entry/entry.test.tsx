import { screen, waitFor } from "@testing-library/react"
import userEvent from "@testing-library/user-event"
import { describe, expect, it } from "vitest"

import InviteCodePage from "@/features/entry/InviteCodePage"
import InvitePage from "@/features/entry/InvitePage"
import SetupPage from "@/features/entry/SetupPage"
import SignInPage from "@/features/entry/SignInPage"
import { safePlace } from "@/features/entry/useComeIn"
import { openPage } from "@/shared/testing/page"
import { json, problem, serve } from "@/shared/testing/server"
import { aPerson } from "@/shared/testing/things"

const signedIn = () => json({ me: aPerson(), expires_in_s: 900 })

describe("signing in", () => {
  it("leads to where one wanted to go", async () => {
    const log = serve({ "POST /auth/sign-in": signedIn })
    const { place } = openPage(SignInPage, { path: "/sign-in", at: "/sign-in?next=%2Falbums%2Fa1", me: null })
    await userEvent.type(screen.getByLabelText("Username or e-mail"), " olga ")
    await userEvent.type(screen.getByLabelText("Password"), "a long sentence{Enter}")
    await waitFor(() => {
      expect(place()).toBe("/albums/a1")
    })
    expect(log[0]?.query.get("session")).toBe("cookie")
    expect(log[0]?.body).toEqual({ login: "olga", password: "a long sentence" })
  })

  it("says what is wrong and lets one try again", async () => {
    serve({ "POST /auth/sign-in": () => problem(401, "wrong_credentials") })
    openPage(SignInPage, { path: "/sign-in", me: null })
    await userEvent.type(screen.getByLabelText("Username or e-mail"), "olga")
    await userEvent.type(screen.getByLabelText("Password"), "wrong{Enter}")
    expect((await screen.findByRole("alert")).textContent).toBe("This name and password do not match.")
    expect(screen.getByRole<HTMLButtonElement>("button", { name: "Sign in" }).disabled).toBe(false)
  })

  it("is of no use in a house without an owner", async () => {
    const { place } = openPage(SignInPage, { path: "/sign-in", me: null, house: { needs_setup: true } })
    await waitFor(() => {
      expect(place()).toBe("/setup")
    })
  })

  it("never leads to another house", () => {
    for (const bad of [
      "//evil.example",
      "https://evil.example",
      "/\\evil.example",
      "javascript:alert(1)",
      null,
    ]) {
      expect(safePlace(bad)).toBe("/")
    }
    expect(safePlace("/search?q=a")).toBe("/search?q=a")
  })
})

describe("the first run", () => {
  const open = (at: string) =>
    openPage(SetupPage, { path: "/setup", at, me: null, house: { needs_setup: true } })

  it("asks for the link that the server printed", () => {
    open("/setup")
    expect(screen.getByText(/one-time link/)).toBeTruthy()
    expect(screen.queryByRole("button", { name: "Open the house" })).toBeNull()
  })

  it("makes the owner and goes in", async () => {
    const log = serve({ "POST /auth/setup": signedIn })
    const { place } = open("/setup?token=abc")
    await userEvent.type(screen.getByLabelText("Username"), "olga")
    await userEvent.type(screen.getByLabelText("Password"), "a long sentence")
    await userEvent.click(screen.getByRole("button", { name: "Open the house" }))
    await waitFor(() => {
      expect(place()).toBe("/")
    })
    expect(log[0]?.body).toEqual({
      token: "abc",
      username: "olga",
      password: "a long sentence",
      email: null,
      display_name: null,
    })
  })

  it("shows what is wrong at the field", async () => {
    serve({
      "POST /auth/setup": () => problem(422, "weak_password", { field: "password", reason: "too common" }),
    })
    open("/setup?token=abc")
    await userEvent.type(screen.getByLabelText("Username"), "olga")
    await userEvent.type(screen.getByLabelText("Password"), "1234567890{Enter}")
    const field = screen.getByLabelText("Password")
    await waitFor(() => {
      expect(field.getAttribute("aria-invalid")).toBe("true")
    })
    const about = document.getElementById(field.getAttribute("aria-describedby") ?? "")
    expect(about?.textContent).toBe("This password is too easy to guess.")
  })
})

describe("an invitation", () => {
  const preview = {
    role: "member",
    email: "ana@example.org",
    inviter_name: "Olga",
    expires_at: "2030-01-02T00:00:00Z",
  }

  it("is typed as a code", async () => {
    const { place } = openPage(InviteCodePage, { path: "/invite", me: null })
    await userEvent.type(screen.getByLabelText("Invitation code"), " ab-cd {Enter}")
    expect(place()).toBe("/invite/ab-cd")
  })

  it("tells who invites, and binds the address", async () => {
    serve({ "GET /auth/invites/ab-cd": () => json(preview) })
    openPage(InvitePage, { path: "/invite/:code", at: "/invite/ab-cd", me: null })
    expect(await screen.findByText(/Olga invites you/)).toBeTruthy()
    const email = screen.getByLabelText<HTMLInputElement>("E-mail")
    expect([email.value, email.readOnly]).toEqual(["ana@example.org", true])
  })

  it("that is over says so", async () => {
    serve({ "GET /auth/invites/ab-cd": () => problem(404, "invite_not_good") })
    openPage(InvitePage, { path: "/invite/:code", at: "/invite/ab-cd", me: null })
    expect((await screen.findByRole("alert")).textContent).toContain("no longer good")
  })
})
