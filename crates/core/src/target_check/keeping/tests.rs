use super::*;
use crate::{
    samples::timing::{
        ServerConnection, TimingEntry,
        tests::{new_connection, reused_connection},
    },
    target_check::Answered,
};

/// What a server does after an answer.
#[derive(Clone, Copy, Debug)]
enum Server {
    Keeps,
    Closes,
    /// It closes a connection after so many answers.
    ClosesAfter(u64),
}

/// What the browser shows.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Shown {
    Numbers,
    Times,
    Nothing,
}

/// A connection in the browser's pool.
#[derive(Clone, Copy, Debug)]
struct Socket {
    id: u64,
    answers: u64,
    /// Its server has closed it, which the browser notices when it looks for an idle one.
    is_stale: bool,
}

/// What the pool holds when the check begins, and what others give back meanwhile: so many before the request of that number.
#[derive(Clone, Debug, Default)]
struct Others {
    idle: u64,
    stale: u64,
    given_back: Vec<(usize, u64)>,
}

/// Asks as the engine does: until it is settled, and no more than [`MOST_REQUESTS`] times.
fn ask(server: Server, shown: Shown, others: &Others, takes_newest: bool) -> Vec<Ended> {
    let mut next_id = 0;
    let mut anybodys = |count: u64, is_stale| -> Vec<Socket> {
        let ids = next_id..next_id + count;
        next_id += count;
        ids.map(|id| Socket { id, answers: 1, is_stale }).collect()
    };
    let mut pool = [anybodys(others.stale, true), anybodys(others.idle, false)].concat();
    let mut opened = 100;
    let mut asked = Vec::new();
    while asked.len() < MOST_REQUESTS as usize && !is_settled(&asked) {
        for (_, count) in others.given_back.iter().filter(|(before, _)| *before == asked.len()) {
            pool.extend(anybodys(*count, false));
        }
        pool.retain(|socket| !socket.is_stale);
        let idle = if takes_newest { pool.pop() } else { (!pool.is_empty()).then(|| pool.remove(0)) };
        let mut socket = idle.unwrap_or_else(|| {
            opened += 1;
            Socket { id: opened, answers: 0, is_stale: false }
        });
        socket.answers += 1;
        asked.push(answer(shown, socket));
        let is_kept = match server {
            Server::Keeps => true,
            Server::Closes => false,
            Server::ClosesAfter(most) => socket.answers < most,
        };
        if is_kept {
            pool.push(socket);
        }
    }
    asked
}

fn answer(shown: Shown, socket: Socket) -> Ended {
    let entry = if socket.answers == 1 { new_connection() } else { reused_connection() };
    with_entry(match shown {
        Shown::Numbers => numbered(entry, socket.id, socket.answers),
        Shown::Times => entry,
        Shown::Nothing => TimingEntry { start_ms: 1.0, response_end_ms: 2.0, ..TimingEntry::default() },
    })
}

fn with_entry(entry: TimingEntry) -> Ended {
    Ended::Answered(Box::new(Answered { status: 200, entry: Some(entry), ..Answered::default() }))
}

fn numbered(entry: TimingEntry, socket: u64, nth: u64) -> TimingEntry {
    TimingEntry { server_connection: Some(ServerConnection { socket, nth }), ..entry }
}

/// Every pool of up to six idle and up to six stale connections; and up to eight that are given back later, at once or one by one.
fn pools() -> Vec<Others> {
    let idle = (0..=6).flat_map(|idle| [0, 3, 6].map(|stale| Others { idle, stale, given_back: vec![] }));
    let later = (0..=6).flat_map(|idle| {
        (1..=8 - idle).flat_map(move |count| {
            (0..12).flat_map(move |from| {
                let at_once = vec![(from, count)];
                let one_by_one = (0..count as usize).map(|nth| (from + nth, 1)).collect();
                let every_second = (0..count as usize).map(|nth| (from + 2 * nth, 1)).collect();
                [at_once, one_by_one, every_second].map(|given_back| Others { idle, stale: 0, given_back })
            })
        })
    });
    idle.chain(later).collect()
}

#[test]
fn whatever_the_pool_holds_the_answer_is_right() {
    for others in pools() {
        for (shown, takes_newest) in
            [Shown::Numbers, Shown::Times].into_iter().flat_map(|shown| [(shown, true), (shown, false)])
        {
            let found = |server| {
                let asked = ask(server, shown, &others, takes_newest);
                (keeping(&asked), asked.len())
            };
            let what = format!("{shown:?} {others:?} newest first: {takes_newest}");
            assert_eq!(found(Server::Keeps).0, Some(Keeping::Kept), "{what}");
            assert_eq!(found(Server::Closes).0, Some(Keeping::Closed), "{what}");
            // Before it closes one, a server keeps it.
            let rarely = found(Server::ClosesAfter(4)).0;
            assert!(matches!(rarely, Some(Keeping::Kept | Keeping::AtTimes)), "{what}: {rarely:?}");
        }
    }
}

#[test]
fn a_server_that_closes_every_second_time_does_not_close_each_time() {
    for others in pools() {
        for takes_newest in [true, false] {
            let found = |shown| keeping(&ask(Server::ClosesAfter(2), shown, &others, takes_newest));
            // What others gave back may hide a closing, but not that a connection was kept.
            let by_numbers = found(Shown::Numbers);
            assert!(
                matches!(by_numbers, Some(Keeping::AtTimes | Keeping::Kept)),
                "{others:?}: {by_numbers:?}"
            );
            let by_times = found(Shown::Times);
            assert!(matches!(by_times, Some(Keeping::AtTimes) | None), "{others:?}: {by_times:?}");
        }
    }
    for shown in [Shown::Numbers, Shown::Times] {
        let alone = ask(Server::ClosesAfter(2), shown, &Others::default(), true);
        assert_eq!(keeping(&alone), Some(Keeping::AtTimes), "{shown:?}");
    }
}

#[test]
fn a_pool_that_is_filled_again_and_again_proves_nothing() {
    // Another part of the page gives a connection back before every second request, without end.
    let given_back = (0..100).map(|nth| (2 * nth + 1, 1)).collect();
    let asked = ask(Server::Closes, Shown::Numbers, &Others { idle: 6, stale: 0, given_back }, true);
    assert_eq!((keeping(&asked), asked.len()), (None, MOST_REQUESTS as usize));
}

#[test]
fn what_is_not_shown_is_asked_three_times() {
    for server in [Server::Keeps, Server::Closes] {
        let asked = ask(server, Shown::Nothing, &Others::default(), true);
        assert_eq!((keeping(&asked), asked.len()), (None, FEWEST));
    }
    let missing = Ended::Answered(Box::default());
    assert!(is_settled(&[missing.clone(), missing.clone(), missing.clone()]));
    // Another may have one, and one that is missing may have been on any connection.
    let new = with_entry(new_connection());
    let open = [new.clone(), new.clone(), missing, new];
    assert!(!is_settled(&open) && keeping(&open).is_none());
}

#[test]
fn few_requests_tell_where_nothing_is_in_doubt() {
    let count = |server, shown| ask(server, shown, &Others::default(), true).len();
    assert_eq!(count(Server::Closes, Shown::Times), 3);
    assert_eq!(count(Server::Keeps, Shown::Numbers), 3);
    assert_eq!(count(Server::Keeps, Shown::Times), 1 + MOST_HELD + 1);
}

#[test]
fn a_second_connection_that_slow_connecting_left_is_not_the_server_s() {
    let slow = || {
        let entry = new_connection();
        with_entry(TimingEntry { connect_end_ms: entry.fetch_start_ms + 300.0, ..entry })
    };
    let reused = || with_entry(reused_connection());
    let by_turns: Vec<Ended> = (0..MOST_REQUESTS / 2).flat_map(|_| [slow(), reused()]).collect();
    assert_eq!(keeping(&by_turns), None);
}

#[test]
fn one_number_of_two_servers_is_no_socket_found_again() {
    let first = || with_entry(numbered(new_connection(), 4, 1));
    assert_eq!(keeping(&[first(), first(), first()]), Some(Keeping::Closed));
}

#[test]
fn a_proxy_s_connections_to_its_server_are_not_the_browser_s() {
    let closed = (1..=3).map(|nth| with_entry(numbered(new_connection(), 1, nth)));
    assert_eq!(keeping(&closed.collect::<Vec<_>>()), Some(Keeping::Closed));
    let kept = (1..=10).map(|socket| with_entry(numbered(reused_connection(), socket, 1)));
    assert_eq!(keeping(&kept.collect::<Vec<_>>()), Some(Keeping::Kept));
}
