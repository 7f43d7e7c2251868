//! The request's own fields: method, headers, body, credentials.

use crate::{
    form::model::{Form, Setup},
    js,
    run::url_check,
};
use fetchmark_core::{
    factors::{Connection, Credentials},
    header::{self, HeaderProblem},
    target::{Method, Target},
};

/// What is typed, where it is not the setting itself.
pub(super) struct Typed {
    /// One header a line.
    headers: String,
    /// Kept while the method takes none, so that choosing another method loses nothing.
    body: String,
}

impl Typed {
    /// As it would be typed.
    pub(super) fn of(target: &Target) -> Self {
        Self { headers: header::write_lines(&target.headers), body: target.body.clone().unwrap_or_default() }
    }

    /// The same for settings that come in place of these. A body that is merely not sent stays.
    pub(super) fn follow(&mut self, target: &Target) {
        let kept = (!target.method.takes_body()).then(|| std::mem::take(&mut self.body));
        *self = Self::of(target);
        if self.body.is_empty() {
            self.body = kept.unwrap_or_default();
        }
    }
}

impl Setup {
    /// The typed body is the request's where the method takes one.
    fn settle_body(&mut self) {
        let target = &mut self.params.scenario.target;
        let is_sent = target.method.takes_body() && !self.typed.body.is_empty();
        target.body = is_sent.then(|| self.typed.body.clone());
    }
}

impl Form {
    /// The request method.
    pub fn method(self) -> Method {
        self.with(|scenario| scenario.target.method)
    }

    /// Chooses the request method.
    pub fn choose_method(self, method: Method) {
        self.edit_setup(|setup| {
            setup.params.scenario.target.method = method;
            setup.settle_body();
        });
    }

    /// The headers as typed, one a line.
    pub fn headers(self) -> String {
        self.read(|setup| setup.typed.headers.clone())
    }

    /// Takes the headers typed. What cannot be read stays in the field and is told beside it.
    pub fn type_headers(self, typed: String) {
        self.edit_setup(|setup| {
            if let Ok(headers) = header::read_lines(&typed) {
                setup.params.scenario.target.headers = headers;
            }
            setup.typed.headers = typed;
        });
    }

    /// What is wrong with the first line that is no header.
    pub fn headers_problem(self) -> Option<HeaderProblem> {
        self.read(|setup| header::read_lines(&setup.typed.headers).err())
    }

    /// The body as typed, whether or not the method takes one.
    pub fn body(self) -> String {
        self.read(|setup| setup.typed.body.clone())
    }

    /// Takes the body typed.
    pub fn type_body(self, typed: String) {
        self.edit_setup(|setup| {
            setup.typed.body = typed;
            setup.settle_body();
        });
    }

    /// Whether a body is typed that the method does not take.
    pub fn is_body_kept(self) -> bool {
        !self.method().takes_body() && !self.body().is_empty()
    }

    /// Whether addresses and headers are such that a check can be made.
    pub fn can_be_checked(self) -> bool {
        // An address whose field is not there is left out.
        let is_cold_sound =
            self.cold_url().is_empty() || !self.has_connection(Connection::Cold) || self.is_cold_url_sound();
        is_cold_sound && !matches!(self.checked_url(), Some(Err(_))) && self.headers_problem().is_none()
    }

    /// What is checked: the target, without an address for cold connections that is none.
    pub fn target_to_check(self) -> Target {
        let mut target = self.with(|scenario| scenario.target.clone());
        target.cold_url = target.cold_url.filter(|_| self.is_cold_url_sound());
        target
    }

    fn is_cold_url_sound(self) -> bool {
        url_check::check(&self.cold_url(), &js::base_uri()).is_ok()
    }

    /// The credentials mode.
    pub fn credentials(self) -> Credentials {
        self.with(|scenario| scenario.target.credentials)
    }
}
