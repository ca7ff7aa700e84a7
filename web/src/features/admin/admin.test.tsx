import { screen, waitFor } from "@testing-library/react"
import userEvent from "@testing-library/user-event"
import { describe, expect, it } from "vitest"

import { detailsText } from "@/features/admin/activity/activity"
import { wholeNumber } from "@/features/admin/invites/invites"
import InvitesPage from "@/features/admin/invites/InvitesPage"
import { rolesBelow } from "@/features/admin/people"
import { quotaOf } from "@/features/admin/users/UserDialogs"
import UsersPage from "@/features/admin/users/UsersPage"
import { openPage } from "@/shared/testing/page"
import { json, problem, serve } from "@/shared/testing/server"
import { aPerson } from "@/shared/testing/things"

const ana = aPerson({ id: "u2", username: "ana", display_name: "", role: "member" }).user

describe("people", () => {
  it("get another role, and what is refused goes back", async () => {
    const log = serve({
      "GET /users": () => json({ items: [aPerson().user, ana] }),
      "GET /house": () => json({ name: "Sarau", version: "1", needs_setup: false, me: aPerson() }),
      "PATCH /users/u2": () => problem(409, "last_owner"),
    })
    openPage(UsersPage, { path: "/admin/users" })
    const role = await screen.findByLabelText<HTMLSelectElement>("Role of ana")
    await userEvent.selectOptions(role, "admin")
    await waitFor(() => {
      expect(log.some(({ method }) => method === "PATCH")).toBe(true)
    })
    expect(log.find(({ method }) => method === "PATCH")?.body).toEqual({ role: "admin" })
    expect(role.value).toBe("member")
  })

  it("are not shown to who may not manage them", () => {
    serve({ "GET /users": () => problem(403, "permission_missing") })
    openPage(UsersPage, { path: "/admin/users", me: aPerson({ role: "member" }, ["library.listen"]) })
    expect(screen.getByText("You may not do this.")).toBeTruthy()
  })

  it("hand out no role above their own", () => {
    expect(rolesBelow("admin")).toEqual(["guest", "member", "admin"])
    expect(rolesBelow("owner")).toContain("owner")
    expect(rolesBelow("stranger")).toEqual([])
  })

  it("have room in gigabytes", () => {
    expect([quotaOf(""), quotaOf("1,5"), quotaOf("0"), quotaOf("-1"), quotaOf("lots")]).toEqual([
      null,
      1_500_000_000,
      0,
      undefined,
      undefined,
    ])
  })
})

describe("invitations", () => {
  const invite = {
    id: "i1",
    role: "member",
    email: null,
    uses: 1,
    used: 0,
    note: "",
    inviter_id: "u1",
    inviter_name: "Olga",
    created_at: "2026-01-01T00:00:00Z",
    expires_at: "2030-01-01T00:00:00Z",
    revoked_at: null,
    state: "open",
    code: "ab-cd",
  }

  it("that are over are shown only when asked for", async () => {
    const over = { ...invite, id: "i2", note: "For Rui", state: "used_up", used: 1, code: null }
    serve({ "GET /invites": () => json({ items: [invite, over] }) })
    openPage(InvitesPage, { path: "/admin/invites" })
    expect(await screen.findByText("open")).toBeTruthy()
    expect(screen.queryByText("For Rui")).toBeNull()
    await userEvent.click(screen.getByLabelText("Also those that are over"))
    expect(screen.getByText("For Rui")).toBeTruthy()
    expect(screen.getAllByRole("button", { name: "Show link and code" })).toHaveLength(1)
  })

  it("count in whole numbers", () => {
    expect([
      wholeNumber("5", 1, 10),
      wholeNumber("0", 1, 10),
      wholeNumber("11", 1, 10),
      wholeNumber("1.5", 1, 10),
      wholeNumber("", 1, 10),
    ]).toEqual([5, null, null, null, null])
  })
})

it("the details of what happened are told without ids", () => {
  expect(detailsText({ track_id: "x", title: "One", size_bytes: 5, error: null })).toBe(
    "title: One · size bytes: 5",
  )
})
