//! Whether a server keeps connections open: what requests one after another prove, whatever the browser's pool holds.
//!
//! A browser opens a connection where it has none idle. So a request that opened one proves that none of those before it left one
//! open. A request that found one open proves little: the page, an earlier run or another tab may have opened it, and may give it
//! back in the middle of the check. Even if the server closes after each answer, each of those answers one request. That the server
//! keeps connections is proved where
//! - it numbers its sockets, and this check was on the same one before, or
//! - more requests found one open than a browser holds.
//!
//! Everything is judged from the first request on that opened a connection, if one did.

use super::probe::{Reply, is_without_entry};
use crate::samples::{ConnectionLabel, Evidence};

/// The most requests of a check to one address. A page that gives back connections one by one takes the most.
pub const MOST_REQUESTS: u32 = 30;

/// The fewest requests that tell, from the first one on that opened a connection.
const FEWEST: usize = 3;

/// The most connections to a host that a browser holds on HTTP/1.1: six, and in Firefox three more for urgent requests.
const MOST_HELD: usize = 9;

/// New connections in a row that outweigh requests on connections that may have been anybody's: more than a pool of six.
const NEW_IN_A_ROW: usize = 7;

/// Where connecting takes longer than 250 ms, Chromium and Firefox begin to connect a second time, and keep what comes of both.
const SECOND_TRY_MS: f64 = 200.0;

/// What a server was seen to do with its connections.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum KeepAlive {
    /// It kept each.
    Kept,
    /// It kept some.
    Sometimes,
    /// It kept none.
    Closed,
}

/// What is proved; `None` is nothing yet.
pub(super) fn keep_alive(asked: &[Reply]) -> Option<KeepAlive> {
    let since = since_first_new(asked);
    let is_new = |ended: &&Reply| ended.connection().0 == ConnectionLabel::New;
    let doubtful = since.iter().filter(|ended| is_doubtful(ended)).count();
    if has_found_again(asked) || doubtful > MOST_HELD + second_tries(since) {
        let was_closed = since.iter().skip(1).any(|ended| is_new(&ended));
        return Some(if was_closed { KeepAlive::Sometimes } else { KeepAlive::Kept });
    }
    let in_a_row = since.iter().rev().take_while(is_new).count();
    (in_a_row >= if doubtful == 0 { FEWEST } else { NEW_IN_A_ROW }).then_some(KeepAlive::Closed)
}

/// Whether another request would tell nothing new.
pub fn is_settled(asked: &[Reply]) -> bool {
    since_first_new(asked).len() >= FEWEST && (keep_alive(asked).is_some() || is_hidden(asked))
}

fn since_first_new(asked: &[Reply]) -> &[Reply] {
    let first_new = asked.iter().position(|ended| ended.connection().0 == ConnectionLabel::New);
    &asked[first_new.unwrap_or_default()..]
}

/// Whether it found a connection open that may have been anybody's.
fn is_doubtful(ended: &Reply) -> bool {
    ended.connection() == (ConnectionLabel::Reused, Evidence::ResourceTiming)
}

/// Whether two requests were on one socket, by the server's own numbers.
fn has_found_again(asked: &[Reply]) -> bool {
    let mut seen = Vec::new();
    asked.iter().any(|ended| {
        let socket =
            ended.entry().and_then(|entry| entry.server_connection).map(|connection| connection.socket);
        let is_seen = socket.is_some() && seen.contains(&socket);
        seen.push(socket);
        is_seen && ended.connection() == (ConnectionLabel::Reused, Evidence::Server)
    })
}

/// Connections that the browser may have opened beside those that requests had to wait for.
fn second_tries(asked: &[Reply]) -> usize {
    let opened = asked.iter().filter(|ended| ended.connection().0 == ConnectionLabel::New);
    let entries = opened.filter_map(Reply::entry);
    entries.filter(|entry| entry.connect_end_ms - entry.fetch_start_ms >= SECOND_TRY_MS).count()
}

/// Whether the browser does not show what happened to connections. One answer without an entry says nothing, the next may have
/// one; some browsers have none for some addresses.
fn is_hidden(asked: &[Reply]) -> bool {
    let is_shown =
        |ended: &Reply| matches!(ended.connection().0, ConnectionLabel::New | ConnectionLabel::Reused);
    asked.iter().all(is_without_entry)
        || asked.last().is_some_and(|last| !is_without_entry(last) && !is_shown(last))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        samples::{
            TimingEntry,
            timing::tests::{hidden, new_connection, numbered, reused_connection},
        },
        target_check::Answer,
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
    fn ask(server: Server, shown: Shown, others: &Others, takes_newest: bool) -> Vec<Reply> {
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

    fn answer(shown: Shown, socket: Socket) -> Reply {
        let entry = if socket.answers == 1 { new_connection() } else { reused_connection() };
        with_entry(match shown {
            Shown::Numbers => numbered(entry, socket.id, socket.answers),
            Shown::Times => entry,
            Shown::Nothing => hidden(),
        })
    }

    fn with_entry(entry: TimingEntry) -> Reply {
        Reply::Answered(Box::new(Answer { status: 200, entry: Some(entry), ..Answer::default() }))
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
                    [at_once, one_by_one, every_second].map(|given_back| Others {
                        idle,
                        stale: 0,
                        given_back,
                    })
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
                    (keep_alive(&asked), asked.len())
                };
                let what = format!("{shown:?} {others:?} newest first: {takes_newest}");
                assert_eq!(found(Server::Keeps).0, Some(KeepAlive::Kept), "{what}");
                assert_eq!(found(Server::Closes).0, Some(KeepAlive::Closed), "{what}");
                // Before it closes one, a server keeps it.
                let rarely = found(Server::ClosesAfter(4)).0;
                assert!(matches!(rarely, Some(KeepAlive::Kept | KeepAlive::Sometimes)), "{what}: {rarely:?}");
            }
        }
    }

    #[test]
    fn closing_every_second_time_is_not_closing_each_time() {
        for others in pools() {
            for takes_newest in [true, false] {
                let found = |shown| keep_alive(&ask(Server::ClosesAfter(2), shown, &others, takes_newest));
                // What others gave back may hide a closing, but not that a connection was kept.
                let by_numbers = found(Shown::Numbers);
                assert!(matches!(by_numbers, Some(KeepAlive::Sometimes | KeepAlive::Kept)), "{others:?}");
                let by_times = found(Shown::Times);
                assert!(matches!(by_times, Some(KeepAlive::Sometimes) | None), "{others:?}");
            }
        }
        for shown in [Shown::Numbers, Shown::Times] {
            let alone = ask(Server::ClosesAfter(2), shown, &Others::default(), true);
            assert_eq!(keep_alive(&alone), Some(KeepAlive::Sometimes), "{shown:?}");
        }
    }

    #[test]
    fn a_pool_that_is_filled_again_and_again_proves_nothing() {
        // Another part of the page gives a connection back before every second request, without end.
        let given_back = (0..100).map(|nth| (2 * nth + 1, 1)).collect();
        let asked = ask(Server::Closes, Shown::Numbers, &Others { idle: 6, stale: 0, given_back }, true);
        assert_eq!((keep_alive(&asked), asked.len()), (None, MOST_REQUESTS as usize));
    }

    #[test]
    fn what_is_not_shown_is_asked_three_times() {
        for server in [Server::Keeps, Server::Closes] {
            let asked = ask(server, Shown::Nothing, &Others::default(), true);
            assert_eq!((keep_alive(&asked), asked.len()), (None, FEWEST));
        }
        let missing = Reply::Answered(Box::default());
        assert!(is_settled(&[missing.clone(), missing.clone(), missing.clone()]));
        // Another may have one, and one that is missing may have been on any connection.
        let new = with_entry(new_connection());
        let open = [new.clone(), new.clone(), missing, new];
        assert!(!is_settled(&open) && keep_alive(&open).is_none());
    }

    #[test]
    fn few_requests_tell_where_nothing_is_in_doubt() {
        let count = |server, shown| ask(server, shown, &Others::default(), true).len();
        assert_eq!(count(Server::Closes, Shown::Times), 3);
        assert_eq!(count(Server::Keeps, Shown::Numbers), 3);
        assert_eq!(count(Server::Keeps, Shown::Times), 1 + MOST_HELD + 1);
    }

    #[test]
    fn a_second_try_of_slow_connecting_proves_nothing() {
        let slow = || {
            let entry = new_connection();
            with_entry(TimingEntry { connect_end_ms: entry.fetch_start_ms + 300.0, ..entry })
        };
        let reused = || with_entry(reused_connection());
        let by_turns: Vec<Reply> = (0..MOST_REQUESTS / 2).flat_map(|_| [slow(), reused()]).collect();
        assert_eq!(keep_alive(&by_turns), None);
    }

    #[test]
    fn one_number_of_two_servers_is_no_socket_found_again() {
        let first = || with_entry(numbered(new_connection(), 4, 1));
        assert_eq!(keep_alive(&[first(), first(), first()]), Some(KeepAlive::Closed));
    }

    #[test]
    fn a_proxy_s_connections_to_its_server_are_not_the_browser_s() {
        let closed = (1..=3).map(|nth| with_entry(numbered(new_connection(), 1, nth)));
        assert_eq!(keep_alive(&closed.collect::<Vec<_>>()), Some(KeepAlive::Closed));
        let kept = (1..=10).map(|socket| with_entry(numbered(reused_connection(), socket, 1)));
        assert_eq!(keep_alive(&kept.collect::<Vec<_>>()), Some(KeepAlive::Kept));
    }
}
