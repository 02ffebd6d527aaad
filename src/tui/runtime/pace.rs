//! No more frames than the line carries: bytes of some number end with a question, and the next
//! frame waits for its answer. On a slow line, keys then never queue behind frames that nobody
//! wants to see any more; and large frames come in parts, so that a key waits for a part.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::tui::runtime::output::Sent;

/// The question that follows a frame (DA1): a terminal that answered it once will again.
pub(super) const QUESTION: &[u8] = b"\x1b[c";

/// Bytes that are sent before the question is asked; 9,600 baud carry them in a tenth of a second.
const ASK_ABOVE: usize = 96;

/// The least and the most that an answer is waited for. Longer, and a screen that stands still
/// would be worse than a frame too many.
const PATIENCE: (Duration, Duration) = (Duration::from_millis(300), Duration::from_secs(10));

/// Bytes a second that a line is taken to carry before one was seen to: 9,600 baud.
const SLOW: u64 = 960;

/// Answers in a row that may get lost before they are no longer waited for.
const MOST_LOST: u8 = 3;

/// How long a part of a frame should take on its way, beyond what the shortest way takes.
const PART: Duration = Duration::from_millis(100);

/// Bytes below which a part is not worth its question, and from which a frame needs no parts.
const PARTS: (usize, usize) = (128, 16 * 1024);

/// Quick answers in a row before parts grow. A line that rested takes some hundred bytes at once,
/// into the buffers on its way, and is no faster for that.
const SEEMS_FAST: u8 = 2;

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
    /// When the last question was sent, and the bytes that it followed.
    asked: Option<(Instant, u64)>,
    /// Bytes sent since the last question.
    unasked: usize,
    /// Bytes a second as answers told, rather too few than too many.
    rate: Option<u64>,
    /// About the least that an answer takes: what is on the way besides the bytes of a frame.
    least: Option<Duration>,
    /// Bytes of a part; `None` where frames are whole.
    part: Option<usize>,
    /// Full parts in a row whose answers came as if they had weighed nothing.
    quick: u8,
    /// Answers lost since the last that came.
    lost: u8,
}

impl State {
    /// How long the last answer is waited for: four times what its frame should take.
    fn patience(&self) -> Duration {
        let bytes = self.asked.map_or(0, |(_, bytes)| bytes);
        let expected = bytes * 1000 / self.rate.unwrap_or(SLOW).max(1);
        let expected = Duration::from_millis(expected) + self.least.unwrap_or_default();
        let (least, most) = PATIENCE;
        (least + 4 * expected).min(most)
    }

    /// Learns from an answer that took so long after so many bytes.
    fn learn(&mut self, bytes: u64, took: Duration) {
        // a way that has become longer is learnt in the end
        let drifted = |least: Duration| least + least / 64;
        let least = self.least.map_or(took, |least| took.min(drifted(least)));
        self.least = Some(least);
        let beyond = u64::try_from(took.saturating_sub(least).as_millis()).unwrap_or(u64::MAX);
        let rate = bytes.saturating_mul(1000) / beyond.max(1);
        let risen = |before: u64| before.saturating_mul(3) / 2 + 1;
        self.rate = Some(self.rate.map_or(rate, |before| rate.min(risen(before))));
        let bytes = usize::try_from(bytes).unwrap_or(usize::MAX);
        let (fewest, whole) = PARTS;
        if took > least * 3 / 2 + PART * 3 / 2 && bytes > fewest {
            let beyond = usize::try_from(beyond).unwrap_or(usize::MAX).max(1);
            let time = usize::try_from(PART.as_millis()).unwrap_or(1);
            self.part = Some((bytes.saturating_mul(time) / beyond).max(fewest));
            self.quick = 0;
        } else if took >= least + PART / 2 {
            self.quick = 0;
        } else if let Some(part) = self.part
            && bytes >= part
        {
            self.quick = self.quick.saturating_add(1);
            if self.quick > SEEMS_FAST {
                // a long way costs each part as much as it costs a frame: not many more of them
                self.part = Some(part * 4).filter(|part| *part < whole);
            }
        }
    }
}

impl Pace {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The terminal has answered the questions of the start, which took so long.
    pub(super) fn introduced(&self, took: Duration) {
        self.lock().least.get_or_insert(took);
    }

    /// Bytes of a frame from which the question follows it.
    pub(super) fn ask_above(&self) -> usize {
        ASK_ABOVE.saturating_sub(self.lock().unasked)
    }

    /// After how many bytes a frame is better broken off.
    pub(super) fn part(&self) -> Option<usize> {
        let state = self.lock();
        state.part.filter(|_| state.lost < MOST_LOST)
    }

    /// The question is about to be sent. Before it is: the answer may be quicker than we are.
    pub(super) fn ask(&self) {
        let mut state = self.lock();
        state.due += 1;
        state.asked = Some((Instant::now(), 0));
    }

    /// A frame was sent, with the question or without.
    pub(super) fn sent(&self, sent: Sent) {
        let mut state = self.lock();
        if sent.trailed {
            state.unasked = 0;
            if let Some((_, bytes)) = &mut state.asked {
                *bytes = u64::try_from(sent.bytes).unwrap_or(u64::MAX);
            }
        } else {
            state.unasked += sent.bytes;
            state.due = state.due.saturating_sub(1);
            self.answered.notify_all();
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
            && waited
        {
            state.learn(bytes, asked.elapsed());
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

    /// Until when the last answer is waited for.
    pub(super) fn due_until(&self) -> Option<Instant> {
        let state = self.lock();
        Some(state.asked?.0 + state.patience())
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

    /// So many bytes are sent with the question.
    fn send(pace: &Pace, bytes: usize) {
        pace.ask();
        pace.sent(Sent {
            bytes,
            trailed: true,
        });
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
        pace.sent(Sent::default());
        assert!(!pace.is_due(), "it was not sent");
        pace.wait(Duration::from_secs(20));
    }

    #[test]
    fn small_frames_add_up_to_a_question() {
        let pace = Pace::default();
        assert_eq!(pace.ask_above(), ASK_ABOVE);
        for left in [66, 36, 6, 0] {
            pace.ask();
            pace.sent(Sent {
                bytes: 30,
                trailed: false,
            });
            assert_eq!(pace.ask_above(), left);
        }
        send(&pace, 33);
        assert_eq!(pace.ask_above(), ASK_ABOVE);
    }

    #[test]
    fn a_lost_answer_is_not_waited_for_long() {
        let pace = Pace::default();
        for _ in 0..MOST_LOST {
            send(&pace, 4000);
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
        send(&pace, 4000);
        // unknown so far: 9,600 baud are assumed
        assert_eq!(pace.lock().patience(), PATIENCE.1);
        pass(&pace, Duration::from_millis(20));
        pace.answer();
        send(&pace, 2000);
        // some 200,000 bytes a second, fewer on a busy machine
        let patience = pace.lock().patience();
        assert!(
            patience >= PATIENCE.0 + Duration::from_millis(40),
            "{patience:?}"
        );
        assert!(patience < PATIENCE.1, "{patience:?}");
    }

    /// A line of so many bytes a second, with a way there and back of so many ms; frames are as
    /// large as they may be, and then one is small.
    fn parts_on(rate: u64, way: u64) -> Option<usize> {
        let mut state = State::default();
        let over = |bytes: u64| Duration::from_millis(way + bytes * 1000 / rate);
        state.least = Some(over(200));
        for round in 0..40 {
            let bytes = u64::try_from(state.part.unwrap_or(6000)).unwrap();
            let bytes = if round % 4 == 3 { 100 } else { bytes };
            state.learn(bytes, over(bytes));
        }
        state.part
    }

    #[test]
    fn parts_are_as_long_as_the_line_is_slow() {
        // (bytes a second, way in ms, fewest and most bytes of a part)
        for (rate, way, least, most) in [
            (960, 1, 128, 256),
            (960, 80, 128, 256),
            (5_760, 1, 400, 1_200),
        ] {
            let part = parts_on(rate, way).unwrap();
            assert!((least..=most).contains(&part), "{rate} {way}: {part}");
        }
        // a long way is not a slow line
        for (rate, way) in [
            (1_000_000, 0),
            (1_000_000, 80),
            (1_000_000, 600),
            (200_000, 300),
        ] {
            assert_eq!(parts_on(rate, way), None, "{rate} {way}");
        }
    }

    #[test]
    fn what_a_rested_line_takes_at_once_says_nothing_of_it() {
        // 960 bytes a second, the first 256 of them at once
        let mut state = State {
            least: Some(Duration::from_millis(5)),
            ..State::default()
        };
        state.learn(4000, Duration::from_millis(4200));
        for _ in 0..20 {
            let (mut credit, mut most) = (256_u64, 0);
            for _ in 0..12 {
                let bytes = state.part.map_or(6000, |part| part as u64 + 20);
                let slow = bytes.saturating_sub(credit);
                credit = credit.saturating_sub(bytes);
                state.learn(bytes, Duration::from_millis(5 + slow * 1000 / 960));
                most = most.max(bytes);
            }
            assert!(most < 300, "a part of {most}");
            let patience = state.patience();
            assert!(patience < PATIENCE.1, "{patience:?}");
        }
        state.asked = Some((Instant::now(), 150));
        assert!(state.patience() > Duration::from_millis(400));
    }

    #[test]
    fn a_hiccup_is_forgotten() {
        let mut state = State {
            least: Some(Duration::from_millis(20)),
            ..State::default()
        };
        state.learn(6000, Duration::from_secs(5));
        assert_eq!(state.part, Some(PARTS.0));
        for _ in 0..10 {
            let bytes = u64::try_from(state.part.unwrap_or(6000)).unwrap();
            state.learn(bytes, Duration::from_millis(22));
        }
        assert_eq!(state.part, None);
    }
}
