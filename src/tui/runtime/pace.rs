//! No more frames than the line carries: a frame of some size ends with a question, and the
//! next one waits for its answer. On a slow line, keys then never queue behind frames that
//! nobody wants to see any more.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// The question that follows a frame (DA1): a terminal that answered it once will again.
pub(super) const QUESTION: &[u8] = b"\x1b[c";

/// Bytes from which a frame is followed by the question: below, it would cost more than it saves.
pub(super) const ASK_ABOVE: usize = 512;

/// After this long an answer is taken for lost. A screenful takes some seconds over 9,600 baud.
const LOST_AFTER: Duration = Duration::from_secs(10);

/// Whether frames are still on their way.
#[derive(Debug, Default)]
pub(super) struct Pace {
    state: Mutex<State>,
    answered: Condvar,
}

#[derive(Debug, Default)]
struct State {
    /// Answers that are still to come.
    due: u32,
    /// When the last question was sent.
    asked: Option<Instant>,
    /// Whether an answer got lost; then there are no more questions until one comes after all.
    lost: bool,
}

impl Pace {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether questions are answered, as far as known.
    pub(super) fn may_ask(&self) -> bool {
        !self.lock().lost
    }

    /// The question is about to be sent.
    pub(super) fn ask(&self) {
        let mut state = self.lock();
        state.due += 1;
        state.asked = Some(Instant::now());
    }

    /// The question was not sent after all.
    pub(super) fn take_back(&self) {
        let mut state = self.lock();
        state.due = state.due.saturating_sub(1);
        self.answered.notify_all();
    }

    /// The answer came; whether one was waited for.
    pub(super) fn answer(&self) -> bool {
        let mut state = self.lock();
        let waited = state.due > 0;
        state.due = state.due.saturating_sub(1);
        state.lost = false;
        self.answered.notify_all();
        waited
    }

    /// Whether an answer is still to come.
    pub(super) fn is_due(&self) -> bool {
        let mut state = self.lock();
        if state.due > 0
            && state
                .asked
                .is_none_or(|asked| asked.elapsed() >= LOST_AFTER)
        {
            state.due = 0;
            state.lost = true;
        }
        state.due > 0
    }

    /// Waits for the answers, at most `patience`.
    pub(super) fn wait(&self, patience: Duration) {
        // with the answers or without: whoever waits goes on
        drop(
            self.answered
                .wait_timeout_while(self.lock(), patience, |state| state.due > 0),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_clear_the_way() {
        let pace = Pace::default();
        assert!(!pace.is_due() && pace.may_ask());
        assert!(!pace.answer(), "nobody asked");
        pace.ask();
        pace.ask();
        assert!(pace.answer());
        assert!(pace.is_due(), "one more");
        assert!(pace.answer());
        assert!(!pace.is_due());
        pace.wait(Duration::from_secs(20));
    }

    #[test]
    fn a_terminal_that_does_not_answer_is_not_asked_again() {
        let pace = Pace::default();
        pace.ask();
        // long ago
        pace.lock().asked = None;
        assert!(!pace.is_due() && !pace.may_ask());
        pace.answer();
        assert!(pace.may_ask(), "it was only late");
    }
}
