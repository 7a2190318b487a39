"""The auction behind `allocate` and `capped_lists`: plain loops over whole numbers, compiled when that pays.

People bid for vacancies. A vacancy has a number of places and holds the highest bids; its price is 0 while a place
is free and the lowest bid it holds after that. A person takes the vacancy whose score less its price is highest, and
bids as much as keeps it as good as the second best, plus epsilon. When nobody who wants something can gain by
bidding, the total score is within (bids held) x epsilon of the best possible; the prices themselves prove a tighter
bound.
"""

from __future__ import annotations


def auction(start, vacancy, score, wanted, first_place, epsilon, held, price, bid, holder, filled, stack):  # noqa: C901  one loop, compiled whole
    """Run to the end; returns the number of bids made.

    Edges of person p are start[p]:start[p + 1], by falling score; vacancy and score are by edge. wanted: (people,)
    how many vacancies each person takes. first_place: (vacancies + 1,) so that places of v are first_place[v]:
    first_place[v + 1]. All int64 but held, (edges,) uint8, set to 1 where the edge is taken. price: (vacancies,).
    bid, holder (the edge): by place, a heap with the lowest bid first. filled: (vacancies,) zeros. stack: room for
    sum(wanted). owner of an edge is found through `holder`, whose entries are edge numbers.
    """
    people = len(start) - 1
    top = 0
    for p in range(people - 1, -1, -1):
        for _ in range(min(wanted[p], start[p + 1] - start[p])):
            stack[top] = p
            top += 1
    bids = 0
    while top > 0:
        top -= 1
        p = stack[top]
        best = 0
        second = 0
        chosen = -1
        for e in range(start[p], start[p + 1]):
            if score[e] <= second:
                break
            if held[e]:
                continue
            gain = score[e] - price[vacancy[e]]
            if gain > best:
                second = best
                best = gain
                chosen = e
            elif gain > second:
                second = gain
        if chosen < 0:
            continue
        bids += 1
        v = vacancy[chosen]
        offer = price[v] + best - second + epsilon
        base = first_place[v]
        places = first_place[v + 1] - base
        held[chosen] = 1
        if filled[v] < places:
            i = filled[v]
            filled[v] += 1
            while i > 0 and bid[base + (i - 1) // 2] > offer:
                above = (i - 1) // 2
                bid[base + i] = bid[base + above]
                holder[base + i] = holder[base + above]
                i = above
        else:
            loser = holder[base]
            held[loser] = 0
            low = 0
            high = people
            while high - low > 1:
                middle = (low + high) // 2
                if start[middle] <= loser:
                    low = middle
                else:
                    high = middle
            stack[top] = low
            top += 1
            i = 0
            while True:
                child = 2 * i + 1
                if child >= places:
                    break
                if child + 1 < places and bid[base + child + 1] < bid[base + child]:
                    child += 1
                if bid[base + child] >= offer:
                    break
                bid[base + i] = bid[base + child]
                holder[base + i] = holder[base + child]
                i = child
        bid[base + i] = offer
        holder[base + i] = chosen
        if filled[v] == places:
            price[v] = bid[base]
    return bids


def proven_bound(start, vacancy, score, wanted, places, price, scratch):
    """No choice of edges within `wanted` and `places` can total more than this: each person's best gains at these
    prices, plus what all places cost. Edges of a person by falling score. scratch: room for the longest list of one
    person."""
    total = 0
    for v in range(len(places)):
        total += price[v] * places[v]
    for p in range(len(start) - 1):
        want = wanted[p]
        if want == 0:
            continue
        count = 0
        for e in range(start[p], start[p + 1]):
            if count == want and score[e] <= scratch[0]:
                break
            gain = score[e] - price[vacancy[e]]
            if gain <= 0 or (count == want and gain <= scratch[0]):
                continue
            if count < want:
                i = count
                count += 1
                while i > 0 and scratch[i - 1] > gain:
                    scratch[i] = scratch[i - 1]
                    i -= 1
            else:
                i = 0
                while i + 1 < want and scratch[i + 1] < gain:
                    scratch[i] = scratch[i + 1]
                    i += 1
            scratch[i] = gain
        for i in range(count):
            total += scratch[i]
    return total
