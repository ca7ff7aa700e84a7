import { describe, expect, it } from "vitest"

import * as queues from "@/player/engine/queue"
import { tracks } from "@/shared/testing/things"

const ids = (queue: queues.Queue) => queue.items.map((item) => item.track.id)
const now = (queue: queues.Queue) => queues.present(queue)?.track.id
const keyOf = (queue: queues.Queue, id: string) => queue.items.find((item) => item.track.id === id)?.key ?? ""

/** Chance that comes out the same every time. */
function seeded(seed: number): () => number {
  return () => {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31
    return seed / 2 ** 31
  }
}

describe("a queue", () => {
  it("begins at the track that was chosen", () => {
    expect(now(queues.queueOf(tracks(5), 3))).toBe("t4")
    expect(now(queues.queueOf(tracks(5), 99))).toBe("t5")
    expect(now(queues.queueOf([]))).toBeUndefined()
  })

  it("holds the same track twice, each at a place of its own", () => {
    const queue = queues.withLast(queues.queueOf(tracks(1)), tracks(1))
    expect(ids(queue)).toEqual(["t1", "t1"])
    expect(new Set(queue.items.map((item) => item.key)).size).toBe(2)
    expect(ids(queues.without(queue, queue.items[0]?.key ?? ""))).toEqual(["t1"])
  })

  it("takes tracks next and last", () => {
    const queue = queues.queueOf(tracks(3), 1)
    const [, , , x, y] = tracks(5)
    const more = queues.withNext(
      queue,
      [x, y].filter((track) => track !== undefined),
    )
    expect(ids(more)).toEqual(["t1", "t2", "t4", "t5", "t3"])
    expect(now(more)).toBe("t2")
    expect(ids(queues.withLast(queue, tracks(1)))).toEqual(["t1", "t2", "t3", "t1"])
  })

  it("keeps its present track when others are moved or taken out", () => {
    const queue = queues.queueOf(tracks(5), 2)
    for (const to of [0, 1, 2, 3, 4]) {
      for (const id of ["t1", "t2", "t3", "t4", "t5"]) {
        const moved = queues.moved(queue, keyOf(queue, id), to)
        expect(moved.items[to]?.track.id).toBe(id)
        expect(now(moved)).toBe("t3")
        expect(ids(moved).toSorted()).toEqual(ids(queue).toSorted())
      }
    }
    expect(now(queues.without(queue, keyOf(queue, "t1")))).toBe("t3")
    expect(now(queues.without(queue, keyOf(queue, "t5")))).toBe("t3")
  })

  it("gives the place of the present track to the next when it is taken out", () => {
    const queue = queues.queueOf(tracks(3), 1)
    expect(now(queues.without(queue, keyOf(queue, "t2")))).toBe("t3")
    const atEnd = queues.queueOf(tracks(3), 2)
    expect(now(queues.without(atEnd, keyOf(atEnd, "t3")))).toBe("t2")
    const one = queues.queueOf(tracks(1))
    expect(queues.without(one, keyOf(one, "t1"))).toEqual(queues.EMPTY)
  })

  it("ends, or goes around when it repeats", () => {
    const atEnd = queues.queueOf(tracks(3), 2)
    expect(queues.neighbour(atEnd, 1, "off")).toBeNull()
    expect(queues.neighbour(atEnd, 1, "all")).toBe(0)
    expect(queues.neighbour(queues.queueOf(tracks(3)), -1, "off")).toBeNull()
    expect(queues.neighbour(queues.queueOf(tracks(3)), -1, "all")).toBe(2)
    expect(queues.neighbour(queues.EMPTY, 1, "all")).toBeNull()
  })

  it("clears to what plays", () => {
    expect(ids(queues.onlyPresent(queues.queueOf(tracks(4), 2)))).toEqual(["t3"])
    expect(queues.onlyPresent(queues.EMPTY)).toEqual(queues.EMPTY)
  })

  it("is kept around its present place when it is long", () => {
    const queue = queues.excerpt(queues.queueOf(tracks(100), 40), 5, 10)
    expect(ids(queue)).toEqual(
      tracks(51)
        .slice(35)
        .map(({ id }) => id),
    )
    expect(now(queue)).toBe("t41")
  })
})

describe("shuffling", () => {
  it("puts the present track first and loses none", () => {
    const queue = queues.shuffled(queues.queueOf(tracks(50), 20), seeded(7))
    expect(ids(queue)[0]).toBe("t21")
    expect(now(queue)).toBe("t21")
    expect(ids(queue).toSorted()).toEqual(
      tracks(50)
        .map(({ id }) => id)
        .toSorted(),
    )
    expect(ids(queue)).not.toEqual([
      "t21",
      ...tracks(50)
        .map(({ id }) => id)
        .filter((id) => id !== "t21"),
    ])
  })

  it("makes every order equally likely", () => {
    const random = seeded(42)
    const counts = new Map<string, number>()
    for (let round = 0; round < 6000; round++) {
      const order = ids(queues.shuffled(queues.queueOf(tracks(4), 0), random)).join()
      counts.set(order, (counts.get(order) ?? 0) + 1)
    }
    expect(counts.size).toBe(6)
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(130)
  })

  it("is taken back to the order before, still at the same track", () => {
    const queue = queues.shuffled(queues.queueOf(tracks(20), 5), seeded(3))
    const later = { ...queue, at: 7 }
    const back = queues.unshuffled(later)
    expect(ids(back)).toEqual(tracks(20).map(({ id }) => id))
    expect(now(back)).toBe(now(later))
    expect(back.unshuffled).toBeNull()
  })

  it("puts what was added meanwhile behind what it was added to, and drops what was taken out", () => {
    const extra = tracks(9).slice(7)
    let queue = queues.shuffled(queues.queueOf(tracks(4), 1), seeded(5))
    queue = queues.withNext(queue, extra.slice(0, 1))
    queue = queues.withLast(queue, extra.slice(1))
    queue = queues.without(queue, keyOf(queue, "t4"))
    expect(ids(queues.unshuffled(queue))).toEqual(["t1", "t2", "t8", "t3", "t9"])
  })

  it("shuffled twice still remembers the first order", () => {
    const once = queues.shuffled(queues.queueOf(tracks(10), 0), seeded(1))
    expect(ids(queues.unshuffled(queues.shuffled(once, seeded(2))))).toEqual(tracks(10).map(({ id }) => id))
  })
})
