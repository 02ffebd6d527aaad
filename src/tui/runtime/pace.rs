//! No more frames than the line carries: a frame of some size ends with a question, and the
//! next one waits for its answer. On a slow line, keys then never queue behind frames that
//! nobody wants to see any more.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// The question that follows a frame (DA1): a terminal that answered it once will again.
pub(super) const QUESTION: &[u8] = b"\x1b[c";

/// Bytes from which a frame is followed by the question. Smaller ones, at thirty keys a second,
/// are carried by 57,600 baud.
pub(super) const ASK_ABOVE: usize = 96;

/// The least and the most that an answer is waited for. Longer, and a screen that stands still
/// would be worse than a frame too many.
const PATIENCE: (Duration, Duration) = (Duration::from_millis(300), Duration::from_secs(1));

/// Bytes a second that a line is taken to carry before one was seen to: 57,600 baud.
const SLOW: u64 = 5_760;

/// Answers in a row that may get lost before they are no longer waited for.
const MOST_LOST: u8 = 3;

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
    /// When the last question was sent, and the bytes of its frame.
    asked: Option<(Instant, u64)>,
    /// Bytes a second, as the last answer told.
    rate: Option<u64>,
    /// Answers lost since the last that came.
    lost: u8,
}

impl State {
    /// How long the last answer is waited for: four times what its frame should take.
    fn patience(&self) -> Duration {
        let bytes = self.asked.map_or(0, |(_, bytes)| bytes);
        let expected = bytes * 1000 / self.rate.unwrap_or(SLOW).max(1);
        let (least, most) = PATIENCE;
        (least + 4 * Duration::from_millis(expected)).min(most)
    }
}

impl Pace {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The question is about to be sent. Before it is: the answer may be quicker than we are.
    pub(super) fn ask(&self) {
        let mut state = self.lock();
        state.due += 1;
        state.asked = Some((Instant::now(), 0));
    }

    /// The question was sent behind a frame of so many bytes; not at all if there are none.
    pub(super) fn sent(&self, bytes: Option<usize>) {
        let mut state = self.lock();
        match (bytes, &mut state.asked) {
            (Some(sent), Some((_, bytes))) => *bytes = u64::try_from(sent).unwrap_or(u64::MAX),
            (Some(_), None) => {}
            (None, _) => {
                state.due = state.due.saturating_sub(1);
                self.answered.notify_all();
            }
        }
    }

    /// The answer came; whether one was waited for.
    pub(super) fn answer(&self) -> bool {
        let mut state = self.lock();
        let waited = state.due > 0;
        state.due = state.due.saturating_sub(1);
        state.lost = 0;
        if let Some((asked, bytes @ 1..)) = state.asked
            && state.due == 0
        {
            let took = u64::try_from(asked.elapsed().as_millis()).unwrap_or(u64::MAX);
            state.rate = Some(bytes * 1000 / took.max(1));
        }
        self.answered.notify_all();
        waited
    }

    /// Whether an answer is still waited for.
    pub(super) fn is_due(&self) -> bool {
        let mut state = self.lock();
        let patience = state.patience();
        let late = state
            .asked
            .is_none_or(|(asked, _)| asked.elapsed() >= patience);
        if state.due > 0 && late {
            state.due = 0;
            state.lost = state.lost.saturating_add(1);
        }
        state.due > 0 && state.lost < MOST_LOST
    }

    /// Waits until no answer is to come, at most `patience`.
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

    /// As if the last question had been sent this long ago.
    fn pass(pace: &Pace, time: Duration) {
        let mut state = pace.lock();
        if let Some((asked, _)) = &mut state.asked {
            *asked = asked.checked_sub(time).unwrap();
        }
    }

    #[test]
    fn answers_clear_the_way() {
        let pace = Pace::default();
        assert!(!pace.is_due());
        assert!(!pace.answer(), "nobody asked");
        pace.ask();
        pace.ask();
        assert!(pace.answer());
        assert!(pace.is_due(), "one more");
        assert!(pace.answer());
        assert!(!pace.is_due());
        pace.ask();
        pace.sent(None);
        assert!(!pace.is_due(), "it was not sent");
        pace.wait(Duration::from_secs(20));
    }

    #[test]
    fn a_lost_answer_is_not_waited_for_long() {
        let pace = Pace::default();
        for _ in 0..MOST_LOST {
            pace.ask();
            pace.sent(Some(4000));
            assert!(pace.is_due());
            pass(&pace, PATIENCE.1);
            assert!(!pace.is_due());
        }
        pace.ask();
        assert!(!pace.is_due(), "this terminal does not answer");
        pace.answer();
        pace.ask();
        assert!(pace.is_due(), "it does after all");
    }

    #[test]
    fn patience_follows_the_line() {
        let pace = Pace::default();
        pace.ask();
        pace.sent(Some(2000));
        // unknown so far: 57,600 baud are assumed
        assert_eq!(pace.lock().patience(), PATIENCE.1);
        pass(&pace, Duration::from_millis(20));
        pace.answer();
        pace.ask();
        pace.sent(Some(2000));
        // some 100,000 bytes a second, a little fewer on a busy machine
        let patience = pace.lock().patience();
        assert!(
            patience >= PATIENCE.0 + Duration::from_millis(80),
            "{patience:?}"
        );
    }
}
