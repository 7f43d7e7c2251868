//! [gloo-net's WebSocket](https://docs.rs/gloo-net): no HTTP request, but what people weigh one against. A request is a message, its
//! answer the same message when it comes back.
//!
//! **Reused** means: one socket to an address, kept from round to round. **Fresh** means: a socket for each message, opened, used and
//! closed. No browser shows a page the phases of a message.

use super::{build::Build, calls::Calls, message};
use crate::run::platform::{Answer, Client, Failure};
use fetchmark_core::scenario::factors::Lifecycle;
use futures::{
    SinkExt, StreamExt,
    channel::oneshot,
    future::{self, Either},
    lock::Mutex,
    pin_mut,
    stream::{SplitSink, SplitStream},
};
use gloo_net::websocket::{Message, futures::WebSocket as GlooSocket};
use std::{cell::RefCell, collections::VecDeque, fmt::Display, rc::Rc};
use wasm_bindgen_futures::spawn_local;

#[derive(Debug)]
pub(crate) struct WebSocket<'a> {
    message: &'a str,
    lifecycle: Lifecycle,
    calls: Calls,
    /// Dropping one gives the call at its place up.
    cancels: RefCell<Vec<Option<oneshot::Sender<()>>>>,
}

impl<'a> WebSocket<'a> {
    pub(crate) fn new(build: Build<'a>) -> Self {
        let message = build.target.body.as_deref().unwrap_or(message::DEFAULT);
        let cancels = RefCell::new((0..build.calls.addresses().len()).map(|_| None).collect());
        Self { message, lifecycle: build.lifecycle, calls: build.calls, cancels }
    }

    async fn exchange(&self, address: &str, kept: Option<&KeptSocket>) -> Result<Answer, String> {
        if let Some(kept) = kept {
            return kept.ask(self.message).await;
        }
        let mut socket = open(address)?;
        socket.send(Message::Text(self.message.to_owned())).await.map_err(words)?;
        loop {
            let received = socket.next().await.ok_or(CLOSED)?.map_err(words)?;
            if let Some(answer) = answer(self.message, &received) {
                return Ok(answer);
            }
        }
    }
}

impl Client for WebSocket<'_> {
    async fn call(&self, place: u32) -> Result<Answer, Failure> {
        let (cancel, cancelled) = oneshot::channel();
        if let Some(slot) = self.cancels.borrow_mut().get_mut(place as usize) {
            *slot = Some(cancel);
        }
        let address = self.calls.addresses().of(place);
        let kept = match self.lifecycle {
            Lifecycle::Reused => Some(kept(address).map_err(Failure::before_answer)?),
            Lifecycle::Fresh => None,
        };
        let exchange = self.exchange(address, kept.as_deref());
        pin_mut!(exchange);
        match future::select(exchange, cancelled).await {
            Either::Left((result, _)) => result.map_err(Failure::before_answer),
            Either::Right(_) => {
                // It may not have been sent yet, or may never come back: it would be taken for the next one.
                if let Some(kept) = &kept {
                    kept.lost.borrow_mut().get_or_insert_with(|| GIVEN_UP.to_owned());
                }
                Err(Failure::before_answer(GIVEN_UP.to_owned()))
            }
        }
    }

    fn cancel(&self, place: u32) {
        let cancel = self.cancels.borrow_mut().get_mut(place as usize).and_then(Option::take);
        drop(cancel);
    }
}

fn answer(sent: &str, received: &Message) -> Option<Answer> {
    let bytes = match received {
        Message::Text(text) => text.as_bytes(),
        Message::Bytes(bytes) => bytes,
    };
    message::answer("websocket", sent, bytes)
}

type Waiter = oneshot::Sender<Result<Answer, String>>;

/// A socket on which several messages may be under way.
struct KeptSocket {
    /// Held until a message is sent, so that answers are awaited in the order of the messages.
    sink: Mutex<SplitSink<GlooSocket, Message>>,
    /// Messages that were sent, and who waits for each to come back.
    waiting: RefCell<VecDeque<(String, Waiter)>>,
    /// Why it takes no more messages.
    lost: RefCell<Option<String>>,
}

impl KeptSocket {
    async fn ask(&self, message: &str) -> Result<Answer, String> {
        let (sender, answer) = oneshot::channel();
        {
            let mut sink = self.sink.lock().await;
            self.is_open()?;
            sink.send(Message::Text(message.to_owned())).await.map_err(words)?;
            // A closed socket takes messages and drops them.
            self.is_open()?;
            // No answer can have come yet: it is another task that reads. A message that is given up keeps its turn.
            self.waiting.borrow_mut().push_back((message.to_owned(), sender));
        }
        answer.await.map_err(|_| CLOSED.to_owned())?
    }

    fn is_open(&self) -> Result<(), String> {
        self.lost.borrow().clone().map_or(Ok(()), Err)
    }

    /// Hands out answers until the socket is closed, or retired and owes no more.
    async fn read(&self, mut answers: SplitStream<GlooSocket>) {
        let why = loop {
            match answers.next().await {
                Some(Ok(received)) => {
                    let mut waiting = self.waiting.borrow_mut();
                    let answer = waiting.front().and_then(|(sent, _)| answer(sent, &received));
                    if let Some(answer) = answer
                        && let Some((_, waiter)) = waiting.pop_front()
                    {
                        // Nobody hears it of a message that was given up.
                        let _ = waiter.send(Ok(answer));
                    }
                    if waiting.is_empty() && self.is_open().is_err() {
                        return;
                    }
                }
                Some(Err(error)) => break words(error),
                None => break CLOSED.to_owned(),
            }
        };
        *self.lost.borrow_mut() = Some(why.clone());
        for (_, waiting) in self.waiting.take() {
            let _ = waiting.send(Err(why.clone()));
        }
    }
}

/// The words for a socket that was closed without any.
const CLOSED: &str = "The WebSocket was closed.";
const GIVEN_UP: &str = "The message was given up.";

thread_local! {
    /// As a browser keeps connections of HTTP: for as long as the page is there.
    static KEPT: RefCell<Vec<(String, Rc<KeptSocket>)>> = const { RefCell::new(Vec::new()) };
}

fn kept(address: &str) -> Result<Rc<KeptSocket>, String> {
    KEPT.with_borrow_mut(|kept| {
        kept.retain(|(_, socket)| socket.is_open().is_ok());
        if let Some((_, socket)) = kept.iter().find(|(known, _)| known == address) {
            return Ok(Rc::clone(socket));
        }
        let (sink, answers) = open(address)?.split();
        let (sink, waiting, lost) = (Mutex::new(sink), RefCell::default(), RefCell::default());
        let socket = Rc::new(KeptSocket { sink, waiting, lost });
        let reading = Rc::clone(&socket);
        spawn_local(async move { reading.read(answers).await });
        kept.push((address.to_owned(), Rc::clone(&socket)));
        Ok(socket)
    })
}

fn open(address: &str) -> Result<GlooSocket, String> {
    let address = address.split_once('#').map_or(address, |(address, _)| address);
    GlooSocket::open(&address.replacen("http", "ws", 1)).map_err(words)
}

fn words(error: impl Display) -> String {
    error.to_string()
}
